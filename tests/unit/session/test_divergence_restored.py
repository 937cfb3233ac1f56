"""A restored session diverges just where, and goes back just as far as, the one that was never interrupted."""

import pytest

from app.session.session import Session
from tests.unit.session.building import assert_same_frames, do, picture, steep


@pytest.mark.parametrize("rate", [0.003, 0.004, 0.005, 0.006, 0.01, 1.0, 10.0])
def test_a_restored_session_diverges_where_the_first_one_does(rate: float) -> None:
    for cut in range(26):
        session = steep(rate)
        do(session, "play")
        session.advance(cut)
        again = Session.restore(session.snapshot())
        assert again.advance(100) == session.advance(100), cut
        assert_same_frames(picture(again), picture(session))
