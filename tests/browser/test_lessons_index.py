"""The lessons' index and the teacher's pages, as somebody uses them: with mouse, keyboard, phone and printer."""

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import LAPTOP, Playground, serving
from tests.browser.test_access import AXE, COLOURS, VIOLATIONS
from tests.server.lesson_files import write_lesson

Visit = Callable[..., Playground]
TASKS = ("side", "number", "steps", "goal")
GERMAN = '[common]\nlanguage_name = "Deutsch"\n[index]\ntitle = "Lektionen"\n'


@pytest.fixture(scope="module")
def school(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server with four lessons of its own, one of them bad, and some words in German."""
    folder = tmp_path_factory.mktemp("lessons")
    write_lesson(folder, "01-line", "A line that decides")
    write_lesson(folder, "02-trick", "The perceptron trick", needs='"line"')
    write_lesson(folder, "03-gates", "Logic gates", needs='"trick"')
    (write_lesson(folder, "04-bad", "Bad") / "lesson.toml").write_text("chapter =\n")
    (folder / "words").mkdir()
    (folder / "words" / "de.toml").write_text(GERMAN, "utf-8")
    with serving(engines=0, LESSONS=str(folder)) as (address, _):
        yield address


def progress_file(name: str, content: Any) -> Any:
    """A file to bring, which holds `content` as JSON."""
    return {"name": name, "mimeType": "application/json", "buffer": json.dumps(content).encode()}


def solved(*tasks: str, seen: int) -> dict[str, Any]:
    """Progress in a lesson, as the page's own files have it."""
    task = {"tries": 1, "right": True, "answer": None, "hints": 0, "solution": False}
    return {"stage": "see", "seen": seen, "tasks": dict.fromkeys(tasks, task)}


PROGRESS = {
    "format": "gradient-playground-lessons",
    "version": 1,
    "lessons": {"line": solved(*TASKS, seen=1), "trick": solved("side", seen=2)},
}


def see_progress(page: Page, line: str, trick: str, total: str) -> None:
    """What list, map and head say of one's progress."""
    expect(page.locator("#progress-line")).to_have_text(line)
    expect(page.locator("#progress-trick")).to_have_text(trick)
    expect(page.locator("#solved")).to_have_text(total)


def test_progress_is_brought_shown_saved_and_forgotten(visit: Visit, school: str) -> None:
    page = visit(school, goto=False).page
    page.goto(f"{school}/lessons")
    see_progress(page, "0 of 4 tasks", "0 of 4 tasks", "0 of 12")
    expect(page.locator("#next")).to_contain_text("Begin")
    expect(page.locator("#next")).to_have_attribute("href", "/lessons/line")

    page.get_by_text("Lessons left out because their files are not right: 1").click()
    expect(page.locator(".problems")).to_contain_text("04-bad/lesson.toml:1: ")

    said, bring = page.locator("#keeping-said"), page.locator("#progress-import")
    page.locator("#progress-export").click()
    expect(said).to_have_text("There is nothing to save yet.")
    bring.set_input_files(
        {"name": "torn.json", "mimeType": "application/json", "buffer": b'{"format": "grad'}
    )
    expect(said).to_contain_text("torn.json is no file of progress: it cannot be read as JSON.")
    bring.set_input_files(progress_file("spec.json", {"network": {}}))
    expect(said).to_contain_text("spec.json is no file of progress in these lessons.")
    bring.set_input_files(progress_file("later.json", PROGRESS | {"version": 99}))
    expect(said).to_contain_text("later.json was saved by a newer playground")
    see_progress(page, "0 of 4 tasks", "0 of 4 tasks", "0 of 12")

    bring.set_input_files(progress_file("mine.json", PROGRESS))
    expect(said).to_have_text("mine.json was brought in. Solved now: 5 of 12 tasks.")
    see_progress(page, "4 of 4 tasks, done", "1 of 4 tasks", "5 of 12")
    expect(page.locator("#map .ring--whole")).to_have_count(1)
    expect(page.locator("#map [data-ring=trick] .ring__done")).to_have_attribute("stroke-dasharray", "25 100")
    expect(page.locator("#next")).to_contain_text("Continue where you were The perceptron trick 1 of 4 tasks")
    expect(page.locator("#next")).to_have_attribute("href", "/lessons/trick")

    with page.expect_download() as download:
        page.locator("#progress-export").click()
    saved = Path(download.value.path()).read_text("utf-8")
    assert json.loads(saved) == PROGRESS

    page.locator("#progress-forget").click()
    expect(page.locator("#progress-keep")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#progress-forget")).to_be_focused()
    see_progress(page, "4 of 4 tasks, done", "1 of 4 tasks", "5 of 12")
    page.locator("#progress-forget").click()
    page.locator("#progress-forget-really").click()
    expect(said).to_contain_text("Forgotten.")
    page.reload()
    see_progress(page, "0 of 4 tasks", "0 of 4 tasks", "0 of 12")
    bring.set_input_files({"name": "back.json", "mimeType": "application/json", "buffer": saved.encode()})
    see_progress(page, "4 of 4 tasks, done", "1 of 4 tasks", "5 of 12")


def test_a_language_is_kept_on_the_way_the_map_leads_by_keyboard_and_the_search_finds(
    visit: Visit, school: str
) -> None:
    page = visit(school, goto=False).page
    another_language_is_chosen_and_kept_on_the_way(page, school)
    page.goto(f"{school}/lessons")
    page.locator("#search").fill("TRICK perceptron")
    expect(page.locator(".entry:visible")).to_have_count(1)
    page.locator("#search").fill("nothing of that kind")
    expect(page.locator("#search-none")).to_have_text("No lesson has these words.")
    expect(page.locator(".chapter:visible")).to_have_count(0)
    page.locator("#search").fill("")
    expect(page.locator(".entry:visible")).to_have_count(3)

    for _ in range(3):  # the search stands behind the map
        page.keyboard.press("Shift+Tab")
    stop = page.get_by_role("link", name="Lesson 1: A line that decides")
    expect(stop).to_be_focused()
    expect(stop).to_have_accessible_description("0 of 4 tasks")
    page.keyboard.press("Tab")
    expect(page.locator("#map .stop--lit")).to_have_count(2)
    expect(page.locator("#map .line--lit")).to_have_count(1)
    page.keyboard.press("Enter")
    page.wait_for_url(f"{school}/lessons/trick*", wait_until="commit")


def another_language_is_chosen_and_kept_on_the_way(page: Page, school: str) -> None:
    """As far as the teacher's page."""
    page.goto(f"{school}/lessons")
    page.locator("#language").select_option("de")
    page.wait_for_url("**/lessons?language=de")
    expect(page.locator("html")).to_have_attribute("lang", "de")
    expect(page.locator("h1")).to_have_text("Lektionen")
    page.get_by_role("link", name="For the teacher: Logic gates").click()
    page.wait_for_url("**/lessons/gates/teacher?language=de")
    expect(page.locator("h1")).to_have_attribute("lang", "en")


def test_the_teachers_page_prints_on_a4_without_controls(visit: Visit, school: str) -> None:
    page = visit(school, goto=False).page
    page.goto(f"{school}/lessons/trick/teacher")
    page.evaluate("window.print = () => document.body.setAttribute('data-printed', '')")
    page.get_by_role("button", name="Print").click()
    expect(page.locator("body[data-printed]")).to_have_count(1)

    page.emulate_media(media="print", color_scheme="dark")
    for hidden in (".topbar", "#print", ".teacher__ways", ".taught__open"):
        expect(page.locator(hidden).first).to_be_hidden()
    expect(page.locator(".sheet-running")).to_have_text(
        "Gradient Playground \N{MIDDLE DOT} Lesson 2: The perceptron trick \N{MIDDLE DOT} For the teacher"
    )
    styles = page.locator(".answered").evaluate_all(
        "(all) => all.map((one) => [getComputedStyle(one).breakInside, getComputedStyle(one).color])"
    )
    assert styles == [["avoid", "rgb(0, 0, 0)"]] * 4
    expect(page.locator("math").first).to_be_visible()
    printed = page.pdf(prefer_css_page_size=True)
    sizes = re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", printed)
    assert len(sizes) == 2
    assert {(round(float(width)), round(float(height))) for width, height in sizes} == {(595, 842)}


def test_axe_finds_nothing_in_light_and_dark_and_a_phone_shows_all(visit: Visit, school: str) -> None:
    playground = visit(school, goto=False)
    page = playground.page
    for address in ("/lessons", "/lessons/trick/teacher", "/lessons/nothing/teacher"):
        page.emulate_media(color_scheme="light")
        page.set_viewport_size(LAPTOP)
        page.goto(school + address)
        page.evaluate(AXE.read_text("utf-8"))
        assert page.evaluate(VIOLATIONS, "html") == []
        page.emulate_media(color_scheme="dark")
        assert page.evaluate(COLOURS, "html") == []
        page.set_viewport_size({"width": 360, "height": 740})
        assert page.evaluate("document.documentElement.scrollWidth") == 360
        if address == "/lessons":
            expect(page.locator("#map")).to_be_hidden()
            expect(page.locator(".entry__link:visible")).to_have_count(3)
    # That a missing page is missing is said on the console.
    playground.errors[:] = [line for line in playground.errors if "404" not in line]
