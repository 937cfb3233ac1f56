"""Activations and their slopes against PyTorch, and their behaviour far from zero."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from app.engine.activations import ACTIVATIONS, OUTPUTS
from app.engine.numeric import quiet
from app.vocabulary import Activation, Output
from tests.unit.engine.building import assert_agrees, pytorch

CASES = pytorch("activations")["cases"]
GRID = np.array(pytorch("activations")["z"])


@quiet
def value(name: Activation, z: Any) -> NDArray[Any]:
    out: NDArray[Any] = np.full_like(z, np.nan)
    ACTIVATIONS[name].value(np.asarray(z), out)
    return out


@quiet
def slope(name: Activation, z: Any) -> NDArray[np.float64]:
    out: NDArray[Any] = np.full_like(z, np.nan)
    ACTIVATIONS[name].slope(np.asarray(z), value(name, z), out)
    return out


@quiet
def outputs(name: Output, z: Any) -> NDArray[np.float64]:
    out: NDArray[Any] = np.full_like(z, np.nan)
    OUTPUTS[name](np.asarray(z), out)
    return out


def test_every_activation_and_output_has_its_kernel() -> None:
    assert set(ACTIVATIONS) == set(Activation)
    assert set(OUTPUTS) == set(Output)


def test_pytorch_was_asked_for_every_activation_but_step() -> None:
    assert {case["name"] for case in CASES} == set(Activation) - {Activation.STEP}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_value_is_pytorchs(case: Any) -> None:
    assert_agrees(value(case["name"], GRID), case["value"])


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_slope_is_pytorchs(case: Any) -> None:
    assert_agrees(slope(case["name"], GRID), case["slope"])


def test_step_is_one_from_zero_on_and_has_no_slope() -> None:
    z = np.array([-1000.0, -1e-300, -0.0, 0.0, 1e-300, 1000.0])
    np.testing.assert_array_equal(value(Activation.STEP, z), [0, 0, 1, 1, 1, 1])
    np.testing.assert_array_equal(slope(Activation.STEP, z), np.zeros(6))


@pytest.mark.parametrize("name", Activation)
def test_a_slope_that_claims_to_read_only_the_value_does(name: Activation) -> None:
    if not ACTIVATIONS[name].from_value:
        assert name in (Activation.SOFTPLUS, Activation.SILU, Activation.GELU, Activation.SINE)
        return
    z, out = GRID.copy(), np.empty_like(GRID)
    ACTIVATIONS[name].slope(np.full_like(z, np.nan), value(name, z), out)
    np.testing.assert_array_equal(out, slope(name, z))


@pytest.mark.parametrize("name", Activation)
def test_float32_stays_float32_and_close(name: Activation) -> None:
    z = np.linspace(-8, 8, 161)
    single = value(name, z.astype(np.float32))
    assert single.dtype == np.float32
    np.testing.assert_allclose(single, value(name, z.astype(np.float32).astype(np.float64)), atol=2e-6)


@pytest.mark.parametrize("name", Activation)
@pytest.mark.parametrize("size", [1e3, 1e6, 1e300])
def test_far_from_zero_values_and_slopes_are_finite(name: Activation, size: float) -> None:
    z = np.array([size, -size])
    assert np.isfinite(value(name, z)).all()
    assert np.isfinite(slope(name, z)).all()


def test_softmax_couples_the_units_of_a_column() -> None:
    z = np.array([[2.0, 1000.0], [1.0, 1000.0], [0.0, -1000.0]])
    np.testing.assert_allclose(
        outputs(Output.SOFTMAX, z), [[0.66524096, 0.5], [0.24472847, 0.5], [0.09003057, 0.0]], atol=5e-9
    )


@given(st.lists(st.floats(-1000, 1000), min_size=1, max_size=6), st.floats(-500, 500))
def test_softmax_sums_to_one_and_forgets_a_common_shift(scores: list[float], shift: float) -> None:
    z = np.array(scores)[:, None]
    shares = outputs(Output.SOFTMAX, z)
    assert shares.sum() == pytest.approx(1.0, abs=1e-14)
    np.testing.assert_allclose(outputs(Output.SOFTMAX, z + shift), shares, rtol=1e-9, atol=1e-12)


def test_the_other_outputs_act_on_each_unit_alone() -> None:
    z = np.array([[-1000.0, -1.0], [0.0, 1.0]])
    np.testing.assert_array_equal(outputs(Output.LINEAR, z), z)
    np.testing.assert_array_equal(outputs(Output.STEP, z), [[0, 0], [1, 1]])
    np.testing.assert_allclose(
        outputs(Output.SIGMOID, z), [[0, 0.2689414213699951], [0.5, 0.7310585786300049]], rtol=1e-15
    )
    np.testing.assert_allclose(
        outputs(Output.TANH, z), [[-1, -0.7615941559557649], [0, 0.7615941559557649]], rtol=1e-15
    )
