"""Whatever is sent to a running server, it answers or hangs up by a rule, writes no traceback, and serves the next."""

import asyncio
import contextlib
import json
from typing import Any, get_args

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import BaseModel
from websockets.exceptions import ConnectionClosed

from app.session.commands import Command
from app.vocabulary import Activation, Feature, Initializer, Loss, Optimizer, Output, Source
from tests.server.running import Server, connected, key, opened

LEAVES = (
    st.none()
    | st.booleans()
    | st.integers(-(2**70), 2**70)
    | st.sampled_from([0, 1, 2, 3, 5000, -1])
    | st.floats()
    | st.text(max_size=6)
    | st.sampled_from(["adam", "spiral", "plane", "points", "tanh", "x1", "softmax", "auto"])
)
NAMES = st.sampled_from(
    [
        "data",
        "source",
        "samples",
        "points",
        "classes",
        "inputs",
        "network",
        "layers",
        "units",
        "activation",
        "training",
        "optimizer",
        "name",
        "learning_rate",
        "batch_size",
        "schedule",
        "seeds",
        "weights",
        "loss",
        "output",
        "task",
        "noise",
        "train_fraction",
        "initializer",
        "dropout",
        "batch_norm",
    ]
)
TREES = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(NAMES, inner, max_size=4),
    max_leaves=12,
)
ROWS = st.lists(st.lists(st.integers(-1, 45) | st.floats(-7, 7), min_size=3, max_size=3), max_size=4)
FIELDS = {
    "spec": st.dictionaries(NAMES, TREES, max_size=3) | TREES,
    "replace": st.booleans() | LEAVES,
    "points": ROWS
    | st.lists(st.tuples(st.integers(0, 20), st.floats(-7, 7), st.just(1)), min_size=1, max_size=4)
    | TREES,
    "ids": st.lists(st.integers(-1, 60), max_size=5) | TREES,
    "weights": st.none() | st.lists(st.floats(-1e7, 1e7), max_size=4) | TREES,
    "statistics": st.lists(st.floats(-1e7, 1e7), max_size=2) | TREES,
    "label": st.integers(-1, 3) | LEAVES,
    "part": st.sampled_from(["train", "validation", "test"]) | LEAVES,
    "batches": st.integers(-1, 100) | LEAVES,
    "epochs": st.integers(-1, 5) | LEAVES,
    "seed": st.integers(-1, 2**32) | LEAVES,
    "layer": st.integers(-1, 3) | LEAVES,
    "unit": st.integers(-1, 5) | st.lists(st.integers(-1, 5), min_size=2, max_size=2) | LEAVES,
    "at": st.none() | st.lists(st.floats(-7, 7), min_size=2, max_size=2) | TREES,
    "gesture": st.none() | st.integers(0, 3) | LEAVES,
    "input": st.none() | st.integers(-1, 9) | LEAVES,
    "value": st.floats(-1e7, 1e7) | LEAVES,
    "epochs_per_second": st.none() | st.floats(0, 2000) | LEAVES,
    "steps_per_second": st.none() | st.floats(0, 2000) | LEAVES,
    "by": st.sampled_from(["phase", "back", "sample"]) | LEAVES,
    "stop": st.none() | st.integers(-1, 9) | LEAVES,
    "sample": st.none() | st.integers(-1, 60) | LEAVES,
    "of": st.sampled_from(["forward", "backward", "weight"]) | LEAVES,
    "until": st.none() | st.dictionaries(st.just("train_loss_below"), st.floats(0, 1)) | TREES,
    "step": st.integers(-1, 50) | LEAVES,
    "branch": st.integers(0, 4) | LEAVES,
    "name": st.text(max_size=8) | LEAVES,
    "row": st.none() | st.integers(-1, 60) | LEAVES,
    "values": st.none() | st.lists(st.floats(-9, 9), max_size=5) | TREES,
    "strokes": st.none() | st.lists(ROWS, max_size=2) | TREES,
    "sizes": st.lists(st.integers(3, 60), max_size=3) | TREES,
    "branches": st.lists(st.integers(0, 4), max_size=3) | TREES,
    "lesson": st.sampled_from(["perceptron-trick", "regularisation", "../words"]) | st.text(max_size=80),
    "task": st.sampled_from(["score", "on-the-line", "algorithm", "hold-back"]) | st.text(max_size=80),
    "answer": st.none()
    | st.dictionaries(st.sampled_from(["score", "w1"]), st.floats(-9, 9), max_size=3)
    | st.lists(st.sampled_from(["begin", "take", "pull"]), max_size=8)
    | TREES,
    "view": st.fixed_dictionaries(
        {},
        optional={
            "grid": st.integers(7, 20),
            "maps": st.booleans(),
            "map_grid": LEAVES,
            "extent": LEAVES,
            "centre": st.lists(st.floats(-101, 101), min_size=2, max_size=2) | LEAVES,
            "plane": st.fixed_dictionaries(
                {},
                optional={
                    "kind": st.sampled_from(["auto", "slice", "pca"]) | LEAVES,
                    "axes": st.lists(st.integers(-1, 70), min_size=2, max_size=2),
                    "row": st.none() | st.integers(-1, 60),
                    "values": st.lists(st.tuples(st.integers(-1, 70), st.floats(-9, 9)), max_size=3),
                },
            ),
        },
    )
    | TREES,
}
IDS = st.integers(1, 2**52)
COMMAND_MODELS = get_args(get_args(Command)[0])


def well_formed(model: type[BaseModel]) -> st.SearchStrategy[dict[str, Any]]:
    """A command with the fields it must have, perhaps the others, and none but its own."""
    own = {name: field for name, field in model.model_fields.items() if name not in ("id", "type")}
    must = {name: FIELDS[name] for name, field in own.items() if field.is_required()}
    may = {name: FIELDS[name] for name in own if name not in must}
    named = {"type": st.just(model.model_fields["type"].default), "id": IDS}
    return st.fixed_dictionaries(named | must, optional=may)


WELL_FORMED = st.one_of([well_formed(model) for model in COMMAND_MODELS]).map(json.dumps)
"""Commands of which many are carried out."""
NEAR_COMMANDS = st.builds(
    lambda kind, fields: json.dumps({"type": kind, **fields}),
    st.sampled_from([model.model_fields["type"].default for model in COMMAND_MODELS])
    | st.sampled_from(["open", "ack", "frame", "welcome"]),
    st.fixed_dictionaries({}, optional={"id": st.integers(-1, 2**54) | LEAVES, "number": LEAVES, **FIELDS}),
)
CHOICES = {
    "source": st.sampled_from(Source),
    "activation": st.sampled_from(Activation),
    "output": st.sampled_from(["auto", *Output]),
    "loss": st.sampled_from(["auto", *Loss]),
    "initializer": st.sampled_from(Initializer),
}
SMALL_NUMBERS = st.integers(0, 6) | st.floats(0, 1)
LAYER = st.fixed_dictionaries(
    {"units": st.integers(1, 5)},
    optional={"activation": CHOICES["activation"], "dropout": st.floats(0, 0.9), "batch_norm": st.booleans()},
)
SPECS = st.fixed_dictionaries(
    {},
    optional={
        "data": st.fixed_dictionaries(
            {"source": CHOICES["source"], "samples": st.integers(0, 30)},
            optional={
                "noise": SMALL_NUMBERS,
                "classes": st.integers(2, 6),
                "train_fraction": st.floats(0, 1),
            },
        ),
        "inputs": st.lists(st.sampled_from(Feature), min_size=1, max_size=4, unique=True),
        "network": st.fixed_dictionaries(
            {"layers": st.lists(LAYER, max_size=3)},
            optional={name: CHOICES[name] for name in ("output", "initializer")},
        ),
        "training": st.fixed_dictionaries(
            {},
            optional={
                "loss": CHOICES["loss"],
                "optimizer": st.fixed_dictionaries(
                    {"name": st.sampled_from(Optimizer), "learning_rate": st.floats(1e-9, 10)}
                ),
                "batch_size": st.none() | st.integers(1, 40),
                "l1": SMALL_NUMBERS,
                "l2": SMALL_NUMBERS,
            },
        ),
    },
)
"""Specs of which most can be."""


def set_spec(spec: Any) -> str:
    """The command that asks for it."""
    return json.dumps({"type": "set_spec", "id": 1, "spec": spec})


def is_json(tree: Any) -> bool:
    """It holds no NaN and no Infinity, with which `open` would be no JSON and be hung up on."""
    try:
        json.dumps(tree, allow_nan=False)
    except ValueError:
        return False
    return True


MESSAGES = (
    st.text(max_size=50)
    | st.binary(max_size=50)
    | TREES.map(json.dumps)
    | NEAR_COMMANDS
    | WELL_FORMED
    | SPECS.map(set_spec)
)
RULES = frozenset({1008, 1009, 4001})
"""Close codes."""
LAST = 2**53 - 1
"""The id of the last command."""


@pytest.fixture(params=["inline", "engines"], scope="module")
def server(request: pytest.FixtureRequest) -> Server:
    found: Server = request.getfixturevalue(request.param)
    return found


@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(st.lists(MESSAGES, min_size=1, max_size=40))
def test_an_open_session_survives_anything(server: Server, messages: list[str | bytes]) -> None:
    asyncio.run(talk(server, messages))


@settings(max_examples=40)
@given(MESSAGES)
def test_a_socket_survives_any_first_message(server: Server, message: str | bytes) -> None:
    asyncio.run(begin(server, message))


@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow])
@given(SPECS | st.dictionaries(NAMES, TREES, max_size=4).filter(is_json))
def test_a_session_begins_with_any_spec(server: Server, spec: dict[str, Any]) -> None:
    asyncio.run(look(server, spec))


async def talk(server: Server, messages: list[str | bytes]) -> None:
    """Say it all, then see that the session answers or that the socket was closed by a rule, and join it again."""
    async with opened(server) as browser:
        session = key(browser)
        with contextlib.suppress(ConnectionClosed):
            for message in [*messages, json.dumps({"type": "pause", "id": LAST})]:
                await browser.say(message)
        await browser.until(lambda: browser.closed or browser.answers(LAST) or None, seconds=30.0)
        assert browser.closed in {None, *RULES}
    async with opened(server, session=session) as browser:
        assert browser.all("welcome")[0]["resumed"], "the session died of it"
        assert (await browser.ask("pause"))["type"] == "ok"
        await browser.picture()


async def begin(server: Server, message: str | bytes) -> None:
    """Say it first, then see that it was an open or that the socket is closed."""
    async with connected(server) as browser:
        await browser.say(message)
        await browser.until(lambda: browser.closed or browser.all("welcome") or None)
        assert browser.closed in {None, *RULES}


async def look(server: Server, spec: dict[str, Any]) -> None:
    """Begin with it, train a little, and see a frame of it."""
    async with opened(server, spec) as browser:
        await browser.picture()
        await browser.ask("set_view", view={"grid": 8, "maps": True, "map_grid": 8})
        assert (await browser.ask("step", batches=2))["type"] in ("ok", "error")
        assert (await browser.ask("reset"))["type"] == "ok"
