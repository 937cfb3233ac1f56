"""Sessions on tables: what they tell, what they take of a long one, and what is refused."""

from typing import Any

import numpy as np
import pytest

from app.data.tables import Column, Table
from app.data.tables.shelf import Shelf
from app.session.commands import parse_command
from app.session.events import Error, Ok, State
from app.session.session import Session
from app.session.walk_events import WalkChanged
from app.spec import Experiment
from app.vocabulary import BundledTable, ColumnKind
from tests.unit.session.building import do, kinds, picture, refused, small
from tests.unit.session.tables import choose, on_table

# -- what is told ------------------------------------------------------------------------------------------------------

FACTS = [
    ("iris", 4, ("setosa", "versicolor", "virginica"), 3, "slice", 150),
    ("wine", 13, ("cultivar 1", "cultivar 2", "cultivar 3"), 3, "slice", 178),
    ("breast_cancer", 30, ("benign", "malignant"), 1, "slice", 569),
    ("digits", 64, tuple("0123456789"), 10, "pca", 1797),
    ("diabetes", 10, (), 1, "slice", 442),
]


@pytest.mark.parametrize(("name", "inputs", "labels", "outputs", "chart", "rows"), FACTS)
def test_each_bundled_table_is_told_with_its_inputs_classes_and_points(
    name: str, inputs: int, labels: tuple[str, ...], outputs: int, chart: str, rows: int
) -> None:
    session = small()
    answer, state, points, *_ = do(session, "set_spec", **choose(name))
    assert isinstance(answer, Ok)
    assert isinstance(state, State)
    assert (len(state.inputs), state.labels, state.chart) == (inputs, labels, chart)
    assert (state.layers[0].fan_in, state.layers[-1].fan_out) == (inputs, outputs)
    assert (state.shown, state.step, state.edited) == (None, 0, False)
    assert state.preparation
    assert (state.preparation.rows, state.preparation.used) == (rows, rows)
    assert sum(map(sum, (state.preparation.balance.train, state.preparation.balance.test))) == rows
    assert state.spec.data.table.encoded == tuple(column.name for column in state.inputs)
    assert kinds([points]) == ["points"]
    assert len(session.points().points) == rows


def test_the_facts_are_those_of_every_bundled_table() -> None:
    assert {row[0] for row in FACTS} == set(BundledTable)


def test_inputs_are_told_with_units_and_with_figures_of_the_training_part() -> None:
    session = on_table("iris")
    state, board = session.state(), session.board
    told = state.inputs[2]
    trained = board.x[2, board.trained]
    assert (told.name, told.unit, told.column, told.indicator) == (
        "petal length",
        "cm",
        "petal length",
        False,
    )
    np.testing.assert_allclose(
        [told.low, told.high, told.middle], [trained.min(), trained.max(), trained.mean()]
    )
    np.testing.assert_allclose([told.shift, told.scale], [trained.mean(), trained.std()])
    assert (state.target.name, state.target.unit) == ("species", "")


def test_an_image_is_told_as_one_and_other_tables_are_none() -> None:
    image = on_table("digits").state().image
    assert image
    assert (image.width, image.height, image.high) == (8, 8, 16)
    assert on_table("iris").state().image is None


def test_points_that_are_no_tables_tell_their_features_and_class_numbers() -> None:
    state = small(inputs=["x2", "x1^2"]).state()
    assert [column.name for column in state.inputs] == ["x2", "x1^2"]
    assert (state.labels, state.chart, state.preparation, state.image) == (("0", "1"), "plane", None, None)
    assert [axis.name for axis in state.axes] == ["x1", "x2"]


def test_the_balance_follows_the_points() -> None:
    session = on_table("iris", data={"train_fraction": 0.6, "validation_fraction": 0.2})
    before = session.state().preparation
    assert before
    assert (before.balance.train, before.balance.validation, before.balance.test) == (
        (30,) * 3,
        (10,) * 3,
        (10,) * 3,
    )
    trained = [row for row in session.points().points if row[4] == 0 and row[3] == 1]
    _, state, *_ = do(session, "set_part", ids=[trained[0][0]], part="validation")
    assert isinstance(state, State)
    after = state.preparation
    assert after
    assert (after.balance.train, after.balance.validation) == ((30, 29, 30), (10, 11, 10))


# -- long tables -------------------------------------------------------------------------------------------------------


def shelf_with(rows: int) -> Shelf:
    """A table t-long of numbers, whose target is whether the first is above 0."""
    rng = np.random.default_rng(3)
    first, second = rng.normal(size=(2, rows))
    columns = (
        Column("a", ColumnKind.NUMBER, first),
        Column("b", ColumnKind.NUMBER, second),
        Column("side", ColumnKind.TEXT, (first > 0).astype(float), ("left", "right")),
    )
    shelf = Shelf()
    shelf.put("t-long", lambda: Table("t-long", "Long", columns, "side"))
    return shelf


def long_session(rows: int) -> tuple[Session, Shelf]:
    """A session on that table."""
    shelf = shelf_with(rows)
    tree = {"data": {"source": "table", "table": {"name": "t-long"}}, "network": {"layers": []}}
    return Session.create(Experiment.parse(tree), shelf), shelf


def test_of_a_long_table_two_thousand_points_are_told_and_figures_are_of_all() -> None:
    session, shelf = long_session(6000)
    do(session, "set_view", view={"grid": 8, "metrics": True})
    state, frame = session.state(), picture(session)
    points = session.points().points
    assert (state.shown, len(points), frame.predictions.shape) == (2000, 2000, (1, 2000))
    # A third of each part and class: half are trained on.
    assert abs(sum(row[4] == 0 for row in points) - 1000) <= 2
    assert abs(sum(row[3] == 1 for row in points) - session.board.target.sum() / 3) <= 2
    assert state.preparation
    assert sum(state.preparation.balance.train) == 3000
    assert frame.metrics
    assert frame.metrics.train
    assert frame.metrics.train.points == 3000
    assert frame.cells.shape == (2000,)
    shares = np.bincount([int(row[3]) for row in points]) / 2000
    np.testing.assert_allclose(shares, np.bincount(session.board.target.astype(int)) / 6000, atol=0.001)
    restored = Session.restore(session.snapshot(), shelf)
    assert restored.points() == session.points()
    (answer, *_) = do(session, "add_points", points=[[0, 0, 1]])
    assert isinstance(answer, Ok)
    assert len(session.points().points) == 2001, "what is added is seen"


def test_two_thousand_rows_are_all_told() -> None:
    session, _ = long_session(2000)
    assert (session.state().shown, len(session.points().points)) == (None, 2000)


def test_a_walk_draws_no_line_over_columns_that_happen_to_be_called_x1_and_x2() -> None:
    """The page draws a line in x1 and x2 themselves, and a table's are scaled."""
    shelf = Shelf()
    columns = (
        Column("x1", ColumnKind.NUMBER, np.arange(20.0)),
        Column("x2", ColumnKind.NUMBER, np.arange(20.0) ** 2),
        Column("label", ColumnKind.TEXT, np.arange(20.0) % 2, ("no", "yes")),
    )
    shelf.put("t-own", lambda: Table("t-own", "Own", columns, "label"))
    tree = {"data": {"source": "table", "table": {"name": "t-own"}}, "network": {"layers": []}}
    session = Session.create(Experiment.parse(tree), shelf)
    assert session.spec.input_names == ("x1", "x2")
    walks = [event for event in do(session, "walk", by="phase") if isinstance(event, WalkChanged)]
    assert [walk.line for walk in walks] == [None]


def test_a_table_of_ones_own_is_known_to_its_session_alone() -> None:
    session, _ = long_session(100)
    assert session.state().labels == ("left", "right")
    error = refused(small(), "set_spec", **choose("t-long"))
    assert error.path == ("data", "table", "name")


# -- refusals ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("spec", "path", "words"),
    [
        (
            choose("irises"),
            ("data", "table", "name"),
            "there is no table irises in this session; allowed: iris, wine,",
        ),
        (choose("iris", target="colour"), ("data", "table", "target"), "colour"),
        (choose("iris", inputs=["petal length", "smell"]), ("data", "table", "inputs"), "smell"),
        (choose("iris", inputs=["species"]), ("data", "table", "inputs"), "species"),
        (choose("iris", jitter=2), ("data", "table", "jitter"), "less than or equal to 1"),
        (
            {"spec": {"data": {"source": "table", "task": "regression", "table": {"name": "iris"}}}},
            ("data", "table", "target"),
            "species",
        ),
        (
            {"spec": {"data": {"source": "table", "validation_fraction": 0.6, "table": {"name": "iris"}}}},
            ("data", "validation_fraction"),
            "more than all points",
        ),
    ],
)
def test_what_cannot_be_is_refused_at_its_field_and_changes_nothing(
    spec: dict[str, Any], path: tuple[str, ...], words: str
) -> None:
    session = small()
    do(session, "step", batches=3)
    error = refused(session, "set_spec", **spec)
    assert (error.code, error.path) == ("invalid_spec", path)
    assert words in error.message


def test_a_single_class_is_refused_and_said() -> None:
    shelf = Shelf()
    columns = (
        Column("a", ColumnKind.NUMBER, np.arange(5.0)),
        Column("kind", ColumnKind.TEXT, np.zeros(5), ("only",)),
    )
    shelf.put("t-one", lambda: Table("t-one", "One", columns, "kind"))
    session = Session.create(Experiment(), shelf)
    before = session.snapshot()
    (error,) = do(session, "set_spec", **choose("t-one"))
    assert isinstance(error, Error)
    assert error.path == ("data", "table", "target")
    assert session.snapshot() == before


def test_too_many_copies_are_refused() -> None:
    session, _ = long_session(16_000)
    error = refused(session, "set_spec", spec={"data": {"table": {"copies": 4}}})
    assert (error.path, error.message) == (
        ("data", "table", "copies"),
        "48000 rows with their copies are too many; allowed: 20000",
    )


def test_labels_and_inputs_are_the_tables_whatever_is_asked_for() -> None:
    session = on_table("iris", encoded=["x"], labels=["only"])
    assert (len(session.spec.input_names), session.spec.data.classes) == (4, 3)
    do(session, "set_spec", spec={"data": {"classes": 7, "table": {"labels": ["a"] * 9}}})
    assert (session.spec.data.classes, len(session.state().labels)) == (3, 3)


def test_a_command_that_names_a_row_of_no_table_is_still_one() -> None:
    """Bounds of a command are those of the largest table: what it means is decided by the session."""
    assert parse_command('{"id": 1, "type": "rows", "ids": [19999]}').id == 1
    error = refused(on_table("iris"), "rows", ids=[0, 150])
    assert (error.code, error.path, error.message) == ("unknown_point", ("ids", 1), "there is no point 150")


def test_a_table_s_targets_may_be_as_large_as_its_numbers_and_points_s_not() -> None:
    prices = Column("price", ColumnKind.NUMBER, np.linspace(90_000.0, 400_000.5, 40))
    size = Column("size", ColumnKind.NUMBER, np.linspace(30.0, 150.0, 40))
    age = Column("age", ColumnKind.NUMBER, np.arange(40.0) % 7)
    shelf = Shelf()
    shelf.put("t-homes", lambda: Table("t-homes", "Homes", (size, age, prices), "price"))
    session = Session.create(
        Experiment.parse({"data": {"source": "table", "table": {"name": "t-homes"}}}), shelf
    )
    do(session, "add_points", points=[[0, 0, 250_000]])
    do(session, "relabel_points", ids=[0], label=300_000)
    assert (session.points().points[0][3], session.points().points[-1][3]) == (300_000, 250_000)
    plane = small(data={"source": "plane", "samples": 40})
    for kind, fields, path in (
        ("add_points", {"points": [[0, 0, 1001]]}, ("points", 0, 2)),
        ("relabel_points", {"ids": [0], "label": -1001}, ("label",)),
    ):
        error = refused(plane, kind, **fields)
        assert (error.code, error.path) == ("bad_command", path)
        assert error.message.endswith("is too large; allowed: -1000 to 1000")
