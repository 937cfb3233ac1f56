"""The animation of a run: which steps it shows, that they are the run's, and that a long one takes bounded time."""

from collections.abc import Callable, Iterator
from io import BytesIO

import numpy as np
import pytest
from PIL import Image, ImageSequence

from app.session.commands import Seek, Step
from app.session.session import Session
from app.spec import Experiment
from app.takeaway import animation
from app.takeaway.animation import curve, film, make_animation, picture_of
from app.takeaway.colours import palette, rgb
from app.takeaway.course import chosen_steps, go_through
from app.takeaway.errors import TakeawayError
from app.takeaway.portrait import Portrait

SMALL = {"data": {"samples": 40}, "network": {"layers": [{"units": 3}]}, "training": {"batch_size": 10}}
OPTIONS = {"frames": "4", "seconds": "2", "theme": "light"}


def trained(epochs: int) -> Session:
    """A small session after `epochs` of two steps each, as it comes out of its snapshot."""
    session = Session.create(Experiment.parse(SMALL))
    session.handle(Step(id=1, epochs=epochs))
    while session.pending_steps:
        session.advance(100)
    return Session.restore(session.snapshot(), session.tables)


def pictures(data: bytes) -> list[Image.Image]:
    return [picture.convert("RGB") for picture in ImageSequence.Iterator(Image.open(BytesIO(data)))]


def difference(one: Image.Image, other: Image.Image) -> float:
    """Mean of the absolute differences of the boards' pixels, 0 to 255."""
    board = (0, 0, 480, 480)
    pixels = [np.asarray(image.crop(board), np.float64) for image in (one, other)]
    return float(np.abs(pixels[0] - pixels[1]).mean())


def test_an_animation_begins_at_step_0_and_ends_now() -> None:
    session = trained(60)
    now = Portrait.of(session)
    data = make_animation(session, OPTIONS)
    film_of = Image.open(BytesIO(data))
    assert (film_of.format, film_of.size, film_of.info["loop"]) == ("GIF", (480, 540), 0)
    assert len(data) < 3_000_000
    shown = pictures(data)
    assert len(shown) == 4
    session.handle(Seek(id=1, step=0))
    begun = Portrait.of(session)
    assert (begun.step, now.step) == (0, 120)
    first = picture_of(begun, now.history, palette())
    last = picture_of(now, now.history, palette())
    assert difference(shown[0], first) < 4 < difference(shown[0], last)
    assert difference(shown[3], last) < 4 < difference(shown[3], first)


def test_an_animation_has_the_colours_of_its_theme() -> None:
    for theme in ("light", "dark"):
        shown = pictures(make_animation(trained(3), OPTIONS | {"theme": theme}))
        surface = palette("dark" if theme == "dark" else "light").surface
        seen = np.asarray(shown[0])[485, 470].astype(int)
        assert np.abs(seen - rgb(surface)).max() <= 4


def test_before_the_first_step_there_is_nothing_to_animate() -> None:
    with pytest.raises(TakeawayError, match="training has not begun, so there is no run to show"):
        make_animation(Session.create(Experiment.parse(SMALL)), OPTIONS)


def test_who_stands_at_the_beginning_is_told_to_go_on() -> None:
    session = trained(3)
    session.handle(Seek(id=1, step=0))
    with pytest.raises(TakeawayError, match="this is the beginning of the run"):
        make_animation(session, OPTIONS)


def test_who_stands_in_the_past_gets_the_run_to_there() -> None:
    session = trained(60)
    session.handle(Seek(id=1, step=30))
    here = picture_of(Portrait.of(session), session.history.since(0), palette())
    shown = pictures(make_animation(session, OPTIONS))
    assert difference(shown[3], here) < 4


@pytest.mark.parametrize(
    ("first", "last", "count", "steps"),
    [
        (0, 100, 5, [0, 6, 25, 56, 100]),
        (0, 2, 60, [0, 1, 2]),
        (40, 41, 60, [40, 41]),
        (10, 110, 2, [10, 110]),
    ],
)
def test_steps_stand_closer_at_the_beginning(first: int, last: int, count: int, steps: list[int]) -> None:
    assert chosen_steps(first, last, count) == steps


def ticking(every: float) -> Callable[[], float]:
    """A clock that goes on by `every` at each look."""
    times: Iterator[float] = iter(np.arange(100_000) * every)
    return lambda: next(times)


def test_a_way_with_time_shows_every_step_asked_for() -> None:
    steps = [0, 1, 300, 700]
    assert [at.step for at in go_through(trained(500), steps, 100.0, ticking(0.001))] == steps


def test_a_way_without_time_shows_what_is_one_update_from_a_stored_state() -> None:
    session = trained(1000)
    anchors = [anchor.step for anchor in session.past.shown.anchors]
    assert len(anchors) == 4
    steps = list(range(0, 2000, 100))
    shown = [at.step for at in go_through(session, steps, 1.0, ticking(0.5))]
    assert shown[0] == 0
    assert 3 <= len(shown) <= 5
    assert set(shown[1:]) <= {anchor + 1 for anchor in anchors} | set(steps)


def test_a_loss_curve_grows_with_the_run_and_fills_its_place_at_the_end() -> None:
    rows = np.zeros((3, 10))
    rows[:, 0], rows[:, 2], rows[:, 3] = [0, 50, 100], [2.0, 1.0, 0.5], [np.nan, 4.0, 2.0]
    assert curve(rows, 2, 100) == [(322, 510), (395, 521), (468, 526.5)]
    assert curve(rows, 2, 60) == [(322, 510), (395, 521)]
    assert curve(rows, 3, 100) == [(395, 488), (468, 510)]


def test_a_film_that_would_be_too_large_has_fewer_pictures(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(animation, "MOST_BYTES", 30_000)
    rng = np.random.default_rng(0)
    noise = [Image.fromarray(rng.integers(0, 256, (100, 100, 3), np.uint8)) for _ in range(12)]
    data = film(noise, 2.0, ("#102030",))
    assert len(data) <= 30_000
    assert len(pictures(data)) == 3
