"""The error of a spec that cannot be: the learner's to mend, so it says what was asked and what is allowed."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import ValidationError

from app.vocabulary import Optimizer, Schedule

TAGS = frozenset(map(str, [*Optimizer, *Schedule]))
TAGGED = frozenset({"optimizer", "schedule"})
"""Fields whose pydantic location carries the chosen kind as an extra element, which no reader of a path expects."""

MOST_SHOWN = 60
"""Characters of what was given that a message repeats."""


class SpecError(ValueError):
    """A refused spec or command. `path` is the offending field, outermost first; `code` is stable for programs."""

    def __init__(self, message: str, path: Sequence[str | int] = (), code: str = "invalid_spec") -> None:
        super().__init__(message)
        self.message = message
        self.path = tuple(path)
        self.code = code

    @classmethod
    def from_validation(
        cls, error: ValidationError, code: str = "invalid_spec", is_union: bool = False
    ) -> "SpecError":
        """The first complaint of pydantic, with its path, what was given and pydantic's words for what is allowed.

        `is_union`: the whole was one of several kinds, whose name pydantic puts in front of the path.
        """
        first = error.errors(include_url=False)[0]
        if isinstance(cause := first.get("ctx", {}).get("error"), SpecError):
            return cls(cause.message, cause.path, code)
        path = plain_path(first["loc"][is_union:])
        where = ".".join(map(str, path)) or "the message"
        if first["type"] == "extra_forbidden":
            return cls(f"{where} is not a known field", path, code)
        if first["type"] == "union_tag_invalid":
            return cls(f"{where}: {_unknown_tag(first.get('ctx', {}))}", path, code)
        given = repr(first["input"])
        shown = "" if len(given) > MOST_SHOWN or first["type"] == "missing" else f" (got {given})"
        return cls(f"{where}: {first['msg']}{shown}", path, code)


def _unknown_tag(context: Mapping[str, Any]) -> str:
    """Pydantic's words for a kind that it does not know show our enums' insides; these show their names."""
    tag, kind = context["tag"], context["discriminator"].strip("'")
    allowed = ", ".join(re.findall(r"'(\w+)'", context["expected_tags"]))
    return f"{tag if len(tag) <= MOST_SHOWN else 'this'} is no known {kind}; allowed: {allowed}"


def plain_path(loc: Sequence[str | int]) -> tuple[str | int, ...]:
    """Pydantic's location without the discriminator that it inserts after a tagged field."""
    return tuple(
        part
        for before, part in zip([None, *loc], loc, strict=False)
        if before not in TAGGED or part not in TAGS
    )
