"""What the bench has shown, in words: how far training and test loss lie apart on few points and on many, and what
penalties and dropout make of it."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from app.session.bench_events import BenchResult

SMALL = 0.25
"""A gap of less than this share of the test loss is small."""
CLOSED = 0.5
"""Of the gap with the fewest points, what may be left with the most where more points close it; and with
regularisation, of the gap without it, where that helps."""


class Gap(NamedTuple):
    """Test loss less training loss of one training on `size` points."""

    size: int
    gap: float
    test_loss: float


def read_bench(results: Sequence[BenchResult]) -> str:
    """A few sentences about finished trainings; empty where fewer than two sizes have told their losses."""
    own = _gaps(result for result in results if result.regularised)
    if len(own) < 2:
        return ""
    plain = _gaps(result for result in results if not result.regularised)
    return " ".join([_about_points(own[0], own[-1]), *_about_rules(own[0], plain)])


def _gaps(results: Iterable[BenchResult]) -> list[Gap]:
    """Of those whose losses are known, fewest points first."""
    return sorted(
        Gap(result.size, result.test_loss - result.train_loss, result.test_loss)
        for result in results
        if result.test_loss is not None and result.train_loss is not None
    )


def _about_points(few: Gap, many: Gap) -> str:
    told = (
        f"With {few.size} points the test loss lies {_amount(few.gap)} the training loss, "
        f"with {many.size} points {_amount(many.gap)} it."
    )
    if few.gap <= SMALL * few.test_loss:
        return f"Small gap from the start: {told[0].lower()}{told[1:]}"
    if many.gap <= CLOSED * few.gap:
        return f"Few points, large gap; more points close it. {told}"
    return f"The gap stays. {told} More points alone have not closed it."


def _about_rules(few: Gap, plain: list[Gap]) -> list[str]:
    if not plain or plain[0].size != few.size:
        return []
    told = f"with {few.size} points the gap is {few.gap:.3g} with it, {plain[0].gap:.3g} without"
    if few.gap <= CLOSED * plain[0].gap:
        return [f"Regularisation closes it too: {told}."]
    return [f"Regularisation helps little here: {told}."]


def _amount(gap: float) -> str:
    return f"{gap:.3g} above" if gap >= 0 else f"{-gap:.3g} below"
