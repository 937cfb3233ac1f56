"""The board's tools: brush, lasso, undo, the decision shown, and the read-out at the pointer."""

import re
from collections.abc import Callable

import numpy as np
import pytest
from playwright.sync_api import expect

from tests.browser.boards import add, chosen, empty, hearing
from tests.browser.conftest import MINUS, Playground
from tests.browser.hands import Ear

COLOURS = """() => {
  const canvas = document.querySelector(".board__picture");
  const size = canvas.width, context = canvas.getContext("2d");
  const { data } = context.getImageData(size * 0.1, size * 0.05, size * 0.85, size * 0.85);
  const counts = {};
  for (let row = 0; row < data.length; row += 4) {
    const colour = data.slice(row, row + 4).join();
    counts[colour] = (counts[colour] ?? 0) + 1;
  }
  const most = Object.values(counts).sort((a, b) => b - a);
  return [most.length, (most[0] + (most[1] ?? 0)) / (data.length / 4)];
}"""


def tool(playground: Playground, name: str) -> None:
    playground.page.locator(f"label:has([data-tool={name.lower()}])").click()
    expect(playground.text("board-hands")).to_have_attribute("data-tool", name.lower())


def loop(playground: Playground, *corners: tuple[float, float]) -> None:
    mouse = playground.page.mouse
    mouse.move(*playground.place(*corners[0]))
    mouse.down()
    for corner in corners[1:]:
        mouse.move(*playground.place(*corner), steps=3)
    mouse.up()


def around(x1: float, x2: float, far: float) -> list[tuple[float, float]]:
    return [(x1 + dx * far, x2 + dx2 * far) for dx, dx2 in ((-1, -1), (1, -1), (1, 1), (-1, 1), (-1, -0.8))]


# -- brush, lasso, undo ------------------------------------------------------------------------------------------------


def test_the_brush_sprays_the_lasso_chooses_and_every_gesture_is_one_undo(
    visit: Callable[..., Playground],
) -> None:
    board, ear = hearing(visit)
    empty(board)
    the_brush_adds_many_and_one_undo_takes_them_all_back(board)
    empty(board)
    a_narrow_brush_sprays_near(board, ear)
    empty(board)
    tool(board, "Point")
    one_drag_is_one_undo_by_key_and_button(board)
    empty(board)
    the_lasso_chooses_and_the_chosen_are_relabelled_moved_and_deleted(board)
    empty(board)
    tool(board, "Point")
    shift_adds_to_what_is_chosen_escape_lets_go_and_ctrl_a_chooses_all(board)


def the_brush_adds_many_and_one_undo_takes_them_all_back(board: Playground) -> None:
    """And one redo brings them back."""
    tool(board, "Brush")
    board.page.locator('.brush[data-label="0"]').click()
    board.drag((-3, -3), (3, 3))
    expect(board.text("train-count")).to_have_text(re.compile(r"^([4-9]|\d\d+)$"))
    expect(board.page.locator("#button-undo")).to_have_accessible_name("Undo (Ctrl+Z), 1 possible")
    many = board.text("train-count").inner_text()
    board.page.locator("#button-undo").click()
    expect(board.text("train-count")).to_have_text("0")
    expect(board.page.locator("#button-undo")).to_be_disabled()
    board.page.locator("#button-redo").click()
    expect(board.text("train-count")).to_have_text(many)


def a_narrow_brush_sprays_near(page: Playground, ear: Ear) -> None:
    """Its points are within its size; the arrows make it wider."""
    size = page.page.get_by_role("slider", name="Size", exact=True)
    size.fill("0.04")
    page.click(0, 0)
    expect(page.text("train-count")).to_have_text("3")
    expect(page.page.locator("#button-undo")).to_be_enabled()
    assert max(np.hypot(x1, x2) for _, x1, x2, *_ in ear.points) <= 0.04 * 6 + 0.05
    size.focus()
    size.press("ArrowRight")
    expect(size).to_have_value("0.08")


def the_lasso_chooses_and_the_chosen_are_relabelled_moved_and_deleted(board: Playground) -> None:
    """Together, as one."""
    add(board, (-3, -3), (-2, -3), (3, 3))
    tool(board, "Lasso")
    loop(board, *around(-2.5, -3, 1.5))
    chosen(board, "^2 points chosen$")
    board.page.keyboard.press("0")
    expect(board.page.locator('.brush[data-label="0"]')).to_have_attribute("aria-pressed", "true")
    board.drag((-3, -3), (-3, 1))
    board.click(5, -5)
    board.click(-2, 1)
    chosen(board, rf"^class 0 at {MINUS}(1\.9|2\.0)\d, (0\.9|1\.0)\d$")
    loop(board, *around(-2.5, 1, 1.5))
    board.page.keyboard.press("Delete")
    expect(board.text("train-count")).to_have_text("1")
    board.page.keyboard.press("Control+z")
    expect(board.text("train-count")).to_have_text("3")


def shift_adds_to_what_is_chosen_escape_lets_go_and_ctrl_a_chooses_all(board: Playground) -> None:
    """All can go to another part together."""
    add(board, (-3, -3), (3, 3), (3, -3))
    tool(board, "Lasso")
    loop(board, *around(-3, -3, 1))
    board.page.keyboard.down("Shift")
    loop(board, *around(3, 3, 1))
    chosen(board, "^2 points chosen$")
    board.click(3, -3)
    board.page.keyboard.up("Shift")
    chosen(board, "^3 points chosen$")
    board.text("board-hands").press("Escape")
    chosen(board, "^draw around points$")
    board.text("board-hands").press("Control+a")
    chosen(board, "^3 points chosen$")
    board.page.get_by_role("button", name="To test", exact=True).click()
    expect(board.text("test-count")).to_have_text("3")
    board.page.get_by_role("button", name="To training", exact=True).click()
    expect(board.text("train-count")).to_have_text("3")


def one_drag_is_one_undo_by_key_and_button(board: Playground) -> None:
    """However many places it went through."""
    add(board, (-3, -3))
    board.drag((-3, -3), (3, 2))
    undo = board.page.locator("#button-undo")
    expect(undo).to_have_accessible_name("Undo (Ctrl+Z), 2 possible")
    board.page.keyboard.press("Control+z")
    chosen(board, rf"at {MINUS}(2\.9|3\.0)\d, {MINUS}(2\.9|3\.0)\d$")
    undo.click()
    expect(board.text("train-count")).to_have_text("0")
    board.page.keyboard.press("Control+y")
    expect(board.text("train-count")).to_have_text("1")
    board.page.keyboard.press("Control+Shift+Z")
    board.click(5, -5)
    board.click(3, 2)
    chosen(board, r"at (2\.9|3\.0)\d, (1\.9|2\.0)\d$")
    expect(board.page.locator("#button-redo")).to_be_disabled()


# -- what is shown -----------------------------------------------------------------------------------------------------


def test_what_is_shown_is_what_the_engine_says_and_decides(visit: Callable[..., Playground]) -> None:
    page, ear = hearing(visit)
    the_pointer_reads_what_the_engine_says_there(page, ear)
    wrong_points_are_counted_as_the_engine_decides(page, ear, outputs=1)
    discretise_leaves_two_shades(page)
    hidden_test_points_are_out_of_sight_and_out_of_reach(page)
    borders_are_drawn_between_several_classes(page)
    page.page.get_by_role("button", name="Test points").click()
    page.field("data.classes").get_by_role("button", name="4").click()
    expect(page.page.locator("#heads")).to_contain_text("4 units, softmax")
    expect(page.text("board")).to_have_attribute("data-step", "0")
    wrong_points_are_counted_as_the_engine_decides(page, ear, outputs=4)
    page.choose_source("plane")
    page.text("board-hands").press("ArrowRight")
    expect(page.text("readout")).to_have_text(re.compile(rf"^x₁ 0\.25, x₂ 0\.00: value {MINUS}?\d\.\d{{3}}$"))


def the_pointer_reads_what_the_engine_says_there(page: Playground, ear: Ear) -> None:
    """Where it is on the board, and nothing elsewhere."""
    page.page.mouse.move(*page.place(1.2, -0.4))
    expect(page.text("readout")).to_have_text(
        re.compile(rf"^x₁ 1\.(19|20|21), x₂ {MINUS}0\.(39|40|41): class [01] with \d\d %$")
    )
    value = float(ear.tensors["probe"][-1])
    label, share = (1, value) if value >= 0.5 else (0, 1 - value)
    expect(page.text("readout")).to_have_text(re.compile(f"class {label} with {100 * share:.0f} %$"))
    page.page.mouse.move(5, 5)
    expect(page.text("readout")).to_be_empty()


def wrong_points_are_counted_as_the_engine_decides(page: Playground, ear: Ear, outputs: int) -> None:
    """After the first step, from the predictions and from the scores."""
    page.press("step")
    expect(page.text("board")).to_have_attribute("data-step", "1")
    told = ear.tensors["predictions"]
    assert ear.frame["data_revision"] == ear.revision
    assert len(told) == outputs
    decided = np.argmax(told, axis=0) if outputs > 1 else (told[0] >= 0.5).astype(int)
    wrong = sum(int(label) != point[3] for label, point in zip(decided, ear.points, strict=True))
    expect(page.text("wrong-count")).to_have_text(str(wrong))
    figures = ear.frame["now"]
    tests = sum(point[4] == 2 for point in ear.points)
    right = figures["test_score"] * tests + figures["train_score"] * (len(ear.points) - tests)
    assert wrong == pytest.approx(len(ear.points) - right, abs=1e-6)


def discretise_leaves_two_shades(playground: Playground) -> None:
    """And is taken back."""
    playground.press("epoch")
    expect(playground.text("board")).to_have_attribute("data-step", "25")
    colours, _ = playground.page.evaluate(COLOURS)
    assert colours > 20
    switch = playground.page.get_by_role("button", name="Discretise")
    switch.click()
    expect(switch).to_have_attribute("aria-pressed", "true")
    playground.page.mouse.move(5, 5)
    shaded = playground.page.evaluate(COLOURS)[1]
    assert shaded > 0.9
    switch.click()
    expect(switch).to_have_attribute("aria-pressed", "false")


def hidden_test_points_are_out_of_sight_and_out_of_reach(playground: Playground) -> None:
    """And are chosen with all others no more."""
    everything = int(playground.text("wrong-count").inner_text())
    pixels = "() => document.querySelector('.board__points').toDataURL()"
    before = playground.page.evaluate(pixels)
    playground.page.get_by_role("button", name="Test points").click()
    expect(playground.text("wrong-count")).not_to_have_text(str(everything))
    assert playground.page.evaluate(pixels) != before
    playground.text("board-hands").press("Control+a")
    chosen(playground, f"^{playground.text('train-count').inner_text()} points chosen$")


def borders_are_drawn_between_several_classes(playground: Playground) -> None:
    """Dark lines in the picture."""
    dark = """() => {
      const canvas = document.querySelector(".board__picture");
      const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
      let count = 0;
      const ink = (row) => data[row + 3] && data[row] + data[row + 1] + data[row + 2] < 330;
      for (let row = 0; row < data.length; row += 4) if (ink(row)) count++;
      return count;
    }"""
    playground.choose_source("blobs")
    playground.field("data.classes").get_by_role("button", name="3").click()
    expect(playground.page.locator("#heads")).to_contain_text("softmax")
    playground.press("epoch")
    expect(playground.text("board")).not_to_have_attribute("data-step", "0")
    assert playground.page.evaluate(dark) > 150
