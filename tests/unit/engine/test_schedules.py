"""Learning-rate schedules against PyTorch's schedulers."""

from typing import Any

import numpy as np
import pytest

from app.engine.schedules import SCHEDULES, Plan, scheduled_rate
from app.vocabulary import Schedule, ScheduleUnit
from tests.unit.engine.building import assert_agrees, pytorch

FIXTURE = pytorch("schedules")
NAMES = {"g": "gamma", "factor": "gamma"}


def plan_of(case: Any, unit: ScheduleUnit) -> Plan:
    hyper = {NAMES.get(name, name): value for name, value in case["options"].items()}
    return Plan(Schedule(case["name"]), unit, case["warm_up"], hyper)


def test_every_schedule_has_its_formula_and_was_asked_of_pytorch() -> None:
    assert set(SCHEDULES) == set(Schedule)
    assert {case["name"] for case in FIXTURE["cases"]} == set(Schedule)


@pytest.mark.parametrize("case", FIXTURE["cases"], ids=lambda case: f"{case['name']}-{case['warm_up']}")
def test_thirty_rates_are_pytorchs_whatever_is_counted(case: Any) -> None:
    by_step, by_epoch = plan_of(case, ScheduleUnit.STEP), plan_of(case, ScheduleUnit.EPOCH)
    base = FIXTURE["base_rate"]
    assert_agrees([scheduled_rate(by_step, base, t, 1000) for t in range(30)], case["values"])
    assert_agrees([scheduled_rate(by_epoch, base, 1000, e) for e in range(30)], case["values"])


@pytest.mark.parametrize("name", Schedule)
@pytest.mark.parametrize("warmup", [0, 4])
def test_several_base_rates_at_once_are_each_scheduled_alone(name: Schedule, warmup: int) -> None:
    plan = Plan(
        name,
        ScheduleUnit.STEP,
        warmup,
        {"k": 0.5, "gamma": 0.9, "every": 3, "length": 9, "floor": 0.01},
    )
    rates = np.array([[0.1], [0.02]])
    for count in range(15):
        each = np.array([[scheduled_rate(plan, float(rate[0]), count, 0)] for rate in rates])
        np.testing.assert_allclose(np.asarray(scheduled_rate(plan, rates, count, 0)), each, rtol=1e-15)


@pytest.mark.parametrize(
    ("count", "rate"), [(0, 0.025), (1, 0.05), (3, 0.1), (4, 0.1), (6, 0.1), (7, 0.05), (10, 0.025)]
)
def test_the_schedules_own_clock_starts_after_the_warm_up(count: int, rate: float) -> None:
    plan = Plan(Schedule.STEP, ScheduleUnit.EPOCH, 4, {"every": 3, "gamma": 0.5})
    assert scheduled_rate(plan, 0.1, 0, count) == pytest.approx(rate, rel=1e-15)


def test_only_a_constant_rate_without_warm_up_is_constant() -> None:
    assert Plan().constant
    assert not Plan(warmup=1).constant
    assert not Plan(Schedule.COSINE, hyper={"length": 5, "floor": 0.0}).constant


def test_a_cosine_stays_on_its_floor() -> None:
    plan = Plan(Schedule.COSINE, ScheduleUnit.STEP, 0, {"length": 10, "floor": 0.02})
    assert scheduled_rate(plan, 0.1, 0, 0) == 0.1
    assert scheduled_rate(plan, 0.1, 5, 0) == pytest.approx(0.06)
    assert [scheduled_rate(plan, 0.1, step, 0) for step in (10, 11, 10_000)] == [0.02] * 3
