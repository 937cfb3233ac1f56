"""The learning part of a session: board, network and trainer of one spec, and how they do.

Knows no commands and no phases; `app.session.session` decides what may happen when.
"""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from app import assemble
from app.data.split import TRAIN, VALIDATION
from app.engine.divergence import Divergence
from app.engine.evaluation import Evaluation, evaluate, forward_with_scores
from app.engine.network import Network
from app.engine.numeric import quiet
from app.engine.trainer import Checkpoint, Cursor, Trainer
from app.engine.update import penalty
from app.session.board import Board
from app.session.snapshot import Arrays, Facts
from app.session.stowing import Stowed, dump_stowed, load_stowed
from app.spec import Experiment

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Standing:
    """How the network does now. `outputs` (T, N) in board order; figures are NaN for a part without points."""

    outputs: Floats
    train: Evaluation
    validation: Evaluation
    test: Evaluation
    penalty: float
    learning_rate: float


class Machine:
    """What one spec has come to: a board of points, a network, and the trainer that joins them."""

    def __init__(self, spec: Experiment, board: Board) -> None:
        """A fresh network from the spec's seeds, on `board`."""
        self.spec = spec
        self.board = board
        self._stowed: Stowed | None = None
        self.network: Network = assemble.make_network(spec)
        self._lay_rows()
        theta = assemble.draw_theta(spec, self.network)
        self.trainer = Trainer(self.network, assemble.make_recipe(spec), theta, self._training_rows)
        self._standing: Standing | None = None
        self._limited = False
        self._set_limit()

    @property
    def _training_rows(self) -> Floats:
        return self._rows[:, : self._trained]

    def _lay_rows(self) -> None:
        """Rows for the trainer with the trained points in front; `_place` tells where each point of the board went."""
        board = self.board
        order = np.argsort(board.part, kind="stable")
        self._trained, self._known = (int(np.sum(board.part <= part)) for part in (TRAIN, VALIDATION))
        place = np.argsort(order, kind="stable")
        self._place = place.astype(np.min_scalar_type(board.size))  # a quarter of the room
        self._rows = assemble.make_rows(self.spec, board.x[:, order], board.target[order], board.prepared)

    def _set_limit(self) -> None:
        """Divergence is judged against the first loss there is: the start's, or that of the first points put there."""
        if not self._limited and self._trained:
            self.trainer.set_limit(self.standing().train.loss)
            self._limited = True

    # -- changes -------------------------------------------------------------------------------------------------------

    def set_board(self, board: Board) -> None:
        """Go on learning from other points; weights, moments and step stay."""
        self.board = board
        self._stowed = None  # it would keep the board before alive
        self._lay_rows()
        self.trainer.set_rows(self._training_rows)
        self._standing = None
        self._set_limit()

    def reconfigure(self, spec: Experiment) -> None:
        """Go on learning in another way. Only for a spec that `same_run` allows."""
        network = assemble.make_network(spec)
        if network != self.network:
            checkpoint, limit = self.trainer.checkpoint(), self.trainer.limit
            self.network = network
            self.trainer = Trainer(network, self.trainer.recipe, self.trainer.theta, self._training_rows)
            self.trainer.limit = limit
            self.trainer.restore(checkpoint)
        self.spec = spec
        self.trainer.configure(assemble.make_recipe(spec))
        self._standing = None

    def set_parameter(self, index: int, value: float) -> None:
        """Set one entry of theta by hand."""
        self.trainer.theta[index] = value
        self.trainer.edited()
        self._standing = None

    def set_parameters(self, theta: Floats, statistics: Floats) -> None:
        """Begin with other weights: theta (P,) and running statistics (R,). The first loss is theirs."""
        self.trainer.theta[...] = theta
        self.trainer.statistics[...] = statistics
        self.trainer.edited()
        self._standing, self._limited = None, False
        self._set_limit()

    def run(self, steps: int) -> Divergence | None:
        """Train `steps` updates; see Trainer.run."""
        divergence = self.trainer.run(steps)
        self._standing = None
        return divergence

    def bring_back(self, checkpoint: Checkpoint) -> None:
        """Take the parameters, moments and statistics of `checkpoint`; the count of steps and epochs goes on."""
        cursor = self.trainer.cursor
        self.trainer.restore(replace(checkpoint, cursor=cursor))
        self._standing = None

    def stand_at(self, state: Checkpoint, before_last: Checkpoint | None, rate: float) -> None:
        """Go back to `state`, with what is remembered of the step that led there."""
        self.trainer.restore(state)
        self.trainer.before_last = before_last
        self.trainer.rate[...] = rate
        self._standing = None

    def batch_ids(self) -> tuple[int, ...]:
        """The points of the next batch, in its order."""
        trained = self.board.ids[self.board.trained]
        return tuple(trained[self.trainer.next_rows()].tolist())

    def targets_of(self, row: int) -> Floats:
        """(T, 1) what the network should give for the point at `row` of the board."""
        return self._rows[self.network.fan_in + 1 :, [int(self._place[row])]]

    @quiet
    def layer_norms(self) -> Floats:
        """(L, 2): the norm of each layer's gradient, and that of its last update over that of its parameters; NaN
        where there was no step, or where all parameters are 0."""
        trainer, network = self.trainer, self.network
        norms = np.full((len(network.layers), 2), np.nan)
        if trainer.before_last is not None:
            norms[:, 0] = network.layer_norms(trainer.gradient)
            size = network.layer_norms(trainer.theta)
            np.divide(network.layer_norms(trainer.update), size, out=norms[:, 1], where=size > 0)
        return norms

    # -- snapshots -----------------------------------------------------------------------------------------------------

    @property
    def stowed(self) -> Stowed:
        """The board as it is kept: the same for all anchors and snapshots between two edits."""
        if self._stowed is None:
            self._stowed = Stowed.of(self.board)
        return self._stowed

    def dump(self) -> tuple[Facts, Arrays]:
        """All that `load` needs to go on with the same bits."""
        checkpoint = self.trainer.checkpoint()
        facts = {
            "spec": self.spec.model_dump(mode="json"),
            "limit": self.limit,
            "clock": checkpoint.clock,
            "rate": float(self.trainer.rate),
            "cursor": checkpoint.cursor._asdict(),
        }
        arrays = {"vectors": checkpoint.vectors, "statistics": checkpoint.statistics}
        facts["board"] = dump_stowed(self.stowed, "board", arrays)
        if (before := self.trainer.before_last) is not None:  # where a bad next loss goes back to
            facts["before"] = {"clock": before.clock, "cursor": before.cursor._asdict()}
            arrays |= {"before_vectors": before.vectors, "before_statistics": before.statistics}
        return facts, arrays

    @property
    def limit(self) -> float | None:
        """The loss above which a run counts as diverged; None while there was nothing to judge it by."""
        return float(self.trainer.limit) if self._limited else None

    @classmethod
    def at(
        cls, spec: Experiment, stowed: Stowed, state: Checkpoint, rate: float, limit: float | None
    ) -> "Machine":
        """A machine of its own that goes on from `state`, with the last step's `rate` and the `limit` of its run."""
        machine = cls(spec, stowed.board)
        machine._stowed = stowed
        machine.trainer.restore(state)
        machine.trainer.rate[...] = rate
        machine._limited = limit is not None
        machine.trainer.limit = np.array(np.inf if limit is None else limit)
        machine._standing = None
        return machine

    @classmethod
    def load(cls, facts: Facts, arrays: Arrays, tables: assemble.Tables) -> "Machine":
        """The machine that gave `dump`."""
        spec = Experiment.parse(facts["spec"])
        stowed = load_stowed(facts["board"], "board", arrays, draw_board(spec, tables))
        return cls.gone_on(spec, stowed, facts, arrays)

    @classmethod
    def gone_on(cls, spec: Experiment, stowed: Stowed, facts: Facts, arrays: Arrays) -> "Machine":
        """The machine that gave `dump`, whose spec and board are known."""
        state = Checkpoint(arrays["vectors"], arrays["statistics"], facts["clock"], Cursor(**facts["cursor"]))
        machine = cls.at(spec, stowed, state, facts["rate"], facts["limit"])
        if before := facts.get("before"):
            machine.trainer.before_last = Checkpoint(
                arrays["before_vectors"],
                arrays["before_statistics"],
                before["clock"],
                Cursor(**before["cursor"]),
            )
        return machine

    # -- how it does ---------------------------------------------------------------------------------------------------

    def standing(self) -> Standing:
        """Outputs, losses and scores at the present parameters; computed once for each change."""
        if self._standing is None:
            self._standing = self._evaluate()
        return self._standing

    def _evaluate(self) -> Standing:
        network, trainer, spec = self.network, self.trainer, self.spec
        inputs, targets = self._rows[: network.fan_in + 1], self._rows[network.fan_in + 1 :]
        outputs, scores = forward_with_scores(network, trainer.theta, trainer.statistics, inputs)
        cuts = self._trained, self._known
        train, validation, test = evaluate(network, spec.loss, spec.task, outputs, scores, targets, *cuts)
        return Standing(
            outputs[:, self._place],
            train,
            validation,
            test,
            float(penalty(network, trainer.recipe, trainer.theta)),
            float(trainer.rate),
        )


def draw_board(spec: Experiment, tables: assemble.Tables) -> Board:
    """The spec's points as drawn from its data and split seeds. SpecError where its table is not there or cannot be
    used so."""
    return Board.of(*assemble.draw_points(spec, tables))


def same_data(old: Experiment, new: Experiment) -> bool:
    """The points need not be drawn again."""
    return (old.data, old.seeds.data, old.seeds.split) == (new.data, new.seeds.data, new.seeds.split)


def same_run(old: Experiment, new: Experiment) -> bool:
    """Training can go on: nothing differs but how it learns and dropout."""
    return same_data(old, new) and _structure(old) == _structure(new)


def _structure(spec: Experiment) -> tuple[object, ...]:
    layers = tuple(layer.model_copy(update={"dropout": 0.0}) for layer in spec.network.layers)
    return (
        spec.input_names,
        spec.network.model_copy(update={"layers": layers, "frozen": ()}),
        spec.seeds,
        spec.output,
        spec.loss,
    )
