"""`Playground` learns from points and tables in every form in which somebody may have them."""

from pathlib import Path

import numpy as np
import pytest

from app import Playground
from app.spec import SpecError
from tests.unit.playground.test_playground import POINTS


def test_a_bundled_table_goes_by_its_name() -> None:
    playground = Playground(data="iris", hidden=[3])
    assert playground.inputs == ("sepal length", "sepal width", "petal length", "petal width")
    assert playground.spec.data.classes == 3


def test_points_of_one_s_own_are_learnt() -> None:
    playground = Playground(train_fraction=1.0).set_points(POINTS, [0, 0, 1, 1]).train(50)
    assert playground.predict(POINTS).tolist() == [0, 0, 1, 1]
    assert playground.outputs(POINTS).shape == (4, 1)


def test_each_point_has_the_part_that_is_given() -> None:
    playground = Playground().set_points(POINTS * 2, [0, 0, 1, 1] * 2, part=[0, 0, 0, 0, 1, 1, 2, 2]).train(1)
    history = playground.history
    assert np.isfinite(
        [history["train_loss"][-1], history["validation_loss"][-1], history["test_loss"][-1]]
    ).all()


def test_real_targets_are_a_regression_and_one_column_a_curve() -> None:
    plane = Playground(train_fraction=1.0).set_points(POINTS, [0.5, 1.5, 0.0, -1.0])
    assert (plane.spec.task, plane.inputs[:2]) == ("regression", ("x1", "x2"))
    x = np.linspace(-2, 2, 20)
    curve = Playground(train_fraction=1.0).set_points(x, 1 + x).train(200)
    assert curve.inputs == ("x1", "x1^2", "sin(x1)")
    np.testing.assert_allclose(curve.predict(x), 1 + x, atol=0.3)
    parted = Playground().set_points(x[:, None], 1 + x, part=np.arange(20) % 2 * 2)
    names = {trace.name for trace in parted.figure("boundary").data}
    assert names == {"residuals", "training points", "test points", "network"}


@pytest.mark.parametrize("form", ["mapping", "array", "frame", "file"])
def test_a_table_comes_in_every_form(form: str, tmp_path: Path) -> None:
    generator = np.random.default_rng(1)
    x = generator.normal(size=(40, 2))
    y = 100 + 3 * x[:, 0]
    names = ("width", "height", "price") if form != "array" else ("x1", "x2", "target")
    text = "\n".join(
        [",".join(names), *(f"{a!r},{b!r},{c!r}" for (a, b), c in zip(x.tolist(), y.tolist(), strict=True))]
    )

    class Frame:
        """As pandas has it."""

        def to_csv(self, index: bool) -> str:
            assert index is False
            return text

    path = tmp_path / "houses.csv"
    path.write_text(text)
    given = {
        "mapping": dict(zip(names, [*x.T, y], strict=True)),
        "array": np.column_stack([x, y]),
        "frame": Frame(),
        "file": path,
    }[form]
    playground = Playground(hidden=[]).table(given, target=names[2]).train(100)
    assert playground.inputs == names[:2]
    np.testing.assert_allclose(playground.predict(x), y, atol=0.5)


def test_the_first_line_of_a_table_is_what_somebody_says_it_is(tmp_path: Path) -> None:
    path = tmp_path / "years.csv"
    path.write_text("2019,2020\n1.5,2.5\n1.25,2\n1,3\n")
    assert Playground(hidden=[]).table(path, target="2020", first_line="header").inputs == ("2019",)
    assert Playground(hidden=[]).table(path, target="column 2").inputs == ("column 1",)


def test_a_first_line_that_is_none_of_the_three_is_refused_and_nothing_changes(tmp_path: Path) -> None:
    path = tmp_path / "years.csv"
    path.write_text("2019,2020\n1.5,2.5\n")
    playground = Playground()
    with pytest.raises(SpecError, match="first_line is 'names'; allowed: found, header, data") as refused:
        playground.table(path, first_line="names")
    assert (refused.value.path, playground.spec.data.source) == (("first_line",), "spiral")


def test_what_is_odd_about_a_table_is_a_warning(tmp_path: Path) -> None:
    path = tmp_path / "odd.csv"
    path.write_text("a,b,kind\n1,2,x\n2,1,y\n3,3,x,9\n4,1,y\n")
    with pytest.warns(UserWarning, match=r"odd.csv: .*line 4|odd.csv: "):
        Playground().table(path)
