"""How first weights are drawn: bounds and moments of each initialiser, and what is not drawn."""

import math

import numpy as np
import pytest

from app.engine.initializers import INITIALIZERS, draw_parameters
from app.engine.network import Layer, Network
from app.vocabulary import Activation, Initializer, Output

FAN_OUT, FAN_IN = 400, 900


def draw(name: Initializer, std: float = 1.0) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    return INITIALIZERS[name](np.random.default_rng(1), FAN_OUT, FAN_IN, std)


def test_every_initialiser_has_its_draw() -> None:
    assert set(INITIALIZERS) == set(Initializer)


@pytest.mark.parametrize(
    ("name", "std"),
    [
        (Initializer.NORMAL, 1.0),
        (Initializer.FAN_IN, 1 / 30),
        (Initializer.XAVIER_NORMAL, math.sqrt(2 / 1300)),
        (Initializer.HE_NORMAL, math.sqrt(2 / 900)),
    ],
)
def test_a_normal_draw_has_its_deviation_and_its_tails(name: Initializer, std: float) -> None:
    weights = draw(name)
    assert weights.shape == (FAN_OUT, FAN_IN)
    assert abs(weights.mean()) < 5 * std / 600
    assert weights.std() == pytest.approx(std, rel=0.01)
    assert (np.abs(weights) < std).mean() == pytest.approx(0.6827, abs=0.004)


@pytest.mark.parametrize(
    ("name", "bound"),
    [
        (Initializer.UNIFORM, 0.5),
        (Initializer.XAVIER_UNIFORM, math.sqrt(6 / 1300)),
        (Initializer.HE_UNIFORM, math.sqrt(6 / 900)),
    ],
)
def test_a_uniform_draw_fills_its_bounds_evenly(name: Initializer, bound: float) -> None:
    weights = draw(name)
    assert weights.shape == (FAN_OUT, FAN_IN)
    assert weights.min() == pytest.approx(-bound, rel=1e-3)
    assert weights.max() == pytest.approx(bound, rel=1e-3)
    assert np.abs(weights).max() <= bound
    assert (np.abs(weights) < bound / 2).mean() == pytest.approx(0.5, abs=0.004)


def test_zeros_are_zeros_and_only_normal_heeds_the_deviation_asked_for() -> None:
    np.testing.assert_array_equal(draw(Initializer.ZEROS), np.zeros((FAN_OUT, FAN_IN)))
    for name in Initializer:
        factor = 3.0 if name is Initializer.NORMAL else 1.0
        np.testing.assert_allclose(draw(name, 3.0), factor * draw(name, 1.0), rtol=1e-15)


NETWORK = Network(
    (Layer(3, 4, Activation.TANH, batch_norm=True), Layer(4, 5, Activation.RELU), Layer(5, 2)), Output.SOFTMAX
)
MIXED = (Initializer.ZEROS, Initializer.HE_UNIFORM, Initializer.NORMAL)


def test_each_layer_is_drawn_by_its_own_initialiser() -> None:
    theta = draw_parameters(NETWORK, np.random.default_rng(3), MIXED, std=100.0)
    first, second, last = (NETWORK.block(theta, index)[:, :-1] for index in range(3))
    np.testing.assert_array_equal(first, np.zeros((4, 3)))
    assert 0.1 < np.abs(second).max() <= math.sqrt(6 / 4)
    assert np.abs(last).max() > 50


@pytest.mark.parametrize("bias", [0.0, 0.1])
def test_biases_are_set_gamma_is_one_and_beta_zero(bias: float) -> None:
    theta = draw_parameters(NETWORK, np.random.default_rng(3), MIXED, bias=bias)
    for index, layer in enumerate(NETWORK.layers):
        np.testing.assert_array_equal(NETWORK.block(theta, index)[:, -1], np.full(layer.fan_out, bias))
    gamma, beta = NETWORK.norm(theta, 0)
    np.testing.assert_array_equal(gamma, np.ones((4, 1)))
    np.testing.assert_array_equal(beta, np.zeros((4, 1)))


def test_one_seed_gives_the_same_bits_and_another_other_weights() -> None:
    initializers = (Initializer.XAVIER_UNIFORM,) * 3
    once, twice, other = (
        draw_parameters(NETWORK, np.random.default_rng(seed), initializers) for seed in (3, 3, 4)
    )
    np.testing.assert_array_equal(once, twice)
    assert (NETWORK.block(once, 1)[:, :-1] != NETWORK.block(other, 1)[:, :-1]).all()


def test_as_many_initialisers_as_layers_are_asked_for() -> None:
    with pytest.raises(ValueError, match="shorter"):
        draw_parameters(NETWORK, np.random.default_rng(0), MIXED[:2])
