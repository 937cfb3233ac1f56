"""From a table to points of a run: rows left out or filled, columns encoded, split, noise, copies, scaling.

Pure functions of their arguments; randomness is an argument. Knows no spec, no network and no browser.
"""

from app.data.preparation.choice import Settled, settled, unusable
from app.data.preparation.errors import PreparationError
from app.data.preparation.prepare import prepare
from app.data.preparation.prepared import Input, Note, Plan, Prepared
from app.data.preparation.splitting import balance
from app.data.preparation.target import suggested_task

__all__ = [
    "Input",
    "Note",
    "Plan",
    "PreparationError",
    "Prepared",
    "Settled",
    "balance",
    "prepare",
    "settled",
    "suggested_task",
    "unusable",
]
