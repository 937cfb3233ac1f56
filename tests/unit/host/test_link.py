"""Messages between web process and engine: whole at the other end, however the stream is cut."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.host.link import HEADER, Kind, Message, Unpacker, pack

UINT32 = st.integers(0, 2**32 - 1)
MESSAGES = st.builds(
    Message, st.sampled_from(Kind), UINT32, UINT32, st.integers(0, 2**64 - 1), st.binary(max_size=200)
)


def test_a_message_is_its_header_and_its_payload() -> None:
    message = Message(Kind.COMMAND, session=258, viewer=3, sequence=4, payload=b"{}")
    header = "020000000302010000030000000400000000000000"
    assert pack(message) == bytes.fromhex(header) + b"{}"


@given(st.lists(MESSAGES, max_size=6), st.data())
def test_messages_arrive_whole_and_in_order_in_any_portions(
    messages: list[Message], data: st.DataObject
) -> None:
    stream = b"".join(map(pack, messages))
    cuts = sorted(data.draw(st.lists(st.integers(0, len(stream)), max_size=8), label="cuts"))
    unpacker = Unpacker()
    found: list[Message] = []
    for start, end in zip([0, *cuts], [*cuts, len(stream)], strict=True):
        found += unpacker.feed(stream[start:end])
    assert found == messages


@given(MESSAGES)
def test_a_message_comes_with_its_last_byte_and_not_before(message: Message) -> None:
    unpacker = Unpacker()
    data = pack(message)
    assert list(unpacker.feed(data[:-1])) == []
    assert list(unpacker.feed(data[-1:])) == [message]


def test_a_kind_that_is_none_is_a_mistake_of_ours() -> None:
    with pytest.raises(ValueError, match="99 is not a valid Kind"):
        list(Unpacker().feed(HEADER.pack(0, 99, 1, 0, 0)))
