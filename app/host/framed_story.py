"""A story as bytes for another process, and back: facts, then opening, commands and tables."""

from typing import Any, BinaryIO

from app.host.facts import facts_of, with_facts
from app.host.kept_tables import KeptTable
from app.host.story import Story


def framed(story: Story, job: dict[str, Any]) -> bytes:
    """`story` with a `job`, which is anything that JSON can say."""
    tables = [(name, table.data) for name, table in story.tables.items()]
    parts = [story.opening, *story.commands, *(data for _, data in tables)]
    facts = {
        "job": job,
        "is_snapshot": story.is_snapshot,
        "commands": len(story.commands),
        "tables": [name for name, _ in tables],
        "sizes": [len(part) for part in parts],
    }
    return with_facts(facts, b"".join(parts))


def read_framed(file: BinaryIO) -> tuple[Story, dict[str, Any]]:
    """What `framed` was given. What the page is told of a table does not come along."""
    facts = facts_of(file)
    opening, *parts = [file.read(size) for size in facts["sizes"]]
    count = facts["commands"]
    tables = {
        name: KeptTable(data, b"", 0) for name, data in zip(facts["tables"], parts[count:], strict=True)
    }
    return Story(opening, facts["is_snapshot"], tuple(parts[:count]), tables), facts["job"]
