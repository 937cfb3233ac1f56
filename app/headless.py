"""Training without a page: a spec, a number of epochs, first weights if given; progress as it goes, then a report.

Knows no terminal: `app.cli` draws the progress and prints the report.
"""

from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from typing import Any, BinaryIO

import numpy as np

from app.assemble import LIMITS, Tables, settled
from app.data.tables import BUNDLED, Shelf
from app.data.tables.images import looks_like_pictures, read_images
from app.data.tables.reading import Read, read_table
from app.engine.evaluation import Evaluation
from app.session.machine import Machine, draw_board
from app.spec import Experiment, SpecError
from app.vocabulary import FirstLine, Task
from app.wire.tables import encode_table, table_name
from app.wire.weights import decode_weights, encode_weights


@dataclass(frozen=True)
class Part:
    """Loss and score on the training or the test points; None where there are none."""

    loss: float | None
    score: float | None


@dataclass(frozen=True)
class Report:
    """How a run stands after `epoch` whole epochs and `step` updates. `score_name` is accuracy or r2."""

    epoch: int
    step: int
    train: Part
    test: Part
    penalty: float
    diverged: bool
    score_name: str

    def as_json(self) -> dict[str, Any]:
        """The report as a JSON object, each part with the score of its task."""
        tree = asdict(self)
        for part in (tree["train"], tree["test"]):
            part[self.score_name] = part.pop("score")
        del tree["score_name"]
        return tree


class Headless:
    """One training run."""

    def __init__(self, spec: Experiment, weights: bytes | None = None, tables: Tables = BUNDLED) -> None:
        """`weights`: a weights file to begin with; SpecError where it does not fit or there is nothing to train
        on."""
        self.spec = settled(spec, tables)
        self.machine = Machine(self.spec, draw_board(self.spec, tables))
        self.diverged = False
        if not self.machine.trainer.rows:
            raise SpecError("there are no points to train on", ("data",))
        if weights is not None:
            self.machine.set_parameters(*decode_weights(weights, self.machine.network))

    def epochs(self, count: int) -> Iterator[int]:
        """Train; yields the number of each epoch done. Divergence ends it early, with the last good weights kept."""
        trainer = self.machine.trainer
        for _ in range(count):
            if self.machine.run(trainer.steps_left_in_epoch):
                self.diverged = True
                return
            yield trainer.epoch

    def report(self) -> Report:
        """Where the run stands."""
        standing, cursor = self.machine.standing(), self.machine.trainer.cursor
        name = "r2" if self.machine.spec.task is Task.REGRESSION else "accuracy"
        train, test = _part(standing.train), _part(standing.test)
        return Report(cursor.epoch, cursor.step, train, test, standing.penalty, self.diverged, name)

    def weights(self) -> bytes:
        """The present weights as a file."""
        trainer = self.machine.trainer
        return encode_weights(self.machine.network, trainer.theta, trainer.statistics)


def _part(evaluation: Evaluation) -> Part:
    loss, score = (
        float(figure) if np.isfinite(figure) else None for figure in (evaluation.loss, evaluation.score)
    )
    return Part(loss, score)


def put_on_shelf(
    shelf: Shelf, file: BinaryIO, file_name: str, first_line: FirstLine = FirstLine.FOUND
) -> tuple[str, Read]:
    """Read the table in a seekable file, of text or of pictures, and put it on `shelf`: the name by which a spec calls
    it there, and how it was read. TableError where there is no table in it. Pictures have no `first_line`."""
    pictures = looks_like_pictures(file.read(4))
    file.seek(0)
    found = (
        read_images(file, file_name, LIMITS) if pictures else read_table(file, file_name, LIMITS, first_line)
    )
    name = table_name(encode_table(found.table))
    shelf.put(name, lambda: replace(found.table, name=name))
    return name, found
