"""What a saved experiment is shown by: its figures, its curves and a picture of its board; and its text, from which it
begins where its snapshot can no longer be read."""

import json
import math
from base64 import b64encode
from collections.abc import Mapping
from io import BytesIO
from typing import Any

from app.links.payload import Payload, pack_numbers
from app.links.versions import CURRENT
from app.session.frame import LOSS_COLUMNS
from app.session.session import Session
from app.session.snapshot import FORMAT
from app.takeaway.board_picture import board_picture
from app.takeaway.portrait import Portrait
from app.vocabulary import Source

ROWS = 256
"""Of the curves."""
COLUMNS = (*LOSS_COLUMNS[:6], "validation_loss", "validation_score")
"""Step, epoch, losses and scores; those of the validation part last, as in curves of branches."""
PLACES = [LOSS_COLUMNS.index(name) for name in COLUMNS]
DIGITS = 7
SIDE = 320
"""Pixels of the picture both ways."""


def make_card(session: Session, options: Mapping[str, str]) -> bytes:
    """JSON: `card` (`format` of the snapshot, `spec`, `figures`, `curves`: rows of `columns`), `text` (what a
    link with weights holds, as VERSION.JSON: a link itself may not be as long), `picture` as base64 of a PNG."""
    portrait = Portrait.of(session)
    card = {
        "format": FORMAT,
        "spec": session.spec.model_dump(mode="json"),
        "figures": _figures(portrait),
        "columns": COLUMNS,
        "curves": [
            [_number(value) for value in row[PLACES].tolist()] for row in session.history.thinned(ROWS)
        ],
    }
    picture = b64encode(_png(portrait)).decode()
    told = {"card": card, "text": _text(session, portrait), "picture": picture}
    return json.dumps(told, separators=(",", ":"), ensure_ascii=False, allow_nan=False).encode()


def _figures(portrait: Portrait) -> dict[str, Any]:
    now = portrait.frame.now
    losses = {name: getattr(now, name) for name in COLUMNS[2:]}
    state = portrait.state
    facts = {"task": state.task.value, "parameters": state.parameters, "points": len(portrait.points)}
    return {"step": portrait.step, "epoch": portrait.epoch, **losses, **facts}


def _number(value: float) -> float | int | None:
    """A whole one without its fraction, another to DIGITS digits, none for what is not finite."""
    if not math.isfinite(value):
        return None
    return int(value) if value == int(value) else float(f"{value:.{DIGITS}g}")


def _text(session: Session, portrait: Portrait) -> str:
    own = session.board.edited and session.spec.data.source is not Source.TABLE
    payload = Payload(
        spec=session.spec.model_dump(mode="json"),
        points=tuple((x, y, label, int(part)) for x, y, label, part in portrait.points.tolist())
        if own
        else None,
        weights=pack_numbers(portrait.theta.tolist()),
        statistics=pack_numbers(portrait.statistics.tolist()) if portrait.statistics.size else None,
    )
    return f"{CURRENT}.{payload.model_dump_json(exclude_none=True)}"


def _png(portrait: Portrait) -> bytes:
    file = BytesIO()
    image = board_picture(portrait, SIDE)
    image.quantize(128).save(file, "PNG", optimize=True)
    return file.getvalue()
