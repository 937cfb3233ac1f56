"""The command that has a lesson's task checked."""

from typing import Annotated, Literal

from pydantic import Field

from app.session.commands.base import BaseCommand

Name = Annotated[str, Field(max_length=60)]


class Check(BaseCommand):
    """Is a task of a lesson done? Told by one `verdict` event; nothing changes."""

    type: Literal["check"] = "check"
    lesson: Name
    task: Name
    answer: (
        Annotated[dict[Name, float], Field(max_length=16)]
        | Annotated[list[Name], Field(max_length=16)]
        | None
    ) = Field(
        None,
        description="Numbers by field (predict), options (choose, find_bug), items in order (order), or null (reach, "
        "break).",
    )
