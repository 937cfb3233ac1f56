"""Handwritten digits: learnt, drawn by hand and recognised; their weights as pictures; the mistakes looked through."""

import math
import re
from collections.abc import Callable
from itertools import pairwise

from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import LAPTOP, Playground
from tests.browser.hands import Ear
from tests.browser.test_access import AXE, COLOURS, VIOLATIONS
from tests.browser.test_diagnostics import open_preset

Visit = Callable[..., Playground]
INK = """(canvas) => {
    const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
    return Array.from({ length: canvas.width * canvas.height }, (_, at) => 255 - data[4 * at]);
}"""
"""How dark each pixel of a canvas is, on a light page."""


def arc(x: float, y: float, across: float, down: float, begin: int, end: int) -> list[tuple[float, float]]:
    """Places on a part of an ellipse; degrees run clockwise from the right."""
    angles = [math.radians(begin + (end - begin) * step / 20) for step in range(21)]
    return [(x + across * math.cos(angle), y + down * math.sin(angle)) for angle in angles]


THREE = [*arc(0.48, 0.3, 0.2, 0.17, -150, 90), *arc(0.47, 0.66, 0.23, 0.2, -80, 170)]
ONE = [(0.4, 0.3), (0.55, 0.12), (0.55, 0.5), (0.55, 0.9)]


def draw(page: Page, places: list[tuple[float, float]]) -> None:
    """One stroke with the mouse; places are shares of the pad."""
    box = page.locator("#drawing-pad").bounding_box()
    assert box
    spots = [(box["x"] + x * box["width"], box["y"] + y * box["height"]) for x, y in places]
    page.mouse.move(*spots[0])
    page.mouse.down()
    for spot in spots[1:]:
        page.mouse.move(*spot)
    page.mouse.up()


def share(playground: Playground, name: str) -> float:
    """A read-out in percent."""
    return float(playground.text(name).inner_text().removesuffix(" %"))


def test_rows_weights_and_a_drawn_three_which_a_network_that_passes_96_percent_recognises(
    visit: Visit,
) -> None:
    ear = Ear()
    playground = visit(goto=False)
    page = playground.page
    page.on("websocket", ear.hear)
    playground.open()
    expect(page.get_by_role("tab", name="Draw")).to_have_count(0)
    open_preset(playground, "digits")
    rows_are_looked_at_from_the_keyboard_and_weights_by_pointing(playground)
    playground.press("reset")
    expect(playground.text("epoch")).to_have_text("0")
    page.locator("#speed").select_option(label="flat out")
    playground.train(12)
    assert share(playground, "test-score") > 96
    page.get_by_role("button", name="Clear").click()
    expect(page.locator("#reading")).to_have_text("Draw, and I read it.")
    draw(page, THREE)
    expect(page.locator("#reading")).to_have_text(re.compile(r"^I read a 3, (\d\d|over 99) %\.$"))
    expect(page.locator(".likely__class[aria-current]")).to_have_text(re.compile("^3"))
    expect(page.locator("#drawing-said")).to_have_text(re.compile("^I read a 3, "))
    # What it is seen as: eight by eight, with the left side open as that of a three is.
    ink = page.locator("#drawing-seen").evaluate(INK)
    assert len(ink) == 64
    assert ink[3 * 8 + 1] == 0
    assert max(ink[7 * 8 + 2 : 7 * 8 + 6]) > 150
    # One question is unanswered at most, and the last one carries the whole stroke.
    drawn = [command["strokes"][0] for command in ear.sent("inspect") if command.get("strokes")]
    assert all(len(before) < len(after) for before, after in pairwise(drawn))
    assert len(drawn[-1]) == len(THREE)
    # It stays open to every other network: after a step from new weights it reads anew, without being asked.
    asked = len(ear.sent("inspect"))
    before = page.locator("#reading").inner_text()
    playground.press("new-weights")
    expect(page.locator("#reading")).not_to_have_text(before)
    assert len(ear.sent("inspect")) == asked
    page.get_by_role("button", name="Clear").click()
    expect(page.locator("#reading")).to_have_text("Draw, and I read it.")
    draw(page, ONE)
    expect(page.locator("#reading")).to_have_text(re.compile("^I read "))


def rows_are_looked_at_from_the_keyboard_and_weights_by_pointing(playground: Playground) -> None:
    """After an epoch, which leaves mistakes to go to."""
    page = playground.page
    playground.press("epoch")
    expect(playground.text("epoch")).to_have_text("1")
    page.get_by_role("tab", name="Draw").click()
    row = page.get_by_label("or row")
    row.focus()
    page.keyboard.type("3")
    note = page.locator(".drawing__note")
    expect(note).to_have_text("The data set says: 2")
    expect(page.locator("#reading")).to_have_text(re.compile("^I read an? "))
    page.get_by_role("button", name="Next mistake").focus()
    page.keyboard.press("Enter")
    expect(row).not_to_have_value("3")
    said = note.inner_text().removeprefix("The data set says: ")
    expect(page.locator("#reading")).not_to_have_text(re.compile(f"^I read an? {said},"))
    expect(page.locator(".input__caption")).to_have_text("what the network sees")
    # All 64 inputs are one node, and a unit's weights are shown large.
    expect(page.locator(".inputs rect")).to_have_count(1)
    card = page.locator("#weight-card")
    expect(card).to_be_hidden()
    page.locator(".units rect.unit").nth(21).hover(force=True)
    expect(card).to_contain_text("Unit 22: weights by pixel")
    theta = card.locator("canvas").evaluate(INK)
    assert len(theta) == 64
    assert len(set(theta)) > 10
    page.mouse.move(5, 5)
    expect(card).to_be_hidden()


def cell_with_mistakes(panel: Locator) -> Locator:
    """The first cell off the diagonal that holds points."""
    return panel.locator(".confusion__cell--wrong:not(:disabled)").first


def test_mistakes_are_looked_through_relabelled_excluded_and_counted_by_cause_of_pictures_and_of_values(
    visit: Visit,
) -> None:
    ear = Ear()
    playground = visit(goto=False)
    page = playground.page
    page.on("websocket", ear.hear)
    playground.open()
    open_preset(playground, "digits")
    playground.press("epoch")
    expect(playground.text("epoch")).to_have_text("1")
    page.get_by_role("tab", name="Results").click()
    panel = page.locator("#results")
    cell = cell_with_mistakes(panel)
    actual, predicted = (int(name) for name in str(cell.get_attribute("data-cell")).split(","))
    count = int(cell.locator(".confusion__count").inner_text())
    cell.click()
    gallery = panel.get_by_role("region", name="Examples")
    expect(gallery.get_by_role("heading")).to_contain_text(f"{actual}, read as {predicted} {count}")
    cards = gallery.locator(".card")
    expect(cards).to_have_count(min(count, 24))
    expect(cards.first).to_contain_text(f"is {actual}")
    shares = [int(found) for text in cards.all_inner_texts() for found in re.findall(r"(\d+) %", text)]
    assert shares == sorted(shares, reverse=True)
    first = int(str(cards.first.get_attribute("data-example")))
    playground.settle()
    expect(cards.first.locator("canvas")).to_have_attribute("data-digit", str(first))
    expect_ink(cards.first.locator("canvas"))
    # A cause for one, which outlives the page.
    cards.first.click()
    expect(gallery.locator("#gallery-picked")).to_have_text("1 chosen:")
    gallery.get_by_label("Cause").fill("badly written")
    page.keyboard.press("Enter")
    expect(gallery.locator("#causes tbody tr")).to_have_text(["badly written1100 %"])
    expect(cards.first).to_contain_text("badly written")
    page.reload()
    playground.see_picture()
    page.get_by_role("tab", name="Results").click()
    panel.get_by_role("button", name="All mistakes").click()
    expect(gallery.locator("#causes tbody tr")).to_have_text(["badly written1100 %"])
    # Another label takes it out of the cell, and Undo puts it back.
    panel.locator(f'[data-cell="{actual},{predicted}"]').click()
    cards.first.click()
    gallery.locator("#gallery-label").select_option(str(predicted))
    cell_count = panel.locator(f'[data-cell="{actual},{predicted}"] .confusion__count')
    expect(cell_count).to_have_text(str(count - 1))
    assert ear.sent("relabel_points")[-1]["ids"] == [first]
    page.keyboard.press("Control+z")
    expect(cell_count).to_have_text(str(count))
    # An exclusion takes it out of the data.
    cards.first.click()
    gallery.get_by_role("button", name="Exclude").click()
    expect(cell_count).to_have_text(str(count - 1))
    expect(cards).to_have_count(min(count - 1, 24))
    expect(playground.text("train-count")).to_have_text("1437")
    axe_finds_nothing_on_the_pad_nor_in_the_gallery(playground)
    a_table_without_pictures_lists_the_values_of_its_mistakes(playground)


def expect_ink(canvas: Locator) -> None:
    """The picture has arrived: its page asked for all values of these rows."""
    page = canvas.page
    for _ in range(50):
        if max(canvas.evaluate(INK)) > 150:
            return
        page.evaluate("() => new Promise(requestAnimationFrame)")
    raise AssertionError("the picture stays blank")


def axe_finds_nothing_on_the_pad_nor_in_the_gallery(playground: Playground) -> None:
    """Dark on a laptop and light on a small screen; the gallery is left open."""
    page = playground.page
    page.evaluate(AXE.read_text("utf-8"))
    page.get_by_role("tab", name="Draw").click()
    draw(page, THREE)
    expect(page.locator("#reading")).to_have_text(re.compile("^I read "))
    scan_large_and_small(page, "#drawing")
    page.get_by_role("tab", name="Results").click()
    page.get_by_role("button", name="All mistakes").click()
    expect(page.locator(".card").first).to_be_visible()
    page.locator(".card").first.click()
    scan_large_and_small(page, "#results")


def scan_large_and_small(page: Page, panel: str) -> None:
    """Nothing is found, and nothing is wider than the screen; three examples stand for all."""
    context = {"include": [[panel]], "exclude": [[".gallery__cards li:nth-child(n + 4)"]]}
    page.emulate_media(color_scheme="dark")
    assert page.evaluate(COLOURS, context) == []
    page.emulate_media(color_scheme="light")
    page.set_viewport_size({"width": 360, "height": 800})
    assert page.evaluate(VIOLATIONS, context) == []
    assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
    page.set_viewport_size(LAPTOP)
    assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")


def a_table_without_pictures_lists_the_values_of_its_mistakes(playground: Playground) -> None:
    """And a shape has no list."""
    page = playground.page
    open_preset(playground, "iris")
    playground.press("epoch")
    expect(playground.text("epoch")).to_have_text("1")
    panel = page.locator("#results")
    cell = cell_with_mistakes(panel)
    count = int(cell.locator(".confusion__count").inner_text())
    cell.click()
    rows = panel.locator(".gallery__rows tbody tr")
    expect(rows).to_have_count(min(count, 24))
    expect(panel.locator(".gallery__rows thead th").last).to_have_text("petal width")
    expect(rows.first.locator(".gallery__value").last).to_have_text(re.compile(r"^\d\.\d\d$"))
    # A shape of the page's own has its rows on the board: there is no gallery.
    playground.choose_source("circle")
    expect(panel.get_by_role("button", name="All mistakes")).to_have_count(0)
