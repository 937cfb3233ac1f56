"""What HTTP says no with: a status, a code for programs, words for people."""

import math
from dataclasses import dataclass

from fastapi.responses import JSONResponse, Response


@dataclass(eq=False)
class RefusalError(Exception):
    """Why something is not done: HTTP status, a code for programs, words for people, where in a file. `wait`: seconds
    after which it may be asked again."""

    status: int
    code: str
    message: str
    line: int | None = None
    column: str | None = None
    wait: float | None = None

    def answer(self) -> Response:
        """The answer that says so."""
        fields = ("code", "message", "line", "column")
        headers = {} if self.wait is None else {"Retry-After": str(math.ceil(self.wait))}
        return JSONResponse({name: getattr(self, name) for name in fields}, self.status, headers)


def unknown_session() -> RefusalError:
    """Nothing can be brought to it or asked of it."""
    return RefusalError(404, "unknown_session", "there is no such session; open one first")
