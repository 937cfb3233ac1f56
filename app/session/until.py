"""Stepping "until": whether what was asked for is true of the epoch just done, and the words for it."""

import math
from collections.abc import Callable
from typing import TYPE_CHECKING

from app.data.split import TEST
from app.session.commands.training import Until
from app.session.events import Reached
from app.spec import SpecError
from app.vocabulary import Task

if TYPE_CHECKING:
    from app.session.session import Session


def check_until(session: "Session", until: Until | None) -> None:
    """SpecError (code `not_allowed`) where a figure of test points is asked for and there are none."""
    if until is None or (session.board.part == TEST).any():
        return
    for name in ("test_loss_below", "test_score_above"):
        if getattr(until, name) is not None:
            raise SpecError(
                "cannot step until then: there are no test points; allowed: training figures, set_part",
                ("until", name),
                "not_allowed",
            )


def look(session: "Session", ended_epoch: bool) -> list[Reached]:
    """What to say after a leg of a bounded step, before it ends: nothing while it goes on."""
    until, left = session.until, session.pending_steps
    if until is None or left is None or not (ended_epoch or left == 0):
        return []
    conditions = _conditions(session, until)
    met = [text for holds, text in conditions if holds]
    if not met and left:
        return []
    epoch = session.epoch
    told = "; ".join(met or [text for _, text in conditions])
    start = f"Reached after epoch {epoch}" if met else f"Not reached by epoch {epoch}"
    return [Reached(step=session.step, epoch=epoch, reached=bool(met), message=f"{start}: {told}.")]


def _conditions(session: "Session", until: Until) -> list[tuple[bool, str]]:
    """Whether each condition that was asked for holds now, and how things stand."""
    now = session.machine.standing()
    classes = session.spec.task is Task.CLASSIFICATION
    score, share = ("accuracy", _percent) if classes else ("R²", _plain)
    rows: list[tuple[bool, str]] = []
    for part, figures in (("train", now.train), ("test", now.test)):
        word = "training" if part == "train" else "test"
        if (most := getattr(until, f"{part}_loss_below")) is not None:
            value = float(figures.loss)
            rows.append((value < most, _words(f"the {word} loss", value, most, "below", _plain)))
        if (least := getattr(until, f"{part}_score_above")) is not None:
            value = float(figures.score)
            rows.append((value > least, _words(f"the {word} {score}", value, least, "above", share)))
    if until.diverges:
        rows.append((False, "training has not diverged"))
    return rows


def _words(what: str, value: float, asked: float, side: str, write: Callable[[float, int], str]) -> str:
    if math.isnan(value):
        return f"{what} is not defined"
    holds = value < asked if side == "below" else value > asked
    wanted = write(asked, 12)
    # As many digits as it takes to see on which side it lies.
    shown = next((text for digits in (4, 6, 9) if (text := write(value, digits)) != wanted), wanted)
    return f"{what} is {shown}, {'' if holds else 'not '}{side} {wanted}"


def _plain(value: float, digits: int) -> str:
    return f"{value:.{digits}g}".replace("-", "\N{MINUS SIGN}")


def _percent(value: float, digits: int) -> str:
    return f"{100 * value:.{digits}g} %"
