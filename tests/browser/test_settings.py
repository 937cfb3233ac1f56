"""Controls built from the schema: what they ask for, and how a refusal shows."""

import re
from collections.abc import Callable

from playwright.sync_api import expect

from tests.browser.conftest import Playground


def test_fields_come_with_their_choice_and_the_schedule_shows_its_curve(playground: Playground) -> None:
    full_batch_and_back_and_a_slider_up_to_all_points(playground)
    playground.press("reset")
    expect(playground.text("epoch")).to_have_text("0")
    the_schedule_shows_its_curve_and_where_training_is_on_it(playground)
    each_optimiser_and_schedule_shows_its_own_fields(playground)
    network_and_noise_are_changed_in_place(playground)


def the_schedule_shows_its_curve_and_where_training_is_on_it(playground: Playground) -> None:
    """It is the engine's, not the page's."""
    curve = playground.page.locator(".preview__line")
    flat = str(curve.get_attribute("d"))
    expect(
        playground.page.get_by_role("img", name="Learning rate from 0.03 at epoch 0 to 0.03")
    ).to_be_visible()
    playground.field("training.schedule").get_by_role("combobox").select_option("cosine")
    expect(curve).not_to_have_attribute("d", flat)
    expect(
        playground.page.get_by_role("img", name="Learning rate from 0.03 at epoch 0 to 0 at")
    ).to_be_visible()
    cosine = str(curve.get_attribute("d"))
    dot = playground.page.locator(".preview__dot")
    start = str(dot.get_attribute("cx"))
    for epoch in ("1", "2"):
        playground.press("epoch")
        expect(playground.text("epoch")).to_have_text(epoch)
    expect(dot).not_to_have_attribute("cx", start)
    length = playground.field("training.schedule.length").get_by_role("textbox")
    expect(length).to_have_value("100")
    length.fill("10")
    length.press("Enter")
    expect(curve).not_to_have_attribute("d", cosine)


def each_optimiser_and_schedule_shows_its_own_fields(playground: Playground) -> None:
    """And no other's."""
    expect(playground.field("training.optimizer.betas")).to_be_visible()
    playground.field("training.optimizer").get_by_role("combobox").select_option("momentum")
    expect(playground.field("training.optimizer.momentum").get_by_role("textbox")).to_have_value("0.9")
    expect(playground.field("training.optimizer.betas")).to_have_count(0)
    playground.field("training.schedule").get_by_role("combobox").select_option("constant")
    expect(playground.field("training.schedule.length")).to_have_count(0)
    playground.field("training.clipping.name").get_by_role("combobox").select_option("global_norm")
    expect(playground.field("training.clipping.limit").get_by_role("textbox")).to_have_value("1")


def network_and_noise_are_changed_in_place(playground: Playground) -> None:
    """Layers, units, inputs and points."""
    page = playground.page
    before = playground.text("test-loss").inner_text()
    noise = playground.field("data.noise")
    noise.get_by_role("slider").fill("0.4")
    expect(noise).to_contain_text("40 %")
    expect(playground.text("test-loss")).not_to_have_text(before)
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


def full_batch_and_back_and_a_slider_up_to_all_points(playground: Playground) -> None:
    """One batch is all training points."""
    batch = playground.field("training.batch_size")
    batch.get_by_role("button", name="All").click()
    expect(batch).to_contain_text("all points")
    playground.press("epoch")
    expect(playground.text("step")).to_have_text("1")
    batch.get_by_role("button", name="All").click()
    expect(batch.get_by_role("textbox")).to_have_value("10")
    slider = batch.get_by_role("slider")
    slider.focus()
    slider.press("ArrowRight")
    expect(batch.get_by_role("textbox")).to_have_value("20")
    slider.press("End")
    expect(batch).to_contain_text("all points")
    expect(slider).to_have_attribute("aria-valuetext", "all 250 points")
    slider.press("Home")
    expect(batch.get_by_role("textbox")).to_have_value("1")


def test_training_is_followed_step_by_step_steered_while_it_goes_on_and_stopped_early(
    playground: Playground,
) -> None:
    one_step_a_second_can_be_followed(playground)
    a_rate_changes_while_training_goes_on(playground)
    playground.press("play")
    expect(playground.page.get_by_role("button", name="Play")).to_be_visible()
    early_stopping_stops_a_small_noisy_run_and_says_which_epoch_was_best(playground)


def one_step_a_second_can_be_followed(playground: Playground) -> None:
    """And five, and as many as there can be."""
    page = playground.page
    page.locator("#speed").select_option(label="1 step/s")
    playground.press("play")
    expect(playground.text("step")).to_have_text("2")
    expect(playground.text("epoch")).to_have_text("0")
    page.locator("#speed").select_option(label="5 steps/s")
    expect(playground.text("step")).to_have_text(re.compile(r"^([5-9]|1\d|2[0-4])$"))
    expect(playground.text("epoch")).to_have_text("0")
    page.locator("#speed").select_option(label="flat out")
    expect(playground.text("epoch")).to_have_text(re.compile(r"\d{2}"))


def a_rate_changes_while_training_goes_on(playground: Playground) -> None:
    """Without a stop."""
    page = playground.page
    page.locator("#speed").select_option(label="10 epochs/s")
    page.get_by_role("button", name="Lower learning rate").click()
    expect(playground.text("rate")).to_have_text("0.01")
    epoch = int(playground.text("epoch").inner_text().replace(" ", ""))
    expect(playground.text("epoch")).not_to_have_text(re.compile(f"^{epoch}$"))
    expect(page.get_by_role("button", name="Pause")).to_be_visible()


def early_stopping_stops_a_small_noisy_run_and_says_which_epoch_was_best(playground: Playground) -> None:
    """And restores it."""
    page = playground.page
    playground.choose_source("xor")
    playground.field("data.noise").get_by_role("slider").fill("0.5")
    box = playground.field("data.samples").get_by_role("textbox")
    box.fill("60")
    box.press("Enter")
    switch = page.get_by_role("checkbox", name="Early stopping")
    expect(switch).not_to_be_checked()
    switch.check()
    patience = playground.field("training.early_stopping.patience").get_by_role("textbox")
    expect(patience).to_have_value("20")
    patience.fill("5")
    patience.press("Enter")
    expect(playground.field("training.early_stopping.restore_best").get_by_role("checkbox")).to_be_checked()
    playground.press("play")
    notice = page.locator("#notice")
    expect(notice).to_contain_text(re.compile(r"not fallen for 5 epochs; it was lowest after epoch \d+"))
    expect(notice.locator(".notice--info")).to_be_visible()
    expect(page.get_by_role("button", name="Play")).to_be_visible()
    switch.uncheck()
    expect(patience).to_have_count(0)


def test_a_value_out_of_bounds_or_refused_is_marked_with_the_reason_and_the_good_one_stays(
    visit: Callable[..., Playground],
) -> None:
    playground = visit(permissions=["clipboard-read", "clipboard-write"])
    the_learning_rate_is_marked_out_of_bounds_and_as_no_number(playground)
    a_refusal_of_the_servers_is_marked_at_the_field_that_it_names(playground)
    every_kind_of_number_marks_what_is_out_of_bounds_and_keeps_the_good_one(playground)


def the_learning_rate_is_marked_out_of_bounds_and_as_no_number(playground: Playground) -> None:
    """Escape brings back what is in force."""
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


def a_refusal_of_the_servers_is_marked_at_the_field_that_it_names(playground: Playground) -> None:
    """Until something good is chosen."""
    page = playground.page
    activation = page.get_by_label("Activation of layer 2")
    activation.select_option("step")
    expect(activation).to_have_attribute("aria-invalid", "true")
    expect(playground.field("network.layers.1.activation")).to_contain_text("step has no slope")
    expect(page.get_by_role("alert")).to_contain_text("Step has no slope")
    activation.select_option("relu")
    expect(activation).not_to_have_attribute("aria-invalid", "true")
    expect(activation).to_have_value("relu")


NUMBERS = [
    ("training.optimizer.betas", "0.9", "1", "must be less than 1"),
    ("training.l2", "0", "-1", "must be at least 0"),
    ("training.batch_size", "10", "2.5", "must be a whole number"),
    ("training.early_stopping.patience", "20", "0", "must be at least 1"),
    ("training.schedule.warmup", "0", "100001", "must be at most 100000"),
]
"""Of every kind one: its field, what stands there, what cannot, and why."""


def every_kind_of_number_marks_what_is_out_of_bounds_and_keeps_the_good_one(playground: Playground) -> None:
    """Typed and pasted; training goes on with the good one."""
    page = playground.page
    page.get_by_role("checkbox", name="Early stopping").check()
    page.locator("summary", has_text="More").click()
    for step, (path, good, bad, words) in enumerate(NUMBERS, 1):
        field = playground.field(path)
        box = field.get_by_role("textbox").first
        expect(box).to_have_value(good)
        box.focus()
        page.keyboard.press("Control+A")
        page.keyboard.type("3")  # good so far: what is half typed is no mistake
        expect(box).not_to_have_attribute("aria-invalid", "true")
        page.evaluate("text => navigator.clipboard.writeText(text)", bad)
        page.keyboard.press("Control+A")
        page.keyboard.press("Control+V")
        page.locator("h2", has_text="Training").click()
        expect(box).to_have_attribute("aria-invalid", "true")
        expect(field).to_contain_text(words)
        expect(box).to_have_value(bad)
        playground.press("step")
        expect(playground.text("step")).to_have_text(str(step))
        box.press("Escape")
        expect(box).to_have_value(good)
        expect(box).not_to_have_attribute("aria-invalid", "true")
