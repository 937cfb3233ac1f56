"""Every gradient against central differences: random networks along a random direction, and all parameters at once.

Along a direction the difference is of fourth order, f(-2h) - 8 f(-h) + 8 f(h) - f(2h) over 12 h, for several h; the
two estimates that agree best tell its own error, without a look at the analytic gradient. Where any of the five points
lies on another side of a kink than the rest (relu at 0, hinge at its margin, |w| at 0), that h does not count.
"""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from app.engine.network import Layer, Network
from app.engine.numeric import quiet, run
from app.engine.optimizers import Slots
from app.engine.training_pass import Pass
from app.engine.update import Recipe, penalty, plan_penalty
from app.spec.experiment import OUTPUTS_OF_LOSS
from app.vocabulary import Activation, Loss, Output
from tests.unit.engine.building import make_network, make_rows, make_theta, one_pass

Floats = NDArray[np.float64]
SLOPED = sorted(set(Activation) - {Activation.STEP})
KINKED = {Activation.RELU, Activation.LEAKY_RELU, Activation.ELU}
PAIRS = [(loss, output) for loss in Loss for output in sorted(OUTPUTS_OF_LOSS[loss])]
STEPS = (1e-2, 3e-3, 1e-3, 3e-4, 1e-4)


@dataclass(frozen=True)
class Problem:
    """A network with everything that its loss depends on but theta."""

    network: Network
    recipe: Recipe
    rows: Floats
    seed: int

    def draw(self) -> Callable[[Floats], None]:
        """The same dropout masks at every call of the loss."""
        rng = np.random.default_rng(self.seed)
        return lambda out: np.copyto(out, rng.random(out.shape))

    def loss(self, theta: Floats) -> tuple[float, list[Floats]]:
        """Loss with penalty, and on which side of every kink it was computed."""
        outcome = one_pass(self.network, self.recipe.loss, theta, self.rows, draw=self.draw())
        sides = [np.sign(theta)] if self.recipe.l1 else []
        for layer, z in zip(self.network.hidden, outcome.made.z, strict=False):
            if layer.activation in KINKED:
                sides.append(np.sign(z))
        a, z, y = outcome.made.outputs, outcome.made.z[-1], outcome.made.targets
        sides.append(
            {
                Loss.HINGE: np.sign(1 - y * a),
                Loss.HUBER: np.sign(np.abs(a - y) - 1),
                Loss.MEAN_ABSOLUTE_ERROR: np.sign(a - y),
                Loss.PERCEPTRON: np.sign(y * z),
            }.get(self.recipe.loss, np.zeros(0))
        )
        return float(outcome.loss + penalty(self.network, self.recipe, theta)), sides

    def gradient(self, theta: Floats) -> Floats:
        """The analytic one, by the plans that train."""
        gradient = one_pass(self.network, self.recipe.loss, theta, self.rows, draw=self.draw()).gradient
        scratch, nothing = (np.empty_like(theta), np.empty_like(theta)), np.zeros(())
        slots = Slots(theta, gradient, np.zeros((2, theta.size)), scratch, nothing, nothing, {})
        run(plan_penalty(self.network, self.recipe, slots))
        return gradient

    def slope(self, theta: Floats, direction: Floats) -> tuple[float, float]:
        """The directional derivative by differences, and how far its two best estimates lie apart."""
        _, here = self.loss(theta)
        estimates: list[float] = []
        for h in STEPS:
            values = []
            for times in (-2, -1, 1, 2):
                value, sides = self.loss(theta + times * h * direction)
                if all(np.array_equal(one, other) for one, other in zip(here, sides, strict=True)):
                    values.append(value)
            if len(values) == 4:
                far_left, left, right, far_right = values
                estimates.append((far_left - 8 * left + 8 * right - far_right) / (12 * h))
        assume(len(estimates) >= 2)
        gaps = np.abs(np.diff(estimates))
        best = int(np.argmin(gaps))
        return estimates[best], float(gaps[best])


@st.composite
def problems(draw: st.DrawFn) -> Problem:
    """One to four layers of one to six units with all that a layer can have, any loss on any output it allows."""
    loss, output = draw(st.sampled_from(PAIRS))
    sizes = draw(st.lists(st.integers(1, 6), min_size=2, max_size=5))
    hidden = [
        Layer(
            fan_in,
            fan_out,
            draw(st.sampled_from(SLOPED)),
            draw(st.sampled_from([0.0, 0.3])),
            draw(st.booleans()),
        )
        for fan_in, fan_out in pairwise(sizes[:-1])
    ]
    network = Network((*hidden, Layer(sizes[-2], sizes[-1])), output)
    strengths = st.sampled_from([0.0, 0.0, 0.1])
    recipe = Recipe(loss, l1=draw(strengths), l2=draw(strengths))
    seed = draw(st.integers(0, 2**32 - 1))
    return Problem(network, recipe, make_rows(network, loss, draw(st.integers(1, 8)), seed), seed)


@settings(max_examples=120)
@given(problems())
def test_the_gradient_along_a_random_direction_is_the_slope(problem: Problem) -> None:
    rng = np.random.default_rng(problem.seed + 1)
    theta = rng.normal(0.0, 0.7, problem.network.parameters)
    direction = rng.normal(size=theta.size)
    direction /= np.linalg.norm(direction)
    gradient = problem.gradient(theta)
    analytic, size = float(gradient @ direction), float(np.linalg.norm(gradient))
    numeric, uncertainty = problem.slope(theta, direction)
    if size < 1e-10:  # a dead layer, no row inside the margin
        assume(uncertainty < 1e-10)
        assert abs(numeric) < 1e-9
        return
    assume(uncertainty < 1e-8 * abs(analytic))  # else the differences cannot tell
    assert abs(numeric - analytic) / (abs(numeric) + abs(analytic)) < 1e-7


@quiet
def stacked_differences(network: Network, loss: Loss, theta: Floats, rows: Floats, h: float = 1e-5) -> Floats:
    """All central differences (P,) from one pass of 2 P models."""
    shifts = h * np.eye(theta.size)
    stack = np.concatenate([theta + shifts, theta - shifts])
    made = Pass(
        network,
        loss,
        stack,
        np.empty_like(stack),
        network.fresh_statistics((len(stack),)),
        rows.shape[-1],
        lambda out: np.copyto(out, np.random.default_rng(7).random(out.shape)),
    )
    made.batch[...] = rows
    run(made.forward)
    above, below = np.split(made.loss(), 2)
    slopes: Floats = (above - below) / (2 * h)
    return slopes


@pytest.mark.parametrize("batch_norm", [False, True], ids=["plain", "batch norm"])
@pytest.mark.parametrize("dropout", [0.0, 0.4], ids=["all units", "dropout"])
@pytest.mark.parametrize("activation", SLOPED)
def test_all_differences_of_a_network_at_once_are_its_gradient(
    activation: Activation, dropout: float, batch_norm: bool
) -> None:
    network = make_network(
        3,
        5,
        4,
        3,
        output=Output.SOFTMAX,
        activation=activation,
        dropout=dropout,
        batch_norm=batch_norm,
    )
    loss, theta = Loss.CROSS_ENTROPY, make_theta(network, 2)
    rows = make_rows(network, loss, 20, 3)
    numeric = stacked_differences(network, loss, theta, rows)
    analytic = one_pass(
        network,
        loss,
        theta,
        rows,
        draw=lambda out: np.copyto(out, np.random.default_rng(7).random(out.shape)),
    ).gradient
    assert np.linalg.norm(analytic) > 0.1
    distance = np.linalg.norm(numeric - analytic) / (np.linalg.norm(numeric) + np.linalg.norm(analytic))
    assert distance < 1e-7
    np.testing.assert_allclose(numeric, analytic, atol=1e-8)


@pytest.mark.parametrize(("loss", "output"), PAIRS, ids=lambda member: str(member))
def test_all_differences_of_every_loss_on_every_output_are_its_gradient(loss: Loss, output: Output) -> None:
    network = make_network(2, 4, 3, output=output)
    theta = make_theta(network, 11)
    rows = make_rows(network, loss, 9, 12)
    numeric = stacked_differences(network, loss, theta, rows)
    analytic = one_pass(network, loss, theta, rows).gradient
    assert np.linalg.norm(analytic) > 0.05
    distance = np.linalg.norm(numeric - analytic) / (np.linalg.norm(numeric) + np.linalg.norm(analytic))
    assert distance < 1e-7


def test_a_step_unit_lets_no_gradient_through() -> None:
    network = make_network(2, 4, 1, activation=Activation.STEP, output=Output.SIGMOID)
    loss = Loss.BINARY_CROSS_ENTROPY
    gradient = one_pass(network, loss, make_theta(network, 0), make_rows(network, loss, 6, 1)).gradient
    np.testing.assert_array_equal(network.block(gradient, 0), np.zeros((4, 3)))
    assert np.abs(network.block(gradient, 1)).min() > 0


def test_a_dropped_unit_has_no_gradient_and_a_kept_one_counts_double_at_one_half() -> None:
    """Inverted dropout: kept units scaled by 1 / (1 - p)."""
    network = make_network(2, 2, 1, activation=Activation.LINEAR, dropout=0.5)
    theta = np.array(
        [1.0, 0.0, 0.0, 0.0, 1.0, 0.0, 1.0, 1.0, 0.0]
    )  # each input to its own unit, then the sum
    rows = np.array([[3.0], [5.0], [1.0], [0.0]])

    def keep_the_first(out: Floats) -> None:
        out[...] = [[0.5], [0.49]]

    outcome = one_pass(network, Loss.HALF_SQUARED_ERROR, theta, rows, draw=keep_the_first)
    assert outcome.made.outputs == 6.0
    assert outcome.loss == 18.0
    np.testing.assert_array_equal(outcome.gradient, [36, 60, 12, 0, 0, 0, 36, 0, 6])
