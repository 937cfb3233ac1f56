"""The weights of the diagram as hands use them: lines are read, pulled, typed and frozen."""

from collections.abc import Callable

import numpy as np
import pytest
from playwright.sync_api import expect

from tests.browser.conftest import MINUS, Playground
from tests.browser.network import LAST, LAST_NAME, OUTPUT_AT, Network, shown


@pytest.fixture
def network(visit: Callable[..., Playground]) -> Network:
    """The diagram on a laptop."""
    return Network(visit(goto=False))


def test_lines_are_read_and_show_the_weight_the_gradient_or_the_last_update_and_what_is_frozen(
    network: Network,
) -> None:
    hovering_a_line_reads_the_engines_numbers_and_they_stay_live(network)
    lines_show_the_weight_the_gradient_or_the_last_update_and_which_weight_is_frozen(network)


def hovering_a_line_reads_the_engines_numbers_and_they_stay_live(network: Network) -> None:
    """A hand may be eight pixels off."""
    x, y = network.line()
    network.page.mouse.move(x, y + 6)
    expect(network.playground.text("weight-readout")).to_contain_text(LAST_NAME)
    network.page.mouse.move(x, y + 30)
    expect(network.playground.text("weight-readout")).to_be_hidden()
    network.train(1)
    network.page.mouse.move(*network.line())
    readout = network.playground.text("weight-readout")
    expect(readout).to_contain_text(LAST_NAME)
    assert network.read("weight") == shown(network.last_weight())
    assert float(network.read("gradient").replace(MINUS, "-")) == pytest.approx(
        network.tensor("gradient")[OUTPUT_AT + 1], rel=2e-3
    )
    assert float(network.read("update").replace(MINUS, "-")) == pytest.approx(
        network.tensor("update")[OUTPUT_AT + 1], rel=2e-3
    )
    before = network.read("weight")
    network.page.keyboard.press("Space")
    expect(readout.locator("[data-number=weight]")).not_to_have_text(before)
    network.page.keyboard.press("Space")
    network.page.mouse.move(5, 5)
    expect(readout).to_be_hidden()
    network.playground.press("reset")
    expect(network.playground.text("epoch")).to_have_text("0")


def lines_show_the_weight_the_gradient_or_the_last_update_and_which_weight_is_frozen(
    network: Network,
) -> None:
    """Each as wide as it is large among its kind."""
    page = network.page
    caption = network.playground.text("network-caption")
    network.train(1)
    weights = network.widths()
    expect(caption).to_contain_text(f"Largest: {shown(abs(network.tensor('theta')).max())}")
    page.get_by_role("button", name="Gradient", exact=True).click()
    expect(caption).to_contain_text(f"Largest: {shown(abs(network.tensor('gradient')).max())}")
    gradients = network.widths()
    assert gradients != weights
    page.get_by_role("button", name="Update", exact=True).click()
    expect(caption).to_contain_text(f"Largest: {shown(abs(network.tensor('update')).max())}")
    assert network.widths() not in (weights, gradients)

    # A frozen weight stays through ten epochs while others move.
    before = network.tensor("theta")
    network.edit()
    page.get_by_label("Freeze while training").check()
    expect(page.locator(".lock-mark")).to_have_count(1)
    expect(page.locator(".edges path").nth(LAST)).to_have_class("edge--frozen")
    page.keyboard.press("Escape")
    network.train(10)
    after = network.tensor("theta")
    assert after[OUTPUT_AT + 1] == before[OUTPUT_AT + 1]
    assert np.all(np.delete(after, OUTPUT_AT + 1)[OUTPUT_AT:] != np.delete(before, OUTPUT_AT + 1)[OUTPUT_AT:])


def test_a_weight_is_typed_or_pulled_and_the_boundary_follows(network: Network) -> None:
    a_typed_number_is_the_weight_exactly_and_one_out_of_bounds_is_marked_and_the_old_one_stays(network)
    dragging_a_line_or_a_bias_changes_it_and_the_boundary_follows(network)


def a_typed_number_is_the_weight_exactly_and_one_out_of_bounds_is_marked_and_the_old_one_stays(
    network: Network,
) -> None:
    """Reset brings the first one back."""
    page = network.page
    before = network.last_weight()
    network.edit()
    box = page.get_by_role("textbox", name=LAST_NAME)
    page.keyboard.type("2000000")
    page.keyboard.press("Enter")
    expect(page.locator("#weight-editor")).to_contain_text("Weight must be at most 1000000")
    expect(box).to_have_attribute("aria-invalid", "true")
    expect(box).to_have_value("2000000")
    expect(page.locator("#weight-editor [data-number=weight]")).to_have_text(shown(before))
    box.fill("much")
    box.press("Enter")
    expect(page.locator("#weight-editor")).to_contain_text("Weight must be a number")
    page.keyboard.press("Escape")
    network.train(1)
    network.playground.press("reset")
    expect(network.playground.text("epoch")).to_have_text("0")
    network.becomes(lambda: network.last_weight() == before)
    network.edit()
    box = page.get_by_role("textbox", name=LAST_NAME)
    expect(box).to_be_focused()
    page.keyboard.type("1.2345678901")
    page.keyboard.press("Enter")
    expect(page.locator("#weight-editor [data-number=weight]")).to_have_text("1.235")
    network.becomes(lambda: network.last_weight() == 1.2345678901)
    page.get_by_role("button", name="Raise by 0.1").click()
    expect(page.locator("#weight-editor [data-number=weight]")).to_have_text("1.335")
    network.becomes(lambda: shown(network.last_weight()) == "1.335")
    page.keyboard.press("Escape")
    expect(page.get_by_role("group", name="Change a weight")).to_be_hidden()


def dragging_a_line_or_a_bias_changes_it_and_the_boundary_follows(network: Network) -> None:
    """At once, and by as much as the hand says."""
    page = network.page
    before, picture = network.last_weight(), network.playground.picture()
    x, y = network.line()
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x, y - 60, steps=10)
    page.wait_for_function(
        "(old) => document.querySelector('.board__picture').toDataURL() !== old", arg=picture
    )
    page.mouse.move(x, y - 100, steps=10)
    page.mouse.up()
    wanted = shown(float(f"{before + 2:.6g}"))
    expect(page.locator("#weight-readout [data-number=weight]")).to_have_text(wanted)
    network.becomes(lambda: network.last_weight() == pytest.approx(before + 2, rel=1e-5))
    expect(page.get_by_role("group", name="Change a weight")).to_be_hidden()

    # The output's bias is a mark that can be grabbed.
    expect(page.locator(".bias__letter")).to_have_text(["b"] * 7)
    x, y = network.centre(".bias", 6)
    page.mouse.move(x, y)
    expect(network.playground.text("weight-readout")).to_contain_text("Bias of the output")
    page.mouse.down()
    page.mouse.move(x, y + 75, steps=8)
    page.mouse.up()
    network.becomes(lambda: network.tensor("theta")[OUTPUT_AT + 2] == -1.5)
    assert float(page.locator(".bias__line").nth(6).get_attribute("stroke-width") or 0) > 3
