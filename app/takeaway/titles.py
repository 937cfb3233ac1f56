"""What an experiment and the columns of its points are called inside the files that are taken home."""

from app.takeaway.portrait import Portrait
from app.vocabulary import Source


def title_of(portrait: Portrait) -> str:
    """What the experiment is about, in a line: its data and the sizes of its layers."""
    data = portrait.spec.data
    name = data.table.name if data.source is Source.TABLE else data.source.value
    sizes = [len(portrait.spec.input_names), *(layer.fan_out for layer in portrait.network.layers)]
    return f"Gradient Playground: {name}, {'-'.join(map(str, sizes))}"


def raw_names(portrait: Portrait) -> list[str]:
    """What the columns of a point are called: x1 and x2, x1 alone on a curve, or a table's encoded columns."""
    if portrait.prepared is not None:
        return [column.name for column in portrait.prepared.inputs]
    return ["x1"] if portrait.spec.data.is_curve else ["x1", "x2"]
