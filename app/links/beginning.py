"""From what a link holds to what a session begins with, looked at before a session is made of it."""

from dataclasses import dataclass

from app.assemble import Tables, make_network, settle
from app.links.payload import Payload
from app.session.commands import Load
from app.session.handlers.common import check_target
from app.spec import BOUNDS, Experiment, SpecError
from app.vocabulary import Source

TRAINED = 0
"""The number of the part that is trained on."""


@dataclass(frozen=True)
class Beginning:
    """An experiment out of an address. `notes`: what of it could not be carried over, in sentences. The others are what
    it asks of the page: names for `hide=`, whether test points and the bare decision are shown."""

    payload: Payload
    notes: tuple[str, ...] = ()
    hide: tuple[str, ...] = ()
    tests: bool | None = None
    discretise: bool | None = None


@dataclass(frozen=True)
class Checked:
    """A spec's JSON, and the commands after it, with which a session can begin."""

    spec: bytes
    commands: tuple[bytes, ...]


def checked(payload: Payload, tables: Tables) -> Checked:
    """What `payload` begins with; SpecError with the path of the first thing that cannot be."""
    spec = Experiment().patched(payload.spec, lambda tree: settle(tree, tables))
    load = payload.load()
    _check_points(spec, load)
    _check_counts(spec, load)
    commands = () if payload.is_plain else (load.model_dump_json(exclude_none=True).encode(),)
    return Checked(spec.model_dump_json().encode(), commands)


def _check_points(spec: Experiment, load: Load) -> None:
    if load.points is None:
        return
    if spec.data.source is Source.TABLE:
        raise SpecError("the points of a table are its rows; allowed: no points", ("points",))
    for row, point in enumerate(load.points):
        check_target(spec, point[2], ("points", row, 2))
    spec.check_update(sum(part == TRAINED for *_, part in load.points))


def _check_counts(spec: Experiment, load: Load) -> None:
    if load.weights is None:
        return
    network = make_network(spec)
    _check_count("weights", len(load.weights), network.parameters)
    if load.statistics:
        _check_count("statistics", len(load.statistics), 2 * _normed(spec))


def _normed(spec: Experiment) -> int:
    return sum(layer.units for layer in spec.network.layers if layer.batch_norm)


def _check_count(what: str, asked: int, count: int) -> None:
    if asked != count:
        raise SpecError(f"there are {asked:,} {what}; this network has {count:,}", (what,))


def uploaded_table(payload: Payload) -> str | None:
    """The uploaded table that a link's spec is about; None for any other."""
    data = payload.spec.get("data")
    table = data.get("table") if isinstance(data, dict) and data.get("source") == Source.TABLE else None
    name = table.get("name") if isinstance(table, dict) else None
    return name if isinstance(name, str) and is_uploaded(name) else None


def is_uploaded(name: str) -> bool:
    """A table's name is one of those that uploads are given."""
    return name.startswith("t-") and len(name) <= BOUNDS.name
