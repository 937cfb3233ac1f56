"""What of a spec is not as the defaults have it: for links and for the words of a report."""

from collections.abc import Iterator
from typing import Any

from app.spec import Experiment
from app.vocabulary import Source

FILLED_IN = {"encoded", "labels"}
"""Of a table's spec: what is filled in from the table itself, as is the number of classes."""
TAG = "name"
"""The field by which a tagged object says its kind."""

Path = tuple[str, ...]


def differing(spec: Experiment) -> dict[str, Any]:
    """The part of `spec` that makes it of the defaults: `Experiment().patched(differing(spec))` is `spec`, a table's
    filled-in fields aside."""
    tree, defaults = spec.model_dump(mode="json"), Experiment().model_dump(mode="json")
    for name in FILLED_IN:
        del tree["data"]["table"][name]
    decided = "classes" if spec.data.source is Source.TABLE else "table"
    tree["data"][decided] = defaults["data"][decided]
    return _differing(tree, defaults)


def _differing(tree: dict[str, Any], defaults: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in tree.items():
        default: Any = defaults.get(name)
        if value == default:
            continue
        same_kind = (
            isinstance(value, dict) and isinstance(default, dict) and value.get(TAG) == default.get(TAG)
        )
        found[name] = _differing(value, default) if same_kind else value
    return {name: value for name, value in found.items() if value != {}}


def changes(spec: Experiment) -> Iterator[tuple[Path, Any, Any]]:
    """Each setting that differs: its path, its value, and the default (None where another kind has none)."""
    yield from _changes(differing(spec), Experiment().model_dump(mode="json"), ())


def _changes(tree: dict[str, Any], defaults: dict[str, Any], path: Path) -> Iterator[tuple[Path, Any, Any]]:
    for name, value in tree.items():
        default = defaults.get(name)
        if isinstance(value, dict):
            yield from _changes(value, default if isinstance(default, dict) else {}, (*path, name))
        elif value != default:
            yield (*path, name), value, default
