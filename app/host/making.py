"""Making one thing of one session: what a maker process does with a story and a job."""

from typing import Any, BinaryIO

from app.host.confinement import place_of
from app.host.framed_story import read_framed
from app.host.reopening import reopened
from app.host.story import Story
from app.spec import SpecError
from app.takeaway.errors import TakeawayError
from app.takeaway.kinds import INNER, kind_named
from app.takeaway.naming import stem_of
from app.takeaway.options import completed


def prepare() -> None:
    """Import what most things are made with, by making what is wanted most: what an experiment is saved as."""
    make(Story(b"{}", is_snapshot=False), {"kind": "card", "options": {}})


def make(story: Story, job: dict[str, Any]) -> tuple[dict[str, object], bytes]:
    """What `job` (`kind`, `options`) asks for, of the session that `story` tells of."""
    kind = INNER.get(job["kind"]) or kind_named(job["kind"])
    options = completed(kind.options, job["options"])
    session = reopened(story)
    data = kind.make(session, options)
    return {"file_name": kind.file_name.format(stem=stem_of(session)), "media_type": kind.media_type}, data


def answer(file: BinaryIO) -> tuple[dict[str, object], bytes]:
    """What is told, and the file that was made; nothing of the content reaches a log, so messages of ours stay here."""
    try:
        return make(*read_framed(file))
    except TakeawayError as error:
        return {"refused": [error.message, error.code]}, b""
    except SpecError as error:
        return {"refused": [error.message, "cannot"]}, b""
    except MemoryError:
        return {"refused": ["making it takes more memory than allowed", "too_large"]}, b""
    except Exception as error:
        return {"failed": place_of(error)}, b""
