"""A lesson beside the playground: one's own work kept, what a stage hides and locks, on a desk and on a phone."""

from collections.abc import Callable

from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Playground
from tests.browser.learner import TWO_FRAMES, Learner
from tests.browser.test_access import AXE, COLOURS, PHONE, VIOLATIONS

Visit = Callable[..., Playground]


def test_ones_own_work_outlives_stages_another_try_a_reload_and_the_playground(
    attend: Callable[..., Learner], server: str
) -> None:
    learner = attend("perceptron-trick")
    page, step = learner.page, learner.playground.text("step")
    learner.predict("score", {"score": "7"})
    learner.is_wrong("score", "Not yet.")
    learner.step(3)
    learner.next_stage(2)
    expect(step).to_have_text("0")
    page.get_by_role("button", name="Back", exact=True).click()
    learner.see_stage(1)
    expect(step).to_have_text("3")
    learner.begin_again(1)
    expect(step).to_have_text("0")
    page.get_by_role("button", name="Go back to 1. One point on the wrong side, before, step 3").click()
    learner.see_stage(1)
    expect(step).to_have_text("3")

    page.goto(server)
    learner.playground.see_picture()
    expect(step).to_have_text("0")
    expect(learner.playground.text("train-count")).to_have_text("250")
    page.goto(f"{server}/lessons/perceptron-trick")
    learner.see_stage(1)
    expect(step).to_have_text("3")
    page.reload()
    learner.see_stage(1)
    expect(step).to_have_text("3")
    expect(learner.task("score").get_by_role("textbox")).to_have_value("7")
    # The solution may be asked for, because there was a try.
    learner.press("score", "Show the solution")
    expect(learner.task("score")).to_contain_text("Solution")
    page.goto(f"{server}/lessons/perceptron-trick#stage=no-line")
    learner.see_stage(3)


def test_a_stage_hides_and_locks_what_it_does_not_need_in_a_panel_that_folds_and_all_can_use(
    attend: Callable[..., Learner],
) -> None:
    learner = attend("perceptron-trick")
    page, playground = learner.page, learner.playground
    for part in ("data", "inputs", "training", "chart", "tools", "presets"):
        expect(page.locator(f"[data-part={part}]").first).to_be_hidden()
    expect(page.locator("#button-new-weights")).to_have_count(0)
    expect(page.locator("#title-network").get_by_title("Locked by the lesson")).to_be_visible()
    playground.click(-3, -3)
    expect(playground.text("notice")).to_contain_text("Locked by the lesson: board.")
    learner.step(1)
    expect(playground.text("train-loss")).to_have_text("2.700")
    page.keyboard.press("w")
    page.keyboard.press("r")
    expect(playground.text("step")).to_have_text("0")
    expect(playground.text("train-loss")).to_have_text("3.000")
    expect(playground.text("train-count")).to_have_text("1")
    expect(page.get_by_role("tab", name="Step")).to_have_attribute("aria-selected", "true")
    page.get_by_role("button", name="3. When there is no line").click()
    learner.see_stage(3)
    expect(page.get_by_title("Locked by the lesson")).to_have_count(0)
    expect(page.locator("#tools")).to_be_visible()
    playground.click(-3, -3)
    expect(playground.text("train-count")).to_have_text("11")
    the_panel_is_folded_away_and_made_wider_by_keys(page)
    page.get_by_role("button", name="2. Ten points").click()
    learner.see_stage(2)
    axe_finds_nothing_in_a_lesson(learner)
    page.emulate_media(color_scheme="dark")
    assert page.evaluate(COLOURS, "#lesson") == []


def the_panel_is_folded_away_and_made_wider_by_keys(page: Page) -> None:
    """By a step of its own width."""
    panel = page.locator(".lesson__panel")
    before = panel.bounding_box()
    page.get_by_role("separator", name="Width of the lesson").focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_function(
        "(width) => document.querySelector('.lesson__panel').offsetWidth === width", arg=404
    )
    assert before
    assert before["width"] == 384
    page.get_by_role("button", name="Fold the lesson away").press("Enter")
    expect(panel).to_be_hidden()
    expect(page.get_by_role("button", name="Lesson", exact=True)).to_be_focused()
    page.keyboard.press("Enter")
    expect(panel).to_be_visible()


def test_on_a_phone_lesson_and_playground_are_one_tap_apart(attend: Callable[..., Learner]) -> None:
    learner = attend("perceptron-trick", **PHONE)
    page, playground = learner.page, learner.playground
    learner.predict("score", {"score": "-3"})
    learner.is_right("score")
    page.get_by_role("button", name="Playground", exact=True).tap()
    expect(page.locator("#board")).to_be_visible()
    page.locator("#button-step").tap()
    expect(playground.text("step")).to_have_text("1")
    page.get_by_role("button", name="Lesson", exact=True).tap()
    expect(page.locator("#board")).to_be_hidden()
    learner.next_stage(2)
    rows = learner.task("algorithm").locator(".task__item")
    last = rows.last.get_attribute("data-item")
    assert last
    finger_drags(page, rows.last, rows.first)
    expect(rows.first).to_have_attribute("data-item", last)
    rows.first.get_by_role("button", name="One place down").tap()
    expect(rows.nth(1)).to_have_attribute("data-item", last)
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    axe_finds_nothing_in_a_lesson(learner)


def finger_drags(page: Page, row: Locator, onto: Locator) -> None:
    """A step by its grip onto another one's place."""
    onto.evaluate("(row) => row.parentElement.scrollIntoView({ block: 'center' })")
    places = []
    for one in (row, onto):
        box = one.locator("[data-lesson-grip]").bounding_box()
        assert box
        places.append({"x": box["x"] + box["width"] / 2, "y": box["y"] + box["height"] / 2, "id": 0})
    session = page.context.new_cdp_session(page)
    start, end = places
    for kind, points in (
        ("touchStart", [start]),
        ("touchMove", [start | {"y": (start["y"] + end["y"]) / 2}]),
        ("touchMove", [end]),
        ("touchMove", [end | {"y": end["y"] - 1}]),
        ("touchEnd", []),
    ):
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
        # Not faster than a hand: a finger lifted in full swing throws, and the next tap may only stop that.
        page.evaluate(TWO_FRAMES)


def axe_finds_nothing_in_a_lesson(learner: Learner) -> None:
    """With all that a card can say: hint, solution, explanation, conditions."""
    page = learner.page
    learner.predict("other-way", {"w1": "1", "w2": "-0.9", "bias": "-0.1"})
    learner.press("other-way", "Hint")
    learner.press("other-way", "Show the solution")
    expect(learner.task("other-way")).to_contain_text("Explanation")
    learner.check("all-right")
    learner.is_wrong("all-right", "conditions hold")
    page.evaluate(AXE.read_text("utf-8"))
    assert page.evaluate(VIOLATIONS, "body") == []
