"""What the page needs of a reading beside its words: which units carry a badge, how long a layer's gradient is."""

import numpy as np

from app.session.verdicts.gradients import read_gradients
from app.session.verdicts.units import read_units
from app.vocabulary import Activation
from tests.unit.engine.building import make_network


def test_a_reading_names_every_unit_that_it_is_about() -> None:
    network = make_network(2, 5, 2, 1, activation=Activation.RELU)
    read = read_units(network, [1.0, 1.0, 1.0, 0.0, 1.0, 0.5, 1.0], 20)
    assert [(one.layer, one.unit, one.units) for one in read] == [(0, None, (0, 1, 2, 4)), (1, 1, (1,))]
    (step,) = read_units(make_network(2, 3, 1, activation=Activation.STEP), [1.0, 1.0, 1.0], 20)
    assert step.units == (0, 1, 2)


def test_a_layers_reading_carries_the_length_of_its_gradient() -> None:
    network = make_network(1, 1, 1, 1)
    gradient = np.array([3.0, 4.0, 3e-4, 4e-4, 0.0, 2e3])
    read = read_gradients(network, gradient, [], 5)
    assert [(one.layer, one.norm) for one in read] == [(None, None), (0, 5.0), (1, 5e-4), (2, 2000.0)]
    frozen = read_gradients(network, gradient, [0, 1], 5)
    assert [(one.layer, one.verdict, one.norm) for one in frozen][1] == (0, "frozen", None)
