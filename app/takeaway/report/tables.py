"""Figures as HTML tables: losses and scores, the confusion matrix, the errors of a regression, the settings."""

from collections.abc import Iterable, Sequence

from app.session.events import State
from app.session.frame import Now
from app.session.results import ClassResults, Metrics, RegressionResults
from app.takeaway.report.markup import Markup, tag
from app.takeaway.words import (
    class_name,
    count_text,
    loss_text,
    number_text,
    score_name,
    score_text,
    shortened,
)
from app.vocabulary import PARTS, Part, Task

FEW = 5
"""More classes that have numbers for names go by the numbers alone over the columns."""
WORDS = {Part.TRAIN: "Training", Part.VALIDATION: "Validation", Part.TEST: "Test"}


def figures_now(now: Now, task: Task) -> Markup:
    """Loss and score of each part that has points, large."""
    name = score_name(task)
    cards = []
    for part in PARTS:
        loss, score = getattr(now, f"{part}_loss"), getattr(now, f"{part}_score")
        if loss is not None:
            cards.append(_figure(part, f"{WORDS[part]} loss", loss_text(loss)))
            cards.append(_figure(part, f"{WORDS[part]} {name}", score_text(score, task)))
    return tag("dl", *cards, class_="figures")


def _figure(part: Part, name: str, value: str) -> Markup:
    return tag("div", tag("dt", name), tag("dd", value), class_=f"figure figure-{part}")


def results(metrics: Metrics, state: State) -> Markup:
    """For each part the confusion matrix with its rates, or the errors."""
    found = [(part, getattr(metrics, part)) for part in (Part.TEST, Part.VALIDATION, Part.TRAIN)]
    known = [(part, result) for part, result in found if result is not None]
    classes = [(part, result) for part, result in known if isinstance(result, ClassResults)]
    if classes:
        return Markup("".join(_confusion(part, result, state) for part, result in classes))
    return _errors([(part, result) for part, result in known if isinstance(result, RegressionResults)], state)


def _confusion(part: Part, result: ClassResults, state: State) -> Markup:
    """A row for each actual class, with how many of it were taken for what."""
    names = [shortened(class_name(state, label)) for label in range(len(result.confusion))]
    many = len(names) > FEW
    heads = [tag("th", name.removeprefix("class ") if many else name, scope="col") for name in names]
    rates = [tag("th", word, scope="col", class_="rate") for word in ("Precision", "Recall", "F1")]
    rows = []
    for label, counts in enumerate(result.confusion):
        most = max(1, sum(counts))
        cells = [
            tag(
                "td",
                count_text(count),
                class_="right" if column == label else "wrong",
                style=f"--share:{count / most:.2f}",
            )
            for column, count in enumerate(counts)
        ]
        found = [
            tag("td", number_text(values[label], 3), class_="rate")
            for values in (result.precision, result.recall, result.f1)
        ]
        rows.append(tag("tr", tag("th", names[label], scope="row"), *cells, *found))
    caption = tag(
        "caption",
        f"{WORDS[part]}: {count_text(result.points)} points by their class (rows) and what they are taken for",
    )
    head = tag("thead", tag("tr", tag("td"), *heads, *rates))
    return tag("div", tag("table", caption, head, tag("tbody", *rows), class_="confusion"), class_="scroll")


def _errors(found: Sequence[tuple[Part, RegressionResults]], state: State) -> Markup:
    unit = f" ({state.target.unit})" if state.target.unit else ""
    names = (
        "Points",
        f"Mean absolute error{unit}",
        f"Root mean squared error{unit}",
        f"Largest error{unit}",
        "R²",
    )
    head = tag("thead", tag("tr", tag("td"), *(tag("th", name, scope="col") for name in names)))
    rows = []
    for part, result in found:
        values = (result.mae, result.rmse, result.max_error, result.r2)
        cells = [tag("td", text) for text in (count_text(result.points), *map(number_text, values))]
        rows.append(tag("tr", tag("th", WORDS[part], scope="row"), *cells))
    return tag("div", tag("table", head, tag("tbody", *rows), class_="errors"), class_="scroll")


def table_of(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> Markup:
    """A plain table; the first column names the row."""
    head = tag("thead", tag("tr", *(tag("th", word, scope="col") for word in heads)))
    body = [
        tag("tr", tag("th", first, scope="row"), *(tag("td", cell) for cell in cells))
        for first, *cells in rows
    ]
    return tag("div", tag("table", head, tag("tbody", *body), class_="settings"), class_="scroll")
