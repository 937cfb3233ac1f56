"""What the spec's tests are built from: refusals, trees with one field set, and any spec that can be. Holds no
expectation."""

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import strategies as st

from app.spec import Experiment, SpecError
from app.vocabulary import (
    CURVE_FEATURES,
    CURVE_SOURCES,
    Activation,
    Clipping,
    Feature,
    Initializer,
    Optimizer,
    Schedule,
    Source,
)

Tree = dict[str, Any]
Path = tuple[str | int, ...]


def refusal(tree: Any) -> SpecError:
    """The error that a spec meets."""
    with pytest.raises(SpecError) as caught:
        Experiment.parse(tree)
    return caught.value


def path_of(dotted: str) -> Path:
    """`network.layers.0.units` as a path."""
    return tuple(int(part) if part.isdigit() else part for part in dotted.split("."))


def tree_with(dotted: str, value: Any, kind: str | None = None) -> Tree:
    """A spec in which one field is set; `kind` is the `name` of the tagged object that holds it."""
    tree: Any = value
    for depth, part in enumerate(reversed(path_of(dotted))):
        tree = [tree] if isinstance(part, int) else {part: tree}
        if depth == 0 and kind is not None:
            tree["name"] = kind
    return dict(tree)


def read(spec: Experiment, dotted: str) -> Any:
    """The value of a field."""
    value: Any = spec
    for part in path_of(dotted):
        value = value[part] if isinstance(part, int) else getattr(value, part)
    return value


def numbers(field: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The numbers that a field is, or is made of."""
    if field.get("type") in ("number", "integer"):
        yield field
    for inner in [*field.get("anyOf", []), *field.get("prefixItems", [])]:
        yield from numbers(inner)
    if isinstance(field.get("items"), dict):
        yield from numbers(field["items"])


_layers = st.fixed_dictionaries(
    {},
    optional={
        "units": st.integers(1, 5),
        "activation": st.sampled_from(sorted(set(Activation) - {Activation.STEP})),
        "dropout": st.sampled_from([0.0, 0.2, 0.5]),
        "batch_norm": st.booleans(),
        "initializer": st.none() | st.sampled_from(list(Initializer)),
    },
)
_data = st.fixed_dictionaries(
    {
        "source": st.sampled_from(sorted(set(Source) - {Source.POINTS, Source.TABLE})),
        "samples": st.integers(0, 30),
    },
    optional={
        "noise": st.floats(0, 0.5),
        "train_fraction": st.floats(0.1, 1),
        "validation_fraction": st.sampled_from([0.0, 0.2]),
    },
) | st.fixed_dictionaries(
    {"source": st.sampled_from(["rings", "blobs", "spirals"]), "classes": st.integers(2, 10)},
    optional={"samples": st.integers(0, 30)},
)
_training = st.fixed_dictionaries(
    {},
    optional={
        "optimizer": st.sampled_from(sorted(set(Optimizer) - {Optimizer.PERCEPTRON})).map(
            lambda name: {"name": name}
        ),
        "schedule": st.builds(
            lambda name, unit: {"name": name, "unit": unit},
            st.sampled_from(list(Schedule)),
            st.sampled_from(["step", "epoch"]),
        ),
        "clipping": st.sampled_from(list(Clipping)).map(lambda name: {"name": name}),
        "batch_size": st.none() | st.integers(1, 40),
        "shuffle": st.booleans(),
        "l1": st.sampled_from([0.0, 0.01]),
        "l2": st.sampled_from([0.0, 0.01]),
    },
)


def _fits(tree: Tree) -> bool:
    """A curve has an input that needs no x2, and the parts are no more than the whole."""
    data, inputs = tree["data"], tree.get("inputs", list(Feature))
    seen = data["source"] not in CURVE_SOURCES or not CURVE_FEATURES.isdisjoint(inputs)
    return seen and data.get("train_fraction", 0.5) + data.get("validation_fraction", 0.0) <= 1


trees: st.SearchStrategy[Tree] = st.fixed_dictionaries(
    {"data": _data},
    optional={
        "inputs": st.lists(st.sampled_from(list(Feature)), min_size=1, unique=True),
        "network": st.fixed_dictionaries({"layers": st.lists(_layers, max_size=3)}),
        "training": _training,
        "seeds": st.fixed_dictionaries(
            {}, optional=dict.fromkeys(["data", "split", "weights", "order"], st.integers(0, 2**32 - 1))
        ),
    },
).filter(_fits)
"""Small specs of every source but tables, feature, optimiser, schedule and shape, as JSON-like trees."""
