"""What a saved experiment is shown by, and that it can begin again from its text."""

import json
from base64 import b64decode
from io import BytesIO
from typing import Any

import numpy as np
import pytest
from PIL import Image

from app.session.commands import parse_command
from app.session.session import Session
from app.spec import Experiment
from app.store.experiments import Shown, Written
from app.takeaway.board_picture import board_picture
from app.takeaway.card import make_card
from app.takeaway.portrait import Portrait
from app.takeaway.shapes import corners, outlines
from app.web.saved_experiments import COPY, copy_title, details, story_of

SMALL: dict[str, Any] = {"data": {"samples": 40}, "network": {"layers": [{"units": 3, "batch_norm": True}]}}


def made(spec: dict[str, Any], epochs: int = 3, *commands: dict[str, Any]) -> tuple[Session, dict[str, Any]]:
    """A session that was trained, and its card."""
    session = Session.create(Experiment.parse(spec))
    for command in (*commands, {"type": "step", "epochs": epochs}):
        session.handle(parse_command(json.dumps({"id": 1, **command}).encode()))
    while session.phase == "playing":
        session.advance(100)
    told: dict[str, Any] = json.loads(make_card(session, {}))
    return session, told


def test_a_card_has_the_figures_and_every_row_of_a_short_history() -> None:
    session, told = made(SMALL)
    card = told["card"]
    now = Portrait.of(session).frame.now
    assert card["figures"]["step"] == 6
    assert card["figures"]["test_loss"] == now.test_loss
    assert [row[0] for row in card["curves"]] == [0, 2, 4, 6]
    assert card["curves"][-1][3] == pytest.approx(now.test_loss, rel=1e-6)
    assert card["columns"][3] == "test_loss"
    assert Experiment.parse(card["spec"]) == session.spec


def test_a_card_has_the_validation_figures_where_there_are_such_points() -> None:
    session, told = made({**SMALL, "data": {"samples": 40, "validation_fraction": 0.25}})
    card = told["card"]
    now = Portrait.of(session).frame.now
    assert now.validation_loss is not None
    assert card["figures"]["validation_loss"] == now.validation_loss
    assert card["figures"]["validation_score"] == now.validation_score
    assert card["columns"][6:] == ["validation_loss", "validation_score"]
    assert card["curves"][-1][6] == pytest.approx(now.validation_loss, rel=1e-6)
    _, plain = made(SMALL)
    assert plain["card"]["figures"]["validation_loss"] is None
    assert plain["card"]["curves"][-1][6:] == [None, None]


def test_a_card_that_was_made_before_they_were_kept_is_told_without_them() -> None:
    _, told = made(SMALL)
    card = told["card"]
    del card["figures"]["validation_loss"], card["figures"]["validation_score"]
    card["columns"], card["curves"] = card["columns"][:6], [row[:6] for row in card["curves"]]
    shown = details(Shown("a", "Title", "", 0, 0, json.dumps(card)))
    assert shown.figures.validation_loss is None
    assert shown.figures.test_loss == card["figures"]["test_loss"]
    assert len(shown.curves[-1]) == 6


def test_a_long_history_is_thinned_to_256_rows_with_its_ends() -> None:
    _, told = made(SMALL, 400)
    curves = told["card"]["curves"]
    assert len(curves) <= 256
    assert (curves[0][0], curves[-1][0]) == (0, 800)


def test_the_picture_shows_classes_by_colour_over_the_boundary() -> None:
    spec = {"data": {"source": "gauss", "noise": 0.0, "samples": 100}, "inputs": ["x1", "x2"]}
    _, told = made(spec, 20)
    image = Image.open(BytesIO(b64decode(told["picture"])))
    assert (image.format, image.size) == ("PNG", (320, 320))
    pixels = np.asarray(image.convert("RGB")).astype(int)
    orange, blue = pixels[300, 20], pixels[20, 300]
    assert orange[0] > orange[2] + 60
    assert blue[2] > blue[0] + 60
    off = np.abs(pixels - (31, 111, 178)).max(axis=2)
    assert off.min() <= 4, "points have their class's full colour"


def test_a_curve_is_drawn_where_the_network_says() -> None:
    session, _ = made({"data": {"source": "curve_sine"}, "inputs": ["x1"]}, 30)
    portrait = Portrait.of(session)
    dark = np.asarray(board_picture(portrait, 240).convert("L")) < 60
    line, up = portrait.frame.curve[0], portrait.state.axes[1]
    for column in (40, 120, 200):
        value = float(line[int(column / 240 * line.size)])
        row = (1 - (value - up.middle) / up.scale / 6) / 2 * 240
        (rows,) = np.nonzero(dark[:, column])
        assert np.abs(rows - row).min() < 4


def test_the_shapes_are_the_pages_own() -> None:
    shapes = outlines()
    assert len(shapes) == 10
    assert shapes[1] == ((-4.5, -4.5), (4.5, -4.5), (4.5, 4.5), (-4.5, 4.5))
    assert all(np.hypot(x, y) == pytest.approx(5) for x, y in shapes[0])
    half = corners("M-6 3.2A6 6 0 0 1 6 3.2Z")
    assert min(y for _, y in half) == pytest.approx(-2.8)
    assert max(y for _, y in half) == pytest.approx(3.2)


@pytest.mark.parametrize("source", ["own points", "table"])
def test_from_its_text_it_begins_with_the_same_points_and_weights(source: str) -> None:
    table = {**SMALL, "data": {"source": "table", "table": {"name": "iris"}}}
    added = {"type": "add_points", "points": [[1.0, 2.0, 1]]}
    session, told = made(table) if source == "table" else made(SMALL, 3, added)
    told["card"]["format"] = 1
    story, notes = story_of(Written("", "", json.dumps(told["card"]), told["text"], b"", b"", {}))
    again = Session.create(Experiment.parse(json.loads(story.opening)))
    for command in story.commands:
        again.handle(parse_command(command))
    before, after = Portrait.of(session), Portrait.of(again)
    assert again.spec == session.spec
    assert np.array_equal(after.theta, before.theta)
    assert np.array_equal(after.points, before.points)
    assert after.frame.now.test_loss == before.frame.now.test_loss
    assert "older version" in notes[0]


def test_the_title_of_a_copy_is_never_too_long() -> None:
    assert copy_title("x") == "Copy of x"
    assert len(copy_title("x" * 120)) == 120
    assert copy_title("x" * 120).startswith(COPY)
