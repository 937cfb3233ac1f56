"""What a link hides and locks, and the page in a frame of another one."""

import re
from collections.abc import Callable
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Playground, serving

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


@pytest.mark.parametrize("hidden", HIDDEN)
def test_each_part_can_be_hidden_and_the_rest_stays(
    visit: Visit, server: str, hidden: tuple[str, ...]
) -> None:
    playground = visit(f"{server}/?hide={','.join(hidden)}", goto=False)
    playground.page.goto(playground.address)
    expect(playground.page.locator("#board")).to_have_attribute("data-step", "0")
    gone = {*hidden, *(part for whole in hidden for part in WITHIN.get(whole, ()))}
    for name in PARTS:
        shown = playground.page.locator(f'[data-part="{name}"]').first
        expect(shown).to_be_visible(visible=name not in gone)


def test_single_settings_buttons_and_the_help_can_be_hidden(follow: Visit) -> None:
    playground = follow(
        "hide=data.noise,training.optimizer.learning_rate,network.layers.units,new-weights,help"
    )
    page = playground.page
    expect(playground.field("data.samples")).to_be_visible()
    expect(playground.field("data.noise")).to_have_count(0)
    expect(playground.field("training.optimizer.learning_rate")).to_have_count(0)
    expect(page.get_by_role("button", name="Add a unit in layer 1")).to_have_count(0)
    expect(page.locator("#button-new-weights")).to_have_count(0)
    expect(page.locator("#button-reset")).to_be_visible()
    expect(page.locator("[data-help]:visible")).to_have_count(0)


def test_a_hidden_button_cannot_be_reached_by_its_key(follow: Visit) -> None:
    playground = follow("hide=step")
    playground.page.keyboard.press("s")
    playground.page.keyboard.press("e")
    expect(playground.text("step")).to_have_text("25")


def test_a_hidden_transport_has_no_keys_either(follow: Visit) -> None:
    playground = follow("hide=transport")
    for key in ("e", "Space", "s"):
        playground.page.keyboard.press(key)
    # A click on the board is answered after whatever was asked before it.
    playground.click(5, 5)
    expect(playground.text("train-count")).to_have_text("251")
    expect(playground.text("step")).to_have_text("0")


def test_a_locked_transport_is_deaf_to_hand_and_key(follow: Visit) -> None:
    playground = follow("lock=transport")
    page = playground.page
    for name in ("play", "step", "epoch", "reset", "new-weights"):
        expect(page.locator(f"#button-{name}")).to_be_disabled()
    for key in ("e", "Space", "s", "w"):
        page.keyboard.press(key)
    playground.click(5, 5)
    expect(playground.text("train-count")).to_have_text("251")
    expect(playground.text("step")).to_have_text("0")


def test_a_locked_board_takes_no_points_from_pointer_or_keys(follow: Visit) -> None:
    playground = follow("lock=board")
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


def test_locked_settings_are_disabled_and_carry_a_lock(follow: Visit) -> None:
    playground = follow("lock=training.loss,data,network.layers")
    page = playground.page
    loss = playground.field("training.loss")
    expect(loss.get_by_role("combobox")).to_be_disabled()
    expect(loss.locator(".lock")).to_be_visible()
    expect(playground.field("training.batch_size").get_by_role("textbox")).to_be_enabled()
    expect(page.locator("#title-data .lock")).to_be_visible()
    expect(page.locator('input[value="xor"]')).to_be_disabled()
    expect(page.get_by_role("button", name="Add a hidden layer")).to_be_disabled()
    expect(page.get_by_role("button", name="Add a unit in layer 1")).to_be_disabled()
    expect(page.locator("#button-presets")).to_be_disabled()
    page.locator(".source:has(input[value=xor])").click(force=True)
    playground.press("step")
    expect(playground.text("step")).to_have_text("1")
    expect(page.locator(".source-caption strong")).to_have_text("Spiral")


def test_unknown_keys_and_names_are_named_and_ignored(follow: Visit) -> None:
    playground = follow("hdie=data&hide=chrat,training&lock=training.lss")
    expect(playground.page.get_by_role("alert")).to_contain_text(
        "Unknown in the link, and ignored: “hdie”, “chrat” in hide, “training.lss” in lock."
    )
    expect(playground.page.locator(".panel--training")).to_be_hidden()
    expect(playground.page.locator(".panel--data")).to_be_visible()


class Quiet(SimpleHTTPRequestHandler):
    """A web server that does not talk."""

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class calls it so
        """Nothing."""


def test_a_lesson_page_of_an_allowed_site_shows_it_in_a_frame(
    visit: Visit, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lesson = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(tmp_path)))
    Thread(target=lesson.serve_forever, daemon=True).start()
    site = f"http://127.0.0.1:{lesson.server_port}"
    monkeypatch.setenv("FRAME_ANCESTORS", f"self, {site}")
    try:
        with serving(engines=0) as (address, _):
            (tmp_path / "lesson.html").write_text(
                f'<link rel="icon" href="data:,"><iframe src="{address}/?hide=training,network&lock=data" '
                'width="420" height="640"></iframe>'
            )
            playground = visit(f"{site}/lesson.html", goto=False)
            playground.page.goto(playground.address)
            frame = playground.page.frame_locator("iframe")
            expect(frame.locator("#board")).to_have_attribute("data-step", re.compile(r"\d"))
            expect(frame.locator(".panel--training")).to_be_hidden()
            frame.locator("#button-step").click()
            expect(frame.locator("#step")).to_have_text("1")
            inner = playground.page.frames[1]
            assert inner.evaluate("() => document.documentElement.scrollWidth") <= 420
            playground.page.close()
    finally:
        lesson.shutdown()
        lesson.server_close()
