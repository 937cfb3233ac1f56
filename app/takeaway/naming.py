"""What a file taken home is called: after its data and its network, such as `spiral-8-8-tanh`."""

import re

from app.session.session import Session
from app.vocabulary import Source

LONGEST = 60
"""Characters."""
NOT_IN_NAMES = re.compile(r"[\W_]+")


def stem_of(session: Session) -> str:
    """The beginning of the file names of all that is taken home of `session`: letters, digits and `-`."""
    layers = session.spec.network.layers
    kinds = {layer.activation for layer in layers}
    of_network = [str(layer.units) for layer in layers] + (
        [kinds.pop()] if len(kinds) == 1 else ["mixed"] if kinds else []
    )
    return "-".join([_plain(_data_name(session)) or "data", *map(_plain, of_network)])


def _data_name(session: Session) -> str:
    data = session.spec.data
    return session.tables.get(data.table.name).title if data.source is Source.TABLE else data.source.value


def _plain(text: str) -> str:
    """Without anything that a file system or a shell may take for something else."""
    return NOT_IN_NAMES.sub("-", text.lower())[:LONGEST].strip("-")
