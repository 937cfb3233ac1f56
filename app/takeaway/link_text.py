"""A session as the text of a link, which the page, a notebook and `Playground.load` go on from."""

from app.links import Payload, pack_numbers, write_link
from app.session.session import Session
from app.spec import SpecError
from app.takeaway.differences import differing
from app.vocabulary import BundledTable, Source

OURS = "#e="


def link_of(session: Session, weights: bool = False) -> str:
    """`#e=...`, to be put behind the address of any playground: the settings where they differ from the defaults, the
    points where they were edited, `weights`: those of now as well. SpecError for an uploaded table, which no link can
    hold, and LinkError for more than a link's text may be."""
    spec, board, trainer = session.spec, session.board, session.machine.trainer
    if spec.data.source is Source.TABLE and spec.data.table.name not in set(BundledTable):
        raise SpecError(
            "a link cannot hold an uploaded table; take the settings and the table instead", ("data", "table")
        )
    rows = [*session.chart.places(board).tolist(), board.target.tolist(), board.part.tolist()]
    own = board.edited and spec.data.source is not Source.TABLE
    payload = Payload(
        spec=differing(spec),
        points=tuple(zip(*rows, strict=True)) if own else None,
        weights=pack_numbers(trainer.theta.tolist()) if weights else None,
        statistics=pack_numbers(trainer.statistics.tolist()) if weights and trainer.statistics.size else None,
    )
    return f"{OURS}{write_link(payload)}"
