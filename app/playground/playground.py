"""One experiment in a notebook or a script: settings in, training on request, arrays and figures out."""

import json
import math
import warnings
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal, Self

import numpy as np
import plotly.graph_objects as go
from numpy.typing import ArrayLike, NDArray

from app.assemble import settle
from app.data.tables import Shelf
from app.engine.losses import decide
from app.headless import put_on_shelf
from app.links import SavedId, read_address
from app.playground.arrays import Floats, History, history_of, outputs_of, weights_of
from app.playground.given import column_of, first_line_of, opened, rows_of
from app.playground.shortcuts import patch_of
from app.playground.steering import carry_out, parsed, run
from app.session.events import Diverged, Event, Phase, Reached, Stopped
from app.session.session import Session
from app.spec import BOUNDS, Experiment, SpecError
from app.takeaway import figures
from app.takeaway.kinds import kind_named
from app.takeaway.link_text import link_of
from app.takeaway.naming import stem_of
from app.takeaway.options import completed
from app.takeaway.portrait import Portrait
from app.takeaway.words import data_name, loss_text, score_name, score_text
from app.vocabulary import FirstLine, Task

PLOTLY = "application/vnd.plotly.v1+json"
"""As what Jupyter takes a Plotly figure."""
Which = Literal["together", "boundary", "loss", "score", "network"]


class TrainingDiverged(UserWarning):
    """Training stopped itself; the last good weights stand."""


class Playground:
    """A network, its data and its training. Every setting has the page's name, default and bounds; what is wrong is a
    SpecError that says what was asked for, what is allowed, and in `path` where."""

    def __init__(self, spec: Mapping[str, Any] | Experiment | None = None, **settings: Any) -> None:
        """`spec`: an experiment, or the part of one that differs from the defaults, as `python -m app schema` has it.
        `settings`: single ones by one word, such as data="moons", hidden=[8, 8], activation="relu",
        learning_rate=0.01, batch_size=None, noise=0.2, seed=1."""
        self._shelf = Shelf()
        self._session = Session.create(Experiment(), self._shelf)
        self.message = ""
        """Why training ended by itself the last time; empty where it did not."""
        if spec is not None or settings:
            tree = spec.model_dump(mode="json") if isinstance(spec, Experiment) else dict(spec or {})
            begun = Experiment().patched(tree, self._settle)
            layers = begun.model_dump(mode="json")["network"]["layers"]
            self._session = Session.create(
                begun.patched(patch_of(settings, layers), self._settle), self._shelf
            )

    @classmethod
    def load(cls, source: str | Path) -> Self:
        """An experiment from a file of settings (JSON), or from the text of a link (`#e=...`, or a whole address; one
        to playground.tensorflow.org too)."""
        text = str(source)
        if isinstance(source, Path) or ("#" not in text and Path(text).suffix == ".json"):
            return cls(_tree_in(Path(source)))
        found = read_address(text)
        if isinstance(found, SavedId):
            raise SpecError(
                "a saved link is kept by its server; open it there and take its settings home", ("link",)
            )
        playground = cls()
        carry_out(playground._session, found.payload.load())
        for note in found.notes:
            warnings.warn(note, stacklevel=2)
        return playground

    # -- data ----------------------------------------------------------------------------------------------------------

    def set_points(self, x: ArrayLike, y: ArrayLike, part: ArrayLike | None = None) -> Self:
        """Learn from other points, from step 0. `x` (N, 2): x1 and x2; (N,) or (N, 1): a curve over x1. `y` (N,): class
        numbers 0, 1, ..., or real numbers for regression; of a curve always that. `part` (N,): 0 trains, 1 validates, 2
        tests; else `train_fraction` of them train. Returns itself."""
        rows = rows_of(x, 1 if np.ndim(x) == 1 or np.shape(x)[-1] == 1 else 2, "x")
        target = column_of(y, len(rows), "y")
        curve = rows.shape[1] == 1
        regression = curve or bool((target != np.round(target)).any() or (target < 0).any())
        data: dict[str, Any] = {"source": "points", "task": "regression" if regression else "classification"}
        data |= {"coordinates": rows.shape[1], "table": {}, "classes": 2}
        if not regression:
            data["classes"] = max(2, int(target.max(initial=0)) + 1)
        places = np.column_stack([rows[:, 0], np.zeros(len(rows)) if curve else rows[:, 1], target])
        base = self.spec.model_dump(mode="json")
        base["data"] |= data | {"points": places.tolist()}
        if part is not None:
            parts = column_of(part, len(rows), "part").astype(int)
            base["data"]["points"] = []
            heights = np.column_stack([rows[:, 0], target if curve else rows[:, 1], target])
            points = [
                [*place, number] for place, number in zip(heights.tolist(), parts.tolist(), strict=True)
            ]
            return self._do({"type": "load", "spec": base, "points": points})
        return self._do({"type": "set_spec", "replace": True, "spec": base})

    def table(
        self,
        table: Any,
        target: str = "",
        inputs: tuple[str, ...] | list[str] = (),
        first_line: str = FirstLine.FOUND,
        **preparation: Any,
    ) -> Self:
        """Learn from a table, from step 0: the path of a CSV or of pictures (.npz, IDX), a data frame, a mapping of
        columns, or an array (N, D + 1) whose last column is the target. `target` and `inputs`: columns by name; all
        others are inputs where none are named. `first_line` of a CSV: header, data, or found, which is what it looks
        like. `preparation`: missing, scaling, stratify, ... as the spec has them.
        What is odd about a file is a warning. Returns itself."""
        line, (file, file_name) = first_line_of(first_line), opened(table)
        name, found = put_on_shelf(self._shelf, file, file_name, line)
        for problem in found.problems:
            warnings.warn(f"{file_name}: {problem.message}", stacklevel=2)
        chosen = {"name": name, "target": target, "inputs": list(inputs), **preparation}
        return self._do({"type": "set_spec", "spec": {"data": {"source": "table", "table": chosen}}})

    def change(self, spec: Mapping[str, Any] | None = None, **settings: Any) -> Self:
        """Other settings, as the constructor takes them. How it learns changes on the way; another network or other
        data begin again at step 0. Returns itself."""
        layers = self.spec.model_dump(mode="json")["network"]["layers"]
        for patch in (dict(spec or {}), patch_of(settings, layers)):
            if patch:
                self._do({"type": "set_spec", "spec": patch})
        return self

    # -- training ------------------------------------------------------------------------------------------------------

    def train(self, epochs: int = 100, until: Mapping[str, float] | None = None) -> Self:
        """Train for so many passes over the training points, or less: `until`, such as {"test_loss_below": 0.1} or
        {"train_score_above": 0.95}, ends it after the first epoch of which one is true. Early stopping and divergence
        end it too; `message` says which it was, and divergence is a warning (TrainingDiverged). Returns itself."""
        if int(epochs) != epochs or epochs < 0:
            raise SpecError(f"epochs is {epochs!r}; allowed: whole numbers from 0", ("epochs",))
        self.message, left = "", int(epochs)
        while left:
            count = min(left, BOUNDS.epochs_at_once)
            limit = None if until is None else dict(until)
            events = run(self._session, parsed({"type": "step", "epochs": count, "until": limit}))
            if self._ended(events):
                break
            left -= count
        return self

    def step(self, count: int = 1) -> Self:
        """So many updates, each on one batch. Returns itself."""
        self.message = ""
        self._ended(run(self._session, parsed({"type": "step", "batches": count})))
        return self

    def reset(self) -> Self:
        """Back to step 0 with the same first weights, seeds and points. Returns itself."""
        return self._do({"type": "reset"})

    def new_weights(self, seed: int | None = None) -> Self:
        """Back to step 0 with the weights of another seed: the given one, else the next. Returns itself."""
        return self._do({"type": "new_weights", "seed": seed})

    # -- what there is -------------------------------------------------------------------------------------------------

    @property
    def spec(self) -> Experiment:
        """All settings in force."""
        return self._session.spec

    @property
    def epoch(self) -> int:
        """Whole passes done."""
        return self._session.epoch

    @property
    def diverged(self) -> bool:
        """Training stopped itself; `reset`, or another learning rate and `reset`, go on."""
        return self._session.phase is Phase.DIVERGED

    @property
    def history(self) -> History:
        """The course of the run, a row for each epoch (of more than 1024 fewer, never without a peak or a trough):
        step, epoch, train_loss, test_loss, train_score, test_score, penalty, learning_rate, validation_loss,
        validation_score, each (k,). Scores are accuracy from 0 to 1, or R squared."""
        return history_of(self._session)

    @property
    def weights(self) -> list[tuple[Floats, Floats]]:
        """Copies of each layer's weights (fan_out, fan_in) and biases (fan_out,), hidden layers first."""
        return weights_of(self._session)

    def outputs(self, x: ArrayLike) -> Floats:
        """(N, T) what the output units say of `x`: (N, 2) for x1 and x2, (N,) or (N, 1) for a curve, (N, D) for a
        table's inputs in its own units, in the order of `inputs`. Probabilities where the output is sigmoid or softmax;
        for regression in the target's units."""
        return outputs_of(self._session, x)

    def predict(self, x: ArrayLike) -> NDArray[Any]:
        """(N,) the class number, or for regression the value, of each row of `x`, which is as for `outputs`."""
        outputs = self.outputs(x)
        if self.spec.task is Task.REGRESSION:
            return np.ascontiguousarray(outputs[:, 0])
        return decide(outputs.T, self._session.machine.network.output)

    @property
    def inputs(self) -> tuple[str, ...]:
        """The names of the network's inputs: of points the features made of x1 and x2, of a table its columns, a column
        of text being one for each of its categories."""
        return self.spec.input_names

    # -- figures and files ---------------------------------------------------------------------------------------------

    def figure(self, which: Which = "together", dark: bool = False) -> go.Figure:
        """A Plotly figure in the page's look: `boundary`, `loss`, `score`, `network`, or boundary, loss and score
        `together`."""
        portrait, theme = Portrait.of(self._session), figures.THEMES[dark]
        if which == "loss":
            return figures.loss_figure(portrait.history, theme)
        if which == "score":
            return figures.score_figure(portrait.history, self.spec.task, theme)
        draw = {
            "together": figures.together,
            "boundary": figures.boundary_figure,
            "network": figures.network_figure,
        }
        if which not in draw:
            raise SpecError(
                f"there is no figure {which!r}; allowed: loss, score, {', '.join(draw)}", ("which",)
            )
        return draw[which](portrait, theme)

    def export(self, kind: str, path: str | Path = ".", **options: str) -> Path:
        """Write what `app.takeaway.kinds` names - settings, weights, points, history, code, report ... - to a file, or
        into a folder under its own name. Returns the file's path. TakeawayError for a kind or an option that there is
        none of."""
        found = kind_named(kind)
        data = found.make(self._session, completed(found.options, options))
        file = Path(path)
        if file.is_dir():
            file /= found.file_name.format(stem=stem_of(self._session))
        file.write_bytes(data)
        return file

    def report(self, path: str | Path = ".") -> Path:
        """Write the report, one HTML file that needs no network. Returns its path."""
        return self.export("report", path)

    def link(self, weights: bool = False) -> str:
        """`#e=...`, to be put behind the address of a playground; `load` takes it too."""
        return link_of(self._session, weights)

    def __repr__(self) -> str:
        network, now = self._session.machine.network, self.history
        sizes = "-".join(map(str, [network.fan_in, *(layer.fan_out for layer in network.layers)]))
        task = self.spec.task
        parts = [
            f"{part} {loss_text(loss)} ({score_name(task)} {score_text(float(now[f'{part}_score'][-1]), task)})"
            for part in ("train", "validation", "test")
            if not math.isnan(loss := float(now[f"{part}_loss"][-1]))
        ]
        name = data_name(self._session)
        return f"Playground: {name}, {sizes}, epoch {self.epoch}, loss {', '.join(parts) or 'unknown'}"

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, Any]:
        """What Jupyter shows: the figure, and in text what it is."""
        figure = self.figure()
        shown: dict[str, Any] = figure._repr_mimebundle_(include, exclude)
        # Plotly shows nothing by itself where it does not know what it runs in.
        return {"text/plain": repr(self), **(shown or {PLOTLY: json.loads(figure.to_json())})}

    # -- the session ---------------------------------------------------------------------------------------------------

    def _settle(self, tree: Any) -> Any:
        return settle(tree, self._shelf)

    def _do(self, command: Mapping[str, Any]) -> Self:
        carry_out(self._session, parsed(command))
        return self

    def _ended(self, events: list[Event]) -> bool:
        """Whether training ended by itself, and is to go on no further."""
        for event in events:
            if isinstance(event, Diverged | Stopped | Reached):
                self.message = event.message
            if isinstance(event, Diverged):
                warnings.warn(event.message, TrainingDiverged, stacklevel=3)
        return any(
            isinstance(event, Diverged | Stopped) or (isinstance(event, Reached) and event.reached)
            for event in events
        )


def _tree_in(path: Path) -> dict[str, Any]:
    """The object in a JSON file."""
    try:
        tree = json.loads(path.read_text("utf-8"))
    except (ValueError, RecursionError) as error:
        raise SpecError(f"{path} is not JSON: {error}") from error
    if not isinstance(tree, dict):
        raise SpecError(f"{path} holds no settings: they are a JSON object")
    return tree
