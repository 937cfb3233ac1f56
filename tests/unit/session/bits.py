"""A session as bits: what must be the same for two to go on alike."""

from app.session.session import Session

State = tuple[bytes, ...]


def bits(session: Session) -> State:
    """All that learning goes on from, to the bit."""
    trainer, board = session.machine.trainer, session.board
    state = trainer.checkpoint()
    rows = (board.ids, board.x, board.target, board.part)
    return (
        state.vectors.tobytes(),
        state.statistics.tobytes(),
        repr((state.clock, state.cursor, float(trainer.rate), session.machine.limit)).encode(),
        repr(session.stopping.dump()[0]).encode(),
        session.spec.model_dump_json().encode(),
        *(array.tobytes() for array in rows),
    )
