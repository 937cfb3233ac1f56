"""Links too long for an address, by their content: the same text is kept once, whoever keeps it."""

import asyncio
import base64
import contextlib
import hashlib
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from app.store.database import Database, StoreError
from app.store.failing import FullError, in_words
from app.store.kept import KeptTable
from app.store.schema import LINKS
from app.store.tables import bytes_held, get_tables, let_go, put_tables

ID_CHARACTERS = 16
"""96 bits of the text's SHA-256: nobody guesses another's, and no two texts meet by chance."""
HOLDER = "link"
A_DAY = 86_400
"""Seconds. That a link was used is written down no more often, so that a class that opens one writes once."""

TIDY_EVERY = 3600.0
"""Seconds."""
NO_ANSWER = "the server's database does not answer, so no link is kept or found; try again in a moment"


@dataclass(frozen=True)
class SavedLink:
    """A link's text, and the uploaded tables that its spec names."""

    text: str
    tables: Mapping[str, KeptTable]


def link_id(text: str) -> str:
    """The id under which `text` is kept."""
    return base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).decode()[:ID_CHARACTERS]


class Links:
    """All saved links. Every method is one transaction, and raises StoreError where the database does not answer.
    `most`: bytes that all of them may take, with their tables; `clock`: seconds since 1970."""

    def __init__(self, database: Database, most: int, clock: Callable[[], float] = time.time) -> None:
        self._database, self._most, self._clock = database, most, clock
        self._texts: int | None = None
        """Characters of all texts, which a database would have to read through to tell; None: not known."""

    async def tidy(self, days: float) -> None:
        """Sweep now and then, for ever."""
        while True:
            with contextlib.suppress(StoreError):  # the next time will do
                await self.sweep(days)
            await asyncio.sleep(TIDY_EVERY)

    async def put(self, text: str, keep: bool, tables: Mapping[str, KeptTable]) -> str:
        """Keep `text` with its tables; its id. `keep`: for good, because somebody has copied the link. FullError where
        there is no room for it."""
        link, now = link_id(text), int(self._clock())
        row = {"id": link, "text": text, "made_at": now, "used_at": now, "kept": keep}
        changed = {"used_at": now} | ({"kept": True} if keep else {})
        with in_words(NO_ANSWER):
            async with self._database.writing() as connection:
                mine = update(LINKS).where(LINKS.c.id == link).values(changed)
                is_new = not (await connection.execute(mine)).rowcount
                if is_new:
                    await connection.execute(insert(LINKS).values(row))
                if tables:
                    await connection.run_sync(put_tables, HOLDER, link, tables)
                texts = await self._checked(connection, len(text)) if is_new else self._texts
        self._texts = texts
        return link

    async def _checked(self, connection: AsyncConnection, more: int) -> int:
        """Characters of all texts, `more` of which are of one just added; FullError, which undoes that, where they are
        too many."""
        if self._texts is None:
            lengths = select(func.coalesce(func.sum(func.length(LINKS.c.text)), 0))
            texts = int((await connection.execute(lengths)).scalar_one())
        else:
            texts = self._texts + more
        size = texts + await connection.run_sync(bytes_held, HOLDER, select(LINKS.c.id))
        if size > self._most:
            raise FullError(
                f"the server keeps {(size - more) / 1e6:,.1f} MB of links; allowed: {self._most / 1e6:g} MB together. "
                "Make the experiment smaller, so that it fits into its address, or save it among your experiments",
                "no_room",
            )
        return texts

    async def get(self, link: str) -> SavedLink | None:
        """What is kept under the id `link`; None for nothing. That it was used is written down once a day."""
        with in_words(NO_ANSWER):
            async with self._database.engine.connect() as connection:
                query = select(LINKS.c.text, LINKS.c.used_at).where(LINKS.c.id == link)
                row = (await connection.execute(query)).first()
                if row is None:
                    return None
                tables = await connection.run_sync(get_tables, HOLDER, link)
            await self._note_use(link, row.used_at)
        return SavedLink(row.text, tables)

    async def _note_use(self, link: str, before: int) -> None:
        if (now := int(self._clock())) < before + A_DAY:
            return
        async with self._database.writing() as connection:
            await connection.execute(update(LINKS).where(LINKS.c.id == link).values(used_at=now))

    async def sweep(self, days: float) -> int:
        """Forget those that nobody has copied and nobody has used for `days`; how many."""
        old = ~LINKS.c.kept & (LINKS.c.used_at < int(self._clock() - days * A_DAY))
        with in_words(NO_ANSWER):
            async with self._database.writing() as connection:
                links = [link for (link,) in await connection.execute(select(LINKS.c.id).where(old))]
                await connection.run_sync(let_go, HOLDER, links)
                await connection.execute(delete(LINKS).where(old))
                self._texts = None
        return len(links)
