"""Pointing at a point, at raw values, at a drawing; and asking for points with all that is known of them."""

from typing import Any

import numpy as np
import pytest

from app.data.drawn import picture as drawn
from app.session.events import Rows
from app.session.pointing import Pointing
from app.session.session import Session
from tests.unit.session.building import do, picture, refused, small
from tests.unit.session.tables import on_table, outputs, seen, values

STROKE: list[list[float]] = [[0.2, 0.1], [0.8, 0.1], [0.4, 0.9]]


def trained(name: str) -> Session:
    """A session on a table that has learnt a little."""
    session = on_table(name)
    do(session, "step", epochs=2)
    return session


def assert_probe_is_of(session: Session, raw: Any) -> None:
    """The frame's values begin with these inputs as the network sees them, and end with its outputs."""
    probe, column = picture(session).probe, np.asarray(raw).reshape(-1, 1)
    width = len(column)
    assert probe.shape == (width + sum(layer.fan_out for layer in session.state().layers),)
    np.testing.assert_allclose(probe[:width], seen(session, column)[:-1, 0], rtol=1e-5, atol=1e-6)
    target = session.state().target
    last = probe[-session.state().layers[-1].fan_out :] * target.scale + target.shift
    np.testing.assert_allclose(last, outputs(session, column)[:, 0], rtol=1e-5)


@pytest.mark.parametrize("name", ["wine", "diabetes"])
def test_a_point_is_looked_at_with_all_its_inputs(name: str) -> None:
    session = trained(name)
    do(session, "inspect", row=17)
    assert_probe_is_of(session, values(session, [17]))
    assert picture(session).probe_at is None
    do(session, "delete_points", ids=[17])
    assert picture(session).probe.shape == (0,), "the point is gone"


def test_raw_values_are_looked_at_as_a_row_of_the_table_would_be() -> None:
    session = trained("iris")
    do(session, "inspect", values=[5.0, 3.5, 1.5, 0.25])
    assert_probe_is_of(session, [5.0, 3.5, 1.5, 0.25])


def test_a_drawing_is_looked_at_as_a_picture_of_the_table() -> None:
    session = trained("digits")
    do(session, "inspect", strokes=[STROKE])
    image = session.board.prepared and session.board.prepared.image
    assert image
    pixels = drawn((tuple((x, y) for x, y in STROKE),), image)
    assert pixels.max() > 8
    assert_probe_is_of(session, pixels)


def test_a_point_of_the_board_is_looked_at_too() -> None:
    session = small()
    do(session, "inspect", row=3)
    (place,) = [row[1:3] for row in session.points().points if row[0] == 3]
    np.testing.assert_allclose(picture(session).probe[:2], place, rtol=1e-6)


@pytest.mark.parametrize(
    ("name", "asked", "code", "path", "words"),
    [
        (
            "iris",
            {"at": [0, 0], "row": 1},
            "bad_command",
            ("row",),
            "at and row were asked for; allowed: one of them",
        ),
        (
            "digits",
            {"row": 1, "strokes": [STROKE]},
            "bad_command",
            ("strokes",),
            "row and strokes were asked for",
        ),
        ("iris", {"row": 150}, "unknown_point", ("row", 0), "there is no point 150"),
        (
            "iris",
            {"values": [1, 2, 3]},
            "not_allowed",
            ("values",),
            "3 values were given; this table's inputs are 4",
        ),
        ("", {"values": [1, 2]}, "not_allowed", ("values",), "the points are no table's; allowed: at"),
        ("iris", {"strokes": [STROKE]}, "not_allowed", ("strokes",), "the inputs are no pixels"),
        ("", {"strokes": [STROKE]}, "not_allowed", ("strokes",), "the inputs are no pixels"),
    ],
)
def test_what_cannot_be_looked_at_is_refused(
    name: str, asked: dict[str, Any], code: str, path: tuple[str, ...], words: str
) -> None:
    session = on_table(name) if name else small()
    error = refused(session, "inspect", **asked)
    assert (error.code, error.path) == (code, path)
    assert words in error.message


def test_other_inputs_leave_values_that_do_not_fit_out() -> None:
    session = on_table("iris")
    do(session, "inspect", values=[5, 3, 4, 1])
    do(session, "set_spec", spec={"data": {"table": {"inputs": ["petal length", "petal width"]}}})
    assert picture(session).probe.shape == (0,)


@pytest.mark.parametrize(
    "asked", [{"row": 3}, {"values": [5.0, 3.0, 4.0, 1.0]}, {"at": [1.0, 2.0], "unit": [0, 1]}]
)
def test_what_is_pointed_at_outlives_a_snapshot(asked: dict[str, Any]) -> None:
    session = on_table("iris")
    do(session, "inspect", **asked)
    again = Session.restore(session.snapshot())
    assert again.pointing == session.pointing
    np.testing.assert_array_equal(picture(again).probe, picture(session).probe)


def test_a_drawing_comes_back_from_a_snapshot_as_the_tuples_it_was() -> None:
    pointing = Pointing(strokes=(((0.25, 0.5), (0.75, 0.5)),))
    assert Pointing.load({"strokes": [[[0.25, 0.5], [0.75, 0.5]]]}) == pointing


# -- rows --------------------------------------------------------------------------------------------------------------


def test_rows_are_told_in_the_order_asked_for_with_raw_values_label_and_part() -> None:
    session = on_table("iris", data={"train_fraction": 0.6, "validation_fraction": 0.2})
    _, event = do(session, "rows", ids=[120, 3, 3])
    assert isinstance(event, Rows)
    assert [row.id for row in event.rows] == [120, 3, 3]
    points = {row[0]: row for row in session.points().points}
    for row in event.rows:
        assert (row.label, row.part) == points[row.id][3:]
        assert len(row.values) == 4
        assert all(0.1 <= value <= 7.9 for value in row.values), "centimetres, as in the table"


def test_rows_of_points_are_their_places() -> None:
    session = small()
    _, event = do(session, "rows", ids=[5])
    assert isinstance(event, Rows)
    assert (event.rows[0].id, *event.rows[0].values) == session.points().points[5][:3]


def test_asking_for_rows_changes_nothing_and_an_unknown_one_is_refused() -> None:
    session = small()
    before = session.machine.dump()[1]["vectors"].tobytes()
    do(session, "rows", ids=[0])
    assert session.machine.dump()[1]["vectors"].tobytes() == before
    error = refused(session, "rows", ids=[1, 40])
    assert (error.code, error.path) == ("unknown_point", ("ids", 1))
