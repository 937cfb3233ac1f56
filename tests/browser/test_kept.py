"""What must not get lost: each step of a slow run, a point that is taken at once, how charts are looked at."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import WebSocketRoute, expect

from tests.browser.conftest import MINUS, Playground, serving

Visit = Callable[..., Playground]


class SlowLine:
    """A line between page and server that keeps back what is of these types while it is `held`; frames are `frame`."""

    def __init__(self, playground: Playground, holds: Callable[[str], bool]) -> None:
        self.held = False
        self._holds = holds
        self._waiting: list[Callable[[], None]] = []
        playground.page.route_web_socket(re.compile("/ws$"), self._connect)

    def _connect(self, route: WebSocketRoute) -> None:
        server = route.connect_to_server()

        def pass_on(message: str | bytes) -> None:
            kind = json.loads(message)["type"] if isinstance(message, str) else "frame"
            if self.held and self._holds(kind):
                self._waiting.append(lambda: route.send(message))
            else:
                route.send(message)

        server.on_message(pass_on)

    def release(self) -> None:
        """All that has waited arrives, in order."""
        self.held = False
        for send in self._waiting:
            send()
        self._waiting.clear()


def test_a_point_put_there_a_moment_ago_can_be_taken_before_the_server_has_named_it(visit: Visit) -> None:
    playground = visit(goto=False, fresh=True)
    line = SlowLine(playground, {"ok", "points", "state"}.__contains__)
    playground.open()
    page = playground.page
    before = int(playground.text("train-count").inner_text())
    page.mouse.move(*playground.place(-5, 5))
    line.held = True
    page.mouse.click(*playground.place(-5, 5))
    expect(playground.text("train-count")).to_have_text(str(before + 1))
    page.mouse.down()
    page.mouse.move(*playground.place(-4, 4), steps=4)
    page.mouse.up()
    expect(playground.text("chosen")).to_contain_text(f"at {MINUS}4.0")
    line.release()
    playground.settle()
    expect(playground.text("train-count")).to_have_text(str(before + 1))
    expect(playground.text("chosen")).to_contain_text(f"class 1 at {MINUS}4.0")
    page.keyboard.press("Delete")
    expect(playground.text("train-count")).to_have_text(str(before))


def test_how_charts_are_looked_at_is_kept_over_a_reload_and_each_slow_step_is_a_row_of_the_history(
    playground: Playground,
) -> None:
    page = playground.page
    page.locator("#button-chart-log").click()
    page.locator("#button-chart-options").click()
    page.locator("#chart-smoothing").select_option("0.9")
    page.locator("#chart-across").select_option("step")
    page.locator('#edge-modes [data-mode="gradient"]').click()
    page.reload()
    playground.see_picture()
    expect(page.locator("#button-chart-log")).to_have_attribute("aria-pressed", "true")
    expect(page.locator("#edge-modes [data-mode=gradient]")).to_have_attribute("aria-pressed", "true")
    page.locator("#button-chart-options").click()
    expect(page.locator("#chart-smoothing")).to_have_value("0.9")
    expect(page.locator("#chart-across")).to_have_value("step")
    page.get_by_role("group", name="Chart").get_by_role("button", name="Updates").click()
    page.reload()
    playground.see_picture()
    expect(page.locator('[data-chart="update"]')).to_have_attribute("aria-pressed", "true")
    at_a_slow_pace_each_step_is_a_row_of_the_history(playground)


def at_a_slow_pace_each_step_is_a_row_of_the_history(playground: Playground) -> None:
    """From the first on."""
    page = playground.page
    page.locator('select[data-action="speed"]').select_option("5 steps")
    playground.press("play")
    expect(page.locator("#board")).to_have_attribute("data-step", re.compile("^([4-9]|1[0-9])$"))
    playground.press("play")
    page.locator("#button-chart-options").click()
    page.locator('[data-chart-toggle="table"]').click()
    steps = [int(text) for text in page.locator("#history tbody td:first-child").all_inner_texts()]
    assert steps[-5:] == [4, 3, 2, 1, 0]


def test_a_session_that_takes_its_time_is_spoken_of_after_a_moment_until_it_is_there(visit: Visit) -> None:
    playground = visit(goto=False, fresh=True)
    page, coming = playground.page, playground.text("coming")
    line = SlowLine(playground, lambda kind: kind != "welcome")
    line.held = True
    page.goto(playground.address)
    expect(coming).to_have_text("The session is being started …")
    expect(playground.text("connection")).to_have_text("Waiting")
    expect(playground.text("button-play")).to_be_disabled()
    line.release()
    expect(coming).to_be_empty()
    playground.see_picture()
    expect(playground.text("connection")).to_have_text("Connected")
    line.held = True
    page.reload()
    expect(coming).to_have_text("The session is being brought back …")
    expect(playground.text("announcer")).to_have_text("The session is being brought back.")
    box = coming.locator("p").bounding_box()
    assert box
    assert (round(box["x"] + box["width"] / 2), box["height"] < 80) == (720, True)
    line.release()
    expect(coming).to_be_empty()
    expect(playground.text("button-play")).to_be_enabled()


def standing(playground: Playground) -> tuple[str, ...]:
    """What a page says of where its training stands: step, points, losses and scores, and its largest weight."""
    playground.settle()
    names = ("step", "train-count", "figures", "network-caption")
    return tuple(playground.text(name).inner_text() for name in names)


def test_reload_closing_and_a_killed_server_cost_nothing(visit: Visit, tmp_path: Path) -> None:
    database = tmp_path / "kept.db"
    with serving(engines=0, database=database) as (address, process):
        playground = visit(address, fresh=True)
        page = playground.page
        playground.click(5.5, 5.5)
        playground.press("play")
        expect(page.locator("#board")).to_have_attribute("data-step", re.compile("^[0-9]{3,}$"))
        playground.press("play")
        expect(page.locator("body")).to_have_attribute("data-phase", "paused")
        page.reload()
        playground.see_picture()
        before = standing(playground)
        assert int(before[0].replace("\u202f", "").replace(" ", "")) >= 100
        assert before[1] == "251"
        process.kill()
        process.wait()
        expect(playground.text("connection")).to_have_text("Reconnecting")
        expect(page.locator(".notice__count")).to_have_text(
            re.compile("^(next try in [0-9]+ s|trying now …)$")
        )
    with serving(port=urlsplit(address).port or 0, engines=0, database=database) as (address, _):
        expect(page.get_by_role("alert")).to_contain_text("Back: the session goes on from step")
        playground.see_picture()
        assert standing(playground) == before
        page.locator("#connection").click()
        expect(playground.text("session-kept")).to_contain_text(
            re.compile(r"kept on this server until \d+ \w+ 20\d\d")
        )
        page.keyboard.press("Escape")

        again = page.context.new_page()
        page.close()
        other = Playground(again, address)
        other.open()
        assert other.text("step").inner_text() == "0"
        offer = again.get_by_role("complementary", name="Earlier sessions").get_by_role("button").first
        expect(offer).to_contain_text(f"step {before[0]}")
        offer.click()
        expect(other.text("step")).to_have_text(before[0])
        other.see_picture()
        assert standing(other) == before
    # The browser itself reports each failed attempt; that is the only error there may be.
    playground.errors[:] = [error for error in playground.errors if "ERR_CONNECTION" not in error]
