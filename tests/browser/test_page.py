"""The page around the experiment: connection, first paint, light and dark, small screens."""

import re
from collections.abc import Callable
from urllib.parse import urlsplit

from playwright.sync_api import Route, expect

from tests.browser.conftest import MINUS, Playground, serving


def test_a_killed_server_is_told_and_a_new_one_gets_settings_and_points(
    visit: Callable[..., Playground],
) -> None:
    with serving(engines=0) as (address, process):
        playground = visit(address)
        page = playground.page
        playground.choose_source("xor")
        expect(page.locator(".source-caption strong")).to_have_text("XOR")
        playground.click(5.5, 5.5)
        expect(playground.text("train-count")).to_have_text("251")
        process.kill()
        process.wait()
        expect(playground.text("connection")).to_have_text("Reconnecting")
        expect(page.get_by_role("alert")).to_contain_text("connection")
        expect(page.get_by_role("button", name="Play")).to_be_disabled()
    with serving(port=urlsplit(address).port or 0, engines=0):
        expect(playground.text("connection")).to_have_text("Connected")
        expect(page.get_by_role("alert")).to_contain_text("began anew with your settings")
        expect(playground.text("train-count")).to_have_text("251")
        expect(playground.text("test-count")).to_have_text("250")
        playground.press("step")
        expect(playground.text("step")).to_have_text("1")
        page.close()
    # The browser itself reports each failed attempt; that is the only error there may be.
    playground.errors[:] = [error for error in playground.errors if "WebSocket connection to" not in error]


UNNAMED = """() => [...document.querySelectorAll('button, input, select')].filter((control) => {
    const words = [control.labels?.length, control.ariaLabel, control.title, control.textContent.trim()];
    return !words.some(Boolean);
}).map((control) => control.outerHTML)"""


def test_the_page_is_usable_before_plotly_has_come_and_every_control_has_a_name(
    visit: Callable[..., Playground],
) -> None:
    playground = visit(goto=False)
    waiting: list[Route] = []
    playground.page.route(re.compile("plotly"), lambda route: waiting.append(route))
    playground.page.goto(playground.address, wait_until="commit")
    playground.see_picture()
    playground.press("epoch")
    expect(playground.text("epoch")).to_have_text("1")
    playground.click(5, 5)
    expect(playground.text("train-count")).to_have_text("251")
    expect(playground.page.locator("#chart svg")).to_have_count(0)
    waiting[0].continue_()
    expect(playground.page.locator("#chart svg").first).to_be_visible()
    assert playground.page.evaluate(UNNAMED) == []


ASK_ANOTHER_HOST = "() => fetch('http://elsewhere.example/picture').catch(() => {})"


def test_another_host_is_out_of_reach(visit: Callable[..., Playground], server: str) -> None:
    """All these tests count on it: whoever asks another host for anything is found out. Here without a policy."""
    playground = visit(goto=False, bypass_csp=True)
    page = playground.page
    page.goto(f"{server}/healthz")
    with page.expect_console_message():
        page.evaluate(ASK_ANOTHER_HOST)
    assert [line.partition(": ")[0] for line in playground.foreign] == ["http://elsewhere.example/picture"]
    playground.errors.clear()
    playground.foreign.clear()


def test_before_a_class_all_numbers_stand_at_the_board_and_a_divergence_is_told_beside_the_chart(
    visit: Callable[..., Playground], server: str
) -> None:
    playground = visit(f"{server}/?present=1", viewport={"width": 1280, "height": 720})
    page = playground.page
    expect(page.locator("#axes .ytick text:visible")).to_have_text(
        [f"{MINUS}6", f"{MINUS}4", f"{MINUS}2", "0", "2", "4", "6"]
    )
    playground.press("presets")
    page.get_by_role("dialog", name="Presets").get_by_role("button", name="Exploding rate").click()
    expect(playground.text("rate")).to_have_text("0.1")
    page.locator("#speed").select_option(label="flat out")
    playground.press("play")
    notice = page.get_by_role("alert").locator(".notice")
    expect(notice).to_contain_text("Training stopped itself")
    told, chart, board = (
        part.bounding_box() for part in (notice, playground.text("chart-panel"), playground.text("board"))
    )
    assert told
    assert chart
    assert board
    assert told["y"] >= 92
    assert told["y"] + told["height"] < chart["y"] - 100
    assert told["x"] + told["width"] < board["x"]
