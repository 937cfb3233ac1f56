"""Commands that go to another step of the run, or to another branch of it."""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from app.session.commands.base import LARGEST_ID, BaseCommand
from app.spec.bounds import BOUNDS

BranchId = Annotated[int, Field(ge=1, le=LARGEST_ID)]


class Seek(BaseCommand):
    """Stand where the run stood after `step` updates; nothing is lost, and going on from there begins a branch."""

    type: Literal["seek"] = "seek"
    step: int = Field(ge=0, le=LARGEST_ID)


class SwitchBranch(BaseCommand):
    """Go to the newest step of another branch."""

    type: Literal["switch_branch"] = "switch_branch"
    branch: BranchId


class NameBranch(BaseCommand):
    """Call a branch something else."""

    type: Literal["name_branch"] = "name_branch"
    branch: BranchId
    name: Annotated[
        str, StringConstraints(strip_whitespace=True, min_length=1, max_length=BOUNDS.branch_name)
    ]


class DropBranch(BaseCommand):
    """Forget a branch; not the one that is being looked at."""

    type: Literal["drop_branch"] = "drop_branch"
    branch: BranchId


class Compare(BaseCommand):
    """Ask for the curves of branches, told by one `curves` event."""

    type: Literal["compare"] = "compare"
    branches: tuple[BranchId, ...] = Field(min_length=1, max_length=BOUNDS.branches)
