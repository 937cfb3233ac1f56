"""The descent page as a teacher shows it: the start is dragged and all race anew, by mouse, finger and keys."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import MINUS, Playground
from tests.browser.test_access import AXE, COLOURS, LIGHT, LOOKS, STRUCTURE, VIOLATIONS

Visit = Callable[..., Playground]
PHONE: dict[str, Any] = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
ANSWERED = "() => document.body.dataset.race !== 'none' && document.body.dataset.settling === 'false'"
OVERFLOW = "() => document.documentElement.scrollWidth - innerWidth"


@pytest.fixture
def descent(visit: Visit, server: str) -> Callable[..., Playground]:
    """The page with a race, which has come from the server. Without Plotly, which only draws the ground, unless it is
    asked for: in 3-D it keeps a machine without a graphics card busy."""

    def open_page(query: str = "", plotly: bool = False, **context: Any) -> Playground:
        playground = visit(f"{server}/descent", goto=False, **context)
        if not plotly:
            playground.page.route("**/vendor/plotly-*", lambda route: route.fulfill(body=""))
        follow(playground, query)
        return playground

    return open_page


def follow(playground: Playground, query: str) -> None:
    """Go there by address."""
    playground.page.goto(f"{playground.address}{query}")
    playground.page.wait_for_function(ANSWERED, timeout=60_000)


def row(page: Page, optimizer: str) -> Locator:
    """What the table says of one."""
    return page.locator(f"[data-optimizer={optimizer}]")


def place(page: Page, x: float, y: float) -> tuple[float, float]:
    """Where a place of the bowl is on the screen; the axes leave 30, 8, 8 and 24 pixels around it."""
    box = page.locator("#contours").bounding_box()
    assert box
    width, height = box["width"] - 38, box["height"] - 32
    return box["x"] + 30 + (x + 4) / 8 * width, box["y"] + 8 + (4 - y) / 8 * height


def test_a_race_by_mouse_by_keys_and_by_address(descent: Callable[..., Playground]) -> None:
    playground = descent("?optimizers=sgd,momentum&rates=0.25&steps=50&step=1")
    the_start_is_dragged_and_all_race_anew_as_the_address_says(playground.page)
    follow(playground, "?optimizers=sgd&rates=0.1&steps=60")
    by_keys_the_start_moves_and_the_race_plays_to_its_end(playground.page)
    follow(playground, "")
    rate_one_is_a_mirror_and_more_diverges_and_the_page_says_so(playground.page)
    follow(playground, "?surface=bowl&x=9")
    what_cannot_be_is_said_where_it_was_typed_and_of_an_address_above(playground)
    axe_finds_nothing_in_any_colours(playground.page)


def the_start_is_dragged_and_all_race_anew_as_the_address_says(page: Page) -> None:
    """By hand, and exactly by number; a reload finds it."""
    expect(row(page, "sgd")).to_contain_text("1.5, 1")
    expect(row(page, "momentum")).to_contain_text("1.5, 1")
    expect(row(page, "adam")).to_contain_text("off")
    page.mouse.move(*place(page, 3, 2))
    page.mouse.down()
    page.mouse.move(*place(page, 0, 0), steps=4)
    page.mouse.move(*place(page, -2, 3), steps=4)
    for name in ("sgd", "momentum"):
        expect(row(page, name)).to_contain_text(re.compile(rf"{MINUS}(1|0\.99\d|1\.0\d*), 1\.[45]"))
    page.mouse.up()
    expect(page).to_have_url(re.compile(r"x=-(2|1\.9\d+|2\.0\d+)&y=(3|2\.9\d+|3\.0\d+)&steps=50"))
    # Exactly, by number.
    page.locator("#field-x").fill("-2")
    page.locator("#field-x").press("Enter")
    page.locator("#field-y").fill("3")
    page.locator("#field-y").press("Enter")
    expect(row(page, "momentum")).to_contain_text(f"{MINUS}1, 1.5")
    expect(page).to_have_url(re.compile(r"x=-2&y=3&.*&step=1$"))
    page.reload()
    page.wait_for_function(ANSWERED)
    expect(row(page, "momentum")).to_contain_text(f"{MINUS}1, 1.5")
    page.locator("#scrubber").press("End")
    expect(row(page, "sgd")).to_contain_text("there since step 7")
    assert page.evaluate(OVERFLOW) <= 0


def by_keys_the_start_moves_and_the_race_plays_to_its_end(page: Page) -> None:
    """One step of rate 0.1 on the bowl leaves 0.8 of both."""
    page.locator("#speed").select_option("50")
    contours = page.locator("#contours")
    contours.focus()
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Shift+ArrowUp")
    expect(contours).to_have_attribute("aria-label", re.compile("Start at x 2.8, y 2.02"))
    expect(row(page, "sgd").locator(".runner__place")).to_have_text("2.8, 2.02")
    page.keyboard.press("s")
    expect(row(page, "sgd").locator(".runner__place")).to_have_text("2.24, 1.616")
    page.keyboard.press("Space")
    expect(page.locator("#step")).to_have_text("60")
    expect(page.locator("#button-play")).to_have_attribute("aria-label", "Play")
    expect(page.locator("#announcer")).to_have_text("Step 60 of 60. In a valley: SGD.")
    page.keyboard.press("r")
    expect(page.locator("#step")).to_have_text("0")
    slider = page.get_by_label("Learning rate of SGD, slider")
    slider.focus()
    slider.press("ArrowRight")
    slider.press("ArrowRight")
    expect(row(page, "sgd").locator("[data-field]")).to_have_value("0.13")
    expect(page).to_have_url(re.compile("rates=0.13"))


def rate_one_is_a_mirror_and_more_diverges_and_the_page_says_so(page: Page) -> None:
    """By the page's own links, and back again."""
    page.get_by_role("link", name="Mirror").click()
    expect(page.locator("#step")).to_have_text("0")
    expect(row(page, "sgd").locator("[data-field]")).to_have_value("1")
    for there in (f"{MINUS}3, {MINUS}2", "3, 2", f"{MINUS}3, {MINUS}2"):
        page.locator("#button-step").click()
        expect(row(page, "sgd").locator(".runner__place")).to_have_text(there)
        expect(row(page, "sgd").locator(".runner__height")).to_have_text("13")
    page.locator("#button-back").click()
    expect(row(page, "sgd").locator(".runner__place")).to_have_text("3, 2")
    page.get_by_role("link", name="Divergent").click()
    expect(row(page, "sgd").locator("[data-field]")).to_have_value("1.05")
    page.locator("#scrubber").press("End")
    # 3 * 1.1^59 leaves the bounds, a hundred times the drawn width.
    expect(row(page, "sgd").locator(".runner__now")).to_have_text("diverged at step 59")
    page.go_back()
    expect(row(page, "sgd").locator("[data-field]")).to_have_value("1")
    page.get_by_role("button", name="Saddle").click()
    expect(page.locator(".ground-text:visible h3").first).to_have_text("Saddle")
    expect(page.locator("#field-x")).to_have_value("2")


def what_cannot_be_is_said_where_it_was_typed_and_of_an_address_above(playground: Playground) -> None:
    """What was typed stays to be mended."""
    page = playground.page
    expect(page.locator("#notice")).to_contain_text(
        "cannot start at (9, 2): bowl is drawn for x from -4 to 4"
    )
    expect(page.locator("#field-x")).to_have_value("3")
    page.locator("#field-rates-sgd").fill("11")
    page.locator("#field-rates-sgd").press("Enter")
    expect(page.locator("#field-rates-sgd-error")).to_have_text("must be from 0.000001 to 10")
    expect(page.locator("#field-rates-sgd")).to_have_value("11")
    # Chromium writes every refused request on its console.
    assert [error for error in playground.errors if "422" not in error] == []
    playground.errors.clear()


def test_on_a_phone_a_finger_sets_the_start_and_nothing_is_too_wide(
    descent: Callable[..., Playground],
) -> None:
    page = descent("?optimizers=sgd&rates=0.25&step=1", **PHONE).page
    page.locator("#contours").evaluate("(element) => element.scrollIntoView({block: 'center'})")
    page.touchscreen.tap(*place(page, -2, -2))
    expect(row(page, "sgd").locator(".runner__place")).to_have_text(
        re.compile(rf"{MINUS}(1|0\.99\d|1\.0\d*), {MINUS}(1|0\.99\d|1\.0\d*)")
    )
    assert page.evaluate(OVERFLOW) <= 0


def axe_finds_nothing_in_any_colours(page: Page) -> None:
    """While something is refused."""
    page.evaluate(AXE.read_text("utf-8"))
    usual: dict[str, Any] = dict(LIGHT)
    for look in LOOKS:
        page.emulate_media(**(usual | look))
        assert page.evaluate(COLOURS, "body") == []


def test_axe_finds_nothing_on_the_descent_page_with_its_plots_nor_for_a_class(
    descent: Callable[..., Playground],
) -> None:
    page = descent("?steps=30&step=12", plotly=True).page
    expect(page.locator("#ground .contourlayer")).to_be_attached()
    in_depth = page.locator("#terrain canvas, #terrain-missing:not([hidden])")
    expect(in_depth.first).to_be_attached()
    page.locator("#field-x").fill("99")
    page.locator("#field-x").press("Enter")
    expect(page.locator("#field-x-error")).to_be_visible()
    page.evaluate(AXE.read_text("utf-8"))
    assert page.evaluate(VIOLATIONS, "body") == []
    page.emulate_media(color_scheme="dark")
    page.locator("#button-present").click()
    assert page.evaluate(STRUCTURE, "body") == []
    # Colours are not all that tells them apart.
    shapes = {ball.get_attribute("d") for ball in page.locator("[data-ball]").all()}
    assert len(shapes) == page.locator("[data-ball]").count() == 7
