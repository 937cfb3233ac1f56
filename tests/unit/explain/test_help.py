"""The help: one entry for every control, none for what is not there, formulas that a browser can draw."""

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from app import vocabulary as words
from app.explain import help_entries, mathml
from app.spec import Experiment

ROOT = Path(__file__).parents[3]
LONGEST = 400
MATHML = "{http://www.w3.org/1998/Math/MathML}"
SCHEMA = Experiment.model_json_schema()

VOCABULARIES = {
    "task": words.Task,
    "source": words.Source,
    "inputs": words.Feature,
    "activation": words.Activation,
    "output": words.Output,
    "loss": words.Loss,
    "optimizer": words.Optimizer,
    "schedule": words.Schedule,
    "unit": words.ScheduleUnit,
    "initializer": words.Initializer,
    "clipping": words.Clipping,
}
"""What a field of this name holds; its help is at `field.value`."""

PAGE_THINGS = {
    "symbols",
    "divergence",
    "transport.play",
    "transport.reset",
    "transport.speed",
    "transport.until",
    "results",
    "drawing",
    "gallery",
    "diagram.edges",
    "diagram.units",
    "board.boundary",
    "board.points",
    "board.tools",
    "board.discretise",
    "board.plane",
    "chart.loss",
    "chart.score",
    "chart.gradient",
    "chart.update",
    "chart.rate",
    "chart.log",
    "chart.smoothing",
    "timeline",
    "branches",
    "diagnostics",
    "diagnostics.gradients",
    "diagnostics.curvature",
    "diagnostics.gap",
    "gradient_check",
    "bench",
    "walk",
    "walk.perceptron",
}


def kinds_of(schema: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """What a field may hold: its reference followed, each kind of a union, the members of a list."""
    if "$ref" in schema:
        yield from kinds_of(SCHEMA["$defs"][schema["$ref"].rpartition("/")[2]])
    for kind in [*schema.get("anyOf", ()), *schema.get("oneOf", ())]:
        yield from kinds_of(kind)
    if "items" in schema:
        yield from kinds_of(schema["items"])
    yield schema


def fields_of(schema: dict[str, Any], path: str = "") -> Iterator[tuple[str, str | None]]:
    """(path, title) of every field; the `name` of a kind is not a field of its own but its group's choice."""
    for kind in kinds_of(schema):
        for name, field in kind.get("properties", {}).items():
            if name == "name":
                continue
            here = f"{path}.{name}".lstrip(".")
            yield here, field.get("title")
            yield from fields_of(field, here)


FIELDS = dict(fields_of(SCHEMA))
WORDS = {f"{field}.{word}" for field, vocabulary in VOCABULARIES.items() for word in vocabulary}


def test_the_walk_finds_fields_in_groups_lists_and_every_kind_of_a_union() -> None:
    assert {
        "network.layers.batch_norm",
        "training.optimizer.weight_decay",
        "training.schedule.floor",
        "training.clipping.limit",
        "seeds.order",
    } <= FIELDS.keys()


def test_every_field_of_the_experiment_has_help() -> None:
    assert FIELDS.keys() - help_entries().keys() == set()


def test_every_name_of_the_vocabulary_has_help() -> None:
    assert WORDS - help_entries().keys() == set()


def test_no_help_is_for_something_that_is_not_there() -> None:
    assert help_entries().keys() - FIELDS.keys() - WORDS - PAGE_THINGS == set()


def test_every_thing_of_the_page_with_help_has_a_button_or_a_card_that_leads_there() -> None:
    """An entry that nobody can open is as bad as none. Fields have their buttons by themselves."""
    scripts = "".join(path.read_text("utf-8") for path in (ROOT / "static/js/views").glob("*.js"))
    template = (ROOT / "templates/index.html").read_text("utf-8")
    opened = set(re.findall(r'helpButton\("([^"]+)"', scripts) + re.findall(r'data-help="([^"]+)"', template))
    if "helpButton(`chart.${charts.kind}`" in scripts:  # a button for whichever chart is shown
        opened |= {f"chart.{kind}" for kind in ("loss", "score", "gradient", "update", "rate")}
    leads = (
        (ROOT / "static/js/state/help.js")
        .read_text("utf-8")
        .partition("const LEADS = {")[2]
        .partition("};")[0]
    )
    for whole, parts in re.findall(r'"?([\w.]+)"?: \[([^\]]*)\]', leads):
        if whole in opened | FIELDS.keys():
            opened |= set(re.findall(r'"([^"]+)"', parts))
    assert PAGE_THINGS - opened == {"symbols"}, "symbols is where every card leads"


def test_help_and_control_have_the_same_title() -> None:
    titled = {path for path, title in FIELDS.items() if title}
    titles = {path: {title for field, title in fields_of(SCHEMA) if field == path} for path in titled}
    assert titles == {path: {help_entries()[path]["title"]} for path in titled}


def test_a_name_of_the_vocabulary_is_written_the_same_way_in_its_help_and_on_the_page() -> None:
    labels = (
        (ROOT / "static/js/views/labels.js")
        .read_text("utf-8")
        .partition("const NAMES = {")[2]
        .partition("};")[0]
    )
    names = {a or b: label for a, b, label in re.findall(r'(?:"([^"]+)"|(\w+)): "([^"]*)"', labels)}
    shown = {
        key: names.get(word := key.partition(".")[2], word.replace("_", " ").capitalize()) for key in WORDS
    }
    written = {key: help_entries()[key]["title"] for key in WORDS}
    assert written == shown


def test_texts_are_there_and_short() -> None:
    for key, entry in help_entries().items():
        assert set(entry) == {"title", "text", "formula", "try"}, key
        for part in (entry["title"], entry["text"], entry["try"]):
            assert 0 < len(part) <= LONGEST, key
        assert entry["text"].endswith("."), key
        assert entry["try"].endswith((".", "?")), key


def test_a_formula_is_mathml_in_which_no_latex_is_left() -> None:
    for key, entry in help_entries().items():
        formula = ET.fromstring(entry["formula"])  # noqa: S314 - our own words
        assert formula.tag == f"{MATHML}math", key
        assert formula.get("display") == "block", key
        written = "".join(formula.itertext())
        assert written, key
        assert not re.search(r"[\\&_]|left|frac|text|begin", written), key


@pytest.mark.parametrize(
    ("key", "piece"),
    [
        (
            "training.optimizer.learning_rate",
            "<mi>w</mi><mo>&#x02190;</mo><mi>w</mi><mo>&#x02212;</mo><mi>&#x003B7;</mi>",
        ),
        ("schedule.exponential", "<msup><mi>q</mi><mi>n</mi></msup>"),
        (
            "activation.sigmoid",
            "<mfrac><mrow><mn>1</mn></mrow><mrow><mn>1</mn><mo>&#x0002B;</mo><msup><mi>e</mi>",
        ),
        ("network", "<msub><mi>w</mi><mrow><mi>j</mi><mi>i</mi></mrow></msub>"),
        (
            "training.l2",
            "<mfrac><mrow><msub><mi>&#x003BB;</mi><mn>2</mn></msub></mrow><mrow><mn>2</mn></mrow></mfrac>",
        ),
        ("optimizer.momentum", "<mi>v</mi><mo>&#x02190;</mo><mi>&#x003BC;</mi>"),
    ],
)
def test_what_a_formula_says(key: str, piece: str) -> None:
    assert piece in help_entries()[key]["formula"]


def test_a_formula_brings_no_html_no_link_and_no_style() -> None:
    assert "<mtext>&#x0003C;b&#x0003E;x</mtext>" in mathml(r"\text{<b>x}")
    for foreign in (r"\href{javascript:alert(1)}{x}", r"\style{color:red}{x}"):
        with pytest.raises(ValueError, match="a formula sets no link and no style"):
            mathml(foreign)
