"""The address holds the experiment: opened elsewhere, kept when it is long, read from the other playground."""

import re
from collections.abc import Callable
from urllib.parse import urljoin

from playwright.sync_api import Page, expect

from tests.browser.conftest import Playground
from tests.browser.desk import FORGET_FOR_GOOD
from tests.browser.test_access import AXE, VIOLATIONS
from tests.browser.test_real_data import look_at, use

Visit = Callable[..., Playground]
OURS, KEPT = re.compile(r"#e=1\.[A-Za-z0-9_-]+$"), re.compile(r"#s=[A-Za-z0-9_-]{16}$")
COUNTING = """() => {
    const put = history.replaceState;
    window.put = 0;
    history.replaceState = function (...all) { window.put += 1; put.apply(this, all); };
}"""
"""From now on it is counted how often the address is written."""
WEIGHTS = "With the present weights"


def shared(page: Page, *options: str, address: re.Pattern[str] = OURS) -> str:
    """The link that the dialog makes with these boxes ticked."""
    page.locator("#button-share").click()
    dialog = page.get_by_role("dialog", name="Share")
    for option in options:
        dialog.get_by_label(option).check()
    dialog.get_by_role("button", name="Copy link").click()
    expect(dialog.get_by_role("status")).to_have_text("Copied.")
    field = dialog.get_by_label("Link", exact=True)
    expect(field).to_have_value(address)
    assert page.evaluate("() => navigator.clipboard.readText()") == field.input_value()
    return field.input_value()


def begin_elsewhere(playground: Playground, address: str) -> None:
    """Come to an address as somebody else does; the session that was here has taken a step, this one none."""
    if playground.page.locator("#board").get_attribute("data-step") == "0":
        playground.press("step")
    expect(playground.page.locator("#board")).not_to_have_attribute("data-step", "0")
    playground.page.evaluate(FORGET_FOR_GOOD)
    playground.page.goto(urljoin(address, "/healthz"))
    playground.page.goto(address)
    playground.see_picture()
    expect(playground.page.locator("#board")).to_have_attribute("data-step", "0")


def figures(playground: Playground) -> str:
    """Losses and accuracies as they are read off the page."""
    return playground.text("figures").inner_text()


def test_a_copied_link_opens_elsewhere_with_the_same_points_weights_and_losses(visit: Visit) -> None:
    playground = visit(permissions=["clipboard-read", "clipboard-write"])
    page = playground.page
    playground.choose_source("gate_xor")
    page.get_by_role("button", name="Add a unit in layer 1").click()
    playground.field("data.samples").locator("input").fill("20")
    page.keyboard.press("Enter")
    expect(playground.text("train-count")).to_have_text("10")
    playground.click(-5.5, 5.5)
    expect(playground.text("train-count")).to_have_text("11")
    expect(page).to_have_url(OURS)
    for _ in range(3):
        playground.press("epoch")
    expect(page.locator("#board")).to_have_attribute("data-step", "6")
    address = shared(page, WEIGHTS)
    expect(page.locator("#share")).to_contain_text("21 points as they lie now, 55 weights")
    expect(page.locator("#share").get_by_role("img", name="QR code of the link")).to_be_hidden()
    page.keyboard.press("Escape")
    expect(page.locator("#share")).to_be_hidden()
    seen, picture = figures(playground), playground.picture()

    begin_elsewhere(playground, address)
    expect(playground.text("figures")).to_have_text(re.compile(re.escape(seen.split("\n")[1])))
    assert (figures(playground), playground.picture()) == (seen, picture)
    expect(playground.text("train-count")).to_have_text("11")
    expect(playground.text("heads")).to_contain_text("5")


def says_why_a_link_is_bad_and_goes_on(playground: Playground, words: str) -> None:
    """With the experiment that there always is."""
    expect(playground.text("notice")).to_contain_text(words)
    expect(playground.text("train-count")).to_have_text("250")
    expect(playground.page).to_have_url(OURS)
    playground.errors.clear()  # the browser's own line on an answer that is a refusal


def test_the_address_follows_the_hand_but_not_in_the_middle_of_a_drag_and_may_be_damaged(
    visit: Visit, server: str
) -> None:
    playground = visit(f"{server}/#e=1.garbage")
    page = playground.page
    says_why_a_link_is_bad_and_goes_on(playground, "The link could not be opened: the link is damaged")
    first = page.url
    playground.choose_source("gate_and")
    playground.field("data.samples").locator("input").fill("12")
    page.keyboard.press("Enter")
    expect(playground.text("train-count")).to_have_text("6")
    expect(page).not_to_have_url(first)
    page.evaluate(COUNTING)
    playground.click(5.5, 5.5)
    expect(playground.text("train-count")).to_have_text("7")
    page.wait_for_function("() => window.put === 1")
    edited = page.url
    page.mouse.move(*playground.place(5.5, 5.5))
    page.mouse.down()
    for step in range(8):
        page.mouse.move(*playground.place(5.5 - step / 2, 5.5), steps=2)
        page.wait_for_timeout(80)  # a hand takes its time, longer than the address would
    assert page.url == edited
    page.mouse.up()
    expect(page).not_to_have_url(edited)
    moved = page.url
    playground.press("play")
    expect(page.locator("body")).to_have_attribute("data-phase", "playing")
    page.wait_for_function("() => Number(document.querySelector('#board').dataset.step) > 20")
    playground.press("play")
    assert (page.url, page.evaluate("() => window.put")) == (moved, 2)
    page.locator(".skip").focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(moved)
    expect(playground.text("train-count")).to_have_text("7")


def test_a_reload_and_the_way_back_come_to_the_same_run_and_a_pasted_link_to_another(
    visit: Visit, server: str
) -> None:
    playground = visit(f"{server}/#s=AAAAAAAAAAAAAAAA")
    page = playground.page
    says_why_a_link_is_bad_and_goes_on(playground, "no such link is kept here")
    playground.press("step")
    expect(page.locator("#board")).to_have_attribute("data-step", "1")
    expect(page).to_have_url(OURS)
    own = page.url
    page.reload()
    playground.see_picture()
    expect(page.locator("#board")).to_have_attribute("data-step", "1")

    page.locator("#button-share").click()
    dialog = page.get_by_role("dialog", name="Share")
    dialog.get_by_label("Link to open").fill("https://playground.tensorflow.org/")
    dialog.get_by_role("button", name="Open", exact=True).click()
    expect(dialog.get_by_role("alert")).to_contain_text("This is no link to an experiment")
    theirs = (
        "https://playground.tensorflow.org/#activation=sigmoid&dataset=gauss&networkShape=3&noise=30&learningRate=0.1"
        "&percTrainData=80&x=true&y=true&xTimesY=true&showTestData=true&learningRate_hide=true"
    )
    dialog.get_by_label("Link to open").fill(theirs)
    dialog.get_by_role("button", name="Open", exact=True).click()
    expect(playground.text("train-count")).to_have_text("400")
    expect(playground.text("notice")).to_contain_text(
        "Points and first weights are drawn by this playground's own generator"
    )
    expect(page.locator("#board")).to_have_attribute("data-step", "0")
    expect(playground.text("test-count")).to_have_text("100")
    expect(playground.field("data.noise").locator("output")).to_have_text("30 %")
    expect(playground.field("training.batch_size").first).to_be_visible()
    expect(playground.field("training.optimizer.learning_rate")).to_have_count(0)
    expect(page).to_have_url(re.compile(r"\?hide=training\.optimizer\.learning_rate#e=1\."))
    page.go_back()
    expect(page.locator("#board")).to_have_attribute("data-step", "1")
    expect(page).to_have_url(own)
    expect(playground.text("train-count")).to_have_text("250")


def test_a_long_experiment_and_one_on_a_table_of_ones_own_are_kept_by_the_server(visit: Visit) -> None:
    playground = visit(bypass_csp=True, permissions=["clipboard-read", "clipboard-write"])
    page = playground.page
    playground.click(-5.8, 5.8)
    expect(playground.text("train-count")).to_have_text("251")
    expect(page).to_have_url(KEPT)
    begin_elsewhere(playground, page.url)
    expect(playground.text("train-count")).to_have_text("251")

    lines = "".join(f"{row},{row * row % 17},{'left' if row % 3 else 'right'}\n" for row in range(60))
    use(look_at(playground, "sides.csv", f"width,height,side\n{lines}".encode()))
    expect(playground.text("train-count")).to_have_text("30")
    expect(page).not_to_have_url(re.compile("#"))  # nothing of it is kept before somebody asks for a link
    address = shared(page, address=KEPT)
    expect(page.locator("#share")).to_contain_text("Your table goes with it")
    expect(page.get_by_role("img", name="QR code of the link")).to_be_visible()
    page.add_script_tag(path=AXE)
    assert page.evaluate(VIOLATIONS, "#share") == []
    page.keyboard.press("Escape")
    begin_elsewhere(playground, address)
    expect(playground.text("train-count")).to_have_text("30")
    expect(playground.text("brushes")).to_contain_text("left")
