"""The diagram's layers and units: their settings, their pictures and values; the diagram by keys and by fingers."""

import json
import re
from collections.abc import Callable

import numpy as np
import pytest
from playwright.sync_api import expect

from tests.browser.conftest import MINUS, Playground
from tests.browser.network import LAST_NAME, OUTPUT_AT, Network, shown

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}


@pytest.fixture
def network(visit: Callable[..., Playground]) -> Network:
    """The diagram on a laptop."""
    return Network(visit(goto=False))


def test_layers_are_frozen_set_put_in_between_and_taken_out(network: Network) -> None:
    a_whole_layer_is_frozen_in_its_settings_the_output_layer_too(network)
    each_setting_of_a_layer_is_in_its_panel_and_works(network)
    a_layer_is_put_in_between_two_others_and_any_is_taken_out(network)


def a_whole_layer_is_frozen_in_its_settings_the_output_layer_too(network: Network) -> None:
    """Until it is let go again."""
    page = network.page
    before = network.tensor("theta")
    page.get_by_role("button", name="Output", exact=True).click()
    expect(page.get_by_role("heading", name="Output layer")).to_be_visible()
    expect(page.get_by_label("Output function")).to_be_visible()
    page.get_by_label("Freeze this layer").check()
    expect(page.get_by_role("button", name="Output, frozen")).to_be_visible()
    expect(page.locator(".edge--frozen")).to_have_count(2)
    network.train(3)
    after = network.tensor("theta")
    assert np.array_equal(after[OUTPUT_AT:], before[OUTPUT_AT:])
    assert np.all(after[:8] != before[:8])
    page.get_by_label("Freeze this layer").uncheck()
    network.train(1)
    assert not np.array_equal(network.tensor("theta")[OUTPUT_AT:], before[OUTPUT_AT:])


def each_setting_of_a_layer_is_in_its_panel_and_works(network: Network) -> None:
    """They come to stand in the experiment."""
    page = network.page
    page.get_by_role("button", name="Layer 2", exact=True).click()
    page.get_by_role("slider", name="Dropout").fill("0.3")
    expect(network.playground.field("network.layers.1.dropout")).to_contain_text("30 %")
    page.get_by_label("Batch norm").check()
    network.playground.field("network.layers.1.initializer").get_by_role("combobox").select_option("zeros")
    page.wait_for_function(
        "() => document.querySelectorAll('.edges path')[28].getAttribute('stroke-width') === '0.40'"
    )
    page.get_by_label("Activation of layer 2").select_option("relu")
    wanted = {"units": 2, "activation": "relu", "dropout": 0.3, "batch_norm": True, "initializer": "zeros"}
    page.wait_for_function(
        "(text) => Object.values({ ...localStorage, ...sessionStorage }).some((kept) => kept.includes(text))",
        arg=json.dumps(wanted, separators=(",", ":")),
    )


def a_layer_is_put_in_between_two_others_and_any_is_taken_out(network: Network) -> None:
    """The first one too."""
    page = network.page
    page.get_by_role("button", name="Layer 1", exact=True).click()
    page.get_by_role("button", name="Insert a layer after").click()
    expect(page.get_by_text("3 hidden layers")).to_be_visible()
    units = page.locator(".head__units")
    expect(units).to_have_text(["4", "4", "2"])
    page.get_by_role("button", name="Remove this layer").click()
    expect(units).to_have_text(["4", "2"])
    expect(page.get_by_role("heading", name="Hidden layer 1")).to_be_hidden()
    page.get_by_role("button", name="Layer 1", exact=True).click()
    page.get_by_role("button", name="Remove this layer").click()
    expect(units).to_have_text(["2"])
    expect(page.locator(".units rect")).to_have_count(3)


def test_units_are_looked_at_from_diagram_and_board_and_the_diagram_is_used_from_the_keyboard(
    network: Network,
) -> None:
    a_unit_shows_its_picture_on_the_board_and_a_place_of_the_board_its_values(network)
    the_diagram_is_used_from_the_keyboard_alone(network)


def a_unit_shows_its_picture_on_the_board_and_a_place_of_the_board_its_values(network: Network) -> None:
    """As long as the pointer is there."""
    page = network.page
    board = network.playground.picture()
    page.mouse.move(*network.centre(".units rect", 1))
    caption = page.locator("#board-focus")
    number = rf"{MINUS}?[0-9.]+"
    expect(caption).to_have_text(re.compile(rf"^Unit 2 of layer 1, tanh: {number} to {number}$"))
    assert network.playground.picture() != board
    low, high = json.loads(header(network.frame)["frame"])["focus_range"]
    assert -1 <= low < high <= 1
    page.mouse.move(5, 5)
    expect(caption).to_be_empty()
    page.wait_for_function(
        "(old) => document.querySelector('.board__picture').toDataURL() === old", arg=board
    )

    # The pointer on the board writes the values of its place into the diagram.
    page.mouse.move(*network.playground.place(2, -3))
    values = page.locator(".probe")
    expect(values).to_have_count(7 + 4 + 2 + 1)
    expect(values.nth(1)).to_have_text(re.compile(rf"^{MINUS}(2\.9\d|3\.0\d)$"))
    expect(values.last).to_have_text(f"{network.tensor('probe')[-1]:.2f}".replace("-", MINUS))
    page.mouse.move(5, 5)
    expect(values).to_have_count(0)

    # Inputs are drawn as pictures of their features.
    x, y = network.centre(".inputs rect", 0)
    pixel = """([x, y]) => {
        const canvas = document.querySelector(".diagram__maps");
        const box = canvas.getBoundingClientRect();
        const ratio = canvas.width / box.width;
        return [...canvas.getContext("2d").getImageData((x - box.left) * ratio, (y - box.top) * ratio, 1, 1).data];
    }"""
    network.page.wait_for_function(f"(at) => ({pixel})(at)[3] === 255", arg=[x, y])
    left, right = (network.page.evaluate(pixel, [x + by, y]) for by in (-12, 12))
    assert left[0] > left[2] + 60, "x1 is negative on the left: orange"
    assert right[2] > right[0] + 60, "and positive on the right: blue"
    expect(network.page.locator(".input__name").first).to_have_text("x₁")


def header(frame: bytes) -> dict[str, str]:
    """The metadata of a safetensors file."""
    size = int.from_bytes(frame[:8], "little")
    metadata: dict[str, str] = json.loads(frame[8 : 8 + size])["__metadata__"]
    return metadata


def the_diagram_is_used_from_the_keyboard_alone(network: Network) -> None:
    """Units and weights are gone to, read, changed and frozen."""
    page = network.page
    live = network.playground.text("diagram-live")
    page.locator("#diagram").focus()
    page.keyboard.press("ArrowRight")
    expect(live).to_have_text(re.compile("^(Unit 1 of layer 1|Weight from unit 1 to unit 1 of layer 2)"))
    for _ in range(4):
        page.keyboard.press("ArrowRight")
    expect(live).to_have_text(re.compile("^The output, Sigmoid, bias 0"))
    expect(page.locator("#board-focus")).to_contain_text("The output, Sigmoid")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowDown")
    before = network.last_weight()
    expect(live).to_have_text(f"{LAST_NAME}: {shown(before)}")
    expect(network.playground.text("weight-readout")).to_contain_text(LAST_NAME)
    page.keyboard.press("+")
    expect(live).to_have_text(f"{LAST_NAME}: {shown(before + 0.1)}")
    page.keyboard.press("f")
    expect(live).to_contain_text("frozen")
    expect(page.locator(".lock-mark")).to_have_count(1)
    page.keyboard.press("Enter")
    expect(page.get_by_role("textbox", name=LAST_NAME)).to_be_focused()
    page.keyboard.type("-2")
    page.keyboard.press("Enter")
    page.keyboard.press("Escape")
    expect(page.locator("#diagram")).to_be_focused()
    expect(live).to_contain_text(f"{LAST_NAME}: {MINUS}2")
    network.becomes(lambda: network.last_weight() == -2)
    page.keyboard.press("b")
    expect(live).to_have_text(re.compile("^Bias of the output"))


def test_a_finger_that_stays_on_a_unit_shows_it_and_one_that_taps_a_line_edits_it_and_may_pull_it(
    visit: Callable[..., Playground],
) -> None:
    network = Network(visit(goto=False, **PHONE))
    page = network.page
    page.locator("#diagram").scroll_into_view_if_needed()
    page.evaluate("() => document.querySelector('#diagram').scrollIntoView({ block: 'center' })")
    x, y = network.centre(".units rect", 4)
    touch = page.context.new_cdp_session(page)
    touch.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [{"x": x, "y": y}]})
    expect(page.locator("#board-focus")).to_contain_text("Unit 1 of layer 2, tanh")
    touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    page.touchscreen.tap(*network.centre(".inputs rect", 0))
    expect(page.locator("#board-focus")).to_be_empty()

    before = network.last_weight()
    x, y = network.line()
    page.touchscreen.tap(x, y)
    expect(page.get_by_role("group", name="Change a weight")).to_contain_text(LAST_NAME)
    page.get_by_role("button", name="Lower by 0.1").click()
    expect(page.locator("#weight-editor [data-number=weight]")).to_have_text(shown(before - 0.1))
    touch.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [{"x": x, "y": y}]})
    for by in range(10, 60, 10):
        touch.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": [{"x": x, "y": y - by}]})
    touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    expect(page.locator("#weight-editor [data-number=weight]")).to_have_text(shown(before - 0.1 + 1.0))
