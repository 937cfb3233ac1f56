"""A chain adds up to the number that the step was taken with."""

from typing import Any

import numpy as np
import pytest

from app.session.session import Session
from app.session.walk_events import ChainTold, WalkChanged
from tests.unit.session.building import batch_of, do, small

DEEP = {
    "network": {"layers": [{"units": 3}, {"units": 2, "activation": "silu"}]},
    "training": {"batch_size": 8, "l2": 0.1, "clipping": {"name": "value", "limit": 0.01}},
}


def opened(**changes: Any) -> tuple[Session, WalkChanged]:
    session = small(**{**DEEP, **changes})
    now = do(session, "walk", stop=8)[-1]
    assert isinstance(now, WalkChanged)
    assert now.parameters is not None
    return session, now


def chain(session: Session, **fields: Any) -> ChainTold:
    answer, told = do(session, "chain", **fields)
    assert answer.type == "ok"
    assert isinstance(told, ChainTold)
    for formula in (told.symbols, told.numbers):
        assert formula.startswith("<math ")
        assert formula.endswith("</math>")
    return told


@pytest.mark.parametrize(("source", "index"), [(0, 4), (1, 5), (2, 6), (None, None)])
def test_a_weight_s_gradient_is_the_mean_of_delta_times_input(source: int | None, index: int | None) -> None:
    """Of unit 1 of the second layer: theta holds 9 numbers of the first, then 4 a unit."""
    session, now = opened()
    told = chain(session, layer=1, unit=1, input=source, of="weight")
    place = 9 + (7 if index is None else index)
    assert now.parameters is not None
    assert [term.sample for term in told.terms] == list(batch_of(session))
    assert np.mean([term.product for term in told.terms]) == pytest.approx(told.total, rel=1e-12)
    assert told.total == now.parameters.data_gradient[place]
    of_sample = told.terms[0]
    assert of_sample.factors == (
        now.layers[1].delta[1],
        1.0 if source is None else now.layers[1].inputs[source],
    )
    values = {step.label: step.value for step in told.then}
    assert values == {
        "Gradient of the penalty": now.parameters.penalty_gradient[place],
        "Gradient that the optimiser sees": now.parameters.clipped_gradient[place],
        "Weight before": now.parameters.before[place],
        "Step taken away": now.parameters.update[place],
        "Weight after": now.parameters.after[place],
    }


def test_a_unit_s_sum_is_its_weights_times_what_comes_in() -> None:
    session, now = opened()
    told = chain(session, layer=1, unit=0, of="forward")
    assert [term.label for term in told.terms] == ["unit 1", "unit 2", "unit 3", "bias"]
    assert [term.factors[1] for term in told.terms] == [*now.layers[0].a, 1.0]
    assert sum(term.product for term in told.terms) == pytest.approx(told.total, rel=1e-12)
    assert told.total == now.layers[1].z[0]
    assert told.then[-1].value == now.layers[1].a[0]


def test_a_hidden_delta_is_gathered_from_the_next_layer() -> None:
    session, now = opened()
    told = chain(session, layer=0, unit=2, of="backward")
    assert [term.factors[1] for term in told.terms] == list(now.layers[1].delta)
    slope, delta = (step.value for step in told.then)
    assert told.total * slope == pytest.approx(delta, rel=1e-12)
    assert delta == now.layers[0].delta[2]


def test_the_output_s_delta_comes_from_the_loss() -> None:
    session, now = opened()
    told = chain(session, layer=2, unit=0, of="backward")
    assert told.terms == ()
    target, output, delta = (step.value for step in told.then)
    assert output == now.layers[2].a[0]
    assert delta == now.layers[2].delta[0] == pytest.approx(output - target)


def test_it_is_told_of_the_chosen_sample() -> None:
    session, _ = opened()
    first = chain(session, layer=0, unit=0, of="forward").total
    then = do(session, "walk", sample=batch_of(session)[3])[-1]
    assert isinstance(then, WalkChanged)
    told = chain(session, layer=0, unit=0, of="forward")
    assert told.total == then.layers[0].z[0]
    assert told.total != first


def test_of_a_large_batch_two_hundred_terms_are_told_and_the_mean_is_over_all() -> None:
    data = {"source": "xor", "samples": 600, "train_fraction": 1.0}
    session, now = opened(data=data, training={"batch_size": None})
    told = chain(session, layer=0, unit=0, input=0, of="weight")
    assert len(told.terms) == 200
    assert now.parameters is not None
    assert told.total == now.parameters.data_gradient[0]


def test_batch_norm_shows_both_of_its_sides() -> None:
    session, now = opened(network={"layers": [{"units": 3, "batch_norm": True}, {"units": 2}]})
    told = chain(session, layer=0, unit=0, of="forward")
    assert sum(term.product for term in told.terms) == pytest.approx(told.total, rel=1e-12)
    assert [step.label for step in told.then] == ["z after batch norm", "Value a = f(z)"]
    assert told.then[0].value == now.layers[0].z[0]
    back = chain(session, layer=0, unit=0, of="backward")
    slope, through, delta = (step.value for step in back.then)
    assert back.total * slope == pytest.approx(through, rel=1e-12)
    assert delta == now.layers[0].delta[0]
    assert delta != through
