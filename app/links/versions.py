"""Every version of a link there has been. A link is read for ever: whoever changes what one means, or any default of
the spec (a link holds only what differs from them), raises CURRENT, writes here what turns the version before into the
new one, and adds a fixture of the new version to tests/fixtures/links/."""

from collections.abc import Callable
from typing import Any

from app.links.codec import LinkError

Tree = dict[str, Any]

CURRENT = 1
"""The version that is written."""

UPGRADES: dict[int, Callable[[Tree], Tree]] = {}
"""From each version but the current one to the next."""


def check_version(version: int, current: int = CURRENT) -> None:
    """LinkError for one that is newer than this playground."""
    if version > current:
        raise LinkError(
            f"this link was made by a newer playground (version {version}); this one reads versions up to {current}"
        )


def upgraded(
    tree: Any, version: int, current: int = CURRENT, upgrades: dict[int, Callable[[Tree], Tree]] = UPGRADES
) -> Tree:
    """`tree` of `version` as the current one says it; LinkError where it is no tree of a link."""
    if not isinstance(tree, dict):
        raise LinkError("a link holds an object with the experiment; this one holds something else")
    now: Tree = tree
    for past in range(version, current):
        now = upgrades[past](now)
    return now
