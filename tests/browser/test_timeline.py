"""Going back in a run, going on from there, and comparing what came of it: by mouse, keys and finger."""

import re
from collections.abc import Callable
from typing import Any

from playwright.sync_api import expect

from tests.browser.conftest import Playground
from tests.browser.hands import Ear
from tests.browser.test_access import AXE, VIOLATIONS

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
KNOB = 16
"""The scrubber's thumb in pixels; its middle goes from half of it to half of it before the end."""
Visit = Callable[..., Playground]


def heard(visit: Visit, **context: Any) -> tuple[Playground, Ear]:
    """A page with an ear at its socket, showing the XOR problem."""
    playground = visit(goto=False, **context)
    ear = Ear()
    playground.page.on("websocket", ear.hear)
    playground.open()
    playground.choose_source("xor")
    expect(playground.text("title-data")).to_be_visible()
    expect(playground.page.locator(".source:has(input[value=xor]) input")).to_be_checked()
    return playground, ear


def train_to(playground: Playground, epoch: int) -> None:
    """One epoch (25 steps) after the other."""
    for now in range(int(playground.text("epoch").inner_text()) + 1, epoch + 1):
        playground.press("epoch")
        expect(playground.text("epoch")).to_have_text(str(now))
    expect(playground.page.locator("body")).to_have_attribute("data-phase", "paused")


def figures(playground: Playground) -> dict[str, str]:
    """What the page says of loss and score."""
    names = ("train-loss", "test-loss", "train-score", "test-score")
    return {name: playground.text(name).inner_text() for name in names}


def see(playground: Playground, said: dict[str, str]) -> None:
    for name, text in said.items():
        expect(playground.text(name)).to_have_text(text)


def exact(ear: Ear) -> tuple[dict[str, Any], bytes]:
    """All figures of the newest frame to the last digit, and its weights to the bit."""
    return ear.frame["now"], ear.tensors["theta"].tobytes()


def drag_to(playground: Playground, step: int, last: int) -> None:
    """Take the thumb, which stands at the end, and drag it."""
    box = playground.page.locator("#scrubber").bounding_box()
    assert box
    wide, middle = box["width"] - KNOB, box["y"] + box["height"] / 2
    mouse = playground.page.mouse
    mouse.move(box["x"] + KNOB / 2 + wide - 2, middle)
    mouse.down()
    mouse.move(box["x"] + KNOB / 2 + wide * step / last, middle, steps=15)
    mouse.up()


def walk_to(playground: Playground, step: int) -> None:
    """The last few steps by key."""
    playground.page.evaluate("document.activeElement.blur()")
    place = playground.text("timeline-place")
    expect(place).to_contain_text("epoch")
    found = re.search(r"step ([\d ]+) of", place.inner_text())
    assert found
    now = int(found[1].replace(" ", ""))
    for _ in range(abs(now - step)):
        playground.page.keyboard.press("." if now < step else ",")
    expect(playground.text("step")).to_have_text(str(step))


def test_back_500_steps_the_loss_is_what_it_was_and_another_rate_makes_a_branch_to_compare(
    visit: Visit,
) -> None:
    playground, ear = heard(visit, bypass_csp=True)
    page = playground.page
    train_to(playground, 4)
    expect(playground.text("step")).to_have_text("100")
    there, said = exact(ear), figures(playground)
    train_to(playground, 8)
    first_at_200 = figures(playground)
    train_to(playground, 24)
    newest, said_newest = exact(ear), figures(playground)
    assert newest[0] != there[0]

    drag_to(playground, 100, 600)
    walk_to(playground, 100)
    see(playground, said)
    assert exact(ear) == there
    expect(playground.text("timeline-place")).to_have_text("Past: step 100 of 600, epoch 4")
    expect(playground.text("timeline-note")).to_have_text("Going on from here begins a branch.")
    assert len(ear.sent("seek")) < 40  # the newest wish wins; not one seek for each of the 500 steps

    rate = playground.field("training.optimizer.learning_rate").locator("input").first
    rate.fill("0.3")
    rate.press("Enter")
    expect(playground.text("timeline-note")).to_have_text("Branch 2")
    expect(playground.text("timeline-place")).to_have_text("step 100 of 100, epoch 4")
    train_to(playground, 8)
    second_at_200 = figures(playground)
    assert second_at_200 != first_at_200
    train_to(playground, 12)

    page.locator("#tab-branches").click()
    branch = page.locator("tr[data-branch='2']")
    expect(branch).to_contain_text("from step 100 of Run 1: ")
    expect(branch).to_contain_text("0.3")
    for number in (1, 2):
        for part in ("train", "test"):
            line = page.locator(f"path[data-branch='{number}'][data-part-of={part}]")
            expect(line).to_have_attribute("d", re.compile(r"^M[\d.]+ [\d.]+L"))
    box = page.locator("#curves").bounding_box()
    assert box
    left, right = 48, box["width"] - 10
    page.mouse.move(box["x"] + left + (right - left) * 201 / 600, box["y"] + 60)
    expect(page.locator("#reading thead")).to_contain_text("At step 20")
    for number, figure in ((1, first_at_200), (2, second_at_200)):
        cells = page.locator(f"#reading tr[data-read='{number}'] td")
        expect(cells).to_have_text(
            ["200", "8", *[figure[name] for name in ("train-loss", "test-loss", "train-score", "test-score")]]
        )

    name = page.get_by_label("Name of Branch 2")
    name.fill("Ten times faster")
    name.press("Enter")
    expect(page.locator("#reading tr[data-read='2'] th")).to_have_text("Ten times faster")
    page.add_script_tag(path=AXE)
    assert page.evaluate(VIOLATIONS, {"include": [["#drawer"], ["#timeline"]]}) == []

    page.get_by_role("button", name="Switch to Run 1").click()
    expect(playground.text("timeline-place")).to_have_text("step 600 of 600, epoch 24")
    see(playground, said_newest)
    assert exact(ear) == newest

    page.get_by_role("button", name="Drop Run 1", exact=True).click()
    page.get_by_role("button", name="Drop Run 1 for good").click()
    expect(page.locator("#notice")).to_contain_text("Cannot drop Run 1 while it is shown")
    page.get_by_role("button", name="Drop Ten times faster", exact=True).click()
    page.get_by_role("button", name="Drop Ten times faster for good").click()
    expect(page.locator("tr[data-branch]")).to_have_count(1)
    expect(page.locator("#notice")).to_be_empty()


def test_playing_backwards_stops_at_the_start_and_at_a_press_and_never_trains(
    visit: Visit,
) -> None:
    playground, ear = heard(visit)
    page, place = playground.page, playground.text("timeline-place")
    train_to(playground, 2)
    playground.field("training.optimizer.learning_rate").locator("input").first.fill("0.1")
    page.keyboard.press("Enter")
    expect(playground.text("rate")).to_have_text("0.1")
    train_to(playground, 4)

    page.get_by_label("Pace of playing").select_option("2")
    playground.press("rewind")
    expect(page.locator("#button-rewind")).to_have_accessible_name("Stop")
    expect(place).to_contain_text(re.compile(r"step [2-8]\d of 100"))
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press(" ")
    expect(page.locator("#button-rewind")).to_have_accessible_name("Backwards through the run")
    assert ear.sent("play") == []

    playground.press("rewind")
    expect(place).to_have_text("Past: step 0 of 100, epoch 0")
    expect(page.locator("#button-rewind")).to_be_disabled()
    page.get_by_role("button", name=re.compile("^Next mark: step 50, .*0.1")).click()
    expect(place).to_have_text("Past: step 50 of 100, epoch 2")
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("Shift+<")
    expect(place).to_have_text("Past: step 25 of 100, epoch 1")
    expect(playground.text("rate")).to_have_text("0.03")
    page.keyboard.press(".")
    expect(place).to_have_text("Past: step 26 of 100, epoch 1")
    expect(playground.text("announcer")).to_have_text(
        "Past: step 26 of 100, epoch 1. Going on from here begins a branch."
    )
    page.locator("#scrubber").focus()
    page.keyboard.press("PageUp")
    expect(place).to_have_text("Past: step 51 of 100, epoch 2")
    page.keyboard.press("End")
    expect(place).to_have_text("step 100 of 100, epoch 4")
    expect(page.locator("#button-forward")).to_be_disabled()

    # Who wants no motion sees single steps.
    page.emulate_media(reduced_motion="reduce")
    page.get_by_label("Pace of playing").select_option("1")
    before = len(ear.sent("seek"))
    playground.press("rewind")
    expect(place).to_contain_text("step 90 of 100")
    playground.press("rewind")
    assert [command["step"] for command in ear.sent("seek")[before:]] == [90]


def test_a_finger_drags_through_the_run_on_a_phone(visit: Visit) -> None:
    playground, _ = heard(visit, **PHONE)
    page = playground.page
    train_to(playground, 2)
    playground.field("training.optimizer.learning_rate").get_by_role("textbox").fill("0.1")
    page.keyboard.press("Enter")
    expect(page.locator("#button-mark-before")).to_be_disabled()
    train_to(playground, 4)
    # The bar is as wide as the words beside it leave it.
    expect(playground.text("timeline-place")).to_contain_text("tep 100 of 100")
    page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    box = page.locator("#scrubber").bounding_box()
    assert box
    touch = page.context.new_cdp_session(page)

    def send(kind: str, share: float) -> None:
        spot = {"x": box["x"] + 13 + (box["width"] - 26) * share, "y": box["y"] + box["height"] / 2}
        touch.send(
            "Input.dispatchTouchEvent", {"type": kind, "touchPoints": [] if kind == "touchEnd" else [spot]}
        )

    send("touchStart", 1)
    for share in (0.8, 0.6, 0.5):
        send("touchMove", share)
    send("touchEnd", 0)
    expect(playground.text("timeline-place")).to_contain_text(re.compile("Past: step (49|50|51) of 100"))
    expect(playground.text("epoch")).to_have_text(re.compile("1|2"))
    for name in ("rewind", "back", "forward", "replay", "newest", "mark-before", "mark-after"):
        expect(page.locator(f"#button-{name}")).to_be_in_viewport(ratio=1)
    page.locator("#button-newest").tap()
    expect(playground.text("timeline-place")).to_contain_text("tep 100 of 100")
    page.locator("#button-mark-before").tap()
    expect(playground.text("timeline-place")).to_contain_text("Past: step 50 of 100")
    for name, there in (("rewind", r"step [1-4]\d of 100"), ("replay", r"step (49|5\d) of 100")):
        page.locator(f"#button-{name}").tap()
        expect(page.locator(f"#button-{name}")).to_have_accessible_name("Stop")
        expect(playground.text("timeline-place")).to_contain_text(re.compile(there))
        page.locator(f"#button-{name}").tap()
