"""The tabs of diagnostics and of the gradient check, as a person uses them."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, WebSocket, expect

from tests.browser.conftest import MINUS, Playground
from tests.browser.hands import Ear
from tests.browser.test_access import AXE, COLOURS, VIOLATIONS

DARK: dict[str, Any] = {"color_scheme": "dark", "contrast": "no-preference"}
CONTRAST: dict[str, Any] = {"color_scheme": "light", "contrast": "more"}
HERE = {"include": [["#drawer"], ["#diagram"]]}
"""Of the drawer and of what its tabs lay over the diagram; the rest of the page has tests of its own."""

Visit = Callable[..., Playground]


def open_preset(playground: Playground, name: str) -> None:
    """Begin a ready experiment, and put its description away."""
    playground.press("presets")
    playground.page.locator(f"[data-preset={name}]").click()
    playground.page.locator(".notice").get_by_role("button").first.click()
    expect(playground.text("step")).to_have_text("0")


def open_tab(page: Page, name: str) -> None:
    """Press a tab of the drawer."""
    page.get_by_role("tab", name=name).click()
    expect(page.get_by_role("tab", name=name)).to_have_attribute("aria-selected", "true")


def finding(page: Page, about: str) -> Any:
    """The reading about one thing."""
    return page.locator(f".finding[data-about={about}]")


def test_dying_units_and_a_rate_too_large_are_told_in_words_and_flagged(playground: Playground) -> None:
    dying_units_are_counted_in_words_and_flagged_in_the_diagram(playground)
    a_rate_above_two_by_the_sharpness_is_said_and_one_below_it_too(playground)
    validation_points_judge_what_is_learnt_by_heart_where_there_are_some(playground)


def dying_units_are_counted_in_words_and_flagged_in_the_diagram(playground: Playground) -> None:
    """As long as the tab is open."""
    page = playground.page
    open_preset(playground, "dying-relu")
    assert page.locator(".badge").count() == 0
    open_tab(page, "Diagnostics")
    expect(finding(page, "gradients")).to_have_attribute("data-verdict", "none")
    assert page.locator(".badge").count() == 0
    playground.press("epoch")
    expect(playground.text("step")).to_have_text("25")
    dead = page.get_by_role("img", name=re.compile(r"^Unit \d of layer 1 is dead: 100 % of training points$"))
    expect(dead.first).to_be_visible()
    count = dead.count()
    layer = page.locator(".layers tbody tr").first
    expect(layer.locator(".layers__units")).to_have_text(f"{count} dead")
    page.get_by_role("tab", name="Diagnostics").click()
    expect(page.locator(".badge")).to_have_count(0)


def a_rate_above_two_by_the_sharpness_is_said_and_one_below_it_too(playground: Playground) -> None:
    """The bowl of the preset bears rates up to about 0.083; its own is 0.1."""
    page = playground.page
    open_preset(playground, "exploding-rate")
    open_tab(page, "Diagnostics")
    curvature = finding(page, "curvature")
    expect(curvature).to_contain_text("rate too large for this curvature")
    expect(curvature).to_contain_text("2 / learning rate = 20")
    gauge = curvature.get_by_role("img", name=re.compile("^Sharpness .* against 2 . learning rate = 20"))
    expect(gauge).to_have_attribute("data-over", "true")
    playground.field("training.optimizer.learning_rate").get_by_role("textbox").fill("0.05")
    page.keyboard.press("Enter")
    expect(curvature).to_have_attribute("data-verdict", "stable")
    expect(curvature.get_by_role("img", name=re.compile("learning rate = 40"))).to_have_attribute(
        "data-over", "false"
    )


def validation_points_judge_what_is_learnt_by_heart_where_there_are_some(playground: Playground) -> None:
    """The tab is open; the test points stand beside them."""
    open_preset(playground, "overfitting")
    gap = finding(playground.page, "gap")
    expect(gap.locator(".finding__title")).to_contain_text("Training and test: ")
    expect(gap.locator("strong")).to_have_count(2)
    playground.field("data.validation_fraction").get_by_role("slider").fill("0.2")
    expect(gap.locator(".finding__title")).to_contain_text("Training and validation: ")
    expect(gap.locator(".finding__text")).to_contain_text("of the test points, which are kept for the end")
    expect(gap.locator(".finding__losses")).to_have_text(
        re.compile(r"^training loss [\d.]+validation loss [\d.]+test loss [\d.]+$")
    )


def leaves_figures_out(data: str | bytes) -> bool:
    """A frame that says so."""
    return isinstance(data, bytes) and b'figures\\":false' in data


def test_the_tabs_show_what_the_frames_carry_and_that_the_gradient_is_right_to_everybody(
    visit: Visit,
) -> None:
    playground, ear = visit(goto=False), Ear()
    page = playground.page
    sockets: list[WebSocket] = []
    page.on("websocket", ear.hear)
    page.on("websocket", lambda socket: sockets.append(socket))
    playground.open()
    open_tab(page, "Diagnostics")
    playground.press("epoch")
    expect(page.locator("[data-norm='0']")).to_have_text(re.compile(r"\d"))
    norms = [reading["norm"] for reading in ear.frame["readings"] if reading["norm"] is not None]
    shown = page.locator("[data-norm]").all_inner_texts()
    assert [float(text.replace(MINUS, "-")) for text in shown] == pytest.approx(norms, rel=0.06)
    low, high = ear.tensors["histogram_ranges"][1, 0]
    ends = page.locator(".layers tbody tr").first.locator(".histogram__ends").nth(1).locator("span")
    assert [float(text.replace(MINUS, "-")) for text in ends.all_inner_texts()] == pytest.approx(
        [low, high], rel=0.06
    )
    # While it trains some frames leave them out, and what is shown stays.
    with sockets[0].expect_event("framereceived", leaves_figures_out):
        playground.press("play")
    assert page.locator("[data-norm]").count() == len(norms)
    playground.press("play")
    expect(page.locator("body")).to_have_attribute("data-phase", "paused")
    page.locator("#diagnostics").focus()
    page.keyboard.press("Escape")
    expect(page.locator("#diagnostics")).to_be_hidden()
    playground.press("reset")
    expect(playground.text("epoch")).to_have_text("0")
    assert [command["view"]["diagnostics"] for command in ear.sent("set_view")] == [True, False]
    assert ear.frame["readings"] is None
    the_gradient_of_a_tanh_network_is_right_and_the_answer_grows_old(playground)
    axe_finds_nothing_on_both_open_tabs(page)


def the_gradient_of_a_tanh_network_is_right_and_the_answer_grows_old(playground: Playground) -> None:
    """It is asked for again."""
    page = playground.page
    playground.press("epoch")
    open_tab(page, "Gradient check")
    page.get_by_role("button", name="Check the gradient").click()
    told = page.locator("#gradient-check").get_by_role("status")
    expect(told).to_have_attribute("data-verdict", "right")
    expect(told).to_contain_text("Right")
    expect(page.locator("[data-check=step]")).to_have_text("25")
    rows = page.locator("[data-check-row]")
    parameters = int(page.locator("[data-check=parameters]").inner_text())
    assert rows.count() == min(parameters, 200)
    errors = [float(text.replace(MINUS, "-")) for text in rows.locator("td:last-child").all_inner_texts()]
    assert errors == sorted(errors, reverse=True)
    assert errors[0] < 1e-4
    marks = page.locator("[data-offender]")
    expect(marks.first).to_be_visible()
    assert page.locator(".offender--pointed").count() == 0
    rows.nth(6).hover()
    expect(page.locator(".offender--pointed")).to_have_count(1)
    page.mouse.move(5, 5)
    rows.first.focus()
    page.keyboard.press("ArrowDown")
    expect(rows.nth(1)).to_be_focused()
    expect(page.locator(".offender--pointed")).to_have_count(1)
    playground.press("step")
    expect(told).to_contain_text("This belongs to step 25")
    expect(marks).to_have_count(0)
    page.get_by_role("button", name="Check the gradient").click()
    expect(page.locator("[data-check=step]")).to_have_text("26")
    expect(told).not_to_contain_text("This belongs")


def axe_finds_nothing_on_both_open_tabs(page: Page) -> None:
    """The check is open."""

    def scan() -> None:
        for rules, look, contrast in ((VIOLATIONS, DARK, "normal"), (COLOURS, CONTRAST, "more")):
            page.emulate_media(**look)
            expect(page.locator("html")).to_have_attribute("data-contrast", contrast)
            assert page.evaluate(rules, HERE) == []

    page.evaluate(AXE.read_text("utf-8"))
    expect(page.locator(".check__word")).to_have_text("Right")
    scan()
    open_tab(page, "Diagnostics")
    expect(finding(page, "gap")).to_be_attached()
    scan()
