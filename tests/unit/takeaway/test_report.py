"""The report says and shows what the session is, in one file that no name can break out of."""

import json
import re
from html.parser import HTMLParser
from typing import Any

import pytest

from app import Playground
from app.playground.steering import carry_out, parsed
from app.session.session import Session
from app.spec import Experiment
from app.takeaway.report import make_report
from app.takeaway.report.markup import Markup, in_script, tag
from app.takeaway.report.page import document
from app.takeaway.report.settings import all_rows, changed_rows

HOSTILE = "</script><script>alert(1)</script><!--\u2028'\"&%{x}<img src=x>"
"""Of a name's length."""


class Elements(HTMLParser):
    """Which elements a file has, and the text of each kind."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.counts: dict[str, int] = {}
        self.attributes: set[str] = set()
        self.texts: dict[str, list[str]] = {}
        self.within: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.counts[tag] = self.counts.get(tag, 0) + 1
        self.attributes |= {name for name, _ in attrs}
        if tag != "meta":
            self.within.append(tag)

    def handle_endtag(self, tag: str) -> None:
        while self.within and self.within.pop() != tag:
            pass

    def handle_data(self, data: str) -> None:
        self.texts.setdefault(self.within[-1] if self.within else "", []).append(data)


def report_of(playground: Playground) -> str:
    """The report without Plotly's script, which is four megabytes of nobody's names."""
    text = make_report(playground._session, {}).decode()
    return re.sub(r"<script>/\*.*?</script>", "", text, count=1, flags=re.DOTALL)


@pytest.fixture(scope="module")
def spiral() -> str:
    """Two classes."""
    return report_of(Playground().train(100))


@pytest.fixture(scope="module")
def hostile() -> str:
    """A table whose title, columns and classes are HTML."""
    table = {
        f"{HOSTILE} a": [1.5, 2, 3, 4, 5, 6],
        "b": [2, 1, 4, 3, 6, 5],
        HOSTILE: [HOSTILE, "<b>no</b>"] * 3,
    }
    return report_of(Playground(train_fraction=0.5).table(table).train(2))


def test_it_says_in_words_what_was_learnt(spiral: str) -> None:
    paragraphs = Elements(spiral).texts["p"]
    assert paragraphs[:5] == [
        "Gradient Playground",
        "Spiral: 500 points, 250 to train on and 250 to test with. The question is which of 2 classes a point belongs "
        "to: class 0 and class 1.",
        "The network sees 7 inputs: x₁, x₂, x₁², x₂², x₁x₂, sin x₁ and sin x₂. It has 2 hidden layers of 4 units "
        "(tanh) and 2 units (tanh) and 1 output (sigmoid), 45 weights and biases in all.",
        "It was trained for 100 epochs, which is 2\N{NARROW NO-BREAK SPACE}500 updates, by Adam at a learning rate of "
        "0.03 on batches of 10. What training makes small is the loss: log-loss.",
        "Fits well: wrong on 0.4 % of the training points and 2.4 % of the test points (limits: 15 %, and 10 % more in "
        "test). What it has learnt carries over to points that it has not seen.",
    ]
    assert Elements(spiral).texts["h1"] == ["Spiral, after 100 epochs"]


def test_where_points_validate_its_words_are_of_them_with_the_test_points_beside() -> None:
    told = report_of(Playground(validation_fraction=0.2).train(3))
    assert re.search(r"of the training points and [\d.]+ % of the validation points", told)
    assert re.search(r"Wrong on [\d.]+ % of the test points, which are kept for the end", told)
    alone = report_of(Playground(train_fraction=0.8, validation_fraction=0.2).train(3))
    assert "of the validation points" in alone
    assert "of the test points" not in alone


def test_its_figures_are_the_engine_s(spiral: str) -> None:
    elements = Elements(spiral)
    names, values = elements.texts["dt"], elements.texts["dd"]
    assert dict(zip(names, values, strict=True)) == {
        "Training loss": "0.021",
        "Training accuracy": "99.6 %",
        "Test loss": "0.138",
        "Test accuracy": "97.6 %",
    }
    assert elements.texts["td"][:10] == ["124", "0", "0.954", "1", "0.976", "6", "120", "1", "0.952", "0.976"]


def test_all_four_figures_are_there_light_and_dark(spiral: str) -> None:
    figures = json.loads(Elements(spiral).texts["script"][0])
    assert sorted(figures) == ["plot-board", "plot-loss", "plot-network", "plot-score"]
    assert {tuple(sorted(themes)) for themes in figures.values()} == {("dark", "light")}
    assert figures["plot-loss"]["dark"]["layout"]["paper_bgcolor"] == "#171e28"


def test_the_same_session_gives_the_same_bytes() -> None:
    first, second = (make_report(Playground().train(1)._session, {}) for _ in range(2))
    assert first == second


def test_a_link_leads_back_with_the_weights(spiral: str) -> None:
    link, code = Elements(spiral).texts["pre"]
    assert repr(Playground.load(link)) == (
        "Playground: Spiral, 7-4-2-1, epoch 0, loss train 0.021 (accuracy 99.6 %), test 0.138 (accuracy 97.6 %)"
    )
    assert code.splitlines()[2] == f'playground = Playground.load("{link}")'


def test_a_regression_is_told_by_its_errors() -> None:
    elements = Elements(report_of(Playground(data="curve_sine").train(20)))
    heads = elements.texts["th"][:6]
    assert heads == [
        "Points",
        "Mean absolute error",
        "Root mean squared error",
        "Largest error",
        "R²",
        "Test",
    ]
    assert elements.texts["td"][0] == "250"


def test_before_training_and_without_points_it_can_be_made_too() -> None:
    assert "It has not been trained yet." in report_of(Playground())
    empty = report_of(Playground({"data": {"source": "points"}}))
    assert "Own points: no points." in empty
    assert "Results in figures" not in empty


def test_points_by_hand_are_told() -> None:
    session = Session.create(Experiment())
    carry_out(session, parsed({"type": "add_points", "points": [[1, 2, 1]]}))
    assert b"501 points" in (made := make_report(session, {}))
    assert b"Points were edited by hand." in made


# -- names that are HTML -----------------------------------------------------------------------------------------------


def test_no_name_becomes_an_element(hostile: str, spiral: str) -> None:
    mine, usual = Elements(hostile), Elements(spiral)
    assert set(mine.counts) <= set(usual.counts)
    assert mine.counts["script"] == usual.counts["script"] == 2
    assert mine.attributes == usual.attributes
    assert "<!--" not in hostile
    assert "\u2028" not in mine.texts["script"][0]


def test_names_are_read_as_they_were_written(hostile: str) -> None:
    heads = Elements(hostile).texts["th"]
    assert "<b>no</b>" in heads
    assert "</script><script>alert(…" in heads


def test_the_figures_of_such_names_are_json_that_plotly_draws_as_text(hostile: str) -> None:
    figures = json.loads(Elements(hostile).texts["script"][0])
    assert figures["plot-board"]["light"]["layout"]["xaxis"]["title"]["text"].startswith(
        "&lt;/script&gt;&lt;script&gt;"
    )
    names = {trace.get("name", "") for trace in figures["plot-board"]["light"]["data"]}
    assert "&lt;b&gt;no&lt;/b&gt;" in names
    assert not {name for name in names if "<" in name}


def test_an_uploaded_table_is_no_link(hostile: str) -> None:
    assert "The data set is a table of its own" in hostile
    assert 'id="link"' not in hostile


def test_only_its_own_scripts_may_run_and_nothing_is_fetched(spiral: str) -> None:
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', spiral)
    assert policy
    parts = [part.strip() for part in policy[1].replace("&#x27;", "'").split(";")]
    assert parts[:3] == ["default-src 'none'", "img-src data:", "style-src 'unsafe-inline'"]
    assert re.fullmatch(r"script-src 'sha256-\S{44}' 'sha256-\S{44}'", parts[3])
    assert not re.search(r"(src|href)=", spiral)


# -- its parts ---------------------------------------------------------------------------------------------------------


def test_text_is_escaped_and_markup_is_not() -> None:
    assert tag("p", "a<b>", tag("i", "&"), title='"<') == '<p title="&quot;&lt;">a&lt;b&gt;<i>&amp;</i></p>'
    assert isinstance(tag("p"), Markup)


def test_json_can_end_no_script() -> None:
    written = in_script({"a": "</script><!--&\u2028\u2029"})
    assert not set("<>&\u2028\u2029") & set(written)
    assert json.loads(written) == {"a": "</script><!--&\u2028\u2029"}


def test_a_document_s_figures_cannot_end_their_script() -> None:
    made = document("a", [], {"plot": HOSTILE}).decode()
    assert HOSTILE not in made
    text = re.search(r'id="figures">(.*?)</script>', made, re.DOTALL)
    assert text
    assert json.loads(text[1]) == {"plot": HOSTILE}


def test_settings_are_told_with_titles_and_words() -> None:
    tree: dict[str, Any] = {
        "network": {
            "layers": [{"units": 3, "dropout": 0.2}, {"units": 2, "batch_norm": True, "activation": "relu"}]
        },
        "training": {
            "optimizer": {"name": "momentum", "learning_rate": 0.1},
            "batch_size": None,
            "shuffle": False,
        },
    }
    spec = Experiment().patched(tree)
    assert changed_rows(spec) == [
        ("Network: Hidden layers", "3 tanh (dropout 0.2), 2 ReLU (batch norm)", "4 tanh, 2 tanh"),
        ("Optimiser: Learning rate", "0.1", "0.03"),
        ("Training: Optimiser", "Momentum", "Adam"),
        ("Optimiser: Momentum", "0.9", ""),
        ("Training: Batch size", "all points", "10"),
        ("Training: Shuffle", "no", "yes"),
    ]
    rows = dict(all_rows(spec))
    assert rows["Inputs"] == "x₁, x₂, x₁², x₂², x₁x₂, sin x₁, sin x₂"
    assert rows["Early stopping" if "Early stopping" in rows else "Training: Early stopping"] == "off"
    assert not [title for title in rows if title.startswith("Table")]
