"""docs/link.md says what the code does."""

import re
from pathlib import Path

import pytest

from app.links import CURRENT, read_link
from app.links.codec import DEPTH_LIMIT, JSON_LIMIT, PARTS_LIMIT, TEXT_LIMIT
from app.links.payload import Payload
from app.links.tensorflow import INPUTS, SETTINGS
from app.spec import BOUNDS
from app.web import beginnings, bodies, callers, links, rates

TEXT = (Path(__file__).parents[3] / "docs" / "link.md").read_text("utf-8")
TABLE = TEXT.split("| code of a refusal |")[1].split("\n\n")[0]


def test_the_lines_of_python_write_a_link(capsys: pytest.CaptureFixture[str]) -> None:
    """As anybody may copy them."""
    block = re.search(r"To write one in Python:\n\n((?:    .*\n|\n)+)", TEXT)
    assert block
    exec(re.sub("^    ", "", block[1], flags=re.M), {})  # noqa: S102 - our own document
    text = capsys.readouterr().out.strip().removeprefix("#e=")
    assert read_link(text).spec == {"data": {"noise": 0.3}}


def test_the_format_is_described() -> None:
    """Its version, fields and bounds."""
    assert f"`VERSION` is a number, now {CURRENT}." in TEXT
    for name in Payload.model_fields:
        assert f"| `{name}` | " in TEXT
    assert f"at most {TEXT_LIMIT:,} characters".replace(",", " ") in TEXT
    assert f"{JSON_LIMIT // 10**6} MB of JSON, {DEPTH_LIMIT} brackets deep" in TEXT
    assert f"with {PARTS_LIMIT:,}\ncommas and brackets".replace(",", " ") in TEXT
    assert f"at most {BOUNDS.code_address} characters" in TEXT


def test_every_key_of_the_other_playground_is_named() -> None:
    """But those that mean nothing here."""
    silent = {"collectStats", "tutorial", "hideText", *INPUTS}
    assert not [name for name in SETTINGS - silent if f"`{name}`" not in TEXT]


def test_every_refusal_is_in_the_table() -> None:
    """What the routes of links say no with, however deep."""
    sources = "".join(
        Path(str(module.__file__)).read_text("utf-8") for module in (beginnings, bodies, links, rates)
    )
    said = set(re.findall(r'RefusalError\(\s*\d+, "([a-z_]+)"', sources)) | {
        "bad_link",
        "bad_request",
        "invalid_spec",
    }
    assert "foreign_origin" in Path(str(callers.__file__)).read_text("utf-8")
    assert not [code for code in said - {"left"} if f"`{code}`" not in TABLE]


def test_the_rates_are_those_in_force() -> None:
    """A minute, for each caller."""
    kept, begun, asked = links.KEPT_A_MINUTE, beginnings.BEGUN_A_MINUTE, links.ASKED_A_MINUTE
    several = (
        f"{kept} links kept, {begun} sessions, {asked} links read or {links.CODES_A_MINUTE} QR codes a minute"
    )
    assert several in TABLE
