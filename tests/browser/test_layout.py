"""From a phone to a projector: nothing is cut, fingers hit what they aim at, and the back row can read."""

import re
from collections.abc import Callable
from itertools import pairwise

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import LAPTOP, Playground

Visit = Callable[..., Playground]

PHONES = {"small phone": (360, 740), "phone": (390, 844), "tablet": (768, 1024)}
LAPTOPS = {"small laptop": (1024, 768), "laptop": (1440, 900), "projector": (1920, 1080)}
PROJECTOR = {"width": 1920, "height": 1080}

CUT = """() => {
  const wide = document.documentElement.clientWidth;
  const shown = [...document.querySelectorAll('button, input, select, output, h1, h2, h3, label, .panel, canvas')]
    .filter((element) => element.checkVisibility() && !element.matches('.sr'))
    .filter((element) => !element.closest('.sr, .diagram-scroll, .drawer-tabs, [popover], .notices'));
  const out = shown.filter((element) => {
    const { left, right, width } = element.getBoundingClientRect();
    return width > 0 && (left < -0.5 || right > wide + 0.5);
  });
  const words = shown.filter((element) => element.matches('button, output, h2, h3') && !element.querySelector('.sr'));
  const cut = words.filter((element) => element.scrollWidth > element.clientWidth + 1 && element.clientWidth);
  return [...out, ...cut].map((element) => element.outerHTML.slice(0, 160));
}"""

# What the counters say after hours of training.
FAR = """() => {
  for (const [id, text] of [['epoch', '98 765'], ['step', '1 234 567'], ['rate', '0.000123']])
    document.getElementById(id).textContent = text;
}"""


def fits_everywhere(page: Page, sizes: dict[str, tuple[int, int]]) -> None:
    """Nothing is cut and the page is no wider than the screen; it has the first of these sizes."""
    page.evaluate(FAR)
    drawn = page.locator("#chart svg").first
    for row, (size, (width, height)) in enumerate(sizes.items()):
        before = str(drawn.get_attribute("width"))
        if row:
            page.set_viewport_size({"width": width, "height": height})
            expect(drawn).not_to_have_attribute("width", before)
        expect(drawn).to_be_visible()
        assert page.evaluate("() => document.documentElement.scrollWidth") <= width, size
        assert page.evaluate(CUT) == [], size


def test_on_phones_nothing_is_cut_fingers_hit_what_they_aim_at_and_play_stays_under_the_thumb(
    visit: Visit,
) -> None:
    playground = visit(viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True)
    page = playground.page
    playground.press("epoch")
    expect(playground.text("epoch")).to_have_text("1")
    fits_everywhere(page, PHONES)
    page.set_viewport_size({"width": 360, "height": 800})
    page.locator(".head__title--button").first.tap()
    expect(page.locator(".layer-panel")).to_be_visible()
    for width in (360, 768):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate(TOO_SMALL) == []
    page.locator(".head__title--button").first.tap()
    page.set_viewport_size({"width": 390, "height": 844})
    the_board_comes_first_and_play_stays_under_the_thumb(page)


def the_board_comes_first_and_play_stays_under_the_thumb(page: Page) -> None:
    """Wherever the page is scrolled to."""
    page.evaluate("() => window.scrollTo(0, 0)")
    tops = {
        name: (page.locator(f".panel--{name}").bounding_box() or {"y": 0.0})["y"]
        for name in ("board", "chart", "data", "network", "training")
    }
    assert min(tops, key=lambda name: tops[name]) == "board"
    for place in (0, 100_000):
        page.evaluate("(top) => window.scrollTo(0, top)", place)
        box = page.locator("#button-play").bounding_box()
        assert box
        assert box["y"] > 700
        assert box["y"] + box["height"] <= 844
    page.locator("#button-step").tap()
    expect(page.locator("#step")).to_have_text("26")
    page.evaluate("() => window.scrollTo(0, 0)")
    page.get_by_role("button", name="Table of points").tap()
    page.locator("#table textarea").fill("1,2,0")
    page.get_by_role("button", name="Load", exact=True).tap()
    expect(page.locator("#train-count")).to_have_text("251")
    page.locator("#table").get_by_role("button", name="Close").tap()
    page.locator("#button-play").tap()
    expect(page.get_by_role("button", name="Pause")).to_be_visible()


def test_on_laptops_nothing_is_cut_and_board_chart_and_drawer_fit_the_height(visit: Visit) -> None:
    playground = visit(viewport={"width": 1024, "height": 768})
    page = playground.page
    playground.press("epoch")
    expect(playground.text("epoch")).to_have_text("1")
    fits_everywhere(page, LAPTOPS)
    page.set_viewport_size(LAPTOP)
    bar, board, chart, data = (
        bottom_and_left(page, name) for name in (".topbar", "#board", "#chart", "#data")
    )
    assert bar[0] < board[0] < chart[0] <= 900
    assert data[1] < board[1]
    page.set_viewport_size({"width": 1024, "height": 768})
    board_and_diagram_are_seen_whole_above_the_open_drawer(page)


def board_and_diagram_are_seen_whole_above_the_open_drawer(page: Page) -> None:
    """However high it is pulled, and the board is as before when it is closed."""
    wide = page.locator("#board").bounding_box()
    page.get_by_role("tab", name="Step").click()
    page.get_by_role("button", name="Open the next step").click()
    expect(page.locator(".phases__stops")).to_be_visible()
    grip = page.locator("#drawer-grip")
    for _ in range(3):
        top = (page.locator("#drawer").bounding_box() or {"y": 0.0})["y"]
        for name in ("#board", "#diagram"):
            assert bottom_and_left(page, name)[0] <= top
        grip.press("ArrowUp")
    page.keyboard.press("Escape")
    expect(page.locator("#drawer")).to_be_hidden()
    assert page.locator("#board").bounding_box() == wide
    page.get_by_role("tab", name="Results").click()
    expect(page.locator("#roc-area")).to_be_visible()
    tabs = page.locator("#drawer-tabs").bounding_box()
    assert tabs
    assert bottom_and_left(page, "svg.roc")[0] <= tabs["y"]


def bottom_and_left(page: Page, selector: str) -> tuple[float, float]:
    box = page.locator(selector).bounding_box()
    assert box
    return box["y"] + box["height"], box["x"]


TOO_SMALL = """() => [...document.querySelectorAll('button, input, select, a, summary')]
  .filter((element) => element.checkVisibility({visibilityProperty: true}))
  .map((element) => element.matches('.sr, [type=checkbox]') ? element.closest('label') ?? element : element)
  .filter((element) => !element.matches('.skip'))
  .filter((element) => {
    const {width, height} = element.getBoundingClientRect();
    return Math.round(width) < 40 || Math.round(height) < 40;
  })
  .map((element) => element.outerHTML.slice(0, 160))"""


HIDDEN_FROM_THE_CLASS = [".panel--data", ".panel--inputs", ".panel--training", "#network-settings"]
SMALL_TYPE = """() => [...document.querySelectorAll('body *')]
  .filter((element) => [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim()))
  .filter((element) => element.checkVisibility() && !element.closest('.sr, .skip, script, option, [popover]'))
  .map((element) => [parseFloat(getComputedStyle(element).fontSize), element.outerHTML.slice(0, 100)])
  .filter(([size]) => size < 16)"""


def test_presenter_mode_is_large_and_shows_only_what_a_class_looks_at(visit: Visit) -> None:
    playground = visit(viewport=PROJECTOR)
    page = playground.page
    before = page.locator("#board").bounding_box()
    button = page.get_by_role("button", name="Presenter mode")
    button.click()
    expect(button).to_have_attribute("aria-pressed", "true")
    for selector in HIDDEN_FROM_THE_CLASS:
        expect(page.locator(selector)).to_be_hidden()
    for selector in ("#transport", "#board", "#diagram", "#chart", "#figures", "#counters"):
        expect(page.locator(selector)).to_be_visible()
    after = page.locator("#board").bounding_box()
    assert before
    assert after
    assert after["width"] >= 1.2 * before["width"]
    assert after["y"] + after["height"] <= 1080
    expect(page.locator("#axes .xtick text").first).to_have_css("font-size", "17.6px")
    # The chart is drawn anew a moment later than the rest.
    expect(page.locator("#chart .xtick text").first).not_to_have_css("font-size", re.compile(r"^1[0-5]"))
    assert page.evaluate(SMALL_TYPE) == []
    page.evaluate(FAR)
    assert page.evaluate(CUT) == []
    wide = page.locator(".board__picture").evaluate("(canvas) => canvas.width")
    assert wide == pytest.approx(after["width"], abs=1)
    assert page.evaluate("() => document.documentElement.scrollHeight") <= 1080
    playground.drag((5, 5), (4, 4))
    button.click()
    expect(page.locator(".panel--data")).to_be_visible()
    expect(page.locator("#axes .xtick text").first).to_have_css("font-size", "11px")


def test_a_link_presents_keys_lead_out_and_in_and_a_class_sees_points_drawer_and_ten_layers(
    visit: Visit, server: str
) -> None:
    playground = visit(f"{server}/?present=1", viewport=PROJECTOR)
    points_are_added_where_the_presenter_clicks(playground)
    board_key_and_diagram_are_seen_whole_above_the_open_drawer(playground.page)
    presenter_mode_is_left_by_escape_and_entered_by_its_key(playground.page)
    ten_layers_stand_side_by_side_in_presenter_mode(playground.page)


def points_are_added_where_the_presenter_clicks(playground: Playground) -> None:
    """The board is larger than elsewhere."""
    expect(playground.page.locator(".panel--training")).to_be_hidden()
    playground.click(5, -5)
    expect(playground.text("train-count")).to_have_text("251")
    playground.click(5, -5)
    expect(playground.text("chosen")).to_have_text(re.compile(r"at (4\.9\d|5\.0\d), .(4\.9\d|5\.0\d)$"))
    playground.page.keyboard.press("Delete")
    expect(playground.text("train-count")).to_have_text("250")


def board_key_and_diagram_are_seen_whole_above_the_open_drawer(page: Page) -> None:
    """On both usual laptops."""
    page.set_viewport_size(LAPTOP)
    page.get_by_role("tab", name="Step").click()
    page.get_by_role("button", name="Open the next step").click()
    expect(page.locator(".phases__stops")).to_be_visible()
    for width, height in ((1440, 900), (1366, 768)):
        page.set_viewport_size({"width": width, "height": height})
        top = (page.locator("#drawer").bounding_box() or {"y": 0.0})["y"]
        for name in ("#board", "#board-key", "#diagram", "#edge-modes"):
            assert bottom_and_left(page, name)[0] <= top, (width, name)
    page.set_viewport_size(LAPTOP)
    page.get_by_role("tab", name="Step").click()
    expect(page.locator("#drawer")).to_be_hidden()


def presenter_mode_is_left_by_escape_and_entered_by_its_key(page: Page) -> None:
    """Small or large."""
    training = page.locator(".panel--training")
    page.keyboard.press("Escape")
    expect(training).to_be_visible()
    page.keyboard.press("p")
    expect(training).to_be_hidden()
    page.keyboard.press("p")
    expect(training).to_be_visible()
    page.keyboard.press("P")
    expect(training).to_be_hidden()
    page.locator("#board-hands").focus()
    page.keyboard.press("Escape")
    expect(training).to_be_visible()


def ten_layers_stand_side_by_side_in_presenter_mode(page: Page) -> None:
    """No head overlaps another."""
    add = page.get_by_role("button", name="Add a hidden layer")
    for layer in range(3, 11):
        add.click()
        expect(page.get_by_role("button", name=f"Layer {layer}", exact=True)).to_be_visible()
    page.keyboard.press("p")
    expect(page.locator("html")).to_have_attribute("data-present", "")
    edges = page.evaluate(
        """() => [...document.querySelectorAll('.head')].map((head) => {
          const shown = [...head.querySelectorAll('*')].filter((part) => part.getClientRects().length);
          const boxes = shown.map((part) => part.getBoundingClientRect());
          return [Math.min(...boxes.map(({left}) => left)), Math.max(...boxes.map(({right}) => right))];
        })"""
    )
    assert len(edges) == 12
    assert all(right <= left for (_, right), (left, _) in pairwise(edges))
