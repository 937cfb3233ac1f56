"""What can be chosen of something taken home, as text in an address, with bounds."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.takeaway.errors import TakeawayError

MOST_SHOWN = 40
"""Characters of what was given that a message repeats."""


@dataclass(frozen=True)
class Option:
    """One of `choices`, or where there are none a number from `low` to `high`; `whole`: without a fraction."""

    title: str
    default: str
    low: float = 0.0
    high: float = 0.0
    whole: bool = False
    choices: tuple[str, ...] = ()

    @property
    def allowed(self) -> str:
        """What may be given, in words."""
        if self.choices:
            return ", ".join(self.choices)
        return f"{'whole numbers' if self.whole else 'numbers'} from {self.low:g} to {self.high:g}"

    def allows(self, text: str) -> bool:
        """Whether `text` may be given."""
        if self.choices:
            return text in self.choices
        try:
            number = int(text) if self.whole else float(text)
        except ValueError:
            return False
        return self.low <= number <= self.high


def completed(known: Mapping[str, Option], given: Mapping[str, str]) -> dict[str, str]:
    """All options of `known`: as `given`, else their defaults. TakeawayError (code `bad_option`) for one that is not
    known or not allowed."""
    for name, text in given.items():
        if name not in known:
            allowed = ", ".join(known) or "none"
            raise TakeawayError(f"{shown(name)} is no option of it; allowed: {allowed}", "bad_option")
        if not known[name].allows(text):
            message = f"{name} is {shown(text)}; allowed: {known[name].allowed}"
            raise TakeawayError(message, "bad_option")
    return {name: option.default for name, option in known.items()} | dict(given)


def shown(text: str) -> str:
    """What was given, for a message; long text is not repeated."""
    return f"“{text}”" if len(text) <= MOST_SHOWN else "this"
