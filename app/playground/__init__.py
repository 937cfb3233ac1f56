"""The playground without the page: `from app import Playground` in notebooks and scripts.

Built on the same session that the page talks to, so that the same settings, seeds and commands give the same bits.
"""

from app.playground.arrays import History
from app.playground.playground import Playground, TrainingDiverged

__all__ = ["History", "Playground", "TrainingDiverged"]
