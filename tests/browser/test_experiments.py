"""Saved experiments, as a person keeps them: saved, found, copied, renamed, compared, deleted and had back, opened."""

import json
import re
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Playground
from tests.browser.test_access import AXE, COLOURS, LIGHT, LOOKS, VIOLATIONS

Visit = Callable[..., Playground]
STRANGE = "\"</script><img src=x onerror=alert(1)> 'n' שלום"


def dialog(page: Page) -> Locator:
    return page.locator("#experiments")


def cards(page: Page) -> Locator:
    return page.locator("[data-saved]")


def titles(page: Page) -> list[str]:
    return [card.locator("[data-saved-title]").input_value() for card in cards(page).all()]


def opened_dialog(page: Page, experiments: int) -> None:
    page.get_by_role("button", name="My experiments").click()
    expect(cards(page)).to_have_count(experiments)


def train(playground: Playground, epochs: int) -> None:
    for epoch in range(1, epochs + 1):
        playground.press("epoch")
        expect(playground.text("epoch")).to_have_text(str(epoch))


def figures(playground: Playground) -> list[str]:
    return [playground.text(name).inner_text() for name in ("step", "epoch", "train-loss", "test-loss")]


def test_experiments_are_kept_found_compared_deleted_and_opened_again(visit: Visit) -> None:
    playground = visit()
    page = playground.page
    train(playground, 3)
    before = figures(playground)

    # The title that suggests itself is chosen: Enter is enough.
    page.get_by_role("button", name="My experiments").click()
    expect(dialog(page)).to_contain_text("Nothing is saved yet")
    title = page.get_by_label("Title of the present experiment")
    expect(title).to_be_focused()
    expect(title).to_have_value(re.compile(r"^Spiral, 4-2, tanh, \d\d %$"))
    page.keyboard.press("Enter")
    expect(cards(page)).to_have_count(1)
    expect(dialog(page).get_by_role("status")).to_contain_text("is saved")
    expect(cards(page)).to_contain_text("Epoch 3, step 75")
    expect(cards(page).locator("img")).to_have_js_property("naturalWidth", 320)
    page.keyboard.press("Escape")
    expect(dialog(page)).to_be_hidden()

    # Another one, with a title that must stay text, and notes.
    playground.choose_source("circle")
    playground.field("data.validation_fraction").get_by_role("slider").fill("0.2")
    expect(playground.text("validation-count")).to_have_text("100")
    expect(playground.text("step")).to_have_text("0")
    train(playground, 1)
    opened_dialog(page, 1)
    expect(title).to_have_value(re.compile("^Circle, 4-2, tanh"))
    title.fill("  ")
    page.keyboard.press("Enter")
    expect(dialog(page).get_by_role("alert")).to_have_text("A title has at least one letter.")
    title.fill(STRANGE)
    page.get_by_label("Notes, if you like").fill("round\nand round")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(cards(page)).to_have_count(2)
    assert titles(page)[0] == STRANGE
    expect(cards(page).first.locator(".saved__notes")).to_have_text("round\nand round")

    # Found as one types.
    search = page.get_by_label("Search titles and notes")
    search.press_sequentially("AND ROUND")
    expect(cards(page)).to_have_count(1)
    assert titles(page) == [STRANGE]
    search.fill("none such")
    expect(dialog(page)).to_contain_text("Nothing has “none such” in its title or notes.")
    search.fill("")
    expect(cards(page)).to_have_count(2)

    # Copied, renamed in place, with notes; Escape leaves what is typed and not the dialog.
    spiral = cards(page).last
    spiral.get_by_role("button", name="Duplicate").click()
    expect(cards(page)).to_have_count(3)
    copy = cards(page).first.locator("[data-saved-title]")
    expect(copy).to_have_value(re.compile("^Copy of Spiral"))
    copy.fill("Nonsense")
    page.keyboard.press("Escape")
    expect(copy).to_have_value(re.compile("^Copy of Spiral"))
    copy.fill("Twin")
    page.keyboard.press("Enter")
    cards(page).first.get_by_role("button", name="Add notes").click()
    expect(page.get_by_label("Notes on Twin")).to_be_focused()
    page.keyboard.type("the same")
    page.keyboard.press("Control+Enter")
    expect(cards(page).first.locator(".saved__notes")).to_have_text("the same")
    assert titles(page)[0] == "Twin"

    # Two side by side: what differs and nothing else.
    for number in (0, 1):
        cards(page).nth(number).get_by_label(re.compile("^Compare")).check()
    page.get_by_role("button", name="Compare").click()
    expect(page.get_by_role("heading", name="Side by side")).to_be_focused()
    table = page.locator("table.sides__table")
    expect(table).to_be_visible()
    expect(table.locator("tbody").nth(1).locator("tr")).to_have_text(
        [
            "Settings that differ",
            re.compile(r"Data\s+Data set\s*Spiral\s*Circle"),
            re.compile(r"Data\s+Validation share\s*0\s*0\.2"),
        ]
    )
    expect(table.locator("tr", has_text="Epoch").locator("td")).to_have_text(["3", "1"])
    assert table.locator("img").count() == 2
    expect(table.locator("tr", has_text="Validation loss").locator("td")).to_have_text(
        ["\N{EN DASH}", re.compile(r"^0\.\d+$")]
    )
    lines = page.locator(".sides__curves path.curves__line")
    expect(lines).to_have_count(4)
    page.get_by_role("button", name="Validation", exact=True).click()
    expect(lines).to_have_count(2)
    expect(lines.last).to_have_attribute("d", re.compile("^M.*L"))
    expect(lines.first).to_have_attribute("d", "")
    page.get_by_role("button", name="All experiments").click()

    # Deleted, and had back where it was, also after a reload.
    cards(page).nth(1).get_by_role("button", name="Delete").click()
    expect(dialog(page).get_by_role("button", name="Undo")).to_be_focused()
    expect(cards(page)).to_have_count(2)
    page.keyboard.press("Enter")
    expect(cards(page)).to_have_count(3)
    assert titles(page)[1] == STRANGE
    cards(page).nth(1).get_by_role("button", name="Delete").click()
    expect(cards(page)).to_have_count(2)
    page.reload()
    playground.see_picture()
    opened_dialog(page, 2)
    assert titles(page)[0] == "Twin"

    # Opened: the same step and losses; and the back button leads to what was left.
    cards(page).first.get_by_role("button", name="Open").click()
    expect(page.locator("#notice")).to_contain_text("This is “Twin” as it was saved.")
    playground.see_picture()
    expect(playground.text("step")).to_have_text("75")
    assert figures(playground) == before
    page.go_back()
    playground.see_picture()
    expect(playground.text("step")).to_have_text("25")
    where_nothing_can_be_kept_the_dialog_says_so(page)


def where_nothing_can_be_kept_the_dialog_says_so(page: Page) -> None:
    """The browser forbids it from now on."""
    page.evaluate(
        """() => Object.defineProperty(
            window, 'localStorage', {configurable: true, get() { throw new DOMException('no', 'SecurityError'); }})"""
    )
    page.get_by_role("button", name="My experiments").click()
    expect(dialog(page)).to_contain_text("This browser lets the page keep nothing")
    expect(dialog(page).get_by_role("button")).to_have_count(1)
    page.keyboard.press("Escape")


def saved_rows(count: int) -> dict[str, Any]:
    """An answer of the server's with so many experiments."""
    stood = {
        "step": 75,
        "epoch": 3,
        "train_loss": 0.5,
        "test_loss": None,
        "train_score": 0.75,
        "test_score": None,
    }
    known = {"task": "classification", "parameters": 45, "points": 500}
    rows = [
        {
            "id": f"{row:032x}",
            "title": f"{row} {'long ' * 23}",
            "notes": "word" * 60,
            "made_at": 0,
            "changed_at": 0,
        }
        for row in range(count)
    ]
    return {
        "total": count + 1,
        "page": 1,
        "size": 24,
        "experiments": [{**row, "figures": {**stood, **known}} for row in rows],
    }


CUT_OFF = """(all) => all
  .filter((one) => one.checkVisibility())
  .filter((one) => {
    const { left, right } = one.getBoundingClientRect();
    return left < 0 || right > document.documentElement.clientWidth;
  })
  .map((one) => one.outerHTML)"""


def test_the_dialog_fits_any_screen_and_everybody_and_says_what_goes_wrong(visit: Visit) -> None:
    hands: dict[str, Any] = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True}
    playground = visit(**hands)
    page = playground.page
    page.evaluate(AXE.read_text("utf-8"))
    page.route("**/api/experiments?*", lambda route: route.fulfill(json=saved_rows(2)))
    page.route("**/picture", lambda route: route.fulfill(body=b"", content_type="image/png"))
    opened_dialog(page, 2)
    cards(page).first.get_by_role("button", name="Edit notes").click()
    cards(page).first.get_by_label(re.compile("^Compare")).check()
    assert page.evaluate(VIOLATIONS, "#experiments") == []
    for look in LOOKS:
        page.emulate_media(**(LIGHT | look))
        assert page.evaluate(COLOURS, "#experiments") == []
    sheet = dialog(page)
    assert sheet.evaluate("it => it.scrollWidth <= it.clientWidth")
    assert sheet.locator("button, input, textarea").evaluate_all(CUT_OFF) == []

    # What cannot be done is said where it was asked for.
    answer = {"code": "too_many", "message": "there is no room", "line": None, "column": None}
    page.route("**/api/experiments", lambda route: route.fulfill(status=409, body=json.dumps(answer)))
    page.route("**/duplicate", lambda route: route.abort())
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator("#experiments-form").get_by_role("alert")).to_have_text("There is no room.")
    cards(page).nth(1).get_by_role("button", name="Duplicate").click()
    expect(cards(page).nth(1).get_by_role("alert")).to_contain_text("The server could not be reached")
    playground.errors[:] = [line for line in playground.errors if "Failed to load resource" not in line]
