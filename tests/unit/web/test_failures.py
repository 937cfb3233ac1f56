"""What HTTP says of failures below it: a status, a code, when to come again, and nothing of our own insides."""

import pytest

from app.data.tables.problems import TableError
from app.host.kept_tables import NoRoomError
from app.host.makers import BusyError, MakerError
from app.host.supervisor import ServerFullError
from app.links import LinkError
from app.spec import SpecError
from app.store.database import StoreError
from app.store.failing import FullError
from app.takeaway.errors import TakeawayError
from app.web.failures import refusal_of


@pytest.mark.parametrize(
    ("error", "status", "code", "wait"),
    [
        (SpecError("noise is 3", ("data", "noise")), 422, "invalid_spec", None),
        (LinkError("the link is damaged"), 422, "bad_link", None),
        (TableError("no table", code="bad_table"), 422, "bad_table", None),
        (TakeawayError("there is none"), 409, "cannot", None),
        (TakeawayError("it takes too long", "too_long"), 409, "too_long", None),
        (TakeawayError("no such thing", "unknown_kind"), 404, "unknown_kind", None),
        (TakeawayError("no such option", "bad_option"), 422, "bad_option", None),
        (FullError("too many links", "no_room"), 409, "no_room", None),
        (NoRoomError("too many tables"), 409, "no_room", None),
        (MakerError("ValueError at secret.py:1"), 500, "failed", None),
        (BusyError(64), 503, "busy", 64),
        (ServerFullError(), 503, "server_full", 10),
        (StoreError("no answer"), 503, "no_store", 5),
    ],
)
def test_what_goes_wrong_has_a_status_and_words(
    error: Exception, status: int, code: str, wait: float | None
) -> None:
    refusal = refusal_of(error)
    assert (refusal.status, refusal.code, refusal.wait) == (status, code, wait)
    assert refusal.message
    assert "secret" not in refusal.message


def test_the_place_stands_in_front_once() -> None:
    assert refusal_of(SpecError("is 3", ("data", "noise"))).message == "data.noise: is 3"
    assert refusal_of(SpecError("data.noise is 3", ("data", "noise"))).message == "data.noise is 3"
