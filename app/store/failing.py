"""How the store says no: the database does not answer, or there is no room."""

import contextlib
from collections.abc import Iterator

from sqlalchemy.exc import SQLAlchemyError

from app.store.database import StoreError


class FullError(Exception):
    """There is no room for what is to be kept; words for people, and a code for programs."""

    def __init__(self, message: str, code: str) -> None:
        super().__init__(message)
        self.code = code


@contextlib.contextmanager
def in_words(words: str) -> Iterator[None]:
    """StoreError with `words`, which reach people, for whatever a database does instead of answering."""
    try:
        yield
    except (SQLAlchemyError, OSError) as error:
        raise StoreError(words) from error
