"""The error of a table that cannot be prepared as asked: the learner's to mend."""


class PreparationError(ValueError):
    """`message` says what was asked, what is true and what is allowed; `path` is the field of `Plan` to be mended."""

    def __init__(self, message: str, path: str) -> None:
        super().__init__(message)
        self.message = message
        self.path = path
