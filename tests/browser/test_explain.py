"""Help at a control, ready experiments, and going on after divergence: as a person would."""

import re
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import MINUS, Playground

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}


def help_of(playground: Playground, path: str) -> Locator:
    """The "?" at a control."""
    return playground.page.locator(f'button[data-help="{path}"]').first


def is_in_view(page: Page, element: Locator) -> bool:
    """Nothing of it is cut off."""
    box = element.bounding_box()
    size = page.viewport_size
    assert box
    assert size
    return (
        box["x"] >= 0
        and box["y"] >= 0
        and box["x"] + box["width"] <= size["width"] + 0.5
        and box["y"] + box["height"] <= size["height"] + 0.5
    )


def test_every_controls_help_has_words_and_formulas_for_what_is_chosen_by_hand_and_by_keys(
    playground: Playground,
) -> None:
    every_help_button_is_large_enough_and_its_card_is_never_cut_off(playground)
    page = playground.page
    button = help_of(playground, "training.optimizer.learning_rate")
    button.click()
    card = page.get_by_role("dialog", name="Learning rate")
    expect(card).to_contain_text("How far one step goes.")
    expect(card.locator("math")).to_be_visible()
    expect(card.locator("math")).to_have_text(re.compile("w.*←.*w.*η.*g", re.DOTALL))
    expect(card).to_contain_text("Try With SGD, raise it tenfold")
    box = card.locator("math").bounding_box()
    assert box
    assert box["width"] > 40
    assert box["height"] > 10
    assert is_in_view(page, card)
    page.keyboard.press("Escape")
    expect(card).to_be_hidden()
    expect(button).to_be_focused()
    help_is_reached_read_and_left_with_the_keyboard(playground)
    the_card_explains_what_is_chosen_now(playground)


def every_help_button_is_large_enough_and_its_card_is_never_cut_off(playground: Playground) -> None:
    """Each in turn; Escape closes it."""
    page = playground.page
    buttons = page.locator("button.help:visible")
    keys = buttons.evaluate_all("all => all.map((one) => one.dataset.help)")
    assert len(keys) >= 20
    for row in range(len(keys)):
        box = buttons.nth(row).bounding_box()
        assert box
        assert min(box["width"], box["height"]) >= 24
        buttons.nth(row).click()
        expect(page.locator("#help-title")).to_be_visible()
        expect(page.locator("#help math").first).to_be_visible()
        assert is_in_view(page, page.locator("#help")), keys[row]
        page.keyboard.press("Escape")


def help_is_reached_read_and_left_with_the_keyboard(playground: Playground) -> None:
    """Back to the button that it belongs to."""
    page = playground.page
    page.get_by_label("Optimiser", exact=True).focus()
    page.keyboard.press("Shift+Tab")
    button = help_of(playground, "training.optimizer")
    expect(button).to_be_focused()
    page.keyboard.press("Enter")
    card = page.get_by_role("dialog", name="Optimiser")
    expect(card).to_be_focused()
    expect(card).to_contain_text("Now Adam")
    expect(card.locator("math")).to_have_count(2)
    card.get_by_role("button", name="Symbols").press("Enter")
    expect(page.get_by_role("dialog", name="Symbols")).to_contain_text("learning rate")
    page.keyboard.press("Shift+Tab")
    expect(page.locator("#help")).to_be_hidden()
    expect(button).to_be_focused()


def the_card_explains_what_is_chosen_now(playground: Playground) -> None:
    """Of a choice the one made, of many all."""
    page = playground.page
    playground.field("training.optimizer").get_by_role("combobox").select_option("momentum")
    help_of(playground, "training.optimizer").click()
    expect(page.locator("#help")).to_contain_text("Now Momentum")
    expect(page.locator("#help")).to_contain_text("A heavy ball")
    page.mouse.click(720, 20)
    expect(page.locator("#help")).to_be_hidden()
    help_of(playground, "inputs").click()
    expect(page.locator("#help .help-card__chosen")).to_have_count(7)
    page.keyboard.press("Escape")
    help_of(playground, "data.source").click()
    expect(page.locator("#help")).to_contain_text("Now Spiral")


def test_on_a_phone_help_is_a_sheet_at_the_bottom_and_presets_are_scrolled_through(
    visit: Callable[..., Playground],
) -> None:
    playground = visit(**PHONE)
    page = playground.page
    help_of(playground, "data.noise").tap()
    card = page.locator("#help")
    expect(card.locator("math")).to_be_visible()
    box = card.bounding_box()
    assert box
    assert (box["x"], box["width"]) == (0, 390)
    assert abs(box["y"] + box["height"] - 844) < 1
    card.get_by_role("button", name="Close").tap()
    expect(card).to_be_hidden()

    # Pictures of presets load while one scrolls through them.
    page.get_by_role("button", name="Presets").tap()
    sheet = page.get_by_role("dialog", name="Presets")
    last = sheet.locator(".preset").last
    last.scroll_into_view_if_needed()
    expect(last).to_be_in_viewport()
    loaded: Any = "image => image.decode().then(() => image.naturalWidth)"
    assert last.locator("img:visible").evaluate(loaded) == 160
    assert sheet.evaluate("sheet => sheet.scrollWidth <= sheet.clientWidth")
    last.tap()
    expect(sheet).to_be_hidden()


def choose(page: Page, title: str) -> None:
    """Open the sheet and press a preset."""
    page.get_by_role("button", name="Presets").click()
    page.get_by_role("dialog", name="Presets").get_by_role("button", name=re.compile(f"^{title}")).click()


def test_presets_bring_network_data_and_words_and_after_divergence_it_goes_on_or_begins_anew(
    playground: Playground,
) -> None:
    page = playground.page
    page.get_by_role("button", name="Presets").focus()
    page.keyboard.press("Enter")
    sheet = page.get_by_role("dialog", name="Presets")
    expect(sheet.locator(".preset")).to_have_count(24)
    page.keyboard.press("ArrowDown")
    expect(sheet.locator(".preset").nth(0)).to_be_focused()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowDown")
    expect(sheet.locator(".preset").nth(4)).to_be_focused()
    page.keyboard.press("Escape")
    expect(sheet).to_be_hidden()
    expect(page.get_by_role("button", name="Presets")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(sheet).to_be_hidden()
    expect(page.get_by_text("1 hidden layer", exact=True)).to_be_visible()

    choose(page, "XOR, no hidden layer")
    expect(page.get_by_role("dialog", name="Presets")).to_be_hidden()
    expect(page.get_by_role("button", name="Presets")).to_be_focused()
    expect(page.get_by_text("0 hidden layers")).to_be_visible()
    expect(page.locator(".source:has(:checked)")).to_have_attribute("title", "XOR")
    expect(page.get_by_role("alert")).to_contain_text("no line parts these squares")
    expect(page.locator("#speed")).to_have_value("10")
    page.get_by_role("button", name="Play").click()
    expect(playground.text("epoch")).not_to_have_text("0")
    page.get_by_role("button", name="Pause").click()
    expect(page.get_by_role("button", name="Play")).to_be_visible()

    # It brings back its own points and begins at step 0.
    choose(page, "Overfitting Sixty")
    expect(playground.text("train-count")).to_have_text("60")
    playground.click(5, 5)
    expect(playground.text("train-count")).to_have_text("61")
    playground.press("epoch")
    expect(playground.text("epoch")).to_have_text("1")
    choose(page, "Overfitting Sixty")
    expect(playground.text("train-count")).to_have_text("60")
    expect(playground.text("epoch")).to_have_text("0")
    after_divergence_a_tenth_of_the_rate_goes_on_from_the_last_good_step(playground)


def after_divergence_a_tenth_of_the_rate_goes_on_from_the_last_good_step(playground: Playground) -> None:
    """And Reset begins anew, so surely that the step may be asked for at once."""
    page = playground.page
    choose(page, "Exploding rate")
    expect(playground.text("rate")).to_have_text("0.1")
    page.locator("#speed").select_option(label="flat out")
    page.get_by_role("button", name="Play").click()
    notice = page.get_by_role("alert")
    expect(notice).to_contain_text("Training stopped itself")
    notice.get_by_role("button", name="Reset").click()
    page.keyboard.press("s")
    expect(notice).not_to_contain_text("Training stopped itself")
    expect(playground.text("step")).to_have_text("1")
    page.get_by_role("button", name="Play").click()
    expect(notice).to_contain_text("Training stopped itself")
    notice.get_by_role("button", name="Help").click()
    expect(page.get_by_role("dialog", name="Divergence").locator("math")).to_be_visible()
    page.keyboard.press("Escape")
    notice.get_by_role("button", name="Go on with a tenth of the rate").click()
    expect(playground.text("rate")).to_have_text("0.01")
    expect(notice).not_to_contain_text("Training stopped itself")
    expect(playground.text("train-loss")).to_have_text(re.compile(rf"^0\.00|e{MINUS}"))
    assert int(playground.text("epoch").inner_text()) > 20
