"""The settings as a table for people: each with its title, its value and, where it differs, the default."""

from collections.abc import Iterator
from typing import Any

from app.spec import Experiment
from app.takeaway.differences import FILLED_IN, changes
from app.takeaway.words import number_text, title_of
from app.vocabulary import Source

FIELD_OF = {
    "optimizer.name": "optimizer",
    "schedule.name": "schedule",
    "schedule.unit": "unit",
    "clipping.name": "clipping",
}
"""By what word the help calls the values of a field, where it is not the field's own."""
EMPTY = {
    "batch_size": "all points",
    "early_stopping": "off",
    "inputs": "all",
}
"""What an empty value means; of others that there is none."""
DRAWN = ("samples", "noise", "coordinates", "points")
"""Of the data, what a table has no use for."""
MOST = 12
"""Values of a list that are written out."""

Row = tuple[str, str, str]
"""Title, value, default."""


def changed_rows(spec: Experiment) -> list[Row]:
    """What differs from the defaults."""
    return [
        (
            titled(path),
            value_text(path, value),
            value_text(path, default) if default is not None or _may_be_none(path) else "",
        )
        for path, value, default in changes(spec)
    ]


def all_rows(spec: Experiment) -> list[tuple[str, str]]:
    """Every setting with its value, but for those that its data have no use for."""
    tree = spec.model_dump(mode="json")
    for name in ("table", "points") if spec.data.source is not Source.TABLE else DRAWN:
        del tree["data"][name]
    return [(titled(path), value_text(path, value)) for path, value in _leaves(tree, ())]


def _leaves(tree: dict[str, Any], path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Any]]:
    for name, value in tree.items():
        if isinstance(value, dict):
            yield from _leaves(value, (*path, name))
        elif name not in FILLED_IN:
            yield (*path, name), value


def titled(path: tuple[str, ...]) -> str:
    """Such as "Optimiser: Learning rate"; a field that says a kind has the title of what it is the kind of."""
    place = path[:-1] if path[-1] == "name" and len(path) > 2 else path
    head, own = title_of(".".join(place[:-1])), title_of(".".join(place))
    own = own[:1].upper() + own[1:]
    return own if len(place) == 1 else f"{head}: {own}"


def value_text(path: tuple[str, ...], value: Any) -> str:
    """A value as the page would say it."""
    if value is None or value == [] or value == "":
        return EMPTY.get(path[-1], "auto" if value == "" else "none")
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        return number_text(value) if isinstance(value, float) else str(value)
    if isinstance(value, dict):
        return ", ".join(
            f"{title_of('.'.join((*path, name)))} {value_text((*path, name), part)}"
            for name, part in value.items()
        )
    if isinstance(value, list):
        return _list_text(path, value)
    field = FIELD_OF.get(".".join(path[-2:]), path[-1])
    return title_of(f"{field}.{value}")


def _list_text(path: tuple[str, ...], values: list[Any]) -> str:
    if path[-1] == "layers":
        return ", ".join(map(_layer_text, values))
    if path[-1] == "points":
        return f"{len(values)} of one's own"
    texts = [
        title_of(f"inputs.{value}") if path == ("inputs",) else value_text(path, value)
        for value in values[:MOST]
    ]
    more = [f"and {len(values) - MOST} more"] if len(values) > MOST else []
    return ", ".join([*texts, *more])


def _layer_text(layer: dict[str, Any]) -> str:
    """Such as "4 tanh, dropout 0.2, batch norm"."""
    extras = [f"dropout {layer['dropout']:g}"] if layer["dropout"] else []
    extras += ["batch norm"] if layer["batch_norm"] else []
    inside = f" ({', '.join(extras)})" if extras else ""
    return f"{layer['units']} {title_of('activation.' + layer['activation'])}{inside}"


def _may_be_none(path: tuple[str, ...]) -> bool:
    """Whether no value is a value of this field."""
    return path[-1] in EMPTY
