"""Putting a part of a spec in place of what stands: objects merge by field, everything else is replaced whole. And
finding one field by its path.

`null` is a value here (the full batch), so this is not a JSON merge patch, where it deletes.
"""

from typing import Any

SHARED_BY_KINDS = frozenset({"learning_rate", "unit", "warmup"})
"""Fields that survive when a tagged object changes its `name`: the ones that every kind has."""


def merge(base: Any, patch: Any) -> Any:
    """`base` with the fields of `patch` put over it; neither is changed."""
    if not (isinstance(base, dict) and isinstance(patch, dict)):
        return patch
    if "name" in patch and patch["name"] != base.get("name"):
        base = {key: value for key, value in base.items() if key in SHARED_BY_KINDS or key == "limit"}
    return base | {key: merge(base[key], value) if key in base else value for key, value in patch.items()}


def field_of(tree: Any, path: str) -> Any:
    """The value at `training.optimizer.name` or `network.layers.0.units` of a spec as JSON. KeyError, IndexError or
    ValueError (a place of a list that is no number) where there is none."""
    for key in path.split("."):
        if isinstance(tree, list):
            tree = tree[int(key)]
        elif isinstance(tree, dict):
            tree = tree[key]
        else:
            raise KeyError(key)
    return tree
