"""What is frozen stays to the bit, whatever the optimiser remembers; the others learn as they would."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from app.engine.frozen import frozen_indices
from app.engine.network import Layer, Network
from app.engine.trainer import Trainer
from app.engine.update import Recipe, flat
from app.vocabulary import Activation, Clipping, Loss, Optimizer, Output

NETWORK = Network((Layer(2, 3, Activation.TANH, batch_norm=True), Layer(3, 1)), Output.SIGMOID)
HYPER: Mapping[Optimizer, Mapping[str, float]] = {
    Optimizer.SGD: {},
    Optimizer.MOMENTUM: {"momentum": 0.9},
    Optimizer.NESTEROV: {"momentum": 0.9},
    Optimizer.ADAGRAD: {"eps": 1e-10},
    Optimizer.RMSPROP: {"alpha": 0.99, "eps": 1e-8},
    Optimizer.ADAM: {"beta1": 0.9, "beta2": 0.999, "eps": 1e-8},
    Optimizer.ADAMW: {"beta1": 0.9, "beta2": 0.999, "eps": 1e-8, "weight_decay": 0.1},
}


def trainer(recipe: Recipe) -> Trainer:
    """2-3-1 on twenty points."""
    rng = np.random.default_rng(3)
    x = rng.normal(size=(2, 20))
    rows = np.vstack([x, np.ones((1, 20)), (x[:1] > 0).astype(float)])
    return Trainer(NETWORK, recipe, rng.normal(size=NETWORK.parameters), rows)


def recipe(optimizer: Optimizer = Optimizer.SGD, frozen: tuple[int, ...] = (), **more: Any) -> Recipe:
    """How to train."""
    base = Recipe(Loss.BINARY_CROSS_ENTROPY, optimizer, 0.1, HYPER[optimizer], batch_size=5)
    return replace(base, frozen=frozen, **more)


def test_places_lie_where_the_blocks_do() -> None:
    # Layer 0: three rows of (w1, w2, b), then gamma and beta of three units; layer 1: (w1, w2, w3, b).
    assert frozen_indices(NETWORK, [(0, 1, 0)]).tolist() == [3]
    assert frozen_indices(NETWORK, [(0, 1, None)]).tolist() == [5]
    assert frozen_indices(NETWORK, [(1, None, None), (1, 0, 2)]).tolist() == [15, 16, 17, 18]
    assert frozen_indices(NETWORK, [(0, None, None)]).tolist() == list(range(15))


@pytest.mark.parametrize("optimizer", HYPER)
def test_a_frozen_parameter_stays_to_the_bit(optimizer: Optimizer) -> None:
    free = trainer(recipe(optimizer, l2=0.01, l1=0.01))
    free.run(6)  # velocities and moments are not zero when it is frozen
    before = free.theta.copy()
    free.configure(recipe(optimizer, (0, 5, 16), l2=0.01, l1=0.01))
    free.run(7)
    assert free.theta[[0, 5, 16]].tolist() == before[[0, 5, 16]].tolist()
    # A bias under batch norm has no slope: the mean is taken away again.
    others = np.delete(np.arange(NETWORK.parameters), [0, 2, 5, 8, 16])
    assert np.all(free.theta[others] != before[others])
    assert free.gradient[[0, 5, 16]].tolist() == [0.0, 0.0, 0.0]


@pytest.mark.parametrize("optimizer", HYPER)
def test_in_one_step_the_others_move_as_they_would(optimizer: Optimizer) -> None:
    free, held = trainer(recipe(optimizer)), trainer(recipe(optimizer, (1, 17)))
    free.run(1)
    held.run(1)
    others = np.delete(np.arange(NETWORK.parameters), [1, 17])
    assert held.theta[others].tolist() == free.theta[others].tolist()


def test_what_is_frozen_takes_no_share_of_the_clipped_norm() -> None:
    clipped: dict[str, Any] = {"clipping": Clipping.GLOBAL_NORM, "clip_limit": 1e-3}
    held = trainer(recipe(frozen=tuple(range(15)), **clipped))
    held.run(1)
    assert np.linalg.norm(held.gradient[15:]) == pytest.approx(1e-3, rel=1e-12)


def test_thawed_it_learns_again() -> None:
    held = trainer(recipe(frozen=(0,)))
    held.run(3)
    before = held.theta[0]
    held.configure(recipe())
    held.run(1)
    assert held.theta[0] != before


def test_the_update_is_what_the_last_step_added() -> None:
    one = trainer(recipe())
    assert not one.update.any()
    one.run(4)
    before = one.theta.copy()
    one.run(1)
    assert one.update.tolist() == (one.theta - before).tolist()
    np.testing.assert_allclose(one.update, -0.1 * one.gradient, rtol=1e-9, atol=1e-15)
    one.edited()
    assert not one.update.any()


def test_layer_norms_are_euclidean() -> None:
    flat = np.zeros(NETWORK.parameters)
    flat[[0, 14]] = 3.0, 4.0
    flat[15] = -2.0
    assert NETWORK.layer_norms(flat).tolist() == [5.0, 2.0]


def test_with_nothing_frozen_the_plan_is_what_it_was() -> None:
    assert not any(
        function.__name__ in {"still", "put_back"} for function, _ in flat(trainer(recipe())._update)
    )


def test_a_frozen_parameter_can_still_be_set_by_hand() -> None:
    held = trainer(recipe(Optimizer.ADAM, (4,)))
    held.run(2)
    held.theta[4] = 0.75
    held.edited()
    held.run(3)
    assert held.theta[4] == 0.75
