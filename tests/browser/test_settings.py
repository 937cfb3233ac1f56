"""Controls built from the schema: what they ask for, and how a refusal shows."""

import re

from playwright.sync_api import expect

from tests.browser.conftest import Playground


def test_each_optimiser_and_schedule_shows_its_own_fields(playground: Playground) -> None:
    expect(playground.field("training.optimizer.betas")).to_be_visible()
    playground.field("training.optimizer").get_by_role("combobox").select_option("momentum")
    expect(playground.field("training.optimizer.momentum").get_by_role("textbox")).to_have_value("0.9")
    expect(playground.field("training.optimizer.betas")).to_have_count(0)
    playground.field("training.schedule").get_by_role("combobox").select_option("cosine")
    expect(playground.field("training.schedule.length").get_by_role("textbox")).to_have_value("100")
    playground.field("training.clipping.name").get_by_role("combobox").select_option("global_norm")
    expect(playground.field("training.clipping.limit").get_by_role("textbox")).to_have_value("1")


def test_a_rate_changes_while_training_goes_on(playground: Playground) -> None:
    page = playground.page
    page.get_by_role("button", name="Play").click()
    expect(playground.text("epoch")).not_to_have_text("0")
    page.get_by_role("button", name="Lower learning rate").click()
    expect(playground.text("rate")).to_have_text("0.01")
    expect(playground.text("epoch")).not_to_have_text(re.compile("^0$"))
    expect(page.get_by_role("button", name="Pause")).to_be_visible()


def test_a_value_out_of_bounds_is_marked_with_its_bound_and_the_last_good_one_stays(
    playground: Playground,
) -> None:
    rate = playground.field("training.optimizer.learning_rate")
    box = rate.get_by_role("textbox")
    box.fill("11")
    box.press("Enter")
    expect(rate).to_contain_text("Learning rate must be at most 10")
    expect(box).to_have_attribute("aria-invalid", "true")
    expect(playground.text("rate")).to_have_text("0.03")
    box.fill("many")
    box.press("Enter")
    expect(rate).to_contain_text("Learning rate must be a number")
    box.press("Escape")
    expect(box).to_have_value("0.03")
    expect(rate).not_to_contain_text("must be")


def test_a_refusal_of_the_server_is_marked_at_the_field_that_it_names(playground: Playground) -> None:
    page = playground.page
    activation = page.get_by_label("Activation of layer 2")
    activation.select_option("step")
    expect(activation).to_have_attribute("aria-invalid", "true")
    expect(playground.field("network.layers.1.activation")).to_contain_text("step has no slope")
    expect(page.get_by_role("alert")).to_contain_text("Step has no slope")
    activation.select_option("relu")
    expect(activation).not_to_have_attribute("aria-invalid", "true")
    expect(activation).to_have_value("relu")


def test_layers_units_and_inputs_are_changed_in_place(playground: Playground) -> None:
    page = playground.page
    page.get_by_role("button", name="Add a hidden layer").click()
    expect(page.get_by_text("3 hidden layers")).to_be_visible()
    expect(page.locator(".units rect")).to_have_count(4 + 2 + 2 + 1)
    page.get_by_role("button", name="Add a unit in layer 3").click()
    expect(page.locator(".units rect")).to_have_count(4 + 2 + 3 + 1)
    page.locator(".chip--input", has_text="sin x₁").click()
    expect(page.locator(".inputs rect")).to_have_count(6)
    page.get_by_role("button", name=re.compile("^Layer 1")).click()
    expect(page.get_by_role("heading", name="Hidden layer 1")).to_be_visible()
    page.get_by_label("Batch norm").check()
    expect(page.get_by_label("Batch norm")).to_be_checked()


def test_a_slider_draws_new_data_at_once(playground: Playground) -> None:
    before = playground.text("test-loss").inner_text()
    noise = playground.field("data.noise")
    noise.get_by_role("slider").fill("0.4")
    expect(noise).to_contain_text("40 %")
    expect(playground.text("test-loss")).not_to_have_text(before)


def test_full_batch_and_back(playground: Playground) -> None:
    batch = playground.field("training.batch_size")
    batch.get_by_role("button", name="All").click()
    expect(batch).to_contain_text("all points")
    playground.press("epoch")
    expect(playground.text("step")).to_have_text("1")
    batch.get_by_role("button", name="All").click()
    expect(batch.get_by_role("textbox")).to_have_value("10")
