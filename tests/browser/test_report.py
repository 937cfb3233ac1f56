"""The report in a real browser, opened as a file: it draws its figures by itself, and no name in it comes to life."""

import warnings
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from app import Playground

HOSTILE = "</script><script>document.title='taken'</script><!--\u2028'\"&%{x}<img src=x onerror=alert(1)>"[
    :70
]
FIGURES = ("#plot-board", "#plot-loss", "#plot-score", "#plot-network")


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Of a table whose columns and classes are HTML."""
    table = {
        f"<b>{HOSTILE}"[:60]: [1, 2, 3, 4, 5, 6.5],
        "b": [2, 1, 4, 3, 6, 5],
        "kind": [HOSTILE, "<i>no</i>"] * 3,
    }
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # that the names are odd
        playground = Playground(hidden=[3]).table(table).train(5)
    return playground.report(tmp_path_factory.mktemp("report") / "report.html")


def test_a_report_draws_its_figures_and_runs_nothing_else(browser: Browser, report: Path) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 900}, color_scheme="dark", offline=True)
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("dialog", lambda dialog: said.append(dialog.message))
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(report.as_uri())
    for place in FIGURES:
        expect(page.locator(f"{place} .main-svg").first).to_be_visible()
    assert page.title() == "table, after 5 epochs"
    assert page.locator("main img, main b, main i, main script").count() == 0
    expect(page.locator("th", has_text="<i>no</i>").first).to_be_visible()
    legend = page.locator("#plot-board .legendtext").all_text_contents()
    assert "<i>no</i>" in legend
    colour = page.locator("#plot-loss .main-svg").first.evaluate(
        "svg => getComputedStyle(svg).backgroundColor"
    )
    assert colour == "rgb(23, 30, 40)"
    page.emulate_media(media="print", color_scheme="light")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    printed = page.locator("#plot-loss .main-svg").first
    expect(printed).to_have_attribute("width", "660")
    assert printed.evaluate("svg => getComputedStyle(svg).backgroundColor") == "rgb(255, 255, 255)"
    assert not said
    assert [url for url in asked if not url.startswith(("file:", "data:", "blob:"))] == []
    context.close()
