"""Usable by everybody: axe finds nothing, the keyboard does all, state is told, motion is as the system wants it."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import ROOT, Playground

Visit = Callable[..., Playground]

AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
LAYOUTS: dict[str, dict[str, Any]] = {"laptop": {}, "phone": PHONE}
LOOKS: list[dict[str, Any]] = [
    {"color_scheme": "dark"},
    {"color_scheme": "dark", "contrast": "more"},
    {"contrast": "more"},
]
"""What the page is looked at in after the light one."""
LIGHT = {"color_scheme": "light", "contrast": "no-preference"}
SCAN = """async (context) => (await axe.run(context, {%sresultTypes: ['violations'], preload: false})).violations
  .map(({id, nodes}) => [id, nodes.map(({target, failureSummary}) => `${target} ${failureSummary}`).slice(0, 4)])"""
VIOLATIONS = SCAN % ""
COLOURS = SCAN % "runOnly: {type: 'rule', values: ['color-contrast', 'link-in-text-block']}, "
"""Only what may differ between two looks of the same page."""
STRUCTURE = SCAN % "rules: {'color-contrast': {enabled: false}}, "
"""All but contrast, which is two thirds of a scan: for states whose colours are scanned elsewhere."""
CHART_HAS_THE_COLOURS_OF_THE_PAGE = """() => {
  const probe = document.body.appendChild(document.createElement('i'));
  probe.style.color = 'var(--muted)';
  const { color } = getComputedStyle(probe);
  probe.remove();
  return [...document.querySelectorAll('#chart .xtick text, #axes .xtick text')]
    .every((tick) => getComputedStyle(tick).fill === color);
}"""


SHEETS = ("shortcuts", "presets", "take-home")
LAY_OUT = """(name) => {
  const dialog = document.getElementById(name);
  dialog.addEventListener('close', (event) => event.stopImmediatePropagation(), {capture: true, once: true});
  dialog.close();
  dialog.show();
  Object.assign(dialog.style, {position: 'static', blockSize: 'auto', maxBlockSize: 'none'});
}"""
"""An open dialog goes below the page, as it is: nothing hides anything, and one scan reads the colours of all."""
ONE_OF_EACH = {
    "include": [["body"]],
    "exclude": [
        [".preset:nth-child(n + 4)"],
        [".keys__row:nth-child(n + 4)"],
        ["#table tbody tr:nth-child(n + 4)"],
    ],
}
"""The page without what is there many times and looks the same each time."""


@pytest.mark.parametrize("layout", LAYOUTS)
def test_axe_finds_nothing_on_the_page_and_on_what_opens_over_it_in_any_colours(
    visit: Visit, layout: str
) -> None:
    playground = visit(**LAYOUTS[layout])
    page = playground.page
    # Sixty points make a table that is scanned as well as one of five hundred, and sooner.
    playground.field("data.samples").get_by_role("textbox").fill("60")
    page.keyboard.press("Enter")
    expect(playground.text("train-count")).to_have_text("30")
    playground.press("epoch")
    expect(playground.text("epoch")).to_have_text("1")
    expect(page.locator("#chart svg").first).to_be_visible()
    page.evaluate(AXE.read_text("utf-8"))
    if layout == "laptop":
        scan_help_a_refused_value_and_presenter_mode(page)
    scan_one_by_one(page, STRUCTURE if layout == "laptop" else VIOLATIONS)
    for sheet in SHEETS:
        page.evaluate("(name) => document.getElementById(`button-${name}`).click()", sheet)
        expect(page.locator(f"#{sheet}")).to_be_visible()
        assert page.evaluate(STRUCTURE, f"#{sheet}") == []
        page.evaluate(LAY_OUT, sheet)
    if layout == "laptop":
        scan_the_colours_of_all_at_once(page)


def scan_the_colours_of_all_at_once(page: Page) -> None:
    """The sheets lie below the page, and what can be open beside them is; a phone has the same colours."""
    page.locator(".head__title--button").first.click()
    refuse_a_cell(page)
    page.evaluate(LAY_OUT, "table")
    open_weight_editor(page)
    assert page.evaluate(COLOURS, "body") == []
    for look in LOOKS:
        page.emulate_media(**(LIGHT | look))
        page.wait_for_function(CHART_HAS_THE_COLOURS_OF_THE_PAGE)
        assert page.evaluate(COLOURS, ONE_OF_EACH) == []


def scan_one_by_one(page: Page, scan: str) -> None:
    """The page with a layer's settings by this scan, a weight's editor and the table, one after the other."""
    page.locator(".head__title--button").first.click()
    expect(page.locator(".layer-panel")).to_be_visible()
    assert page.evaluate(scan, "body") == []
    page.locator(".head__title--button").first.click()
    expect(page.locator(".layer-panel")).to_be_hidden()
    open_weight_editor(page)
    assert page.evaluate(STRUCTURE, "#weight-editor") == []
    page.keyboard.press("Escape")
    cell = refuse_a_cell(page)
    assert page.evaluate(STRUCTURE, "#table") == []
    cell.press("Escape")
    page.locator("#table [aria-label=Close]").click()


def scan_help_a_refused_value_and_presenter_mode(page: Page) -> None:
    """What lies over the page or looks otherwise for a class, colours and all; the refused value stays."""
    page.locator("[data-help]").first.click()
    assert page.evaluate(VIOLATIONS, "#help") == []
    page.keyboard.press("Escape")
    page.locator("#field-data-samples").fill("1e9")
    page.keyboard.press("Enter")
    expect(page.locator("#field-data-samples-error")).to_be_visible()
    page.get_by_role("button", name="Presenter mode").click()
    assert page.evaluate(VIOLATIONS, "body") == []
    page.get_by_role("button", name="Presenter mode").click()
    expect(page.locator("#field-data-samples-error")).to_be_visible()


def open_weight_editor(page: Page) -> None:
    """By keys, as far as the bias of a unit."""
    page.locator("#diagram").focus()
    for key in ("ArrowRight", "ArrowRight", "b", "Enter"):
        page.keyboard.press(key)
    expect(page.locator("#weight-editor")).to_be_visible()


def refuse_a_cell(page: Page) -> Locator:
    """Open the table and put into a cell what it cannot hold."""
    page.get_by_role("button", name="Table of points").click()
    expect(page.locator("#table-rows")).to_be_visible()
    cell = page.locator("#table tbody input:not([type=checkbox])").first
    cell.fill("1e9")
    cell.press("Enter")
    expect(page.locator("#table [aria-invalid=true]").first).to_be_visible()
    return cell


def test_the_theme_is_the_systems_until_a_hand_or_a_link_chooses(visit: Visit, server: str) -> None:
    playground = visit(color_scheme="dark")
    page = playground.page
    root = page.locator("html")
    expect(root).to_have_attribute("data-theme", "dark")
    page.emulate_media(color_scheme="light")
    expect(root).to_have_attribute("data-theme", "light")
    page.emulate_media(contrast="more")
    expect(root).to_have_attribute("data-contrast", "more")
    page.emulate_media(contrast="no-preference")
    expect(root).to_have_attribute("data-contrast", "normal")
    menu = page.get_by_label("Theme")
    menu.select_option("Dark")
    expect(root).to_have_attribute("data-theme", "dark")
    before = playground.picture()
    menu.select_option("High contrast")
    expect(root).to_have_attribute("data-contrast", "more")
    expect(root).to_have_css("background-color", "rgb(255, 255, 255)")
    page.wait_for_function(
        "(before) => document.querySelector('.board__picture').toDataURL() !== before", arg=before
    )
    page.reload()
    playground.see_picture()
    expect(menu).to_have_value("contrast")
    expect(root).to_have_attribute("data-contrast", "more")
    page.goto(f"{server}/?theme=dark", wait_until="domcontentloaded")
    expect(root).to_have_attribute("data-theme", "dark")
    expect(root).to_have_attribute("data-contrast", "normal")


FOCUSED = """() => {
  const element = document.activeElement;
  const ring = element.matches('.sr, .switch + *') ? element.closest('label') : element;
  const shown = element.matches('.theme__select') ? element.closest('label') : ring;
  const {outlineStyle, outlineWidth} = getComputedStyle(shown);
  const {left, right, top, bottom, width} = shown.getBoundingClientRect();
  return {
    name: element.tagName === 'BODY' ? null : element.outerHTML.slice(0, 140),
    ring: outlineStyle === 'none' ? 0 : parseFloat(outlineWidth),
    seen: width > 0 && right > 0 && bottom > 0 && left < innerWidth && top < innerHeight,
  };
}"""


def by_tab(page: Page) -> Iterator[dict[str, Any]]:
    """What has the focus after each press of Tab, once around the page."""
    for _ in range(400):
        page.keyboard.press("Tab")
        found = page.evaluate(FOCUSED)
        if found["name"] is None:
            return
        yield found
    raise AssertionError("Tab does not get around the page")


MOVING = """() => [...document.querySelectorAll('*')].filter((element) => {
  const style = getComputedStyle(element);
  return style.animationName !== 'none' || parseFloat(style.transitionDuration) > 0;
}).map((element) => element.outerHTML.slice(0, 100))"""


def test_the_page_is_used_by_keys_says_what_it_does_and_keeps_to_the_systems_colours_and_motion(
    playground: Playground,
) -> None:
    tab_reaches_every_control_and_shows_where_it_is(playground.page)
    the_skip_link_leads_to_the_board(playground.page)
    the_sheet_of_shortcuts_says_what_the_plain_keys_do(playground)
    playing_and_pausing_are_told(playground)
    the_systems_own_colours_leave_marks_and_choices_visible(playground.page)
    playground.page.emulate_media(forced_colors="none", reduced_motion="reduce")
    assert playground.page.evaluate(MOVING) == []


def tab_reaches_every_control_and_shows_where_it_is(page: Page) -> None:
    """Once around the page."""
    page.locator("body").evaluate("(body) => body.focus()")
    reached = list(by_tab(page))
    assert [found["name"] for found in reached if found["ring"] < 3 or not found["seen"]] == []
    assert "Skip to the board" in page.locator(".skip").inner_text()
    assert "skip" in reached[0]["name"]
    names = " ".join(found["name"] for found in reached)
    for part in (
        "button-play",
        "button-theme",
        "button-present",
        "speed",
        "board-hands",
        "field-training-loss",
    ):
        assert part in names


def the_skip_link_leads_to_the_board(page: Page) -> None:
    """It is the first stop of Tab."""
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to the board")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("#board-hands")).to_be_focused()


def the_sheet_of_shortcuts_says_what_the_plain_keys_do(playground: Playground) -> None:
    """It opens by its key; while it is open the others do nothing."""
    page = playground.page
    page.evaluate("() => document.activeElement.blur()")
    page.keyboard.press("?")
    sheet = page.get_by_role("dialog", name="Keyboard shortcuts")
    expect(sheet).to_be_visible()
    expect(sheet.locator(".keys__row", has_text="Play, pause")).to_contain_text("Space")
    page.keyboard.press("s")
    page.keyboard.press("Escape")
    expect(sheet).to_be_hidden()
    page.keyboard.press("e")
    expect(playground.text("step")).to_have_text("25")
    page.keyboard.press("r")
    expect(playground.text("step")).to_have_text("0")
    page.keyboard.press("s")
    expect(playground.text("step")).to_have_text("1")
    page.keyboard.press("E")
    expect(playground.text("epoch")).to_have_text("1")
    page.keyboard.press("r")
    expect(playground.text("step")).to_have_text("0")
    page.keyboard.press("w")
    expect(page.locator("#field-seeds-weights")).to_have_value("1")


def playing_and_pausing_are_told(playground: Playground) -> None:
    """Space plays and pauses, and a live region says so; how seldom it speaks is seen in tests/js/announcer.test.js."""
    page, announcer = playground.page, playground.text("announcer")
    expect(announcer).to_have_attribute("role", "status")
    page.keyboard.press("Space")
    expect(page.get_by_role("button", name="Pause")).to_be_visible()
    expect(announcer).to_have_text("Playing.")
    page.keyboard.press("Space")
    expect(page.get_by_role("button", name="Play")).to_be_visible()
    expect(announcer).to_have_text(re.compile(r"^Paused at epoch \d+\. Training accuracy \d+\.\d %\.$"))


def the_systems_own_colours_leave_marks_and_choices_visible(page: Page) -> None:
    """Where the system takes all others away."""
    page.emulate_media(forced_colors="active")
    chosen = page.locator(".brush[aria-pressed=true]")
    other = page.locator(".brush[aria-pressed=false]").first
    ground = "(element) => getComputedStyle(element).backgroundColor"
    assert chosen.evaluate(ground) != other.evaluate(ground)
    # A menu is no choice among its options, and a mark of the key is no text.
    menu = page.locator("#speed")
    assert menu.evaluate(ground) == page.locator(".field .select").first.evaluate(ground)
    assert menu.evaluate(ground) != chosen.evaluate(ground)
    assert page.locator(".key--train").evaluate(ground) != page.locator("body").evaluate(ground)
    page.get_by_role("tab", name="Step").click()
    page.get_by_role("button", name="Open the next step").click()
    assert page.locator(".phase[aria-current]").evaluate(ground) == chosen.evaluate(ground)


def test_axe_is_the_one_that_package_json_names() -> None:
    assert '"axe-core": "4.14.1"' in Path(ROOT / "package.json").read_text("utf-8")
