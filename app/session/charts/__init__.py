"""What the two directions of the board mean for a session's points, and how pictures follow: x1 and x2 themselves, a
curve over one input, a slice through two columns of a table, or the plane of its principal components.

A chart is made of spec, board and view, and keeps nothing of its own. Places are in board units, where the board is
-6 to 6.
"""

from app.session.board import Board
from app.session.charts.chart import Axis, Chart
from app.session.charts.flat import PcaPlane, Slice
from app.session.charts.plain import Curve, Plane
from app.session.commands import PlaneShown
from app.spec import Experiment

__all__ = ["Axis", "Chart", "chart_of"]


def chart_of(spec: Experiment, board: Board, plane: PlaneShown) -> Chart:
    """The chart of `board`. A plane that its inputs do not have falls back to their first two."""
    if board.prepared is None:
        return Curve(spec.features) if spec.data.is_curve else Plane(spec.features)
    pca = plane.kind == "pca" or (plane.kind == "auto" and board.prepared.image)
    if pca and len(board.x) > 1:
        return PcaPlane(board.prepared, *board.drawn.principal)
    return Slice.of(spec, board, plane)
