"""The regularisation bench, as a person uses it."""

import re
from collections.abc import Callable

from playwright.sync_api import expect

from tests.browser.conftest import Playground
from tests.browser.hands import Ear
from tests.browser.test_access import AXE, VIOLATIONS

HERE = {"include": [["#bench"]]}
Visit = Callable[..., Playground]


def test_few_points_and_many_are_compared_stopped_and_begun_again(visit: Visit) -> None:
    playground, ear = visit(goto=False), Ear()
    page = playground.page
    page.on("websocket", ear.hear)
    playground.open()
    page.get_by_role("tab", name="Bench").click()
    expect(page.locator("#bench")).to_contain_text("Trains this network from the same first weights")

    # Long enough to be stopped from the top bar; the run itself has not moved.
    page.get_by_label("Epochs", exact=True).fill("1000")
    page.get_by_role("button", name="Start").click()
    expect(page.locator("#tab-bench")).to_have_text(re.compile(r"^Bench \d/5$"))
    page.get_by_role("button", name="Stop the bench").click()
    expect(page.locator("#bench").get_by_role("status").first).to_contain_text("then it was stopped")
    expect(playground.text("step")).to_have_text("0")

    # With a penalty each size is trained twice; what cannot be is said at its field.
    page.get_by_label("Epochs", exact=True).fill("40")
    page.get_by_label("Training points", exact=True).fill("8, 300")
    expect(page.locator("#bench-sizes-error")).to_have_text("there are only 250 training points")
    expect(page.get_by_role("button", name="Start")).to_be_disabled()
    page.get_by_label("Training points", exact=True).fill("8, 250")
    playground.field("training.l2").get_by_role("textbox").fill("0.01")
    page.keyboard.press("Enter")
    expect(page.locator(".bench__stale")).to_be_visible()
    page.get_by_label("Training points", exact=True).focus()
    page.keyboard.press("Enter")
    expect(page.locator(".bench__count")).to_have_text("4 trainings of 40 epochs.")
    assert ear.sent("bench")[-1]["sizes"] == [8, 250]
    expect(page.locator(".bench__reading")).to_contain_text("With 8 points the test loss lies")
    expect(page.locator(".bench__reading")).to_contain_text("Regularisation")

    figures = page.locator("[data-bench-size]")
    expect(figures).to_have_count(2)
    expect(figures.first.locator("path.bench__line")).to_have_count(4)
    dashes = page.locator("[data-regularised=false] path").first.evaluate(
        "it => getComputedStyle(it).strokeDasharray"
    )
    assert dashes != "none"

    # The table has the figures; with eight points the network does much better on them than on the test points.
    page.get_by_text("Numbers").click()
    rows = page.locator("#bench-table tbody tr")
    expect(rows).to_have_count(4)
    few, many = (rows.nth(row).locator("td").all_inner_texts() for row in (1, 3))
    assert (few[0], many[0]) == ("without", "without")
    gaps = [float(cells[3]) - float(cells[1]) for cells in (few, many)]
    assert gaps[0] > 0.3 > gaps[1]
    heights = page.locator("[data-bench-line=test] rect.bench__dot")
    before = heights.first.get_attribute("y")
    page.locator("#bench").get_by_role("button", name="Accuracy").click()
    expect(heights.first).not_to_have_attribute("y", str(before))
    what_was_shown_is_there_after_a_reload(playground)
    page.evaluate(AXE.read_text("utf-8"))
    assert page.evaluate(VIOLATIONS, HERE) == []
    without_test_points_the_bench_says_why_it_cannot_start(playground)


def what_was_shown_is_there_after_a_reload(playground: Playground) -> None:
    """Words, pictures and table, and whether they are still about what stands."""
    page = playground.page
    reading = page.locator(".bench__reading").inner_text()
    page.reload()
    playground.see_picture()
    if page.locator("#tab-bench[aria-selected=true]").count() == 0:
        page.get_by_role("tab", name="Bench").click()
    expect(page.locator(".bench__reading")).to_have_text(reading)
    expect(page.locator(".bench__count")).to_have_text("4 trainings of 40 epochs.")
    expect(page.locator("[data-bench-size]")).to_have_count(2)
    expect(page.locator(".bench__stale")).to_be_hidden()


def without_test_points_the_bench_says_why_it_cannot_start(playground: Playground) -> None:
    """And how they are had."""
    page = playground.page
    expect(page.get_by_role("button", name="Start")).to_be_enabled()
    playground.field("data.train_fraction").get_by_role("slider").fill("1")
    expect(page.locator("#bench-reason")).to_have_text(
        "There are no test points to judge by: lower the training share, or make some points test points."
    )
    expect(page.get_by_role("button", name="Start")).to_be_disabled()
