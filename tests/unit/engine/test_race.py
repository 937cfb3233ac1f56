"""A race: worked number 9, one runner against the same optimiser alone, and what is said of how each ended."""

import numpy as np
import pytest

from app.engine.numeric import run
from app.engine.optimizers import OPTIMIZERS, Slots
from app.engine.race import Path, Runner, follow, race
from app.engine.surfaces import RACERS, SURFACES
from app.vocabulary import Ending, Optimizer, Surface

BOWL = SURFACES[Surface.BOWL]
HYPER = {
    Optimizer.SGD: {},
    Optimizer.MOMENTUM: {"momentum": 0.9},
    Optimizer.NESTEROV: {"momentum": 0.9},
    Optimizer.ADAGRAD: {"eps": 1e-10},
    Optimizer.RMSPROP: {"alpha": 0.99, "eps": 1e-8},
    Optimizer.ADAM: {"beta1": 0.9, "beta2": 0.999, "eps": 1e-8},
    Optimizer.ADAMW: {"beta1": 0.9, "beta2": 0.999, "eps": 1e-8, "weight_decay": 0.01},
}


def plain(rate: float, steps: int, start: tuple[float, float] = (3.0, 2.0)) -> Path:
    """Plain descent alone on the bowl."""
    return race(BOWL, start, [Runner(Optimizer.SGD, rate)], steps)[0]


def test_on_the_bowl_rate_a_quarter_halves_the_way_to_the_origin_at_every_step() -> None:
    path = plain(0.25, 3)
    assert path.rows.tolist() == [
        [3.0, 2.0, 13.0, 6.0, 4.0],
        [1.5, 1.0, 3.25, 3.0, 2.0],
        [0.75, 0.5, 0.8125, 1.5, 1.0],
        [0.375, 0.25, 0.203125, 0.75, 0.5],
    ]
    assert path.ended is Ending.WANDERING


@pytest.mark.parametrize("start", [(3.0, 2.0), (-4.0, 0.5), (0.0, 3.0), (-1.0, -3.5)])
def test_on_the_bowl_plain_descent_walks_straight_to_the_origin_from_any_start(
    start: tuple[float, float],
) -> None:
    path = plain(0.1, 100, start)
    across = path.rows[:, 0] * start[1] - path.rows[:, 1] * start[0]
    assert np.abs(across).max() < 1e-12
    assert (np.diff(path.rows[:, 2]) < 0).all()
    assert path.ended is Ending.REACHED
    assert path.valley == 0


def test_rate_one_half_is_there_in_one_step() -> None:
    path = plain(0.5, 2)
    assert path.rows[1].tolist() == [0.0, 0.0, 0.0, 0.0, 0.0]
    assert path.arrived == 1


def test_rate_one_jumps_to_the_mirror_image_for_ever() -> None:
    path = plain(1.0, 500)
    assert path.rows[::2, :2].tolist() == [[3.0, 2.0]] * 251
    assert path.rows[1::2, :2].tolist() == [[-3.0, -2.0]] * 250
    assert set(path.rows[:, 2]) == {13.0}
    assert path.ended is Ending.WANDERING


def test_above_one_it_diverges_and_is_followed_no_further_than_can_be_drawn() -> None:
    """Each step is 1.5 times as long as the last: 3 * 1.5^13 = 583.9, one more leaves the bounds of 800."""
    path = plain(1.25, 100)
    assert path.rows[1, :2].tolist() == [-4.5, -3.0]
    assert len(path.rows) == 14
    assert path.rows[-1, 0] == pytest.approx(-3 * 1.5**13, rel=1e-12)
    assert path.ended is Ending.DIVERGED
    assert path.arrived is path.valley is None


def test_one_that_diverges_takes_no_other_with_it() -> None:
    both = race(BOWL, (3.0, 2.0), [Runner(Optimizer.SGD, 9.0), Runner(Optimizer.SGD, 0.1)], 400)
    assert [path.ended for path in both] == [Ending.DIVERGED, Ending.REACHED]
    assert both[1].rows.tolist() == plain(0.1, 400).rows.tolist()


def test_on_the_ridge_of_the_saddle_plain_descent_rests_and_a_hair_beside_it_escapes() -> None:
    ground, runner = SURFACES[Surface.SADDLE], [Runner(Optimizer.SGD, 0.1)]
    ridge, beside = (race(ground, (2.0, y), runner, 120)[0] for y in (0.0, -1e-6))
    assert (ridge.ended, ridge.valley) == (Ending.STUCK, None)
    assert (beside.ended, beside.valley) == (Ending.REACHED, 0)


def test_in_the_two_valleys_momentum_rolls_out_of_the_shallow_one_where_plain_descent_stays() -> None:
    ground = SURFACES[Surface.TWO_VALLEYS]
    runners = [Runner(Optimizer.SGD, 0.02), Runner(Optimizer.MOMENTUM, 0.02, {"momentum": 0.9})]
    assert [path.valley for path in race(ground, (2.3, 1.6), runners, 150)] == [1, 0]


@pytest.mark.parametrize("optimizer", RACERS)
def test_each_runs_as_it_would_alone(optimizer: Optimizer) -> None:
    """Against its plan carried out by hand, all others beside it, and a second one of its kind with another rate."""
    ground = SURFACES[Surface.ROSENBROCK]
    runners = [Runner(name, 0.002, HYPER[name]) for name in RACERS]
    place = RACERS.index(optimizer)
    runners.insert(place, Runner(optimizer, 0.001, HYPER[optimizer]))
    rows = follow(ground, (-1.2, 1.0), runners, 40)
    for row, rate in ((place, 0.001), (place + 1, 0.002)):
        np.testing.assert_allclose(rows[:, row, :2], alone(optimizer, rate, 40), rtol=1e-12, atol=1e-14)


def alone(optimizer: Optimizer, rate: float, steps: int) -> np.ndarray:
    """The places (steps + 1, 2) of one model on the Rosenbrock surface."""
    theta, gradient = np.array([-1.2, 1.0]), np.zeros(2)
    hyper = {name: np.array(value) for name, value in HYPER[optimizer].items()}
    scratch = (np.empty(2), np.empty(2))
    slots = Slots(theta, gradient, np.zeros((2, 2)), scratch, np.array(rate), np.zeros(()), hyper)
    plan, places = OPTIMIZERS[optimizer](slots), [theta.copy()]
    for _ in range(steps):
        gradient[...] = SURFACES[Surface.ROSENBROCK].gradient(theta)
        run(plan)
        places.append(theta.copy())
    return np.array(places)


def test_arriving_is_coming_to_stay_not_passing_through() -> None:
    """Momentum shoots past the origin of the bowl before it settles."""
    path = race(BOWL, (3.0, 0.0), [Runner(Optimizer.MOMENTUM, 0.02, {"momentum": 0.9})], 150)[0]
    near = np.linalg.norm(path.rows[:, :2], axis=-1) <= 0.05
    assert path.arrived is not None
    assert path.arrived > int(near.argmax())
    assert near[path.arrived :].all()
    assert not near[path.arrived - 1]
