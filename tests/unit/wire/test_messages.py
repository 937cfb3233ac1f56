"""The messages that are the socket's own: opening, acknowledging, saying hello."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from app.wire.messages import VIEWER_MESSAGES, Ack, Open, Welcome

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


def test_an_open_without_anything_begins_a_session() -> None:
    assert VIEWER_MESSAGES.validate_json('{"type": "open"}') == Open(protocol=1, session=None, spec=None)


def test_an_open_may_name_a_session_and_a_spec() -> None:
    text = '{"type": "open", "protocol": 1, "session": "abc", "spec": {"inputs": ["x1"]}}'
    assert VIEWER_MESSAGES.validate_json(text) == Open(session="abc", spec={"inputs": ["x1"]})


def test_an_ack_names_a_frame() -> None:
    assert VIEWER_MESSAGES.validate_json('{"type": "ack", "number": 3}') == Ack(number=3)


@pytest.mark.parametrize(
    ("message", "path"),
    [
        ({"type": "ack"}, ("ack", "number")),
        ({"type": "ack", "number": 0}, ("ack", "number")),
        ({"type": "ack", "number": "1"}, ("ack", "number")),
        ({"type": "ack", "number": True}, ("ack", "number")),
        ({"type": "ack", "number": 1.5}, ("ack", "number")),
        ({"type": "ack", "number": 1, "id": 1}, ("ack", "id")),
        ({"type": "open", "session": "x" * 65}, ("open", "session")),
        ({"type": "open", "session": 5}, ("open", "session")),
        ({"type": "open", "spec": []}, ("open", "spec")),
        ({"type": "open", "protocol": "1"}, ("open", "protocol")),
        ({"type": "open", "id": 1}, ("open", "id")),
        ({"type": "welcome", "session": "x"}, ()),
        ({}, ()),
        ([], ()),
    ],
)
def test_a_wrong_field_is_refused_at_its_place(message: Any, path: tuple[str, ...]) -> None:
    with pytest.raises(ValidationError) as caught:
        VIEWER_MESSAGES.validate_json(json.dumps(message), strict=True)
    assert caught.value.errors()[0]["loc"] == path


@given(st.text() | st.binary() | JSON.map(json.dumps))
def test_nothing_makes_reading_one_raise_anything_else(data: str | bytes) -> None:
    with pytest.raises(ValidationError):
        VIEWER_MESSAGES.validate_json(data, strict=True)


def test_a_welcome_says_what_the_page_must_know() -> None:
    assert json.loads(Welcome(session="abc", resumed=False).model_dump_json()) == {
        "type": "welcome",
        "protocol": 1,
        "session": "abc",
        "resumed": False,
        "spec_refused": None,
        "kept_until": None,
        "not_resumed": None,
    }
