"""The course of a run as a GIF: the board at some sixty steps from the first to now, each with its figures."""

import math
from collections.abc import Mapping
from io import BytesIO

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from app.session.session import Session
from app.takeaway.board_picture import board_picture
from app.takeaway.colours import Palette, palette, rgb
from app.takeaway.course import chosen_steps, go_through
from app.takeaway.errors import TakeawayError
from app.takeaway.portrait import Portrait

SIDE = 480
CAPTION = 60
"""Pixels under the board."""
SHADES = (96, 48, 24)
"""Colours of the whole film, fewer where it would be too large."""
MOST_BYTES = 3_000_000
MOST_EFFORT = 25.0
"""Seconds that going through the past and drawing it may take, of what a maker has."""
NOT_BEGUN = "training has not begun, so there is no run to show; train it, then take it home"
AT_THE_BEGINNING = (
    "this is the beginning of the run, so there is nothing to show before it; go to a later step"
)
LAST_STANDS = 1500
"""Milliseconds that the last picture stands before it begins again."""
FASTEST = 20
"""Milliseconds of a picture; browsers slow down what is faster."""
FEWEST = 2
"""Pictures: the first and the last."""
TRAIN_LOSS, TEST_LOSS = 2, 3
"""Columns of the history."""
SPARK = (322, 8, 468, 52)
"""Where the loss curve stands in the caption: left, top, right, bottom."""
TEXT_LEFT = 12


def make_animation(session: Session, options: Mapping[str, str]) -> bytes:
    """A GIF of `frames` pictures in `seconds`, in the colours of `theme`; TakeawayError before the first step."""
    first = session.past.shown.first
    if session.step <= first:
        raise TakeawayError(NOT_BEGUN if session.past.shown.last <= first else AT_THE_BEGINNING)
    colours = palette("dark" if options["theme"] == "dark" else "light")
    now = Portrait.of(session)
    *steps, _ = chosen_steps(first, session.step, int(options["frames"]))
    pictures = [
        picture_of(Portrait.of(at), now.history, colours) for at in go_through(session, steps, MOST_EFFORT)
    ]
    pictures.append(picture_of(now, now.history, colours))
    return film(
        pictures, float(options["seconds"]), (colours.ink, colours.train, colours.test, colours.surface)
    )


def picture_of(portrait: Portrait, history: NDArray[np.float64], colours: Palette) -> Image.Image:
    """The board with its caption, (SIDE, SIDE + CAPTION); `history` of the whole run."""
    image = Image.new("RGB", (SIDE, SIDE + CAPTION), colours.surface)
    image.paste(board_picture(portrait, SIDE, colours))
    draw = ImageDraw.Draw(image)
    draw.line((0, SIDE, SIDE, SIDE), colours.hairline)
    _write(draw, portrait, colours)
    for column, colour in ((TRAIN_LOSS, colours.train), (TEST_LOSS, colours.test)):
        line = curve(history, column, portrait.step)
        if len(line) > 1:
            draw.line(line, colour, 2, "curve")
    return image


def _write(draw: ImageDraw.ImageDraw, portrait: Portrait, colours: Palette) -> None:
    now = portrait.frame.now
    draw.text((TEXT_LEFT, SIDE + 7), _where(portrait), colours.ink, _font(17))
    left = float(TEXT_LEFT)
    for name, value, colour in (
        ("train", now.train_loss, colours.train),
        ("test", now.test_loss, colours.test),
    ):
        if value is not None and math.isfinite(value):
            text = f"{name} loss {value:.3f}"
            draw.text((left, SIDE + 33), text, colour, _font(14))
            left += draw.textlength(text, _font(14)) + 14


def _where(portrait: Portrait) -> str:
    return f"epoch {portrait.epoch:,}   step {portrait.step:,}"


def _font(size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    """The one that comes with the library: every machine has it."""
    return ImageFont.load_default(size)


def curve(history: NDArray[np.float64], column: int, step: int) -> list[tuple[float, float]]:
    """Pixels of a loss of the `history` (k, 10) up to `step`, where all of it fills SPARK: up is larger, from 0."""
    losses = history[:, [TRAIN_LOSS, TEST_LOSS]]
    finite = losses[np.isfinite(losses)]
    highest = float(finite.max()) if finite.size else 0.0
    left, top, right, bottom = SPARK
    rows = history[(history[:, 0] <= step) & np.isfinite(history[:, column])]
    across = left + rows[:, 0] / max(float(history[-1, 0]), 1.0) * (right - left)
    down = SIDE + bottom - rows[:, column] / (highest or 1.0) * (bottom - top)
    return [(float(x), float(y)) for x, y in zip(across, down, strict=True)]


def film(pictures: list[Image.Image], seconds: float, exact: tuple[str, ...]) -> bytes:
    """An endless GIF that has the colours `exact` as they are; with fewer others where it would be larger than
    MOST_BYTES, then with fewer pictures."""
    while True:
        for shades in SHADES:
            data = _written(pictures, seconds, _shared_palette(pictures, shades, exact))
            if len(data) <= MOST_BYTES or len(pictures) <= FEWEST:
                return data
        pictures = [*pictures[:-1:2], pictures[-1]]


def _shared_palette(pictures: list[Image.Image], shades: int, exact: tuple[str, ...]) -> Image.Image:
    """One for all, so that nothing flickers: of the first, the middle and the last picture."""
    width, height = pictures[0].size
    sample = Image.new("RGB", (3 * width, height))
    for row in range(3):
        sample.paste(pictures[(len(pictures) - 1) * row // 2], (row * width, 0))
    found = sample.quantize(shades, Image.Quantize.MEDIANCUT).getpalette() or []
    shared = Image.new("P", (1, 1))
    shared.putpalette([*found[: 3 * shades], *(part for colour in exact for part in rgb(colour))])
    return shared


def _written(pictures: list[Image.Image], seconds: float, shared: Image.Image) -> bytes:
    first, *others = [picture.quantize(palette=shared, dither=Image.Dither.NONE) for picture in pictures]
    each = max(FASTEST, round(100 * seconds / len(pictures)) * 10)
    file = BytesIO()
    durations = [each] * len(others) + [LAST_STANDS]
    first.save(file, "GIF", save_all=True, append_images=others, duration=durations, loop=0)
    return file.getvalue()
