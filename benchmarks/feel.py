"""What a hand feels: python -m benchmarks.feel

A real server, a headless Chromium at 1440 x 900, 300 points and a network of three layers of ten units (30 unit maps).
A point is dragged round and round with real mouse events while the network plays. Measured in the page: the time from
one animation frame to the next, and long tasks (over 50 ms); and, on opening the page, when the board's first picture
was drawn and when Plotly had loaded.
"""

import argparse
import json
import math
import os
import re
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from tempfile import TemporaryDirectory
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks.report import report
from tools.chromium import LAUNCH_FLAGS, find_chromium

SECONDS = 5.0
VIEWPORT = {"width": 1440, "height": 900}
SPEC = {
    "data": {"source": "spiral", "samples": 300},
    "network": {"layers": [{"units": 10}, {"units": 10}, {"units": 10}]},
}
SLOW = 20.0
"""Milliseconds beyond which a frame of a 60 Hz screen was visibly late."""

BEFORE_THE_PAGE = f"""
sessionStorage.setItem("experiment", JSON.stringify({{session: "none", spec: {json.dumps(SPEC)}, points: null}}));
window.feel = {{deltas: [], tasks: [], picture: null, plotly: null}};
new PerformanceObserver((list) => list.getEntries().forEach((task) => feel.tasks.push([task.startTime, task.duration])))
  .observe({{entryTypes: ["longtask"]}});
document.addEventListener("load", ({{target}}) => {{
  if (target instanceof HTMLScriptElement && target.src.includes("plotly")) feel.plotly = performance.now();
}}, true);
new MutationObserver((_, observer) => {{
  if (!document.getElementById("board")?.dataset.step) return;
  observer.disconnect();
  feel.picture = performance.now();
}}).observe(document, {{subtree: true, childList: true, attributeFilter: ["data-step"]}});
"""
WATCH = """() => {
  feel.deltas = [];
  feel.from = performance.now();
  let last = 0;
  const next = (now) => {
    if (last) feel.deltas.push(now - last);
    last = now;
    requestAnimationFrame(next);
  };
  requestAnimationFrame(next);
}"""
FOUND = """() => ({
  deltas: feel.deltas,
  tasks: feel.tasks.filter(([start]) => start >= feel.from).map(([, duration]) => duration),
})"""


@contextmanager
def served() -> Iterator[str]:
    """The address of a server with one engine process."""
    environment = os.environ | {"PORT": "0", "HOST": "127.0.0.1", "ENGINES": "1"}
    command = [sys.executable, "-m", "app", "serve"]
    with (
        TemporaryDirectory() as folder,
        subprocess.Popen(
            command,
            env=environment | {"DATABASE_URL": f"sqlite+aiosqlite:///{folder}/kept.db"},
            stdout=subprocess.PIPE,
            text=True,
        ) as process,
    ):
        assert process.stdout
        try:
            found = re.search(r"http://\S+", process.stdout.readline())
            assert found, "the server did not say where it listens"
            yield found.group()
        finally:
            process.terminate()


def open_page(browser: Browser, address: str) -> Page:
    """The playground with the experiment of this benchmark, at its first picture."""
    page = browser.new_context(viewport=VIEWPORT).new_page()  # type: ignore[arg-type]
    page.add_init_script(BEFORE_THE_PAGE)
    page.goto(address)
    page.wait_for_function("() => feel.picture !== null && feel.plotly !== null")
    return page


def first_pictures(page: Page) -> dict[str, Any]:
    """Milliseconds after the request: first paint, the board's picture, Plotly."""
    found: dict[str, float] = page.evaluate("() => ({picture: feel.picture, plotly: feel.plotly})")
    paint = page.evaluate("() => performance.getEntriesByName('first-contentful-paint')[0].startTime")
    return {"first paint": paint, "board's picture": found["picture"], "Plotly loaded": found["plotly"]}


def take(page: Page) -> tuple[tuple[float, float], float]:
    """Add a point and press on it; the middle of the circle to lead it along, and its radius."""
    box = page.locator("#board-hands").bounding_box()
    assert box
    centre, radius = (box["x"] + box["width"] / 2, box["y"] + box["height"] / 2), box["width"] / 4
    corner = centre[0] + 1.6 * radius, centre[1] + 1.6 * radius
    # Where a point is chosen, a click lets go of it and adds none.
    page.locator("#board-hands").press("Escape")
    page.mouse.click(*corner)
    page.wait_for_timeout(500)
    page.mouse.move(centre[0], centre[1])
    page.mouse.move(*corner)
    page.locator("#board-hands[data-over=true]").wait_for()
    page.mouse.down()
    return centre, radius


def lead(page: Page, centre: tuple[float, float], radius: float, seconds: float) -> None:
    """Lead the point that is held along a circle for `seconds`, at some 60 moves a second."""
    end = time.perf_counter() + seconds
    while (now := time.perf_counter()) < end:
        angle = 2 * (end - now)
        page.mouse.move(centre[0] + radius * math.cos(angle), centre[1] + radius * math.sin(angle))
        time.sleep(max(0.0, now + 1 / 60 - time.perf_counter()))


def measure(page: Page, what: str, seconds: float, *, dragging: bool, playing: bool) -> dict[str, Any]:
    """One row of the table: how evenly frames came while this was done."""
    if playing:
        page.locator("#button-play").click()
    circle = take(page) if dragging else None
    page.wait_for_timeout(500)
    page.evaluate(WATCH)
    if circle:
        lead(page, *circle, seconds)
    else:
        page.wait_for_timeout(1000 * seconds)
    found = page.evaluate(FOUND)
    if circle:
        page.mouse.up()
    if playing:
        page.locator("#button-play").click()
    deltas = sorted(found["deltas"])
    return {
        "what": what,
        "frames/s": 1000 / statistics.mean(deltas),
        "median ms": statistics.median(deltas),
        "p95 ms": deltas[int(0.95 * (len(deltas) - 1))],
        f"share > {SLOW:g} ms": sum(delta > SLOW for delta in deltas) / len(deltas),
        "long tasks": len(found["tasks"]),
        "longest ms": max(found["tasks"], default=0.0),
    }


def main() -> None:
    """Measure and report."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=SECONDS)
    seconds = parser.parse_args().seconds
    with served() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=list(LAUNCH_FLAGS))
        page = open_page(browser, address)
        opening = first_pictures(page)
        page.wait_for_timeout(1000)
        rows = [
            measure(page, "standing still", seconds, dragging=False, playing=False),
            measure(page, "dragging", seconds, dragging=True, playing=False),
            measure(page, "playing", seconds, dragging=False, playing=True),
            measure(page, "dragging and playing", seconds, dragging=True, playing=True),
        ]
        browser.close()
    report("feel", "300 points, 30 unit maps, 1440 x 900", rows, opening=opening)
    print({name: round(value) for name, value in opening.items()})


if __name__ == "__main__":
    main()
