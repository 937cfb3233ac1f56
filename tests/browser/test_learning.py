"""The vertical slice: the spiral is learnt, a point is dragged, a reload costs nothing."""

import re

from playwright.sync_api import expect

from tests.browser.conftest import MINUS, Playground

OVER_95 = re.compile(r"^(95\.[1-9]|9[6-9]\.\d|100\.0) %$")

ON_ARM_OF_1, ON_ARM_OF_0 = (0.28, 2.89), (-0.8, 4.1)


def loss(playground: Playground) -> float:
    return float(playground.text("train-loss").inner_text())


def train_once_more(playground: Playground) -> None:
    """One step, and its picture on the screen."""
    board = playground.page.locator("#board")
    step = int(board.get_attribute("data-step") or "")
    playground.press("step")
    expect(board).to_have_attribute("data-step", str(step + 1))


def test_the_spiral_is_learnt_and_a_dragged_point_changes_loss_and_boundary(playground: Playground) -> None:
    page = playground.page
    # A small rate and larger batches: what has been learnt stays learnt until the hand reaches the pause button.
    page.get_by_role("button", name="Lower learning rate").click()
    batch = playground.field("training.batch_size").get_by_role("textbox")
    batch.fill("30")
    batch.press("Enter")
    page.locator("#speed").select_option(label="flat out")
    page.get_by_role("button", name="Play").click()
    expect(playground.text("train-score")).to_have_text(OVER_95, timeout=30_000)
    page.get_by_role("button", name="Pause").click()
    expect(page.get_by_role("button", name="Play")).to_be_visible()

    playground.click(5.5, 5.5)
    expect(playground.text("train-count")).to_have_text("251")
    playground.drag((5.5, 5.5), ON_ARM_OF_1)
    train_once_more(playground)
    among_its_own = loss(playground)
    playground.drag(ON_ARM_OF_1, ON_ARM_OF_0)
    expect(playground.text("chosen")).to_have_text(re.compile(rf"^class 1 at {MINUS}0\.[78]\d, 4\.[01]\d$"))
    expect(playground.text("train-loss")).not_to_have_text(f"{among_its_own:.3f}")
    assert loss(playground) > among_its_own

    before = playground.picture()
    train_once_more(playground)
    assert playground.picture() != before


def test_buttons_move_the_counters_and_a_reload_finds_settings_points_and_step(
    playground: Playground,
) -> None:
    step_epoch_reset_and_new_weights_move_the_counters(playground)
    a_reload_finds_settings_points_and_step(playground)


def step_epoch_reset_and_new_weights_move_the_counters(playground: Playground) -> None:
    """Reset leads back to the very picture; the keys have a test of their own."""
    page = playground.page
    start = playground.picture()
    playground.press("step")
    expect(playground.text("step")).to_have_text("1")
    playground.press("epoch")
    expect(playground.text("epoch")).to_have_text("1")
    expect(playground.text("step")).to_have_text("25")
    playground.press("reset")
    expect(page.locator("#board")).to_have_attribute("data-step", "0")
    assert playground.picture() == start
    playground.press("new-weights")
    seed = playground.field("seeds.weights").get_by_role("textbox")
    expect(seed).to_have_value("1")


def a_reload_finds_settings_points_and_step(playground: Playground) -> None:
    """As they were left."""
    page = playground.page
    playground.choose_source("circle")
    expect(page.locator(".source-caption strong")).to_have_text("Circle")
    rate = playground.field("training.optimizer.learning_rate").get_by_role("textbox")
    rate.fill("0.01")
    rate.press("Enter")
    page.get_by_role("button", name="Add a unit in layer 1").click()
    playground.click(5, 5)
    expect(playground.text("train-count")).to_have_text("251")
    playground.press("epoch")
    expect(playground.text("epoch")).to_have_text("1")
    step = playground.text("step").inner_text()

    page.reload()
    playground.see_picture()
    expect(page.locator(".source-caption strong")).to_have_text("Circle")
    expect(rate).to_have_value("0.01")
    expect(page.get_by_label("5 units")).to_be_visible()
    expect(playground.text("train-count")).to_have_text("251")
    expect(playground.text("step")).to_have_text(step)
