"""Saving a session as an experiment and going on from one: what lies between routes, store, sessions and makers."""

import asyncio
import json
import time
from base64 import b64decode
from functools import partial
from typing import Any, TypeVar

from app.data.tables import Shelf
from app.host.makers import Makers
from app.host.story import Story
from app.host.supervisor import Supervisor
from app.links import checked
from app.links.payload import Payload
from app.links.versions import upgraded
from app.session.snapshot import FORMAT
from app.spec import BOUNDS, SpecError
from app.store.experiments import KEPT_DELETED, Experiments, Shown, Written
from app.web.experiment_models import Change, Deleted, Details, Found, Opened, Saving, Summary, in_one_line
from app.web.refusals import RefusalError, unknown_session
from app.wire.tables import decode_table

PAGE = 24
"""Experiments of a page."""
COPY = "Copy of "
PAUSE = b'{"type":"pause","id":0}'
"""What is saved while it plays stands still when it is opened, at the step that its card shows."""
OLD = "This was saved by an older version of the playground: settings, points and weights are back, its history is not."
T = TypeVar("T")
SESSION_WAIT = 5.0
"""Seconds after which a session that does not answer may be asked again."""


class SavedExperiments:
    """All that is asked of saved experiments. Every method may raise RefusalError, and what app.web.failures
    knows; `owner` is whose they are."""

    def __init__(self, supervisor: Supervisor, makers: Makers, store: Experiments) -> None:
        self._supervisor, self._makers, self._store = supervisor, makers, store

    async def found(self, owner: str, search: str, page: int) -> Found:
        """A page of those that have `search` in title or notes. Whoever looks at them may soon save another."""
        self._makers.warm()
        total, shown = await self._store.found(owner, in_one_line(search), (page - 1) * PAGE, PAGE)
        # Not in the event loop: a card may hold 5000 points.
        experiments = await asyncio.to_thread(lambda: [*map(summary, shown)])
        return Found(total=total, page=page, size=PAGE, experiments=experiments)

    async def get(self, owner: str, which: str) -> Details:
        """All that is told of one."""
        return await asyncio.to_thread(details, known(await self._store.get(owner, which)))

    async def picture(self, owner: str, which: str) -> bytes:
        """Its PNG."""
        return known(await self._store.picture(owner, which))

    async def save(self, owner: str, session: str, words: Saving) -> Summary:
        """Keep a session as it stands."""
        await self._store.check_room(owner)
        self._makers.check_room()
        story = await self._story(session)
        made = await self._makers.make("card", story)
        written = await asyncio.to_thread(_written, words, made.data, story)
        return summary(known(await self._store.get(owner, await self._store.add(owner, written))))

    async def _story(self, session: str) -> Story:
        """The session as it stands, in one snapshot."""
        try:
            story = await self._supervisor.story(session)
        except KeyError as error:
            raise unknown_session() from error
        if not story.is_snapshot or story.commands:
            message = "the session does not answer; try again in a moment"
            raise RefusalError(503, "busy", message, wait=SESSION_WAIT)
        return story

    async def change(self, owner: str, which: str, change: Change) -> Summary:
        """Another title, other notes."""
        known(await self._store.change(owner, which, change.words) or None)
        return summary(known(await self._store.get(owner, which)))

    async def delete(self, owner: str, which: str) -> Deleted:
        """Take one away for a day, and then for good."""
        known(await self._store.delete(owner, which) or None)
        return Deleted(id=which, until=int(time.time()) + KEPT_DELETED)

    async def restore(self, owner: str, which: str) -> Summary:
        """Give back what was deleted."""
        known(await self._store.restore(owner, which) or None)
        return summary(known(await self._store.get(owner, which)))

    async def duplicate(self, owner: str, which: str) -> Summary:
        """A copy of one."""
        copy = known(await self._store.duplicate(owner, which, copy_title))
        return summary(known(await self._store.get(owner, copy)))

    async def open(self, owner: str, which: str) -> Opened:
        """A session that goes on from where it was saved."""
        story, notes = await asyncio.to_thread(story_of, known(await self._store.whole(owner, which)))
        session = self._supervisor.begin(story)
        await self._supervisor.settle(session)
        return Opened(session=session, notes=notes)


def known(found: T | None) -> T:
    """What was found; RefusalError for nothing, and for what is another's."""
    if found is None:
        raise RefusalError(404, "unknown_experiment", "you have no such experiment")
    return found


def summary(shown: Shown) -> Summary:
    """What a list tells of one."""
    return Summary(**_words(shown), figures=json.loads(shown.card)["figures"])


def details(shown: Shown) -> Details:
    """All that is told of one."""
    card = json.loads(shown.card)
    return Details(**_words(shown), **{name: card[name] for name in ("figures", "spec", "columns", "curves")})


def _words(shown: Shown) -> dict[str, Any]:
    return {name: getattr(shown, name) for name in Summary.model_fields if name != "figures"}


def copy_title(title: str) -> str:
    """The title of a copy, cut where it would be too long."""
    return (COPY + title)[: BOUNDS.title].rstrip()


def _written(words: Saving, data: bytes, story: Story) -> Written:
    made = json.loads(data)
    return Written(
        title=words.title,
        notes=words.notes,
        card=json.dumps(made["card"], separators=(",", ":"), ensure_ascii=False),
        text=made["text"],
        picture=b64decode(made["picture"]),
        snapshot=story.opening,
        tables=story.tables,
    )


def story_of(written: Written) -> tuple[Story, list[str]]:
    """How a session goes on from what was saved, and what of it could not be brought back. RefusalError where
    nothing of it can be read any more."""
    if json.loads(written.card)["format"] == FORMAT:
        return Story(written.snapshot, True, (PAUSE,), written.tables), []
    try:
        ready = checked(read_text(written.text), _shelf(written))
    except SpecError as error:
        raise RefusalError(409, error.code, f"it cannot be opened any more: {error.message}") from error
    return Story(ready.spec, False, ready.commands, written.tables), [OLD]


def read_text(text: str) -> Payload:
    """What a card's text holds, of any version."""
    version, _, tree = text.partition(".")
    return Payload.model_validate_json(json.dumps(upgraded(json.loads(tree), int(version))))


def _shelf(written: Written) -> Shelf:
    shelf = Shelf()
    for name, table in written.tables.items():
        shelf.put(name, partial(decode_table, table.data, name))
    return shelf
