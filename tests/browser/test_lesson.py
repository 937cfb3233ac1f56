"""Lessons worked through in the page from first to last task, as a learner does."""

import re
from collections.abc import Callable

from playwright.sync_api import expect

from tests.browser.conftest import MINUS, Playground
from tests.browser.learner import Learner

Visit = Callable[..., Playground]


def test_a_learner_walks_the_perceptron_trick_from_first_to_last_task(attend: Callable[..., Learner]) -> None:
    learner = attend("perceptron-trick")
    page, playground = learner.page, learner.playground
    expect(page).to_have_title(re.compile("^The perceptron trick"))
    learner.progress(0, 9)
    learner.predict("score", {"score": "7"})
    learner.is_wrong("score", "Not yet. The number is not right.")
    learner.press("score", "Hint")
    expect(learner.task("score")).to_contain_text("Hint 1 of 2")
    learner.predict("score", {"score": "-3"})
    learner.is_right("score")

    # Predict first, then run, then explain.
    learner.predict("first-pull", {"w1": "3,1", "w2": "3.9", "bias": "-9,9"})
    learner.is_wrong("first-pull", "2 of 3 numbers are right.")
    learner.press("first-pull", "Run it")
    compared = learner.task("first-pull").locator(".task__compared tbody tr")
    expect(compared.nth(1).locator("td")).to_have_text(["3.9", "4.1"])
    expect(playground.text("step")).to_have_text("1")
    learner.predict("first-pull", {"w1": "3.1", "w2": "4.1", "bias": "-9.9"})
    learner.is_right("first-pull")
    expect(compared.nth(1).locator("td")).to_have_text(["3.9", "4.1"])

    learner.predict("how-many", {"pulls": "11"})
    learner.is_right("how-many")
    learner.step(9)
    learner.check("on-the-line")
    learner.is_right("on-the-line")

    learner.next_stage(2)
    expect(page.locator("#lesson-stage")).to_be_focused()
    expect(playground.text("train-count")).to_have_text("10")
    learner.predict("other-way", {"w1": "0.8", "w2": "-0.9", "bias": "-0.1"})
    learner.is_right("other-way")
    learner.check("all-right")
    learner.is_wrong("all-right", "0 of 2 conditions hold.")
    expect(learner.task("all-right").locator(".task__now").first).to_have_text("now 6")
    for number in range(1, 5):
        playground.press("epoch")
        expect(playground.text("epoch")).to_have_text(str(number))
    learner.check("all-right")
    learner.is_right("all-right")
    learner.arrange("algorithm", "begin", "take", "pull", "score", "compare", "again")
    learner.is_wrong("algorithm", "3 of 6 steps stand in the right place.")
    learner.arrange("algorithm", "begin", "take", "score", "compare", "pull", "again")
    learner.is_right("algorithm")

    learner.next_stage(3)
    page.locator("#brushes").get_by_text("0", exact=True).click()
    playground.click(2, 2)
    expect(playground.text("train-count")).to_have_text("11")
    learner.train(100)
    learner.check("never-rests")
    learner.is_right("never-rests")
    learner.choose("what-to-keep", "longer")
    learner.is_wrong("what-to-keep", "That is not it.")
    expect(learner.task("what-to-keep")).to_contain_text("At least one point is always wrong")
    learner.choose("what-to-keep", "best-seen")
    learner.is_right("what-to-keep")

    learner.progress(9, 9)
    learner.finish()
    expect(page.locator(".lesson__body")).to_contain_text("Lesson solved")
    expect(page.locator(".lesson__body")).to_contain_text("You solved 9 of 9 tasks. 4 at the first try.")
    expect(page.get_by_role("link", name="Next lesson")).to_be_visible()


def test_a_learner_walks_the_gates_from_first_to_last_task(attend: Callable[..., Learner]) -> None:
    learner = attend("gates")
    playground = learner.playground
    set_unit(learner, "1", "1", "0")
    learner.check("and")
    learner.is_wrong("and", "3 of 4 conditions hold.")
    set_unit(learner, "1", "1", "-1.5")
    learner.check("and")
    learner.is_right("and")
    for gate, *numbers in (("or", "1", "1", "-0.5"), ("nand", "-1", "-1", "1.5")):
        playground.choose_source(f"gate_{gate}")
        expect(playground.text("train-score")).to_contain_text("75")  # the weights are 0 again
        set_unit(learner, *numbers)
        learner.check(gate)
        learner.is_right(gate)
    playground.choose_source("gate_not")
    playground.press("epoch")
    expect(playground.text("epoch")).to_have_text("1")
    learner.check("not")
    learner.is_right("not")
    learner.next_stage(2)
    learner.predict("one-line", {"wrong": "1"})
    learner.is_right("one-line")
    learner.next_stage(3)
    learner.predict("hidden", {"nand-11": "0", "or-11": "1", "nand-01": "1", "or-01": "1"})
    learner.is_right("hidden")
    learner.set_weight(4, "1")
    learner.set_weight(5, "1")
    learner.set_bias(2, "-1.5")
    learner.check("xor-by-hand")
    learner.is_right("xor-by-hand")
    learner.next_stage(4)
    playground.press("new-weights")
    learner.train(100)
    learner.check("learn-xor")
    learner.is_right("learn-xor")
    learner.next_stage(5)
    learner.choose("find-linear", "few")
    learner.is_wrong("find-linear", "That is not it. 0 of 2 conditions hold.")
    learner.pick("network.layers.0.activation", "tanh")
    learner.train(100)
    learner.choose("find-linear", "linear")
    learner.is_right("find-linear")
    learner.progress(9, 9)


def set_unit(learner: Learner, first: str, second: str, bias: str) -> None:
    """The three numbers of a network that is one unit."""
    learner.set_weight(0, first)
    learner.set_weight(1, second)
    learner.set_bias(0, bias)


def test_a_learner_walks_backpropagation_from_first_to_last_task(attend: Callable[..., Learner]) -> None:
    learner = attend("backpropagation")
    learner.predict("forward-pass", {"sum": "-0.02", "hidden": "0.495", "output": "0.512"})
    learner.is_right("forward-pass")
    learner.press("forward-pass", "Run it")
    gives = learner.task("forward-pass").locator(".task__compared td:last-child")
    expect(gives).to_have_text([f"{MINUS}0.02", "0.495", re.compile("^0.512")])
    learner.predict("loss", {"loss": "0.119"})
    learner.is_right("loss")
    learner.next_stage(2)
    learner.predict("deltas", {"output": "-0.122", "hidden": "-0.003"})
    learner.is_right("deltas")
    learner.predict("updates", {"out": "0.0302", "first": "0.00015", "second": "0.00046"})
    learner.is_right("updates")
    phases = (
        "hidden-value",
        "output-value",
        "loss-value",
        "output-delta",
        "hidden-delta",
        "gradients",
        "weights",
    )
    learner.arrange("phases", *phases)
    learner.is_right("phases")
    learner.next_stage(3)
    learner.predict("shared-blame", {"first": "0.07", "second": "-0.027"})
    learner.is_right("shared-blame")
    learner.set_weight(4, "0")
    learner.check("no-blame")
    learner.is_right("no-blame")
    learner.next_stage(4)
    learner.pick("network.initializer", "xavier_uniform")
    learner.train(100)
    learner.choose("copies", "equal")
    learner.is_right("copies")
    learner.progress(8, 8)


def test_a_learner_walks_regularisation_from_first_to_last_task(attend: Callable[..., Learner]) -> None:
    learner = attend("regularisation")
    learner.predict("beside", {"loss": "0", "penalty": "0.202"})
    learner.is_right("beside")
    learner.predict("l2-step", {"w1": "1.9", "w2": "0.19", "bias": "1"})
    learner.is_right("l2-step")
    learner.next_stage(2)
    learner.predict("l1-steps", {"w1": "1.8", "w2": "0"})
    learner.is_right("l1-steps")
    learner.next_stage(3)
    learner.setting("training.l2", "0.03")
    learner.train(150, after=300)
    learner.check("hold-back")
    learner.is_right("hold-back")
    learner.begin_again(3)
    learner.setting("training.l2", "1")
    learner.train(100, after=300)
    learner.check("too-much")
    learner.is_right("too-much")
    learner.next_stage(4)
    learner.setting("training.l1", "0.05")
    learner.train(200)
    learner.check("few")
    learner.is_right("few")
    learner.next_stage(5)
    for number in (1, 2):
        learner.layer(number)
        field = learner.playground.field(f"network.layers.{number - 1}.dropout")
        field.get_by_role("slider").fill("0.2")
        expect(field).to_contain_text("20 %")
        learner.layer(number)
    learner.train(100, after=150)
    learner.choose("stuck", "dropout")
    learner.is_right("stuck")
    learner.progress(7, 7)
