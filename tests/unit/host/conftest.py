"""A web process's side of the host, with time and engines that tests command."""

from types import SimpleNamespace

import pytest

from app.host import engines as engines_module
from app.host import supervisor as supervisor_module
from tests.unit.host.lines import Clock, Engine


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(supervisor_module, "time", clock)
    monkeypatch.setattr(engines_module, "time", clock)
    return clock


@pytest.fixture
def engines(monkeypatch: pytest.MonkeyPatch, clock: Clock) -> list[Engine]:
    """The engines in the order in which they are started: those that work, then a spare."""
    silence = SimpleNamespace(warning=lambda *_: None, error=lambda *_, **__: None)
    monkeypatch.setattr(engines_module, "log", silence)
    monkeypatch.setattr(engines_module, "ProcessLine", Engine)
    started: list[Engine] = []
    monkeypatch.setattr(Engine, "started", started)
    return started
