"""The charts as somebody uses them: which one, on which axis, smoothed, marked, read out, as a table and in words."""

import re

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.conftest import Playground


def show(playground: Playground, name: str) -> None:
    """Choose a chart."""
    playground.page.get_by_role("group", name="Chart").get_by_role("button", name=name).click()


def ticks(playground: Playground, axis: str) -> Locator:
    """The texts along an axis of the chart."""
    return playground.page.locator(f"#chart .{axis}axislayer-above text, #chart .{axis}tick text")


def lines(playground: Playground) -> Locator:
    """The lines that are drawn on the axis of values; the marks have an axis of their own."""
    return playground.page.locator("#chart .overplot > .xy .js-line")


def hover(playground: Playground, part: float) -> Locator:
    """Point at the chart, `part` of the way across; the read-out."""
    box = playground.page.locator("#chart .nsewdrag").first.bounding_box()
    assert box
    playground.page.mouse.move(box["x"] + part * box["width"], box["y"] + box["height"] / 2)
    return playground.page.locator("#chart .hoverlayer")


def train(playground: Playground, epochs: int) -> None:
    """Press the epoch button so many times."""
    for epoch in range(1, epochs + 1):
        playground.press("epoch")
        expect(playground.text("epoch")).to_have_text(str(epoch))


def test_accuracy_and_loss_are_read_from_axes_logarithmic_smoothed_as_a_table_and_at_any_size(
    playground: Playground,
) -> None:
    train(playground, 3)
    expect(lines(playground)).to_have_count(2)
    show(playground, "Accuracy")
    expect(ticks(playground, "y").filter(has_text="100 %")).to_have_count(1)
    expect(ticks(playground, "y").filter(has_text=re.compile("^0 %$"))).to_have_count(1)
    words = playground.page.get_by_role("img", name=re.compile(r"training accuracy \d+\.\d %, "))
    expect(words).to_be_visible()
    show(playground, "Loss")
    expect(ticks(playground, "y").filter(has_text="%")).to_have_count(0)
    log_says_powers_of_ten_and_below(playground)
    smoothing_draws_a_second_line_over_each(playground)
    history_is_a_table_and_copied_as_csv(playground)
    the_chart_fills_its_panel_when_the_page_changes(playground)
    regression_is_judged_by_r_squared(playground)


def log_says_powers_of_ten_and_below(playground: Playground) -> None:
    """And back to the linear axis."""
    expect(ticks(playground, "y").filter(has_text=re.compile("^0$"))).to_have_count(1)
    log = playground.page.get_by_role("button", name="log", exact=True)
    log.click()
    expect(log).to_have_attribute("aria-pressed", "true")
    expect(ticks(playground, "y").filter(has_text=re.compile("^0$"))).to_have_count(0)
    expect(ticks(playground, "y").filter(has_text=re.compile(r"^0\.5$|^1$|^0\.7$"))).not_to_have_count(0)
    log.click()
    expect(log).to_have_attribute("aria-pressed", "false")


def smoothing_draws_a_second_line_over_each(playground: Playground) -> None:
    """It says its factor, at the lines and in the read-out."""
    page = playground.page
    expect(lines(playground)).to_have_count(2)
    page.get_by_role("button", name="Chart options").click()
    expect(page.get_by_label("Smoothing")).to_have_value("0")
    page.get_by_label("Smoothing").select_option("0.9")
    expect(lines(playground)).to_have_count(4)
    expect(page.locator("#chart-key")).to_contain_text("factor 0.9")
    raw = playground.text("train-loss").inner_text()
    readout = hover(playground, 0.999)
    expect(readout).to_contain_text(f"training loss : {raw}")
    expect(readout).to_contain_text("training loss, smoothed")
    expect(readout).not_to_contain_text(f"training loss, smoothed : {raw}")
    page.get_by_role("button", name="Chart options").click()


def history_is_a_table_and_copied_as_csv(playground: Playground) -> None:
    """Of the run's three epochs and its start."""
    page = playground.page
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    loss = playground.text("train-loss").inner_text()
    page.get_by_role("button", name="Chart options").click()
    page.locator("#chart-panel").get_by_role("button", name="Table").click()
    sheet = page.get_by_role("dialog", name="History of the run")
    expect(sheet.get_by_role("row")).to_have_count(5)
    expect(sheet.get_by_role("row").nth(1)).to_contain_text(f"753{loss}")
    sheet.get_by_role("button", name="Copy the whole history as CSV").click()
    expect(sheet).to_contain_text("4 rows copied.")
    rows = str(page.evaluate("navigator.clipboard.readText()")).splitlines()
    assert rows[0].startswith("step,epoch,train_loss,test_loss,")
    assert rows[4].startswith("75,3,")
    page.keyboard.press("Escape")
    expect(sheet).to_be_hidden()


def the_chart_fills_its_panel_when_the_page_changes(playground: Playground) -> None:
    """As it does for a class."""
    page = playground.page
    drawn = page.locator("#chart .main-svg").first
    expect(drawn).to_be_visible()
    before = str(drawn.get_attribute("width"))
    playground.press("present")
    expect(drawn).not_to_have_attribute("width", before)
    chart, picture = page.locator("#chart").bounding_box(), drawn.bounding_box()
    assert chart
    assert picture
    assert picture["width"] == pytest.approx(chart["width"], abs=2)
    playground.press("present")
    expect(drawn).to_have_attribute("width", before)


def regression_is_judged_by_r_squared(playground: Playground) -> None:
    """Which has no percents."""
    playground.choose_source("plane")
    train(playground, 2)
    show(playground, "R²")
    expect(playground.page.get_by_role("img", name=re.compile("training R²"))).to_be_visible()
    expect(ticks(playground, "y").filter(has_text="%")).to_have_count(0)


def test_steps_and_what_changed_training_and_each_layer_are_found_on_the_chart_also_while_it_plays(
    playground: Playground,
) -> None:
    single_steps_are_seen_one_by_one_and_the_axis_can_be_chosen(playground)
    a_changed_rate_and_an_added_point_are_marked_where_they_changed_it(playground)
    every_layer_has_a_line_of_its_own_with_its_name_and_value(playground)
    a_read_out_stays_while_training_goes_on(playground)


def single_steps_are_seen_one_by_one_and_the_axis_can_be_chosen(playground: Playground) -> None:
    """Two epochs are trained."""
    page = playground.page
    expect(page.locator("#chart .xtitle")).to_have_text("step")
    for step in ("1", "2", "3"):
        playground.press("step")
        expect(playground.text("step")).to_have_text(step)
    expect(hover(playground, 0.74)).to_contain_text("step 3epoch 0, rate 0.03")
    train(playground, 2)
    expect(page.locator("#chart .xtitle")).to_have_text("epoch")
    expect(hover(playground, 0.999)).to_contain_text("epoch 2step 50")
    page.get_by_role("button", name="Chart options").click()
    page.get_by_label("Across").select_option("steps")
    expect(page.locator("#chart .xtitle")).to_have_text("step")
    page.get_by_label("Across").select_option(index=0)
    expect(page.locator("#chart .xtitle")).to_have_text("epoch")
    page.get_by_role("button", name="Chart options").click()


def a_changed_rate_and_an_added_point_are_marked_where_they_changed_it(playground: Playground) -> None:
    """After two epochs, and after three."""
    page = playground.page
    page.get_by_role("button", name="Lower learning rate").click()
    expect(playground.text("rate")).to_have_text("0.01")
    playground.press("epoch")
    expect(playground.text("epoch")).to_have_text("3")
    mark = page.locator("#chart .xy2 path.point")
    expect(mark).to_have_count(1)
    expect(page.locator("#chart .shapelayer path")).to_have_count(1)
    expect(hover(playground, 2 / 3)).to_contain_text("Learning rate 0.03 to 0.01")
    show(playground, "Rate")
    expect(page.get_by_role("img", name=re.compile("learning rate 0.01, falling"))).to_be_visible()
    playground.click(5, 5)
    expect(playground.text("train-count")).to_have_text("251")
    playground.press("epoch")
    expect(mark).to_have_count(2)
    expect(hover(playground, 3 / 4)).to_contain_text("1 point added")
    playground.press("reset")
    expect(mark).to_have_count(0)


def every_layer_has_a_line_of_its_own_with_its_name_and_value(playground: Playground) -> None:
    """An added one too."""
    train(playground, 2)
    for name, guides in (("Gradients", 0), ("Updates", 1)):
        show(playground, name)
        expect(playground.page.locator("#chart .shapelayer path")).to_have_count(guides)
        expect(lines(playground)).to_have_count(3)
        key = playground.page.locator("#chart-key")
        for layer in ("layer 1", "layer 2", "output"):
            expect(key).to_contain_text(re.compile(rf"{layer} \d"))
        looks = [str(line.get_attribute("style")) for line in lines(playground).all()]
        for part in (r"stroke: rgb\([^)]*\)", r"stroke-dasharray: [\d., px]+|$"):
            assert len({tuple(re.findall(part, look)) for look in looks}) == 3
    playground.page.get_by_role("button", name="Add a hidden layer").click()
    train(playground, 1)
    expect(lines(playground)).to_have_count(4)
    show(playground, "Gradients")
    expect(playground.page.locator("#chart .shapelayer path")).to_have_count(0)
    expect(lines(playground)).to_have_count(4)


def a_read_out_stays_while_training_goes_on(playground: Playground) -> None:
    """Whoever points at the chart has it."""
    show(playground, "Loss")
    playground.press("play")
    readout = hover(playground, 0.5)
    expect(readout).to_contain_text("training loss")
    expect(playground.text("epoch")).to_have_text(re.compile(r"^\d{2,}$"))
    expect(readout).to_contain_text("training loss")
