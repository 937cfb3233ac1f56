"""What a browser's text is; whatever it is, the only thing raised is a SpecError that says so."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.spec import SpecError
from app.web.inbox import Forward, read
from app.wire.messages import Ack, Open

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)
NEARLY = st.builds(
    lambda kind, rest: {**rest, "type": kind},
    st.sampled_from(["open", "ack", "play", "set_spec", "Open", ""]),
    st.dictionaries(st.sampled_from(["id", "session", "spec", "number", "protocol", "x"]), JSON, max_size=4),
)


def outcome(text: str) -> object:
    """What `text` is read as, or the code with which it is refused."""
    try:
        return read(text)
    except SpecError as error:
        return error.code if error.message else "no message"


@given(st.text() | JSON.map(json.dumps) | NEARLY.map(json.dumps))
def test_any_text_is_a_message_or_refused_as_a_bad_command(text: str) -> None:
    found = outcome(text)
    assert found == "bad_command" or isinstance(found, Open | Ack | Forward)


def test_an_open_and_an_ack_are_read_whole() -> None:
    assert read('{"type": "open", "session": "abc"}') == Open(session="abc")
    assert read('{"type": "ack", "number": 3}') == Ack(number=3)


def test_a_command_is_passed_on_as_it_came() -> None:
    text = '{ "type": "play",  "id": 7, "loud": true }'
    assert read(text) == Forward(text.encode(), 7)


@pytest.mark.parametrize("number", ["true", '"7"', "1.5", "null", "[1]"])
def test_an_id_that_is_no_whole_number_is_none(number: str) -> None:
    text = f'{{"type": "play", "id": {number}}}'
    assert read(text) == Forward(text.encode(), None)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "the message is not JSON: "),
        ("{", "the message is not JSON: "),
        ('{"type": "play", "id": NaN}', "the message is not JSON: NaN is no JSON number"),
        ('{"type": "play", "id": -Infinity}', "the message is not JSON: -Infinity is no JSON number"),
        ("[" * 100_000, "the message is not JSON: "),
        ('{"a":' * 100_000, "the message is not JSON: "),
        ("9" * 5000, "the message is not JSON: "),
        ("[]", "a message is a JSON object with a type"),
        ("7", "a message is a JSON object with a type"),
        ("{}", "a message is a JSON object with a type"),
        ('{"type": 7}', "a message is a JSON object with a type"),
        ('{"type": "ack", "number": 0}', "number: Input should be greater than or equal to 1"),
        ('{"type": "ack", "number": "1"}', "number: Input should be a valid integer"),
        ('{"type": "ack"}', "number: Field required"),
        ('{"type": "ack", "number": 1, "x": 1}', "x is not a known field"),
        ('{"type": "open", "spec": []}', "spec: Input should be a valid dictionary"),
        ('{"type": "open", "session": 7}', "session: Input should be a valid string"),
        ('{"type": "open", "session": "\\ud800"}', ""),
    ],
    ids=lambda value: value[:30],
)
def test_a_refusal_says_what_is_wrong(text: str, message: str) -> None:
    with pytest.raises(SpecError) as caught:
        read(text)
    assert caught.value.message.startswith(message)
