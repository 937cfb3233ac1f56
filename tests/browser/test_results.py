"""The tab of results against what scikit-learn makes of the same predictions; training until something is true."""

import re
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from playwright.sync_api import Locator, expect
from sklearn import metrics as sk

from tests.browser.conftest import MINUS, Playground
from tests.browser.hands import Ear, wait
from tests.browser.test_access import AXE, LAYOUTS, PHONE, VIOLATIONS

Visit = Callable[..., Playground]


@pytest.fixture
def heard(visit: Visit) -> tuple[Playground, Ear]:
    """A page, and all that goes over its socket."""
    page, ear = visit(goto=False), Ear()
    page.page.on("websocket", ear.hear)
    page.open()
    return page, ear


def open_results(page: Playground) -> Locator:
    """The tab of results, with figures in it."""
    page.page.get_by_role("tab", name="Results").click()
    panel = page.page.get_by_role("tabpanel", name="Results")
    expect(panel.locator(".results__figures")).to_be_visible()
    return panel


def standing(ear: Ear, test: bool) -> tuple[Any, Any, Any]:
    """Ids, labels and outputs of a part, as the socket told them last."""
    rows = [(row, place) for place, row in enumerate(ear.points) if bool(row[4]) is test]
    places = [place for _, place in rows]
    ids, labels = ([row[column] for row, _ in rows] for column in (0, 3))
    return np.array(ids), np.array(labels), ear.tensors["predictions"][:, places]


def percent(share: float) -> str:
    return f"{100 * share:.1f} %"


def figures(panel: Locator, name: str) -> list[list[str]]:
    """A table's cells, row by row."""
    rows = panel.get_by_role("region", name=name).locator("tbody tr").all()
    return [row.locator("td").all_inner_texts() for row in rows]


@pytest.mark.parametrize("test", [False, True])
def test_two_classes_are_sorted_as_scikit_learn_sorts_them_and_a_cell_chooses_its_points(
    heard: tuple[Playground, Ear], test: bool
) -> None:
    page, ear = heard
    page.choose_source("gauss")
    expect(page.page.locator(".source:has(input[value=gauss]) input")).to_be_checked()
    drawn = ear.revision
    page.field("data.noise").locator("input[type=range]").fill("0.5")
    wait(page, lambda: ear.revision > drawn)
    page.press("epoch")
    expect(page.text("epoch")).to_have_text("1")
    panel = open_results(page)
    if test:
        panel.get_by_role("button", name="Test", exact=True).click()
    ids, actual, outputs = standing(ear, test)
    predicted = outputs[0] >= 0.5
    wrong = ids[(actual == 0) & predicted]
    assert len(wrong) > 1, "a blurred board has wrong points"
    counts = panel.locator(".confusion__count").all_inner_texts()
    assert counts == [str(count) for count in sk.confusion_matrix(actual, predicted).ravel()]
    report = np.array(sk.precision_recall_fscore_support(actual, predicted)[:3])
    rates = figures(panel, "Precision, recall and F1")
    assert rates[:2] == [[percent(value) for value in report[:, label]] for label in (0, 1)]
    assert rates[2] == [percent(value) for value in report.mean(axis=1)]
    expect(panel.locator("#roc-area")).to_have_text(f"{sk.roc_auc_score(actual, outputs[0]):.3f}")
    found, alarms = predicted[actual == 1].mean(), predicted[actual == 0].mean()
    expect(panel.get_by_role("img")).to_have_attribute(
        "aria-label", re.compile(f"{percent(found)} of class 1 found, {percent(alarms)} of class 0")
    )
    cell = panel.get_by_role("button", name=re.compile(f"^{len(wrong)} .* of class 0: network says 1"))
    cell.focus()
    page.page.keyboard.press("Enter")
    expect(cell).to_have_attribute("aria-pressed", "true")
    expect(page.text("chosen")).to_have_text(f"{len(wrong)} points chosen")
    page.page.get_by_role("button", name="To training" if test else "To test").click()
    page.settle()
    assert ear.sent("set_part")[-1]["ids"] == wrong.tolist()
    expect(panel.locator(".confusion__count").nth(1)).to_have_text("0")


def test_a_regression_shows_its_errors_and_a_bar_chooses_its_points(heard: tuple[Playground, Ear]) -> None:
    page, ear = heard
    page.choose_source("plane")
    page.press("epoch")
    expect(page.text("epoch")).to_have_text("1")
    panel = open_results(page)
    ids, actual, outputs = standing(ear, test=False)
    residuals = actual - outputs[0]
    for name, value in (
        ("r2", sk.r2_score(actual, outputs[0])),
        ("mae", sk.mean_absolute_error(actual, outputs[0])),
        ("rmse", sk.root_mean_squared_error(actual, outputs[0])),
        ("max_error", sk.max_error(actual, outputs[0])),
    ):
        expect(panel.locator(f"#result-{name}")).to_have_text(f"{value:.3f}".replace("-", MINUS))
    reach = ear.frame["metrics"]["train"]["residuals"]["high"]
    counts, edges = np.histogram(residuals, 21, (-reach, reach))
    bars = panel.locator("[data-bin]")
    labels = [str(bar.get_attribute("aria-label")) for bar in bars.all()]
    assert [int(re.findall(r": (\d+) point", label)[0]) for label in labels] == counts[counts > 0].tolist()
    last = int(np.flatnonzero(counts)[-1])
    inside = ids[residuals >= edges[last]]
    bars.last.focus()
    page.page.keyboard.press("Enter")
    expect(bars.last).to_have_attribute("aria-pressed", "true")
    page.page.get_by_role("button", name="To test").click()
    page.settle()
    assert ear.sent("set_part")[-1]["ids"] == inside.tolist()


def test_results_are_asked_for_only_while_the_tab_is_open_and_follow_the_training(
    heard: tuple[Playground, Ear],
) -> None:
    page, ear = heard
    assert ear.frame["metrics"] is None
    panel = open_results(page)
    note = panel.locator("caption .results__note").first
    before = note.inner_text()
    page.press("play")
    expect(note).not_to_have_text(before)
    page.press("play")
    expect(page.text("button-play")).to_have_attribute("aria-label", "Play")
    page.page.get_by_role("tab", name="Results").click()
    expect(panel).to_be_hidden()
    page.press("step")
    board = page.page.locator("#board")
    wait(
        page,
        lambda: ear.frame["metrics"] is None and board.get_attribute("data-step") == str(ear.frame["step"]),
    )
    asked = [command["view"]["metrics"] for command in ear.sent("set_view")]
    assert asked == [True, False]
    assert ear.frame["metrics"] is None


@pytest.mark.parametrize("layout", ["phone"])
def test_axe_finds_nothing_in_the_results_and_in_the_form(visit: Visit, layout: str) -> None:
    page = visit(bypass_csp=True, **LAYOUTS[layout])
    page.page.add_script_tag(path=AXE)
    page.press("epoch")
    open_results(page)
    assert page.page.evaluate(VIOLATIONS, "#results") == []
    page.press("until")
    expect(page.page.get_by_role("combobox", name="Train until")).to_be_focused()
    assert page.page.evaluate(VIOLATIONS, "#until") == []
    page.page.keyboard.press("Escape")
    page.choose_source("plane")
    expect(page.page.locator(".residuals")).to_be_visible()
    assert page.page.evaluate(VIOLATIONS, "#results") == []


def test_on_a_phone_a_cell_s_points_come_into_sight(visit: Visit) -> None:
    page = visit(**PHONE)
    page.press("epoch")
    open_results(page)
    page.page.evaluate("() => window.scrollTo(0, document.body.scrollHeight)")
    page.page.locator("[data-cell]:enabled").first.tap()
    expect(page.text("chosen")).to_have_text(re.compile("chosen|class"))
    board = page.text("board").bounding_box()
    drawer = page.text("drawer").bounding_box()
    assert board
    assert drawer
    assert -1 <= board["y"] < drawer["y"] - board["height"] / 2


def test_training_until_something_is_true_from_the_keyboard_and_remembered(
    heard: tuple[Playground, Ear],
) -> None:
    page, ear = heard
    keyboard = page.page.keyboard
    keyboard.press("u")
    goal = page.page.get_by_role("combobox", name="Train until")
    expect(goal).to_be_focused()
    goal.select_option("training accuracy is above")
    field = page.page.get_by_role("textbox", name="training accuracy is above")
    field.fill("100")
    expect(page.page.locator("#until-percent-error")).to_have_text("must be less than 100")
    expect(page.page.get_by_role("button", name="Train", exact=True)).to_be_disabled()
    field.fill("95")
    field.press("Enter")
    expect(goal).to_be_hidden()
    expect(page.page.locator(".notice")).to_have_text(
        re.compile(r"Reached after epoch \d+: the training accuracy is [\d.]+ %, above 95 %\.")
    )
    epoch = re.search(r"epoch (\d+)", page.page.locator(".notice").inner_text())
    assert epoch
    expect(page.text("epoch")).to_have_text(epoch.group(1))  # the frame of that epoch has come
    (asked,) = ear.sent("step")
    assert (asked["epochs"], asked["until"]) == (1000, {"train_score_above": 0.95})
    assert ear.frame["now"]["train_score"] > 0.95
    assert ear.frame["epoch"] < 1000
    page.page.reload()
    page.see_picture()
    page.press("until")
    expect(goal).to_have_value("train_score_above")
    expect(field).to_have_value("95")
    goal.select_option("so many epochs are done")
    epochs = page.page.get_by_role("textbox", name="epochs", exact=True)
    epochs.fill("2")
    before = ear.frame["epoch"]
    page.page.get_by_role("button", name="Train", exact=True).click()
    expect(page.text("epoch")).to_have_text(str(before + 2))
    assert "until" not in ear.sent("step")[-1]


def test_what_is_not_reached_is_said_and_pause_ends_the_wait(playground: Playground) -> None:
    page = playground.page
    playground.press("until")
    page.get_by_role("combobox", name="Train until").select_option("test loss is below")
    page.get_by_role("textbox", name="test loss is below").fill("0.000001")
    page.get_by_role("textbox", name="epochs at most").fill("3")
    page.get_by_role("button", name="Train", exact=True).click()
    expect(page.locator(".notice")).to_have_text(
        re.compile(r"Not reached by epoch 3: the test loss is [\d.]+, not below 1e.06\.")
    )
    playground.press("until")
    expect(page.get_by_role("textbox", name="epochs at most")).to_have_value("3")
    page.get_by_role("textbox", name="epochs at most").fill("1000")
    page.get_by_role("button", name="Train", exact=True).click()
    expect(page.locator(".notice")).to_have_count(0)
    playground.press("play")
    expect(playground.text("button-play")).to_have_attribute("aria-label", "Play")
    expect(page.locator(".notice")).to_have_count(0)
