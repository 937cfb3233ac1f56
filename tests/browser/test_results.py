"""The tab of results against what scikit-learn makes of the same predictions; training until something is true."""

import re
from collections.abc import Callable
from typing import Any

import numpy as np
from playwright.sync_api import Locator, expect
from sklearn import metrics as sk

from tests.browser.boards import hearing
from tests.browser.conftest import MINUS, Playground
from tests.browser.hands import Ear, wait
from tests.browser.test_access import AXE, PHONE, VIOLATIONS

Visit = Callable[..., Playground]


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


def test_the_tab_follows_the_training_and_sorts_and_measures_as_scikit_learn_does(visit: Visit) -> None:
    page, ear = hearing(visit)
    results_are_asked_for_only_while_the_tab_is_open_and_follow_the_training(page, ear)
    train_on_two_blurred_classes(page, ear)
    panel = open_results(page)
    for test in (False, True):
        two_classes_are_sorted_and_a_cell_chooses_its_points(page, ear, panel, test=test)
    a_regression_shows_its_errors_and_a_bar_chooses_its_points(page, ear, panel)


def results_are_asked_for_only_while_the_tab_is_open_and_follow_the_training(
    page: Playground, ear: Ear
) -> None:
    """Nobody pays for what nobody sees."""
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


def train_on_two_blurred_classes(page: Playground, ear: Ear) -> None:
    """One epoch; some points are wrong."""
    page.choose_source("gauss")
    expect(page.page.locator(".source:has(input[value=gauss]) input")).to_be_checked()
    drawn = ear.revision
    page.field("data.noise").locator("input[type=range]").fill("0.5")
    wait(page, lambda: ear.revision > drawn)
    expect(page.text("epoch")).to_have_text("0")
    page.press("epoch")
    expect(page.text("epoch")).to_have_text("1")


def two_classes_are_sorted_and_a_cell_chooses_its_points(
    page: Playground, ear: Ear, panel: Locator, *, test: bool
) -> None:
    """In one part of the points; the chosen ones go to the other."""
    part = panel.get_by_role("button", name="Test" if test else "Training", exact=True)
    part.click()
    expect(part).to_have_attribute("aria-pressed", "true")
    wait(page, lambda: ear.frame["data_revision"] == ear.revision)
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


def a_regression_shows_its_errors_and_a_bar_chooses_its_points(
    page: Playground, ear: Ear, panel: Locator
) -> None:
    """Of the training points."""
    page.choose_source("plane")
    expect(page.text("epoch")).to_have_text("0")
    page.press("epoch")
    expect(page.text("epoch")).to_have_text("1")
    panel.get_by_role("button", name="Training", exact=True).click()
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


def test_on_a_phone_axe_finds_nothing_and_a_cell_s_points_come_into_sight(visit: Visit) -> None:
    page = visit(bypass_csp=True, **PHONE)
    page.page.add_script_tag(path=AXE)
    page.press("epoch")
    open_results(page)
    assert page.page.evaluate(VIOLATIONS, "#results") == []
    page.page.evaluate("() => window.scrollTo(0, document.body.scrollHeight)")
    page.page.locator("[data-cell]:enabled").first.tap()
    expect(page.text("chosen")).to_have_text(re.compile("chosen|class"))
    board = page.text("board").bounding_box()
    drawer = page.text("drawer").bounding_box()
    assert board
    assert drawer
    assert -1 <= board["y"] < drawer["y"] - board["height"] / 2

    page.press("until")
    expect(page.page.get_by_role("combobox", name="Train until")).to_be_focused()
    assert page.page.evaluate(VIOLATIONS, "#until") == []
    page.page.keyboard.press("Escape")
    page.choose_source("plane")
    expect(page.page.locator(".residuals")).to_be_visible()
    assert page.page.evaluate(VIOLATIONS, "#results") == []


CHOOSE_EPOCHS = """(goal) => {
    goal.value = "epochs";
    goal.dispatchEvent(new Event("change", { bubbles: true }));
    return document.querySelector("#until [data-until=epochs]") !== null;
}"""


def test_training_until_something_is_true_from_the_keyboard_remembered_and_said(visit: Visit) -> None:
    page, ear = hearing(visit)
    goal = page.page.get_by_role("combobox", name="Train until")
    what_is_wanted_is_reached_and_the_form_is_remembered(page, ear, goal)
    page.press("reset")
    expect(page.text("epoch")).to_have_text("0")
    what_is_not_reached_is_said_and_pause_ends_the_wait(page, goal)


def what_is_wanted_is_reached_and_the_form_is_remembered(page: Playground, ear: Ear, goal: Locator) -> None:
    """Over a reload."""
    page.page.keyboard.press("u")
    expect(goal).to_be_focused()
    assert goal.evaluate(CHOOSE_EPOCHS), "what is chosen is answered before the next picture"
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


def what_is_not_reached_is_said_and_pause_ends_the_wait(playground: Playground, goal: Locator) -> None:
    """Of the wait there is nothing to say."""
    page = playground.page
    playground.press("until")
    goal.select_option("test loss is below")
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
