"""What a link's text may weigh, and what is said of one that is damaged."""

import base64
import json
import zlib
from typing import Any

import pytest

from app.links.codec import DEPTH_LIMIT, JSON_LIMIT, TEXT_LIMIT, LinkError, pack, split, unpack


def word_of(data: bytes) -> str:
    """Any bytes as the second half of a link's text."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    return base64.urlsafe_b64encode(packer.compress(data) + packer.flush()).decode().rstrip("=")


def complaint(word: str) -> str:
    """What is said of a packed word."""
    with pytest.raises(LinkError) as caught:
        unpack(word)
    return caught.value.message


def test_a_text_is_a_version_a_full_stop_and_raw_deflate_in_base64url() -> None:
    """Written by hand: anybody can read a link without this program."""
    text = pack({"spec": {"data": {"noise": 0.25}}}, 1)
    version, word = split(text)
    assert version == 1
    packed = base64.urlsafe_b64decode(word + "=" * (-len(word) % 4))
    assert zlib.decompress(packed, -15) == b'{"spec":{"data":{"noise":0.25}}}'
    assert "=" not in text


@pytest.mark.parametrize("tree", [{}, {"spec": {"a": [1.5, None, "ü"]}}, {"points": [[1e-300, -0.0, 1, 2]]}])
def test_what_was_packed_is_unpacked(tree: Any) -> None:
    """To the last bit."""
    assert json.dumps(unpack(split(pack(tree, 1))[1])) == json.dumps(tree)


@pytest.mark.parametrize(
    "text", ["", "1", "1.", ".abc", "x.abc", "1.ab c", "1.a+b", "0.abc", "1.abc.def", "-1.abc"]
)
def test_what_is_no_text_of_a_link_is_refused(text: str) -> None:
    """Before anything is unpacked."""
    with pytest.raises(LinkError, match="this is no link of the playground"):
        split(text)


def test_a_text_that_is_too_long_is_not_looked_at() -> None:
    """256 000 characters."""
    assert TEXT_LIMIT == 256_000
    with pytest.raises(LinkError, match=r"256,003 characters; allowed: at most 256,000"):
        split("1." + "a" * (TEXT_LIMIT + 1))


def test_a_small_text_cannot_fill_the_memory() -> None:
    """One megabyte is unpacked and no more: of a hundred that a text of 136 000 characters holds, none is kept."""
    assert JSON_LIMIT == 1_000_000
    assert (
        complaint(word_of(b" " * 100_000_000))
        == "the link unpacks to more than 1 MB, which is what is allowed"
    )
    assert unpack(word_of(b"1" + b" " * (JSON_LIMIT - 1))) == 1


def test_a_deep_tree_is_refused_before_it_is_parsed() -> None:
    """Sixteen brackets inside each other."""
    assert DEPTH_LIMIT == 16
    assert unpack(word_of(b"[" * 16 + b"]" * 16))
    assert (
        complaint(word_of(b"[" * 17 + b"]" * 17))
        == "the link's JSON is 17 brackets deep; allowed: at most 16"
    )
    assert "60000 brackets deep" in complaint(word_of(b"[" * 60_000))


@pytest.mark.parametrize("piece", [b"[", b"{},", b'{"a":1,'])
def test_a_tree_of_too_many_parts_is_refused_before_it_is_parsed(piece: bytes) -> None:
    """A few kilobytes hold a megabyte of fields, each of which would be refused by its name."""
    assert "commas and brackets; allowed: at most 60,000" in complaint(word_of(piece * 60_001))


@pytest.mark.parametrize(
    "word",
    [
        word_of(b"{}")[:-2],
        word_of(b'{"spec": {"seeds": {"data": 4000000}}}')[:-9],
        word_of(b"{}") + "AAAA",
        "abc",
        "A",
        word_of(b"{"),
        word_of(b"\xff\xfe"),
        word_of(b"[NaN]"),
        word_of(b"[Infinity]"),
        word_of(b"[" + b"9" * 5000 + b"]"),
    ],
)
def test_a_damaged_text_is_called_so(word: str) -> None:
    """Cut off, added to, or no JSON."""
    assert complaint(word).startswith("the link is damaged: ")


def test_what_is_too_long_for_a_link_is_not_packed() -> None:
    """Random digits do not pack."""
    numbers = [[hash((row, column)) / 3 for column in range(4)] for row in range(20_000)]
    with pytest.raises(LinkError, match="characters as a link; allowed: 256,000"):
        pack({"points": numbers}, 1)
