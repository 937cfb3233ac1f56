"""Which points: rules between the source, its task, its classes and one's own points."""

from typing import Any

import numpy as np
import pytest

from app.data import GENERATORS
from app.spec import Experiment
from app.spec.data import check_label
from app.spec.errors import SpecError
from app.vocabulary import MULTI_CLASS_SOURCES, REGRESSION_SOURCES, Source, Task
from tests.unit.spec.building import Path, refusal

DRAWN = sorted(set(Source) - {Source.POINTS, Source.TABLE})
OWN: dict[str, Any] = {"source": "points"}


def test_every_source_but_own_points_and_tables_can_be_drawn() -> None:
    assert set(GENERATORS) == set(DRAWN)


@pytest.mark.parametrize("source", DRAWN)
def test_the_facts_about_a_source_are_those_of_its_generator(source: Source) -> None:
    target = GENERATORS[source](np.random.default_rng(0), 400, 0.1, 2).target
    whole = bool((target == np.round(target)).all())
    assert (source in REGRESSION_SOURCES) is not whole
    if source in MULTI_CLASS_SOURCES:
        assert set(GENERATORS[source](np.random.default_rng(0), 400, 0.1, 6).target) == {0, 1, 2, 3, 4, 5}
    elif source not in REGRESSION_SOURCES:
        assert set(target) == {0, 1}


@pytest.mark.parametrize("source", DRAWN)
def test_more_than_two_classes_are_for_sources_that_can_draw_them(source: Source) -> None:
    tree = {"data": {"source": source, "classes": 3}}
    if source in ("rings", "blobs", "spirals"):
        assert Experiment.parse(tree).data.classes == 3
        return
    error = refusal(tree)
    assert error.path == ("data", "classes")
    assert error.message == (
        f"{source} has 2 classes, 3 were asked for; more are drawn by blobs, rings, spirals and points"
    )


@pytest.mark.parametrize("source", DRAWN)
def test_the_source_decides_the_task(source: Source) -> None:
    numbers = ("plane", "multi_gauss", "curve_sine", "curve_cubic", "curve_step")
    own = "regression" if source in numbers else "classification"
    other = "classification" if own == "regression" else "regression"
    assert Experiment.parse({"data": {"source": source}}).task == own
    assert Experiment.parse({"data": {"source": source, "task": own}}).task == own
    error = refusal({"data": {"source": source, "task": other}})
    assert error.path == ("data", "task")
    assert error.message == f"{source} is a {own} data set; allowed tasks: auto, {own}"


@pytest.mark.parametrize(
    ("task", "resolved"),
    [
        ("auto", Task.CLASSIFICATION),
        ("classification", Task.CLASSIFICATION),
        ("regression", Task.REGRESSION),
    ],
)
def test_own_points_leave_the_task_open(task: str, resolved: Task) -> None:
    assert Experiment.parse({"data": OWN | {"task": task}}).task is resolved


def test_points_belong_to_their_own_source() -> None:
    error = refusal({"data": {"source": "xor", "points": [[0, 0, 1]]}})
    assert error.path == ("data", "points")
    assert error.message == "points belong to the source 'points', not to xor"


@pytest.mark.parametrize(("label", "classes"), [(2, 2), (-1, 2), (0.5, 2), (6, 6), (10, 10)])
def test_a_label_that_is_no_class_is_refused_at_its_place(label: float, classes: int) -> None:
    error = refusal({"data": OWN | {"classes": classes, "points": [[0, 0, 1], [1, 1, label]]}})
    assert error.path == ("data", "points", 1, 2)
    assert error.message == f"label {label:g} is no class; allowed: 0 to {classes - 1}"


def test_a_label_of_every_class_is_taken() -> None:
    points = [[0, 0, label] for label in range(6)]
    assert len(Experiment.parse({"data": OWN | {"classes": 6, "points": points}}).data.points) == 6


def test_regression_points_take_any_target() -> None:
    tree = {"data": OWN | {"task": "regression", "points": [[0, 0, 0.5], [0, 0, -7]]}}
    assert Experiment.parse(tree).data.points == ((0.0, 0.0, 0.5), (0.0, 0.0, -7.0))


@pytest.mark.parametrize(
    ("points", "path"),
    [
        ([[101, 0, 0]], ("data", "points", 0, 0)),
        ([[0, -100.5, 0]], ("data", "points", 0, 1)),
        ([[0, 0]], ("data", "points", 0, 2)),
        ([[0, 0, 0, 0]], ("data", "points", 0)),
        ([["0", 0, 0]], ("data", "points", 0, 0)),
        ([[0, float("nan"), 0]], ("data", "points", 0, 1)),
        ([[0, 0, 10**400]], ("data", "points", 0, 2)),
        ([[0, 0, None]], ("data", "points", 0, 2)),
        (7, ("data", "points")),
        ([[0, 0, 0]] * 5001, ("data", "points")),
    ],
)
def test_what_is_no_list_of_points_on_the_board_is_refused(points: object, path: Path) -> None:
    assert refusal({"data": OWN | {"points": points}}).path == path


def test_a_checked_label_is_a_class_index() -> None:
    assert check_label(1.0, 2, ()) == 1
    with pytest.raises(SpecError, match="label 2 is no class; allowed: 0 to 1"):
        check_label(2.0, 2, ("label",))
