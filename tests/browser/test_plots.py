"""What the board shows of every kind of task: a curve through points, a surface, slices and components of a table."""

import re
from collections.abc import Callable

import numpy as np
import pytest
from playwright.sync_api import Locator, expect

from tests.browser.boards import chosen, hearing
from tests.browser.conftest import MINUS, Playground
from tests.browser.hands import Ear, wait
from tests.browser.teacher import experiment, teach
from tests.browser.test_access import AXE, VIOLATIONS


def test_the_board_shows_a_surface_a_curve_slices_of_a_table_and_large_networks(
    visit: Callable[..., Playground],
) -> None:
    playground, ear = hearing(visit, bypass_csp=True)
    for spec, look in ((PLANE, turn_a_surface), (SINE, fit_a_sine), (IRIS, cut_slices), (DIGITS, see_lines)):
        teach(playground, experiment(spec))
        look(playground, ear)


def pixels(canvas: Locator) -> str:
    """All of a canvas."""
    return str(canvas.evaluate("canvas => canvas.toDataURL()"))


READ_CURVE = """canvas => {
  const { width, height } = canvas, data = canvas.getContext('2d').getImageData(0, 0, width, height).data;
  const scale = width / canvas.clientWidth, [wide, high] = [canvas.clientWidth - 38, canvas.clientHeight - 32];
  return Array.from({ length: 11 }, (_, row) => row - 5).map((x) => {
    const column = Math.round((30 + ((x + 6) / 12) * wide) * scale), dark = [];
    for (let y = 0; y < height; y++) if (data[4 * (y * width + column) + 3] > 250) dark.push(y / scale);
    return 6 - ((dark.reduce((sum, y) => sum + y, 0) / dark.length - 8) / high) * 12;
  });
}"""
"""The height of the drawn curve at x = -5, -4 ... 5, in board units."""

SINE = {
    "data": {"source": "curve_sine", "samples": 200, "noise": 0.05},
    "inputs": ["x1"],
    "network": {"layers": [{"units": 8, "activation": "tanh"}, {"units": 8, "activation": "tanh"}]},
    "training": {"optimizer": {"name": "adam", "learning_rate": 0.02}, "batch_size": 200},
}


def fit_a_sine(playground: Playground, ear: Ear) -> None:
    """A noisy sine is fitted by a drawn curve, and its points are moved by their height."""
    page = playground.page
    page.locator("#speed").select_option("")
    page.locator(".board__curve").wait_for()
    page.locator(".chip--input").first.wait_for()
    expect(page.locator("#axis-up")).to_have_text("↑y")
    playground.press("play")
    wait(playground, lambda: ear.frame["now"]["train_loss"] < 0.02)
    playground.press("play")
    expect(page.locator("body")).to_have_attribute("data-phase", "paused")
    drawn = page.locator(".board__curve").evaluate(READ_CURVE)
    assert np.abs(np.array(drawn) - 3 * np.sin(np.arange(-5, 6))).max() < 0.4
    # What is drawn is the frame's tensor, at the cells' centres.
    told = np.interp(np.arange(-5, 6), (np.arange(100) + 0.5) / 100 * 12 - 6, ear.tensors["curve"][0])
    assert np.abs(np.array(drawn) - told).max() < 0.12

    before = pixels(page.locator(".board__picture"))
    page.get_by_role("button", name="Residuals").click()
    assert pixels(page.locator(".board__picture")) != before

    playground.click(0.5, -4)
    wait(playground, lambda: len(ear.points) == 201)
    assert ear.points[-1][1:4] == pytest.approx([0.5, -4, -4], abs=0.05)
    playground.drag((0.5, -4), (0.5, 5))
    wait(playground, lambda: ear.points[-1][3] > 4.9)
    assert ear.points[-1][3] == pytest.approx(5, abs=0.05)
    chosen(playground, r"^point at 0\.5\d, 5\.0\d$|^point at 0\.\d\d, 4\.9\d$")


PLANE = {
    "data": {"source": "plane", "samples": 60},
    "inputs": ["x1", "x2"],
    "network": {"layers": [{"units": 2, "activation": "tanh"}]},
}


def turn_a_surface(playground: Playground, _: Ear) -> None:
    """The surface turns under hand and keys, and follows the training."""
    page = playground.page
    surface = page.locator("#surface")
    expect(surface).to_be_hidden()
    page.get_by_role("button", name="Surface").click()
    expect(surface).to_have_attribute(
        "aria-label", re.compile(f"over x₁ and x₂, .* Turned by {MINUS}34°, seen from 32°")
    )
    box = surface.bounding_box()
    assert box
    first = pixels(surface)
    page.mouse.move(box["x"] + 150, box["y"] + 150)
    page.mouse.down()
    page.mouse.move(box["x"] + 250, box["y"] + 180, steps=4)
    page.mouse.up()
    expect(surface).to_have_attribute("aria-label", re.compile(f"Turned by {MINUS}97°, seen from 50° above"))
    turned = pixels(surface)
    assert turned != first
    surface.focus()
    page.keyboard.press("ArrowRight")
    expect(surface).to_have_attribute("aria-label", re.compile(f"Turned by {MINUS}102°"))
    page.keyboard.press("Home")
    expect(surface).to_have_attribute("aria-label", re.compile(f"Turned by {MINUS}34°"))
    assert pixels(surface) == first
    playground.press("epoch")
    expect(page.locator("#board")).not_to_have_attribute("data-step", "0")
    assert pixels(surface) != first
    page.get_by_role("button", name="Surface").click()
    expect(surface).to_be_hidden()


IRIS = {
    "data": {"source": "table", "table": {"name": "iris", "target": "species"}},
    "network": {"layers": [{"units": 4, "activation": "tanh"}]},
    "training": {"optimizer": {"name": "adam", "learning_rate": 0.03}},
}


def cut_slices(playground: Playground, ear: Ear) -> None:
    """A slice of Iris moves with its sliders, and its axes are inputs."""
    page = playground.page
    page.add_script_tag(path=AXE)
    for _ in range(3):
        playground.press("epoch")
    right, up = page.get_by_label("To the right: input"), page.get_by_label("Upwards: input")
    right.select_option("petal length (cm)")
    up.select_option("petal width (cm)")
    wait(
        playground, lambda: [told["view"]["plane"]["axes"] for told in ear.sent("set_view")[-1:]] == [[2, 3]]
    )
    expect(right.locator("option:checked")).to_have_text("petal length (cm)")
    expect(page.locator(".plane__row .plane__name")).to_have_text(["sepal length", "sepal width"])

    slider = page.get_by_role("slider", name="sepal length")
    expect(slider).to_have_attribute("aria-valuetext", re.compile(r"^5\.\d+ cm$"))
    boundary = ear.tensors["boundary"].copy()
    box = slider.bounding_box()
    assert box
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] - 2, box["y"] + box["height"] / 2, steps=8)
    wait(playground, lambda: not np.array_equal(ear.tensors["boundary"], boundary))
    page.mouse.up()
    wait(playground, lambda: ear.sent("set_view")[-1]["view"]["plane"]["values"] == [[0, 7.9]])
    expect(page.locator(".plane__value").first).to_have_text("7.90 cm")

    # The numbers at the axes and the read-out are the data's, not the board's.
    page.mouse.move(*playground.place(0, 0))
    expect(playground.text("readout")).to_have_text(
        re.compile(r"^petal length \d\.\d\d cm, petal width \d\.\d\d cm: [a-z]+ with ")
    )
    page.get_by_role("button", name="mean").click()
    wait(playground, lambda: ear.sent("set_view")[-1]["view"]["plane"]["values"] == [])

    # Through a point: its own values are asked for and stand at the sliders.
    playground.click(*ear.points[0][1:3])
    expect(playground.text("chosen")).not_to_be_empty()
    page.get_by_role("button", name="point", exact=True).click()
    wait(playground, lambda: ear.sent("rows") != [])
    assert ear.sent("rows")[-1]["ids"] == [ear.sent("set_view")[-1]["view"]["plane"]["row"]]
    expect(page.locator(".plane__value").first).to_have_text(re.compile(r"^[4-7]\.\d\d cm$"))

    assert page.evaluate(VIOLATIONS, "#board-panel") == []
    page.get_by_role("button", name="PCA plane").click()
    expect(page.locator("#axis-right")).to_contain_text(re.compile(r"\d+ ?%"))
    expect(page.locator(".plane__row")).to_have_count(0)
    page.get_by_role("button", name="Slice").click()
    expect(page.locator(".plane__row")).to_have_count(2)


DIGITS = {
    "data": {"source": "table", "table": {"name": "digits", "target": "digit"}},
    "network": {"layers": [{"units": 64, "activation": "relu"}]},
}


def see_lines(playground: Playground, _: Ear) -> None:
    """A network of 64-64-10 is drawn with few lines, and its units tell theirs."""
    page = playground.page
    expect(page.locator(".units rect")).to_have_count(74)
    expect(page.locator(".edges path")).to_have_count(200)
    page.locator(".units rect").nth(5).hover(force=True)
    # The weights from the pixels are pictures; a line runs to each of the ten answers.
    expect(page.locator(".edges path")).to_have_count(10)
    expect(page.locator(".answer")).to_have_text([str(digit) for digit in range(10)])
