"""Names and numbers as the page writes them: of the vocabulary from the help's titles, of a table from the table.

Everything is plain text; whoever puts it into HTML or into a figure escapes it there.
"""

import math

from app.explain import help_titles
from app.session.data_events import AxisTold
from app.session.events import State
from app.session.session import Session
from app.vocabulary import Feature, Source, Task

MINUS = "\N{MINUS SIGN}"
DASH = "\N{EN DASH}"
SUPERSCRIPTS = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def title_of(key: str) -> str:
    """What the page calls `field.value` or a path of the spec; the last part itself where it has no title."""
    return help_titles().get(key, key.rpartition(".")[2].replace("_", " "))


def in_a_sentence(title: str) -> str:
    """A title inside a sentence: "Sigmoid" is "sigmoid", "ReLU" stays."""
    return title.lower() if title[1:].islower() else title


def shortened(name: str, most: int = 24) -> str:
    """A name where there is little room."""
    return name if len(name) <= most else f"{name[: most - 1]}…"


def own_name(state: State, name: str) -> str:
    """An input's name as in class (x₁²), a table's column as in the table."""
    known = state.spec.data.source is not Source.TABLE and name in set(Feature)
    return title_of(f"inputs.{name}") if known else name


def input_names(state: State) -> list[str]:
    """The inputs of the network, in order."""
    return [own_name(state, told.name) for told in state.inputs]


def axis_title(state: State, axis: AxisTold) -> str:
    """Such as "petal length (cm)"."""
    name = own_name(state, axis.name)
    return f"{name} ({axis.unit})" if axis.unit else name


def class_name(state: State, label: int) -> str:
    """The table's word for a class, else its number."""
    known = state.labels[label] if label < len(state.labels) else str(label)
    return f"class {label}" if known == str(label) else known


def data_name(session: Session) -> str:
    """What the data set is called; of a table its title."""
    data = session.spec.data
    if data.source is Source.TABLE:
        return session.tables.get(data.table.name).title
    return title_of(f"source.{data.source}")


def score_name(task: Task) -> str:
    """What the score is."""
    return "R²" if task is Task.REGRESSION else "accuracy"


def loss_text(loss: float | None) -> str:
    """A loss at a readable length."""
    if loss is None or math.isnan(loss):
        return DASH
    if loss >= 1000 or 0 < loss < 1e-5:
        return _powered(loss)
    if 0 < loss < 0.001:
        return f"{loss:.5f}"
    return f"{loss:.1f}" if loss >= 10 else f"{loss:.3f}"


def score_text(score: float | None, task: Task) -> str:
    """Accuracy in percent, or R squared."""
    if score is None or math.isnan(score):
        return DASH
    if task is Task.CLASSIFICATION:
        return f"{100 * score:.1f} %"
    return (_powered(score) if score <= -1000 else f"{score:.3f}").replace("-", MINUS)


def number_text(value: float | None, digits: int = 4) -> str:
    """Any number to `digits` digits."""
    if value is None or math.isnan(value):
        return DASH
    size = abs(value)
    if size != 0 and (size < 1e-4 or size >= 1e6):
        return _powered(value)
    return f"{value:.{digits}g}".replace("-", MINUS)


def count_text(count: int) -> str:
    """Thousands set apart."""
    return f"{count:,}".replace(",", "\N{NARROW NO-BREAK SPACE}")


def counted(count: int, thing: str) -> str:
    """ "1 point", "2 points"."""
    return f"{count_text(count)} {thing}{'' if count == 1 else 's'}"


def _powered(value: float) -> str:
    mantissa, _, power = f"{value:.1e}".partition("e")
    return f"{mantissa.replace('-', MINUS)}·10{str(int(power)).translate(SUPERSCRIPTS)}"
