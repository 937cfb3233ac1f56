"""How many commands get through."""

from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.web import limits
from app.web.limits import TokenBucket


def bucket(rate: float, burst: int, patch: pytest.MonkeyPatch) -> tuple[TokenBucket, SimpleNamespace]:
    """A bucket, and the clock it goes by."""
    clock = SimpleNamespace(now=1000.0)
    patch.setattr(limits, "time", SimpleNamespace(monotonic=lambda: clock.now))
    return TokenBucket(rate, burst), clock


def test_a_burst_gets_through_and_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    tokens, _ = bucket(10.0, 3, monkeypatch)
    assert [tokens.take() for _ in range(5)] == [True, True, True, False, False]


def test_tokens_come_back_at_the_rate(monkeypatch: pytest.MonkeyPatch) -> None:
    tokens, clock = bucket(10.0, 3, monkeypatch)
    while tokens.take():
        pass
    clock.now += 0.25
    assert [tokens.take() for _ in range(4)] == [True, True, False, False]


def test_rest_saves_up_no_more_than_a_burst(monkeypatch: pytest.MonkeyPatch) -> None:
    tokens, clock = bucket(10.0, 3, monkeypatch)
    clock.now += 1000.0
    assert [tokens.take() for _ in range(4)] == [True, True, True, False]


@given(
    st.floats(0.5, 500), st.integers(1, 50), st.lists(st.floats(0, 2, allow_subnormal=False), max_size=200)
)
def test_over_any_time_no_more_get_through_than_rate_and_burst_allow(
    rate: float, burst: int, waits: list[float]
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        tokens, clock = bucket(rate, burst, patch)
        passed = 0
        for wait in waits:
            clock.now += wait
            passed += tokens.take()
    assert passed <= burst + rate * sum(waits) + 1e-6
