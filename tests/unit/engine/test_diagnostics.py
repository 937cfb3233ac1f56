"""Histograms and flat units, with numbers small enough to count by hand, and against NumPy's histogram."""

import math

import numpy as np
import pytest
from numpy.typing import NDArray

from app.engine.activations import ACTIVATIONS
from app.engine.diagnostics import BINS, FLAT, flat_share, histograms_of, measure
from app.vocabulary import Activation
from tests.unit.engine.building import make_network, make_theta

EDGES = {Activation.SIGMOID: 4.35, Activation.TANH: 2.18}
"""Where |slope| is a twentieth of the largest: a (1 - a) = 0.0125 and 1 - a^2 = 0.05."""


def histogram(values: NDArray[np.float64]) -> tuple[NDArray[np.float32], tuple[float, float]]:
    """Of one group, with others around it that must not matter."""
    counts, ranges = histograms_of([np.array([-9.0, 7.0]), values, np.array([[100.0]])])
    assert counts[0].tolist() == [1, *[0] * 18, 1]
    assert ranges[2].tolist() == [99.5, 100.5]
    return counts[1], (float(ranges[1, 0]), float(ranges[1, 1]))


def test_a_histogram_counts_equal_bins_and_closes_the_last() -> None:
    counts, reach = histogram(np.array([[0.0, 0.5, 1.0], [19.5, 20.0, 20.0]]))
    assert reach == (0.0, 20.0)
    assert counts.tolist() == [2, 1, *[0] * 16, 0, 3]
    assert len(counts) == BINS


@pytest.mark.parametrize("value", [0.0, 3.0, -1e12, 5e-324])
def test_equal_values_are_one_bar_in_the_middle(value: float) -> None:
    counts, (low, high) = histogram(np.full(7, value))
    assert (counts[10], counts.sum()) == (7, 7)
    assert [low, high] == np.array([value - 0.5, value + 0.5], np.float32).tolist()


def test_no_values_make_an_empty_histogram() -> None:
    counts, reach = histogram(np.empty((3, 0)))
    assert (counts.sum(), reach) == (0, (-0.5, 0.5))


@pytest.mark.parametrize("size", [1, 2, 250, 5000])
def test_it_agrees_with_numpys(size: int) -> None:
    values = np.random.default_rng(size).normal(3.0, 2.0, (2, size))
    counts, reach = histogram(values)
    expected, edges = np.histogram(values, BINS)
    assert counts.tolist() == expected.tolist()
    assert list(reach) == edges[[0, -1]].astype(np.float32).tolist()


@pytest.mark.parametrize("activation", sorted(EDGES))
def test_saturated_is_where_the_slope_is_under_a_twentieth_of_the_steepest(activation: Activation) -> None:
    edge = EDGES[activation]
    z = np.array([[0.0, edge - 0.01, edge + 0.01, -edge + 0.01, -edge - 0.01]])
    a = np.empty_like(z)
    ACTIVATIONS[activation].value(z, a)
    assert flat_share(activation, z, a).tolist() == [0.4]


def test_a_relu_is_inactive_at_and_below_0_and_a_leaky_one_never() -> None:
    z = np.array([[-1.0, 0.0, 1e-9, 2.0], [-1.0, -2.0, -3.0, 0.0]])
    assert flat_share(Activation.RELU, z, np.maximum(z, 0)).tolist() == [0.5, 1.0]
    assert flat_share(Activation.LEAKY_RELU, z, np.maximum(z, 0.01 * z)).tolist() == [0.0, 0.0]


@pytest.mark.parametrize("activation", sorted(FLAT))
def test_every_activation_that_can_be_flat_is_so_far_below_0(activation: Activation) -> None:
    z = np.array([[-40.0, 0.3]])
    a = np.empty_like(z)
    ACTIVATIONS[activation].value(z, a)
    assert flat_share(activation, z, a).tolist() == [1.0 if activation is Activation.STEP else 0.5]


def test_a_network_is_measured_layer_by_layer() -> None:
    """2-2-1 with ReLU: unit 0 is x1, unit 1 is -1 on all points, the output their sum."""
    network = make_network(2, 2, 1, activation=Activation.RELU)
    theta = np.array([1.0, 0.0, 0.0, 0.0, 0.0, -1.0, 1.0, 1.0, 0.0])
    gradient = np.arange(9.0)
    inputs = np.array([[-1.0, 1.0, 2.0, 4.0], [5.0, 5.0, 5.0, 5.0], [1.0, 1.0, 1.0, 1.0]])
    found = measure(network, theta, gradient, network.fresh_statistics(), inputs)
    assert found.health.tolist() == [0.25, 1.0]
    assert found.histograms.shape == (3, 2, 20)
    assert found.histograms.sum(-1).tolist() == [[8, 4], [6, 3], [6, 3]]
    assert found.ranges.tolist() == [[[0, 4], [0, 4]], [[-1, 1], [0, 1]], [[0, 5], [6, 8]]]
    assert [found.histograms[0, 0, place] for place in (0, 5, 10, 19)] == [5, 1, 1, 1]
    assert [found.histograms[2, 1, place] for place in (0, 10, 19)] == [1, 1, 1]


def test_gamma_and_beta_are_no_weights() -> None:
    network = make_network(2, 3, 1, batch_norm=True)
    theta = make_theta(network, 1)
    inputs = np.vstack([np.random.default_rng(0).normal(size=(2, 10)), np.ones((1, 10))])
    found = measure(network, theta, theta, network.fresh_statistics(), inputs)
    assert found.histograms[1].sum(-1).tolist() == [9, 4]


def test_without_points_there_is_no_health() -> None:
    network = make_network(2, 3, 1)
    theta = make_theta(network, 1)
    found = measure(network, theta, theta, network.fresh_statistics(), np.ones((3, 0)))
    assert all(math.isnan(share) for share in found.health)
    assert found.histograms[0].sum() == 0
