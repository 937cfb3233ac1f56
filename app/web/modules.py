"""The page's own files: scripts, styles, icons.

Two addresses lead to each. `/static/NAME` is asked for again each time. `/static/EDITION/NAME` is kept for good, as the
edition is the digest of all files: the page names script and style by it, and what they import lies beside them.
So a second visit asks for the page alone, not for some 150 files. Modules of different ages never meet: whoever edits a
file gets another edition with the next page.
"""

import hashlib
import re
from functools import lru_cache
from os import PathLike
from pathlib import Path

from fastapi.responses import Response
from fastapi.staticfiles import StaticFiles
from starlette.types import Scope

A_YEAR = "public, max-age=31536000, immutable"
_BY_EDITION = re.compile(r"([0-9a-f]{16})/(.+)")


class Modules(StaticFiles):
    """The files below `directory`, each under both addresses."""

    def __init__(self, directory: PathLike[str]) -> None:
        super().__init__(directory=directory)
        self._root = Path(directory)
        self._edition = ""

    def edition(self) -> str:
        """The digest of all files as they are now: 16 hexadecimal digits. Contents are read anew only when a file's
        time or size is another."""
        paths = sorted(path for path in self._root.rglob("*") if path.is_file())
        stats = [(path, path.stat()) for path in paths]
        self._edition = _digest(self._root, tuple((path, it.st_mtime_ns, it.st_size) for path, it in stats))
        return self._edition

    async def get_response(self, path: str, scope: Scope) -> Response:
        """The file, with its caching said. A former edition has the files of today, which are not to be kept."""
        named = _BY_EDITION.fullmatch(path.replace("\\", "/"))
        response = await super().get_response(named[2] if named else path, scope)
        response.headers["Cache-Control"] = A_YEAR if named and named[1] == self._edition else "no-cache"
        return response


@lru_cache(maxsize=1)
def _digest(root: Path, files: tuple[tuple[Path, int, int], ...]) -> str:
    digest = hashlib.sha256()
    for path, _, size in files:
        digest.update(f"{path.relative_to(root).as_posix()} {size}\n".encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]
