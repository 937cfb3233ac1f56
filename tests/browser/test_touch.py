"""Fingers on the board of a phone: one page, on which they do one thing after the other."""

import re
from collections.abc import Callable

from playwright.sync_api import expect

from tests.browser.boards import chosen, empty
from tests.browser.conftest import MINUS, Playground
from tests.browser.hands import Fingers

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}


def test_fingers_spray_add_move_delete_draw_a_lasso_and_zoom(visit: Callable[..., Playground]) -> None:
    phone = visit(**PHONE)
    empty(phone)
    phone.page.locator("#board-hands").scroll_into_view_if_needed()
    fingers = Fingers(phone)
    says_over_the_board_what_the_network_says_under_a_finger(phone, fingers)
    sprays(phone, fingers)
    adds_moves_and_deletes(phone, fingers)
    draws_a_lasso(phone, fingers)
    zooms_and_pans_and_adds_nothing(phone, fingers)


def tool(phone: Playground, name: str) -> None:
    """Tap a tool."""
    phone.page.locator(f"label:has([data-tool={name}])").tap()
    expect(phone.text("board-hands")).to_have_attribute("data-tool", name)


def says_over_the_board_what_the_network_says_under_a_finger(phone: Playground, fingers: Fingers) -> None:
    """Where no finger is and the page's foot is not, and the board does not move for it."""
    tool(phone, "lasso")
    before = phone.text("board").bounding_box()
    fingers.put((-2, 2))
    fingers.move((-1, 2))
    readout = phone.text("readout")
    expect(readout).to_contain_text("class")
    box, board = readout.bounding_box(), phone.text("board").bounding_box()
    assert box
    assert board
    assert board == before
    assert max(0, board["y"] - 60) <= box["y"] < box["y"] + box["height"] <= max(board["y"], 60)
    seen = "([x, y]) => document.querySelector('.footbar').contains(document.elementFromPoint(x, y))"
    assert not phone.page.evaluate(seen, [box["x"] + 20, box["y"] + 5])
    fingers.lift()
    expect(readout).to_be_empty()


def sprays(phone: Playground, fingers: Fingers) -> None:
    """One stroke is one undo."""
    tool(phone, "brush")
    fingers.put((-2, -2))
    # The finger rests where it ends: after a fling the browser would swallow the next tap.
    for place in ((-1, -1), (0, 0), (1, 1), *[(2, 2)] * 5):
        fingers.move(place)
    fingers.lift()
    undo = phone.page.locator("#button-undo")
    expect(phone.text("train-count")).to_have_text(re.compile(r"^([3-9]|\d\d+)$"))
    expect(undo).to_have_accessible_name("Undo (Ctrl+Z), 1 possible")
    undo.tap()
    expect(phone.text("train-count")).to_have_text("0")


def adds_moves_and_deletes(phone: Playground, fingers: Fingers) -> None:
    """A tap adds, a drag moves, a tap on a class relabels, a finger that stays deletes."""
    tool(phone, "point")
    phone.page.touchscreen.tap(*phone.place(-2, 2))
    expect(phone.text("train-count")).to_have_text("1")
    phone.settle()
    fingers.put((-2, 2))
    for place in ((-1, 1), (0, 0), (2, -2), *[(2, -2)] * 5):
        fingers.move(place)
    fingers.lift()
    chosen(phone, rf"at (1\.9|2\.0)\d, {MINUS}(1\.9|2\.0)\d$")
    phone.page.locator('.brush[data-label="0"]').tap()
    chosen(phone, "^class 0")
    fingers.put((2, -2))
    expect(phone.text("train-count")).to_have_text("0")
    fingers.lift()


def draws_a_lasso(phone: Playground, fingers: Fingers) -> None:
    """Around two points; a tap beside them lets go."""
    for count, place in enumerate(((-2, 2), (0, 2)), 1):
        phone.page.touchscreen.tap(*phone.place(*place))
        expect(phone.text("train-count")).to_have_text(str(count))
    phone.settle()
    tool(phone, "lasso")
    fingers.put((-4, 0))
    for place in ((2, 0), (2, 4), (-4, 4), *[(-4, 1)] * 4):
        fingers.move(place)
    fingers.lift()
    chosen(phone, "^2 points chosen$")
    phone.page.touchscreen.tap(*phone.place(4, -4))
    chosen(phone, "^draw around points$")


def zooms_and_pans_and_adds_nothing(phone: Playground, fingers: Fingers) -> None:
    """Two fingers apart and to the right: what lay at 0 lies at 2."""
    tool(phone, "point")
    fingers.put((-1, 0), (1, 0))
    for far in (1.25, 1.5, 1.75, 2, 2, 2):
        fingers.move((2 - far, 0), (2 + far, 0))
    fingers.lift()
    expect(phone.text("train-count")).to_have_text("2")
    phone.page.touchscreen.tap(*phone.place(2, 2))
    expect(phone.text("train-count")).to_have_text("3")
    phone.settle()
    phone.page.touchscreen.tap(*phone.place(2, 2))
    chosen(phone, rf"at {MINUS}?0\.\d\d, (0\.9|1\.0)\d$")
