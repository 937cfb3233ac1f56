"""The error of something that cannot be taken home: theirs to mend who ask for it, so it says what they can do."""


class TakeawayError(ValueError):
    """`message` is for people; `code` for programs: `unknown_kind`, `bad_option`, or `cannot` where the experiment has
    nothing of the kind, or the form cannot say it."""

    def __init__(self, message: str, code: str = "cannot") -> None:
        super().__init__(message)
        self.message, self.code = message, code
