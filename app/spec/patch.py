"""Putting a part of a spec in place of what stands: objects merge by field, everything else is replaced whole.

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
