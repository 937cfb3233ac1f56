"""Low windows at a desk: board and chart are both seen whole, nothing moves under the hand, and many layers fit."""

from collections.abc import Callable
from itertools import pairwise

from playwright.sync_api import Page, expect

from tests.browser.conftest import Playground

Visit = Callable[..., Playground]

STACKED = {(1366, 768): 280, (1280, 731): 260, (1024, 768): 280}
"""Windows in which the chart stands below the board, and how wide the board is at least."""
BESIDE = {(1366, 650): 340, (1280, 720): 320, (1440, 700): 340, (1200, 600): 300}
"""Those in which it stands beside it."""
NARROW = (1024, 650)
"""Where there is room for the board and the chart's figures."""


def test_in_low_windows_board_and_chart_are_whole_above_the_foot_and_no_row_comes_or_goes(
    visit: Visit,
) -> None:
    playground = visit(viewport={"width": 1366, "height": 768})
    page = playground.page
    playground.press("epoch")
    expect(playground.text("epoch")).to_have_text("1")
    for (width, height), least in (STACKED | BESIDE).items():
        page.set_viewport_size({"width": width, "height": height})
        board_and_chart_are_whole(page, least)
        right_of_the_board = box(page, "#chart")[0] > box(page, "#board")[2]
        assert right_of_the_board == ((width, height) in BESIDE)
    page.set_viewport_size({"width": NARROW[0], "height": NARROW[1]})
    board_and_figures_are_whole(page)
    page.set_viewport_size({"width": 1366, "height": 768})
    labels_of_a_regression_take_one_row_and_choosing_a_point_moves_nothing(playground)
    the_board_of_a_table_has_the_chart_beside_it(playground)


def box(page: Page, selector: str) -> tuple[float, float, float, float]:
    """Left, top, right and bottom on the screen."""
    found = page.locator(selector).bounding_box()
    assert found
    return found["x"], found["y"], found["x"] + found["width"], found["y"] + found["height"]


def board_and_chart_are_whole(page: Page, least: int) -> None:
    """The board a square; of the chart its plot, which is high enough to be read, and its axis' name."""
    size = page.viewport_size
    assert size
    foot = box(page, ".footbar")[1]
    left, top, right, bottom = box(page, "#board")
    assert right - left >= least, size
    assert abs((right - left) - (bottom - top)) <= 1, size
    assert bottom <= foot
    # Plotly draws anew a moment after the window has changed.
    page.wait_for_function(
        """() => {
          const chart = document.querySelector('#chart').getBoundingClientRect();
          const drawn = document.querySelector('#chart svg').getBoundingClientRect();
          return Math.abs(chart.width - drawn.width) <= 1 && Math.abs(chart.height - drawn.height) <= 1;
        }"""
    )
    plot, name = box(page, "#chart .nsewdrag"), box(page, "#chart .g-xtitle")
    assert plot[3] - plot[1] >= 55, size
    assert name[3] <= foot, size
    assert page.evaluate("() => document.documentElement.scrollWidth") <= size["width"]


def board_and_figures_are_whole(page: Page) -> None:
    foot = box(page, ".footbar")[1]
    left, _, right, bottom = box(page, "#board")
    assert right - left >= 320
    assert bottom <= foot
    assert box(page, "#figures")[3] <= foot
    assert box(page, "#chart")[3] > foot


def labels_of_a_regression_take_one_row_and_choosing_a_point_moves_nothing(
    playground: Playground,
) -> None:
    """Neither do the read-out, what is said of the chosen point, and the buttons for it."""
    page = playground.page
    playground.choose_source("multi_gauss")
    labels = page.locator(".brush")
    expect(labels).to_have_count(5)
    for width in (1024, 1366):
        page.set_viewport_size({"width": width, "height": 768})
        tops = labels.evaluate_all("(labels) => labels.map((label) => label.getBoundingClientRect().top)")
        assert len(set(tops)) == 1
    parts = ("#board", "#board-key", "#zoom", "#figures", "#chart")
    before = [box(page, part) for part in parts]
    playground.click(5.5, -5.5)
    expect(playground.text("chosen")).to_contain_text("at 5.")
    expect(playground.text("readout")).to_contain_text("value")
    expect(page.get_by_role("button", name="To training")).to_be_visible()
    assert [box(page, part) for part in parts] == before
    for label in labels.all():
        assert label.evaluate("(label) => label.getBoundingClientRect().width") >= 24
    page.keyboard.press("Escape")


def the_board_of_a_table_has_the_chart_beside_it(playground: Playground) -> None:
    """There the places in the other inputs stand under the board."""
    page = playground.page
    page.get_by_role("button", name="Presets").click()
    page.locator("#presets").get_by_role("button", name="Iris").click()
    expect(page.locator(".plane__row")).to_have_count(2)
    board_and_chart_are_whole(page, 280)
    assert box(page, ".plane__row >> nth=-1")[3] <= box(page, ".footbar")[1]


def test_eight_layers_stand_side_by_side_at_a_desk_and_their_sizes_can_be_changed(visit: Visit) -> None:
    playground = visit()
    page = playground.page
    add = page.get_by_role("button", name="Add a hidden layer")
    for layer in range(3, 9):
        add.click()
        expect(page.get_by_role("button", name=f"Layer {layer}", exact=True)).to_be_visible()
    page.set_viewport_size({"width": 1366, "height": 768})
    more = page.get_by_role("button", name="Add a unit in layer 8")
    left, top, right, bottom = box(page, ".head:nth-child(9) .head__button:last-child")
    assert (right - left, bottom - top) == (24, 24)
    assert (
        page.locator(".diagram-scroll").evaluate("(scroll) => scroll.scrollWidth - scroll.clientWidth") == 0
    )
    heads = page.locator(".head__count").evaluate_all(
        "(counts) => counts.flatMap((count) => [...count.children].map((part) => {"
        " const {left, right} = part.getBoundingClientRect(); return [left, right]; }))"
    )
    assert len(heads) == 24
    assert all(ends <= begins for (_, ends), (begins, _) in pairwise(heads))
    more.click()
    expect(page.locator(".head:nth-child(9) .head__units")).to_have_text("3")


def test_a_locked_board_says_so_where_it_costs_no_room(visit: Visit, server: str) -> None:
    playground = visit(f"{server}/?hide=tools&lock=board,chart", viewport={"width": 1366, "height": 768})
    page = playground.page
    left, top, right, bottom = box(page, "#board")
    sign = box(page, "#board .lock")
    assert left <= sign[0]
    assert top < sign[1]
    assert sign[2] <= left + 30
    assert sign[3] <= bottom
    assert right - left >= 310
    board_and_chart_are_whole(page, 310)
