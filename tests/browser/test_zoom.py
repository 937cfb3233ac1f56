"""The board from near and far: the wheel, a drag, buttons and keys."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.boards import add, chosen, empty, hearing
from tests.browser.conftest import MINUS, Playground
from tests.browser.hands import Ear


def test_the_board_is_zoomed_by_buttons_keys_and_wheel_and_panned_by_a_drag(
    visit: Callable[..., Playground],
) -> None:
    board, ear = hearing(visit)
    buttons_and_keys_zoom_and_the_picture_moves_at_once(board)
    empty(board)
    the_wheel_zooms_at_the_pointer_and_a_click_adds_where_it_points(board, ear)
    empty(board)
    a_drag_with_space_or_the_middle_button_pans(board)


def the_wheel_zooms_at_the_pointer_and_a_click_adds_where_it_points(page: Playground, ear: Ear) -> None:
    """The engine's picture is of the same place."""
    page.page.mouse.move(*page.place(3, 3))
    page.page.mouse.wheel(0, -462)  # e^(-0.693): twice as near
    expect(page.page.locator("#axes .ytick text").first).to_have_text(f"{MINUS}1")
    add(page, (3, 3), (5, 1))
    page.click(5, 1)
    chosen(page, r"at (3\.9|4\.0)\d, (1\.9|2\.0)\d$")
    first, second = [point[1:3] for point in ear.points]
    assert first == pytest.approx([3, 3], abs=0.03)
    assert second == pytest.approx([4, 2], abs=0.03)
    view = ear.sent("set_view")[-1]["view"]
    assert (view["extent"], *view["centre"]) == pytest.approx((3, 1.5, 1.5), abs=0.03)
    assert ear.frame["extent"] == view["extent"]
    page.page.get_by_role("button", name="Back to the first view").click()
    page.click(3, 3)
    chosen(page, r"at (2\.9|3\.0)\d, (2\.9|3\.0)\d$")


def buttons_and_keys_zoom_and_the_picture_moves_at_once(playground: Playground) -> None:
    """While the server's is on its way."""
    ticks = playground.page.locator("#axes .xtick text")
    expect(ticks.first).to_have_text(f"{MINUS}6")
    before = playground.picture()
    playground.page.get_by_role("button", name="Zoom in").click()
    expect(ticks.first).to_have_text(f"{MINUS}4")
    assert playground.picture() != before
    playground.page.get_by_role("button", name="Zoom out").click()
    expect(ticks.first).to_have_text(f"{MINUS}6")
    # By keys.
    hands = playground.text("board-hands")
    hands.focus()
    hands.press("+")
    expect(ticks.first).to_have_text(f"{MINUS}4")
    hands.press("Home")
    expect(ticks.first).to_have_text(f"{MINUS}6")
    hands.press("-")
    expect(ticks.first).to_have_text(re.compile(f"^{MINUS}[58]$"))
    hands.press("Home")
    # The space bar, which pans with a drag, still plays over the board.
    playground.page.evaluate("document.activeElement.blur()")
    playground.page.mouse.move(*playground.place(0, 0))
    playground.page.keyboard.press(" ")
    expect(playground.page.locator("body")).to_have_attribute("data-phase", "playing")
    playground.page.keyboard.press(" ")
    expect(playground.page.locator("body")).to_have_attribute("data-phase", "paused")


def a_drag_with_space_or_the_middle_button_pans(board: Playground) -> None:
    """And adds nothing."""
    mouse, keyboard = board.page.mouse, board.page.keyboard
    for how, end in (("space", (2, 1)), ("middle", (-1, -2))):
        mouse.move(*board.place(0, 0))
        if how == "space":
            keyboard.down(" ")
        mouse.down(button="left" if how == "space" else "middle")
        mouse.move(*board.place(*end), steps=6)
        mouse.up(button="left" if how == "space" else "middle")
        if how == "space":
            keyboard.up(" ")
        expect(board.page.locator("body")).to_have_attribute("data-phase", "paused")
        expect(board.text("train-count")).to_have_text("0")
        board.click(*end)
        expect(board.text("train-count")).to_have_text("1")
        board.click(*end)
        chosen(board, rf"at {MINUS}?0\.0\d, {MINUS}?0\.0\d$")
        keyboard.press("Delete")
        expect(board.text("train-count")).to_have_text("0")
        board.page.get_by_role("button", name="Back to the first view").click()
        expect(board.page.locator("#axes .xtick text").first).to_have_text(f"{MINUS}6")
