"""Links to playground.tensorflow.org: the keys behind its # as our experiment, as faithfully as can be.

Its defaults stand where a key is missing; a value that it would not understand is left at the default, and named.
Biases, first weights, loss and update rule are its own: U(-0.5, 0.5), 0.1, half the squared error, plain descent.
"""

import math
import zlib
from dataclasses import dataclass, field
from typing import Any, TypeVar
from urllib.parse import unquote

from app.links.beginning import Beginning
from app.links.payload import Payload
from app.spec import BOUNDS
from app.vocabulary import Activation, Feature, Initializer, Loss, Optimizer, Source

CLASSES = {"circle": Source.CIRCLE, "xor": Source.XOR, "gauss": Source.GAUSS, "spiral": Source.SPIRAL}
REGRESSIONS = {"reg-plane": Source.PLANE, "reg-gauss": Source.MULTI_GAUSS}
ACTIVATIONS = {name: Activation(name) for name in ("relu", "tanh", "sigmoid", "linear")}
PENALTIES = {"none": "", "L1": "l1", "L2": "l2"}
PROBLEMS = {"classification": False, "regression": True}
INPUTS = {
    "x": (Feature.X1, True),
    "y": (Feature.X2, True),
    "xSquared": (Feature.X1_SQUARED, False),
    "ySquared": (Feature.X2_SQUARED, False),
    "xTimesY": (Feature.X1_TIMES_X2, False),
    "sinX": (Feature.SIN_X1, False),
    "sinY": (Feature.SIN_X2, False),
    "cosX": (Feature.COS_X1, False),
    "cosY": (Feature.COS_X2, False),
}
"""Key -> our input, and whether it is on without being named."""
SAMPLES, REGRESSION_SAMPLES = 500, 1200
SHAPE = (4, 2)
FIRST_BIAS = 0.1
HIDE = "_hide"
HIDDEN = {
    "playButton": ("play",),
    "stepButton": ("step",),
    "resetButton": ("reset",),
    "learningRate": ("training.optimizer.learning_rate",),
    "activation": ("network.layers.activation",),
    "regularization": ("training.l1", "training.l2"),
    "regularizationRate": ("training.l1", "training.l2"),
    "dataset": ("data.source",),
    "percTrainData": ("data.train_fraction",),
    "noise": ("data.noise",),
    "batchSize": ("training.batch_size",),
}
"""Its controls, and ours that do the same, as `hide=` names them; its others are parts of larger ones here."""
SETTINGS = frozenset(
    {
        *(
            "activation",
            "regularization",
            "batchSize",
            "dataset",
            "regDataset",
            "learningRate",
            "noise",
            "seed",
        ),
        *(
            "regularizationRate",
            "networkShape",
            "showTestData",
            "discretize",
            "percTrainData",
            "collectStats",
        ),
        *("tutorial", "problem", "initZero", "hideText", *INPUTS),
    }
)
OTHER_CHANCE = (
    "Points and first weights are drawn by this playground's own generator, so they are others than there."
)
T = TypeVar("T")
SHOWN = 40
"""Characters of a value that a note repeats."""


def is_theirs(word: str) -> bool:
    """Whether what stands behind a # is one of its links: some of its keys, each with a value."""
    return any(name in SETTINGS or _hidden(name) for name in _pairs(word))


def read_theirs(word: str) -> Beginning:
    """Its experiment as ours; never refuses, because a value that cannot be falls back to its default."""
    said = _Said(_pairs(word))
    regression = said.choice("problem", PROBLEMS, default=False)
    spec = {
        "data": _data(said, regression),
        "inputs": _inputs(said),
        "network": _network(said, regression),
        "training": _training(said),
        "seeds": _seeds(said),
    }
    hide = tuple(dict.fromkeys(name for key in said.hidden() for name in HIDDEN[key]))
    return Beginning(
        Payload(spec=spec),
        (*said.notes, OTHER_CHANCE),
        hide,
        said.flag("showTestData", default=False),
        said.flag("discretize", default=False),
    )


def _pairs(word: str) -> dict[str, str]:
    """Keys and values; those without a value mean nothing there either, except an empty shape."""
    pairs = (part.partition("=") for part in word.split("&"))
    return {
        name: unquote(value)
        for name, sign, value in pairs
        if sign and (value.strip() or name == "networkShape")
    }


def _hidden(name: str) -> bool:
    return name.endswith(HIDE)


@dataclass
class _Said:
    """What a link says, and what of it could not be carried over."""

    pairs: dict[str, str]
    notes: list[str] = field(default_factory=list)

    def flag(self, name: str, default: bool) -> bool:
        return self.pairs[name] != "false" if name in self.pairs else default

    def choice(self, name: str, choices: dict[str, T], default: T) -> T:
        said = self.pairs.get(name)
        if said is None:
            return default
        if said not in choices:
            self._leave(name, said, f"allowed: {', '.join(choices)}")
        return choices.get(said, default)

    def number(self, name: str, default: float, low: float, high: float) -> float:
        """Held within our bounds."""
        said = self.pairs.get(name)
        if said is None:
            return default
        try:
            value = float(said)
        except ValueError:
            value = math.nan
        if not math.isfinite(value):
            self._leave(name, said, "it is no number")
            return default
        held = min(max(value, low), high)
        if held != value:
            self.notes.append(f"{name} {value:g} became {held:g}: here it is {low:g} to {high:g}.")
        return held

    def shape(self) -> list[int]:
        said = self.pairs.get("networkShape")
        if said is None:
            return list(SHAPE)
        try:
            units = [int(part) for part in said.split(",")] if said.strip() else []
        except ValueError:
            self._leave("networkShape", said, "it is no list of numbers")
            return list(SHAPE)
        held = [min(max(unit, 1), BOUNDS.units) for unit in units[: BOUNDS.layers]]
        if held != units:
            self.notes.append(
                f"networkShape {said[:SHOWN]} became {','.join(map(str, held))}: here it is at most "
                f"{BOUNDS.layers} layers of 1 to {BOUNDS.units} units."
            )
        return held

    def hidden(self) -> list[str]:
        """Its controls that the link hides and that are on this page too."""
        asked = [
            name.removesuffix(HIDE) for name, value in self.pairs.items() if _hidden(name) and value == "true"
        ]
        unknown = [name[:SHOWN] for name in asked if name not in HIDDEN]
        if unknown:
            self.notes.append(
                f"Not hidden, because it is not a control of its own here: {', '.join(unknown)}."
            )
        return [name for name in asked if name in HIDDEN]

    def _leave(self, name: str, said: str, why: str) -> None:
        shown = said if len(said) <= SHOWN else f"{said[:SHOWN]}…"
        self.notes.append(f"{name} “{shown}” was left at its default: {why}.")


def _data(said: _Said, regression: bool) -> dict[str, Any]:
    source: Source
    if regression:
        source = said.choice("regDataset", REGRESSIONS, Source.PLANE)
    else:
        source = said.choice("dataset", CLASSES, Source.CIRCLE)
    return {
        "source": source.value,
        "samples": REGRESSION_SAMPLES if regression else SAMPLES,
        "noise": said.number("noise", 0, 0, 50) / 100,
        "train_fraction": said.number("percTrainData", 50, 10, 90) / 100,
    }


def _inputs(said: _Said) -> list[str]:
    chosen = [feature.value for name, (feature, on) in INPUTS.items() if said.flag(name, default=on)]
    if not chosen:
        said.notes.append("The link switches all inputs off; x1 was left on, because a network needs one.")
    return chosen or [Feature.X1.value]


def _network(said: _Said, regression: bool) -> dict[str, Any]:
    activation = said.choice("activation", ACTIVATIONS, Activation.TANH)
    zero = said.flag("initZero", default=False)
    return {
        "layers": [{"units": units, "activation": activation.value} for units in said.shape()],
        "output": "linear" if regression else "tanh",
        "initializer": (Initializer.ZEROS if zero else Initializer.UNIFORM).value,
        "initial_bias": 0.0 if zero else FIRST_BIAS,
    }


def _training(said: _Said) -> dict[str, Any]:
    penalty = said.choice("regularization", PENALTIES, "")
    rate = said.number("regularizationRate", 0, 0, BOUNDS.penalty)
    return {
        "loss": Loss.HALF_SQUARED_ERROR.value,
        "optimizer": {
            "name": Optimizer.SGD.value,
            "learning_rate": said.number("learningRate", 0.03, 0, BOUNDS.learning_rate),
        },
        "batch_size": round(said.number("batchSize", 10, 1, BOUNDS.batch_size)),
    } | ({penalty: rate} if penalty else {})


def _seeds(said: _Said) -> dict[str, int]:
    """The same seed gives the same run here, too, though not the same as there."""
    if "seed" not in said.pairs:
        return {}
    number = zlib.crc32(said.pairs["seed"].encode())
    return dict.fromkeys(("data", "split", "weights", "order"), number)
