"""All that can be taken home, by name: what it is called, what it is in a sentence, and who makes it.

A new one is an entry here. Its module is imported when it is made, so that a process that writes a table of points
does not load what draws figures.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from importlib import import_module
from typing import TYPE_CHECKING, Any

from app.takeaway.errors import TakeawayError
from app.takeaway.options import Option, shown

if TYPE_CHECKING:
    from app.session.session import Session

Make = Callable[["Session", Mapping[str, str]], bytes]
"""`(session, options) -> the file`: options by name as `Option` allows them, all there. TakeawayError where the session
has nothing to make it of."""


class Group(StrEnum):
    """Under which heading the page offers it, in this order."""

    CODE = "Code"
    MODEL = "Model"
    DATA = "Data"
    PICTURES = "Pictures"
    REPORT = "Report"


@dataclass(frozen=True)
class Kind:
    """`file_name`: with `{stem}` where that of the experiment goes. `text`: one plain sentence for the page. `heavy`:
    takes seconds rather than a moment."""

    group: Group
    file_name: str
    media_type: str
    title: str
    text: str
    make: Make
    heavy: bool = False
    options: Mapping[str, Option] = field(default_factory=dict)


def later(place: str) -> Make:
    """What `module:function` makes of session and options."""
    return lambda session, options: _at(place)(session, options)


def of_portrait(place: str) -> Make:
    """What `module:function` makes of the session's portrait."""
    return lambda session, options: _at(place)(_at("app.takeaway.portrait:Portrait").of(session))


def _at(place: str) -> Any:
    module, name = place.split(":")
    return getattr(import_module(module), name)


PYTHON, CSV = "text/x-python; charset=utf-8", "text/csv; charset=utf-8"
ANIMATION = {
    "frames": Option("Frames", "60", 2, 90, whole=True),
    "seconds": Option("Seconds", "6", 1, 30),
    "theme": Option("Colours", "light", choices=("light", "dark")),
}
KINDS: dict[str, Kind] = {
    "numpy": Kind(
        Group.CODE,
        "{stem}-numpy.py",
        PYTHON,
        "NumPy",
        "A Python program of NumPy alone: points, weights, forward pass, backpropagation and optimiser written out.",
        of_portrait("app.takeaway.code.numpy_code:make_numpy"),
    ),
    "pytorch": Kind(
        Group.CODE,
        "{stem}-pytorch.py",
        PYTHON,
        "PyTorch",
        "A Python program with the network as nn.Sequential, its points and weights, and the loop that trains on.",
        of_portrait("app.takeaway.code.pytorch:make_pytorch"),
    ),
    "keras": Kind(
        Group.CODE,
        "{stem}-keras.py",
        PYTHON,
        "Keras",
        "A Python program with the network as keras.Sequential, its points and weights, and the loop that trains on.",
        of_portrait("app.takeaway.code.keras:make_keras"),
    ),
    "settings": Kind(
        Group.CODE,
        "{stem}.json",
        "application/json",
        "Settings",
        "All settings of the experiment as JSON; python -m app train FILE begins a run with them.",
        later("app.takeaway.settings_file:make_settings"),
    ),
    "weights": Kind(
        Group.MODEL,
        "{stem}.safetensors",
        "application/octet-stream",
        "Weights",
        "All weights as safetensors, by the names that PyTorch gives them.",
        of_portrait("app.takeaway.weights:make_weights"),
    ),
    "onnx": Kind(
        Group.MODEL,
        "{stem}.onnx",
        "application/octet-stream",
        "ONNX",
        "The network with its inputs and scaling as ONNX, which other programs and languages run.",
        of_portrait("app.takeaway.onnx_model:make_onnx"),
    ),
    "points": Kind(
        Group.DATA,
        "{stem}-points.csv",
        CSV,
        "Points",
        "Every point with its class or value and its part, as a table that can be brought back.",
        of_portrait("app.takeaway.tables:make_points"),
    ),
    "history": Kind(
        Group.DATA,
        "{stem}-history.csv",
        CSV,
        "History",
        "Losses, scores and learning rate of the run, step by step, as a table.",
        of_portrait("app.takeaway.tables:make_history"),
    ),
    "animation": Kind(
        Group.PICTURES,
        "{stem}.gif",
        "image/gif",
        "GIF animation",
        "The board from the first step to now, as a GIF that runs in slides and in chats.",
        later("app.takeaway.animation:make_animation"),
        heavy=True,
        options=ANIMATION,
    ),
    "report": Kind(
        Group.REPORT,
        "{stem}-report.html",
        "text/html; charset=utf-8",
        "Report",
        "What was learnt, in words, figures and settings: one HTML file to read, to print and to send.",
        later("app.takeaway.report:make_report"),
        heavy=True,
    ),
}


INNER: dict[str, Kind] = {
    "card": Kind(
        Group.DATA,
        "{stem}.json",
        "application/json",
        "Card",
        "What a saved experiment is shown by.",
        later("app.takeaway.card:make_card"),
    ),
}
"""What the server makes for itself and offers to nobody."""


def kind_named(name: str) -> Kind:
    """The kind of that name; TakeawayError (code `unknown_kind`) that names those there are."""
    if name not in KINDS:
        allowed = ", ".join(KINDS)
        raise TakeawayError(
            f"{shown(name)} is nothing that can be taken home; allowed: {allowed}", "unknown_kind"
        )
    return KINDS[name]
