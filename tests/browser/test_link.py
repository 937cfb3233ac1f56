"""What a link hides and locks, and the page in a frame of another one."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Playground, Site

Visit = Callable[..., Playground]

PARTS = [
    "bar",
    "transport",
    "counters",
    "data",
    "inputs",
    "network",
    "training",
    "board",
    "tools",
    "chart",
    "presets",
    "experiments",
    "lessons",
]


@pytest.fixture
def follow(visit: Visit, server: str) -> Visit:
    """Opens the page by a link with `search` at its end."""
    return lambda search, **context: visit(f"{server}/?{search}", **context)


WITHIN = {"bar": ("transport", "counters", "presets", "experiments", "lessons"), "board": ("tools",)}
"""What goes with a part because it is in it."""
HIDDEN = [
    ("bar",),
    ("board",),
    ("transport", "counters", "data", "inputs"),
    ("transport", "network", "training", "tools"),
    ("counters", "network", "chart", "presets"),
    ("data", "training", "chart", "experiments"),
    ("inputs", "tools", "presets", "experiments"),
    ("lessons",),
]
"""Each part is in links without any other one, so that none can go or stay with another unseen."""


def test_each_part_can_be_hidden_and_the_rest_stays(visit: Visit, server: str) -> None:
    playground = visit(goto=False)
    page = playground.page
    for hidden in HIDDEN:
        page.goto(f"{server}/?hide={','.join(hidden)}")
        expect(page.locator("#board")).to_have_attribute("data-step", "0")
        gone = {*hidden, *(part for whole in hidden for part in WITHIN.get(whole, ()))}
        for name in PARTS:
            shown = page.locator(f'[data-part="{name}"]').first
            expect(shown).to_be_visible(visible=name not in gone)
        if "transport" in hidden and "data" not in hidden:
            a_hidden_transport_has_no_keys_either(playground)


def a_hidden_transport_has_no_keys_either(playground: Playground) -> None:
    """A click on the board is answered after whatever was asked before it."""
    for key in ("e", "Space", "s"):
        playground.page.keyboard.press(key)
    playground.click(5, 5)
    expect(playground.text("train-count")).to_have_text("251")
    expect(playground.text("step")).to_have_text("0")


def test_single_settings_buttons_their_keys_and_the_help_can_be_hidden(follow: Visit) -> None:
    playground = follow(
        "hide=data.noise,training.optimizer.learning_rate,network.layers.units,new-weights,step,help"
    )
    page = playground.page
    expect(playground.field("data.samples")).to_be_visible()
    expect(playground.field("data.noise")).to_have_count(0)
    expect(playground.field("training.optimizer.learning_rate")).to_have_count(0)
    expect(page.get_by_role("button", name="Add a unit in layer 1")).to_have_count(0)
    expect(page.locator("#button-new-weights")).to_have_count(0)
    expect(page.locator("#button-reset")).to_be_visible()
    expect(page.locator("button.help").first).to_be_attached()
    expect(page.locator("[data-help]:visible")).to_have_count(0)
    page.keyboard.press("s")
    page.keyboard.press("e")
    expect(playground.text("step")).to_have_text("25")


def test_a_locked_transport_is_deaf_to_hand_and_key_and_unknown_names_are_told_and_ignored(
    follow: Visit,
) -> None:
    playground = follow("hdie=data&hide=chrat,training&lock=training.lss,transport")
    page = playground.page
    expect(page.get_by_role("alert")).to_contain_text(
        "Unknown in the link, and ignored: “hdie”, “chrat” in hide, “training.lss” in lock."
    )
    expect(page.locator(".panel--training")).to_be_hidden()
    expect(page.locator(".panel--data")).to_be_visible()
    for name in ("play", "step", "epoch", "reset", "new-weights"):
        expect(page.locator(f"#button-{name}")).to_be_disabled()
    for key in ("e", "Space", "s", "w"):
        page.keyboard.press(key)
    playground.click(5, 5)
    expect(playground.text("train-count")).to_have_text("251")
    expect(playground.text("step")).to_have_text("0")


def test_locked_settings_are_disabled_and_carry_a_lock_and_a_locked_board_takes_no_points(
    follow: Visit,
) -> None:
    playground = follow("lock=training.loss,data,network.layers,board")
    page = playground.page
    loss = playground.field("training.loss")
    expect(loss.get_by_role("combobox")).to_be_disabled()
    expect(loss.locator(".lock")).to_be_visible()
    expect(playground.field("training.batch_size").get_by_role("textbox")).to_be_enabled()
    expect(page.locator("#title-data .lock")).to_be_visible()
    # The board's stands below its axes' first numbers: no line of its own.
    expect(page.locator("#board .lock")).to_be_visible()
    expect(page.locator("#board-panel .lock")).to_have_count(1)
    expect(playground.text("chosen")).to_be_empty()
    expect(page.locator('input[value="xor"]')).to_be_disabled()
    expect(page.get_by_role("button", name="Add a hidden layer")).to_be_disabled()
    expect(page.get_by_role("button", name="Add a unit in layer 1")).to_be_disabled()
    expect(page.locator("#button-presets")).to_be_disabled()
    page.locator(".source:has(input[value=xor])").click(force=True)
    a_locked_board_takes_no_points_from_pointer_or_keys(playground)
    expect(page.locator(".source-caption strong")).to_have_text("Spiral")
    # Help is there for what cannot be changed too.
    page.locator('button[data-help="training.loss"]').click()
    expect(page.get_by_role("dialog", name="Loss")).to_be_visible()


def a_locked_board_takes_no_points_from_pointer_or_keys(playground: Playground) -> None:
    """A step is answered after whatever was asked before it."""
    page = playground.page
    playground.click(5, 5)
    expect(page.get_by_role("alert")).to_contain_text("Locked by the link: board.")
    hands = page.locator("#board-hands")
    hands.focus()
    for key in ("ArrowRight", "Enter", "Delete"):
        hands.press(key)
    expect(playground.text("train-count")).to_have_text("250")
    playground.press("step")
    expect(playground.text("step")).to_have_text("1")
    expect(playground.text("train-count")).to_have_text("250")


def test_a_lesson_page_of_an_allowed_site_shows_it_in_a_frame(
    visit: Visit, server: str, school_site: Site
) -> None:
    (school_site.folder / "lesson.html").write_text(
        f'<link rel="icon" href="data:,"><iframe src="{server}/?hide=training,network&lock=data" '
        'width="420" height="640"></iframe>'
    )
    playground = visit(f"{school_site.address}/lesson.html", goto=False)
    playground.page.goto(playground.address)
    frame = playground.page.frame_locator("iframe")
    expect(frame.locator("#board")).to_have_attribute("data-step", re.compile(r"\d"))
    expect(frame.locator(".panel--training")).to_be_hidden()
    frame.locator("#button-step").click()
    expect(frame.locator("#step")).to_have_text("1")
    inner = playground.page.frames[1]
    assert inner.evaluate("() => document.documentElement.scrollWidth") <= 420
