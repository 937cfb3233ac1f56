"""docs/protocol.md names every message, error code, tensor and close code that the code knows, and no others in its
tables."""

import re
from pathlib import Path
from typing import Any, get_args

import pytest
from safetensors.numpy import load

from app.engine.pictures import PictureBuffers
from app.host.supervisor import FAILED
from app.session.commands import Command
from app.session.events import Event
from app.session.frame import Frame, Now
from app.session.session import Session
from app.spec import Experiment
from app.web import socket, viewer
from app.wire.frames import encode_frame
from app.wire.messages import Ack, Open, Ping, Pong, Saving, Welcome

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "docs" / "protocol.md").read_text("utf-8")
CODE = "\n".join(path.read_text("utf-8") for path in sorted((ROOT / "app").rglob("*.py")))


def kinds(union: Any) -> list[str]:
    """The `type` of each model of an annotated union."""
    return [model.model_fields["type"].default for model in get_args(get_args(union)[0])]


def first_column(heading: str) -> set[str]:
    """The words in backticks, or the numbers, in the first column of the table whose heading begins so."""
    _, _, after = TEXT.partition(f"\n| {heading}")
    table = after.split("\n\n")[0].splitlines()[2:]
    return {
        word
        for row in table
        for word in re.findall(r"`(\w+)`|\b(\d{4})\b", row.split("|")[1])
        for word in word
        if word
    }


def error_codes() -> set[str]:
    """Every `code` that the code gives a SpecError a browser may get as an answer."""
    given = re.findall(r"""SpecError\([^\n]*(?:\n[^\n]*)?\),\s*"([a-z]+_[a-z_]+)"\)""", CODE)
    parsed = re.findall(r"""from_validation\(\w+, "([a-z_]+)\"""", CODE)
    elsewhere = {"bad_weights", "bad_link", "bad_request"}  # said by the command line and over HTTP only
    return ({*given, *parsed} | {"invalid_spec"}) - elsewhere


def test_every_command_is_in_the_table_and_nothing_else() -> None:
    assert first_column("command") == set(kinds(Command))


def test_every_event_is_in_the_table_and_nothing_else() -> None:
    assert first_column("message") == {*kinds(Event), "welcome", "saving", "pong"}


@pytest.mark.parametrize("model", [Open, Ack, Ping, Welcome, Saving, Pong])
def test_the_socket_s_own_messages_are_explained(model: Any) -> None:
    assert f"`{model.model_fields['type'].default}`" in TEXT


def test_every_error_code_is_in_the_table_and_nothing_else() -> None:
    assert error_codes() >= {"bad_command", "not_allowed", "too_fast", "server_full", "unknown_point"}
    assert first_column("code of `error`") == error_codes()


def test_every_tensor_is_in_the_table_and_nothing_else() -> None:
    data = encode_frame(Session.create(Experiment()).frame(PictureBuffers(), 0), 1)
    assert first_column("tensor") == set(load(data))


@pytest.mark.parametrize(
    "name",
    [
        *Now.__dataclass_fields__,
        *("revision", "data_revision", "step", "epoch", "number", "boundary_range"),
        *("centre", "extent", "probe_at", "focus_unit", "focus_range", "metrics"),
        *("figures", "readings", "curvature"),
    ],
)
def test_every_fact_of_a_frame_is_explained(name: str) -> None:
    assert name in Now.__dataclass_fields__ or name == "number" or name in Frame.__dataclass_fields__
    assert f"`{name}`" in TEXT


def test_every_close_code_of_ours_is_in_the_table() -> None:
    ours = {
        socket.GOING_AWAY,
        socket.FULL,
        socket.SILENT,
        socket.NOT_OPENED,
        viewer.POLICY,
        viewer.GIVEN_UP,
        FAILED[0],
    }
    assert {str(code) for code in ours} <= first_column("close code")
