"""Settings by one word: `Playground(data="moons", hidden=[8, 8], learning_rate=0.01)` as the patch of a spec."""

from collections.abc import Callable, Mapping
from typing import Any

from app.spec import SpecError
from app.vocabulary import BundledTable, Source

Patch = dict[str, Any]
SEEDS = ("data", "split", "weights", "order")
HIDDEN, ACTIVATION = "hidden", "activation"


def _at(*path: str) -> Callable[[Any], Patch]:
    """A patch of one field."""

    def patch(value: Any) -> Patch:
        for name in reversed(path):
            value = {name: value}
        return dict(value)

    return patch


def _data(value: Any) -> Patch:
    if isinstance(value, str) and value in set(BundledTable):
        return {"data": {"source": Source.TABLE.value, "table": {"name": value}}}
    return {"data": {"source": value}}


def _seeds(value: Any) -> Patch:
    return {"seeds": dict.fromkeys(SEEDS, value)}


SHORTCUTS: dict[str, Callable[[Any], Patch]] = {
    "data": _data,
    "samples": _at("data", "samples"),
    "noise": _at("data", "noise"),
    "classes": _at("data", "classes"),
    "train_fraction": _at("data", "train_fraction"),
    "validation_fraction": _at("data", "validation_fraction"),
    "inputs": _at("inputs"),
    "output": _at("network", "output"),
    "initializer": _at("network", "initializer"),
    "loss": _at("training", "loss"),
    "optimizer": _at("training", "optimizer", "name"),
    "learning_rate": _at("training", "optimizer", "learning_rate"),
    "batch_size": _at("training", "batch_size"),
    "l1": _at("training", "l1"),
    "l2": _at("training", "l2"),
    "early_stopping": _at("training", "early_stopping"),
    "seed": _seeds,
}
"""One word each; besides them `hidden` (units of each hidden layer) and `activation` (of all of them)."""


def patch_of(shortcuts: Mapping[str, Any], layers: list[Any]) -> Patch:
    """The patch of a spec that `shortcuts` stand for; `layers`: the hidden layers to which an activation goes where no
    others are named. SpecError for a word that is none, naming those there are."""
    patch: Patch = {}
    for name, value in shortcuts.items():
        if name in SHORTCUTS:
            patch = _joined(patch, SHORTCUTS[name](_plain(value)))
        elif name not in {HIDDEN, ACTIVATION}:
            allowed = ", ".join([*SHORTCUTS, HIDDEN, ACTIVATION])
            raise SpecError(f"{name} is no setting; allowed: spec, {allowed}", (name,))
    if HIDDEN in shortcuts or ACTIVATION in shortcuts:
        hidden = [_layer(layer) for layer in _rows(shortcuts.get(HIDDEN, layers))]
        if ACTIVATION in shortcuts:
            hidden = [layer | {ACTIVATION: shortcuts[ACTIVATION]} for layer in hidden]
        patch = _joined(patch, {"network": {"layers": hidden}})
    return patch


def _rows(hidden: Any) -> list[Any]:
    if isinstance(hidden, str) or not hasattr(hidden, "__iter__"):
        raise SpecError(f"hidden is a list of units, such as [4, 2], not {hidden!r}", ("network", "layers"))
    return list(hidden)


def _layer(layer: Any) -> Patch:
    """A number of units, or a layer as the spec has it."""
    return dict(layer) if isinstance(layer, Mapping) else {"units": _plain(layer)}


def _plain(value: Any) -> Any:
    """NumPy's numbers as Python's, which JSON knows; tuples as lists."""
    if hasattr(value, "item") and not hasattr(value, "__len__"):
        return value.item()
    if hasattr(value, "tolist"):
        return value.tolist()
    return list(value) if isinstance(value, tuple) else value


def _joined(one: Patch, other: Patch) -> Patch:
    """Both patches, objects field by field."""
    joined = dict(one)
    for name, value in other.items():
        both = isinstance(value, dict) and isinstance(joined.get(name), dict)
        joined[name] = _joined(joined[name], value) if both else value
    return joined
