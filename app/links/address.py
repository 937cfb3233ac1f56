"""What an address is: a link of ours, a saved link, or one to playground.tensorflow.org."""

import re
from dataclasses import dataclass
from urllib.parse import unquote

from app.links.beginning import Beginning
from app.links.codec import TEXT_LIMIT, LinkError
from app.links.payload import read_link
from app.links.tensorflow import is_theirs, read_theirs

ADDRESS_LIMIT = TEXT_LIMIT + 2_000
"""Characters of a whole address."""
OURS, SAVED = "e=", "s="
SAVED_ID = re.compile(r"[A-Za-z0-9_-]{16}")
SHOWN = 60
"""Characters of an address that a message repeats."""


@dataclass(frozen=True)
class SavedId:
    """Of a link that the server keeps."""

    id: str


Address = Beginning | SavedId


def read_address(address: str) -> Address:
    """What stands behind the # of `address`, which may be a whole one; SpecError where that is no experiment."""
    if len(address) > ADDRESS_LIMIT:
        raise LinkError(f"the address has {len(address):,} characters; allowed: at most {ADDRESS_LIMIT:,}")
    word = address.strip().partition("#")[2] if "#" in address else address.strip()
    if word.startswith(OURS):
        return Beginning(read_link(unquote(word.removeprefix(OURS))))
    if word.startswith(SAVED):
        return SavedId(_saved_id(word.removeprefix(SAVED)))
    if is_theirs(word):
        return read_theirs(word)
    shown = f"“{word[:SHOWN]}{'…' if len(word) > SHOWN else ''}”" if word else "an address without #"
    raise LinkError(
        f"{shown} is no link to an experiment; allowed: #e= and #s= of this playground, and links to "
        "playground.tensorflow.org"
    )


def _saved_id(word: str) -> str:
    if not SAVED_ID.fullmatch(word):
        raise LinkError("#s= is followed by the 16 letters, digits, - or _ of a saved link")
    return word
