"""Text to tree and back: `VERSION.` and base64url, without padding, of the raw DEFLATE of JSON. Knows what a text may
weigh, not what its tree means."""

import base64
import binascii
import json
import re
import zlib
from typing import Any

from app.spec import SpecError

TEXT_LIMIT = 256_000
"""Characters of a text: a board full of points set by hand takes 150 000."""
JSON_LIMIT = 1_000_000
"""Bytes that a text may unpack to: a board full of points, and as many weights as a text can hold, take 700 000."""
DEPTH_LIMIT = 16
"""Brackets inside brackets: a spec has eight."""
PARTS_LIMIT = 60_000
"""Commas and opening brackets: a board full of points has 25 000. What has far more is nonsense that takes a second
to be refused field by field."""
LEVEL = 9
CHUNK = 65_536
SHAPE = re.compile(r"([1-9][0-9]{0,5})\.([A-Za-z0-9_-]+)")
TOO_MUCH = f"the link unpacks to more than {JSON_LIMIT / 1e6:g} MB, which is what is allowed"


class LinkError(SpecError):
    """A link that cannot be read; whoever made or copied it can mend it."""

    def __init__(self, message: str, path: tuple[str | int, ...] = ()) -> None:
        super().__init__(message, path, "bad_link")


def pack(tree: Any, version: int) -> str:
    """`tree` as the text of a link; LinkError where it is too long for one."""
    data = json.dumps(tree, separators=(",", ":"), allow_nan=False).encode()
    packer = zlib.compressobj(LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
    packed = packer.compress(data) + packer.flush()
    text = f"{version}.{base64.urlsafe_b64encode(packed).decode().rstrip('=')}"
    if len(data) > JSON_LIMIT or len(text) > TEXT_LIMIT:
        raise LinkError(f"the experiment is {len(text):,} characters as a link; allowed: {TEXT_LIMIT:,}")
    return text


def split(text: str) -> tuple[int, str]:
    """The version of a link's text, and what is packed in it; LinkError where it is none."""
    if len(text) > TEXT_LIMIT:
        raise LinkError(f"the link has {len(text):,} characters; allowed: at most {TEXT_LIMIT:,}")
    if not (shape := SHAPE.fullmatch(text)):
        raise LinkError(
            "this is no link of the playground: after #e= come a number, a full stop and one word of letters, "
            "digits, - and _"
        )
    return int(shape[1]), shape[2]


def unpack(word: str) -> Any:
    """The tree that is packed in `word`; LinkError where it cannot be unpacked."""
    data = _inflated(_bytes(word))
    _check_parts(data)
    _check_depth(data)
    try:
        return json.loads(data, parse_constant=_refuse_constant)
    except (ValueError, RecursionError) as error:
        raise LinkError("the link is damaged: what it unpacks to is not JSON") from error


def _bytes(word: str) -> bytes:
    try:
        return base64.urlsafe_b64decode(word + "=" * (-len(word) % 4))
    except binascii.Error as error:
        raise LinkError("the link is damaged: a part of it is missing or was changed") from error


def _inflated(packed: bytes) -> bytes:
    """Unpacked piece by piece, so that a small text cannot fill the memory."""
    unpacker = zlib.decompressobj(-zlib.MAX_WBITS)
    pieces, size = [], 0
    try:
        while not unpacker.eof:
            piece = unpacker.decompress(packed, CHUNK)
            packed = unpacker.unconsumed_tail
            size += len(piece)
            if size > JSON_LIMIT:
                raise LinkError(TOO_MUCH)
            if not piece and not packed:
                break
            pieces.append(piece)
    except zlib.error as error:
        raise LinkError("the link is damaged: a part of it is missing or was changed") from error
    if not unpacker.eof or unpacker.unused_data:
        raise LinkError("the link is damaged: a part of it is missing or was added")
    return b"".join(pieces)


def _check_parts(data: bytes) -> None:
    parts = sum(map(data.count, (b",", b"[", b"{")))
    if parts > PARTS_LIMIT:
        raise LinkError(
            f"the link's JSON has {parts:,} commas and brackets; allowed: at most {PARTS_LIMIT:,}"
        )


def _check_depth(data: bytes) -> None:
    """Before it is parsed; brackets inside texts count too, which no link of ours has."""
    depth = deepest = 0
    for byte in re.findall(rb"[\[\]{}]", data):
        depth += 1 if byte in b"[{" else -1
        deepest = max(deepest, depth)
    if deepest > DEPTH_LIMIT:
        raise LinkError(f"the link's JSON is {deepest} brackets deep; allowed: at most {DEPTH_LIMIT}")


def _refuse_constant(name: str) -> None:
    raise ValueError(name)
