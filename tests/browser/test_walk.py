"""One step of descent taken apart on the page: forward, loss, backward, gradient, update, read off and checked."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from playwright.sync_api import expect

from tests.browser.boards import hearing
from tests.browser.conftest import MINUS, Playground
from tests.browser.hands import Ear, wait
from tests.browser.learner import TWO_FRAMES
from tests.browser.teacher import experiment, teach
from tests.browser.test_access import AXE, VIOLATIONS

WALK = {"include": [["#drawer"], ["#diagram"], ["#timeline"]]}
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
Visit = Callable[..., Playground]
Floats = NDArray[np.float64]


def begin(playground: Playground, spec: dict[str, Any], *weights: tuple[int, int, int | None, float]) -> None:
    """Begin an experiment with this spec and these weights (layer, unit, input, value)."""
    teach(
        playground,
        experiment(spec),
        *(
            {"type": "set_weight", "layer": layer, "unit": unit, "input": source, "value": value}
            for layer, unit, source, value in weights
        ),
    )
    points = len(spec["data"].get("points", ())) or spec["data"]["samples"] // 2
    expect(playground.text("train-count")).to_have_text(f"{points}")
    expect(playground.text("step")).to_have_text("0")


def number(text: str) -> float:
    """A number as the page writes it."""
    return float(text.replace(MINUS, "-"))


def go(playground: Playground, key: str, title: str) -> None:
    """Press a key and arrive at a stop."""
    playground.page.keyboard.press(key)
    expect(playground.page.locator(".phase[aria-current=step]")).to_have_text(title)


def results(playground: Playground) -> list[float]:
    """The number at the end of each equation."""
    rows = playground.page.locator(".phases__numbers .phases__row").all_text_contents()
    return [number(row.rpartition("=")[2]) for row in rows]


def at_units(playground: Playground) -> list[float]:
    """The numbers in the diagram, from left to right and from above."""
    return [
        number(text.removeprefix("δ "))
        for text in playground.page.locator(".lights text").all_text_contents()
    ]


def columns(playground: Playground, shapes: list[tuple[int, int]]) -> dict[str, list[Floats]]:
    """The table of parameters: for each column a block (fan_out, fan_in + 1) a layer, to the last digit."""
    read = """() => [...document.querySelectorAll('.phases__table tbody tr')].map((row) => ({
        ...JSON.parse(row.querySelector('button').dataset.apart),
        cells: Object.fromEntries([...row.querySelectorAll('td')].map(({dataset}) => [dataset.column, dataset.exact])),
        shown: [...row.querySelectorAll('td')].map((cell) => cell.textContent)}))"""
    blocks: dict[str, list[Floats]] = {}
    for row in playground.page.evaluate(read):
        for (name, exact), shown in zip(row["cells"].items(), row["shown"], strict=True):
            assert number(shown) == pytest.approx(float(exact), rel=6e-3)
            at = blocks.setdefault(name, [np.full(shape, np.nan) for shape in shapes])[row["layer"]]
            at[row["unit"], -1 if row["input"] is None else row["input"]] = float(exact)
    return blocks


XOR: dict[str, Any] = {
    "data": {"source": "xor", "noise": 0.0, "samples": 40},
    "inputs": ["x1", "x2"],
    "network": {"layers": [{"units": 3, "activation": "tanh"}]},
    "training": {"optimizer": {"name": "adam", "learning_rate": 0.03}, "batch_size": 4},
}


def with_bias(values: Floats) -> Floats:
    """A row of ones below."""
    return np.vstack([values, np.ones(values.shape[1])])


def test_what_a_walk_through_a_step_shows_is_what_numpy_makes_of_it_and_axe_finds_nothing(
    visit: Visit,
) -> None:
    playground, ear = hearing(visit, bypass_csp=True, color_scheme="dark")
    axe_finds_nothing_on_an_open_walk_and_escape_ends_it(playground)
    one_step_of_xor_from_phase_to_phase(playground, ear)
    of_many_samples_one_is_chosen_by_its_place_in_the_batch(playground)


def one_step_of_xor_from_phase_to_phase(playground: Playground, ear: Ear) -> None:
    """All that is seen on the way, and the weights behind it to the bit."""
    page = playground.page
    begin(playground, XOR)
    playground.text("tab-walk").click()
    playground.text("button-walk-open").click()
    expect(page.locator(".phases__sample")).to_have_count(4)
    ids = [int(text) for text in page.locator(".phases__sample").all_text_contents()]
    seen = {"forward 1": (results(playground), at_units(playground))}
    go(playground, "n", "Forward out")
    seen["forward out"] = (results(playground), at_units(playground))
    go(playground, "n", "Loss")
    titles = [chip.get_attribute("title") or "" for chip in page.locator(".phases__sample").all()]
    losses = [number(title.rpartition(" ")[2]) for title in titles]
    go(playground, "n", "Backward out")
    seen["backward out"] = (results(playground), at_units(playground))
    go(playground, "n", "Backward 1")
    seen["backward 1"] = (results(playground), at_units(playground))
    go(playground, "Shift+N", "Backward out")
    go(playground, "n", "Backward 1")
    expect(playground.text("step")).to_have_text("0")
    go(playground, "n", "Gradient")
    go(playground, "n", "Update")
    expect(playground.text("step")).to_have_text("1")
    table = columns(playground, [(3, 3), (1, 4)])

    points = {row[0]: row[1:4] for row in ear.points}
    x = np.array([points[row][:2] for row in ids]).T
    y = np.array([[points[row][2] for row in ids]])
    hidden, output = table["before"]
    a = np.tanh(hidden @ with_bias(x))
    y_hat = 1 / (1 + np.exp(-(output @ with_bias(a))))
    delta_out = y_hat - y
    delta = (1 - a**2) * (output[:, :3].T @ delta_out)
    gradient = [delta @ with_bias(x).T / 4, delta_out @ with_bias(a).T / 4]
    update = [0.03 * g / (np.abs(g) + 1e-8) for g in gradient]

    first = [x[:, 0], a[:, 0], y_hat[:, 0]]
    assert seen["forward 1"][0] == pytest.approx(a[:, 0], rel=2e-3)
    assert seen["forward 1"][1] == pytest.approx(np.concatenate(first[:2]), rel=6e-3)
    assert seen["forward out"][0] == pytest.approx(y_hat[:, 0], rel=2e-3)
    assert seen["forward out"][1] == pytest.approx(np.concatenate(first), rel=6e-3)
    assert losses == pytest.approx(-np.log(np.where(y, y_hat, 1 - y_hat))[0], abs=6e-4)
    assert seen["backward out"][0] == pytest.approx(delta_out[:, 0], rel=2e-3)
    assert seen["backward out"][1] == pytest.approx(delta_out[:, 0], rel=6e-3)
    assert seen["backward 1"][0] == pytest.approx(delta[:, 0], rel=2e-3)
    assert seen["backward 1"][1] == pytest.approx(np.concatenate([delta[:, 0], delta_out[:, 0]]), rel=6e-3)
    for layer in range(2):
        np.testing.assert_allclose(table["data_gradient"][layer], gradient[layer], rtol=1e-9)
        np.testing.assert_allclose(table["first"][layer], 0.1 * gradient[layer], rtol=1e-9)
        np.testing.assert_allclose(table["second_corrected"][layer], gradient[layer] ** 2, rtol=1e-9)
        np.testing.assert_allclose(table["update"][layer], update[layer], rtol=1e-6)
        np.testing.assert_array_equal(table["after"][layer], table["before"][layer] - table["update"][layer])
    wait(playground, lambda: ear.frame["step"] == 1)
    assert (
        ear.tensors["theta"].tobytes()
        == np.concatenate([block.ravel() for block in table["after"]]).tobytes()
    )

    # Back is before the step again; whatever changes something ends the walk there.
    go(playground, "Shift+N", "Gradient")
    expect(playground.text("step")).to_have_text("0")
    playground.press("step")
    expect(page.locator(".phases__begin")).to_be_visible()
    expect(playground.text("step")).to_have_text("1")


def of_many_samples_one_is_chosen_by_its_place_in_the_batch(playground: Playground) -> None:
    """By number, or of those that are named."""
    begin(playground, XOR | {"data": {"source": "xor", "samples": 5000}, "training": {"batch_size": None}})
    playground.press("sample")
    field = playground.text("walk-sample")
    expect(field).to_have_value("1")
    expect(playground.page.locator(".phases__sample")).to_have_count(12)
    told = playground.page.locator(".phases__place span")
    expect(told).to_contain_text("of 2 500: point ")
    first = told.inner_text()
    field.fill("2500")
    field.press("Enter")
    expect(told).not_to_have_text(first)
    last = told.inner_text()
    field.fill("2501")
    field.press("Enter")
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(playground.text("walk-sample-error")).to_have_text("a whole number from 1 to 2500")
    expect(told).to_have_text(last)
    playground.page.locator(".phases__sample").first.click()
    expect(field).not_to_have_value("2501")
    expect(playground.page.locator(".phases__sample[aria-pressed=true]")).to_have_count(1)


BY_HAND = {
    "data": {"source": "points", "points": [[0.1, 0.3, 1]], "train_fraction": 1.0},
    "inputs": ["x1", "x2"],
    "network": {"layers": [{"units": 1, "activation": "sigmoid"}], "output": "sigmoid"},
    "training": {
        "loss": "half_squared_error",
        "optimizer": {"name": "sgd", "learning_rate": 0.5},
        "batch_size": None,
    },
}


TRICK = {
    "data": {"source": "points", "points": [[1, 1, 1]], "train_fraction": 1.0},
    "inputs": ["x1", "x2"],
    "network": {"layers": [], "output": "step"},
    "training": {"optimizer": {"name": "perceptron", "learning_rate": 0.1}, "batch_size": 1},
}


def line(w1: str, w2: str, b: str) -> str:
    """The equation as the page writes it."""
    return f"{w1} x₁ + {w2} x₂ {MINUS} {b} = 0"


def test_worked_numbers_come_out_digit_for_digit(visit: Visit) -> None:
    playground = visit()
    backprop_by_hand_can_be_taken_apart(playground)
    the_misclassified_point_pulls_the_line_eleven_times(playground)


def backprop_by_hand_can_be_taken_apart(playground: Playground) -> None:
    """Worked number 8."""
    begin(playground, BY_HAND, (0, 0, 0, 0.4), (0, 0, 1, -0.2), (1, 0, 0, 0.1))
    page = playground.page
    equation = page.locator(".phases__numbers .phases__row").first
    page.keyboard.press("n")
    expect(page.locator(".phase[aria-current=step]")).to_have_text("Forward 1")
    expect(equation).to_contain_text(f"={MINUS}0.02")
    assert results(playground) == [0.495]
    go(playground, "n", "Forward out")
    assert results(playground) == [0.5124]
    go(playground, "n", "Loss")
    go(playground, "n", "Backward out")
    assert results(playground) == [-0.1218]
    assert at_units(playground) == [-0.122]
    go(playground, "n", "Backward 1")
    assert round(results(playground)[0], 4) == -0.0030

    # The hidden unit's delta: one product, and the slope after it.
    box = page.locator(".units rect").first.bounding_box()
    assert box
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    chain = page.locator(".phases__chain")
    expect(chain.locator("h3")).to_have_text("Delta of unit 1 of layer 1")
    terms = chain.locator("tbody tr").first.locator("td").all_text_contents()
    assert [number(text) for text in terms] == [0.1, -0.1218, -0.01218]

    # The weight of the output: of its one sample delta and value, their mean, and what comes of it.
    spot = page.evaluate("""() => { const line = document.querySelectorAll('.edges path')[2];
        const { x, y } = line.getPointAtLength(line.getTotalLength() / 2);
        const box = document.querySelector('#diagram').getBoundingClientRect();
        return [box.x + x, box.y + y]; }""")
    page.mouse.click(*spot)
    expect(chain.locator("h3")).to_have_text("Weight from unit 1 to the output")
    terms = chain.locator("tbody tr").first.locator("td").all_text_contents()
    assert [number(text) for text in terms] == [-0.1218, 0.495, -0.06031]
    # The same from the keyboard.
    page.locator("#diagram").focus()
    for key, name in (
        ("ArrowDown", "Delta of unit 1 of layer 1"),
        ("ArrowRight", "Weight from unit 1 to the output"),
        ("ArrowDown", "Bias of the output"),
    ):
        page.keyboard.press(key)
        page.keyboard.press("Enter")
        expect(chain.locator("h3")).to_have_text(name)
    expect(page.locator("#weight-editor")).to_be_hidden()
    page.evaluate("document.activeElement.blur()")
    page.evaluate(TWO_FRAMES)  # the mark of the keys is gone
    page.mouse.click(*spot)
    expect(chain.locator("h3")).to_have_text("Weight from unit 1 to the output")

    go(playground, "n", "Gradient")
    rows = page.locator(".phases__table tbody tr")
    expect(rows).to_have_count(5)
    page.get_by_role("combobox", name="Layer", exact=True).select_option(label="The output")
    expect(rows.locator("th")).to_have_text(["Weight from unit 1 to the output", "Bias of the output"])
    page.get_by_role("combobox", name="Layer", exact=True).select_option(label="All layers")
    expect(rows).to_have_count(5)
    go(playground, "n", "Update")
    step = [-block for block in columns(playground, [(1, 3), (1, 2)])["update"]]
    assert round(step[1][0, 0], 4) == 0.0302
    assert step[0][0, :2].round(5).tolist() == [0.00015, 0.00046]
    after = chain.locator("[data-chain='Weight after'] td").last
    expect(after).to_have_text("0.1302")


def the_misclassified_point_pulls_the_line_eleven_times(playground: Playground) -> None:
    """Worked number 1: on the line after ten pulls, inside after eleven; the rule is at rest then."""
    begin(playground, TRICK, (0, 0, 0, 3.0), (0, 0, 1, 4.0), (0, 0, None, -10.0))
    page = playground.page
    before, after = page.locator("[data-line=before] span").last, page.locator("[data-line=after] span").last
    pulls = page.locator(".pull__word")
    playground.press("sample")
    expect(before).to_have_text(line("3", "4", "10"))
    expect(after).to_have_text(line("3.1", "4.1", "9.9"))
    expect(page.locator("#pull path.pull__before")).to_have_count(1)
    expect(page.locator("#pull path.pull__after")).to_have_count(1)
    expect(pulls).to_have_count(1)
    for step in range(1, 11):
        page.keyboard.press("m")
        expect(playground.text("step")).to_have_text(str(step))
    expect(before).to_have_text(line("4", "5", "9"))
    expect(after).to_have_text(line("4.1", "5.1", "8.9"))
    expect(pulls).to_have_count(1)
    page.keyboard.press("m")
    expect(before).to_have_text(line("4.1", "5.1", "8.9"))
    expect(page.locator("[data-line=same]")).to_have_text("The point is right: the line stays.")
    expect(pulls).to_have_count(0)


def test_on_a_phone_axe_finds_nothing_on_an_open_walk_and_escape_ends_it(visit: Visit) -> None:
    axe_finds_nothing_on_an_open_walk_and_escape_ends_it(visit(bypass_csp=True, **PHONE))


def axe_finds_nothing_on_an_open_walk_and_escape_ends_it(playground: Playground) -> None:
    """Before it begins, with a number taken apart, and at its end."""
    page = playground.page
    page.add_script_tag(path=AXE)
    playground.text("tab-walk").click()
    expect(playground.text("button-walk-open")).to_be_visible()
    assert page.evaluate(VIOLATIONS, "#drawer") == []
    playground.text("button-walk-open").click()
    page.locator(".phase--backward").last.click()
    page.locator(".phases__row--button").first.click()
    expect(page.locator(".phases__chain")).to_be_visible()
    assert page.evaluate(VIOLATIONS, WALK) == []
    page.locator(".phase--update").click()
    expect(page.locator(".phases__table")).to_be_visible()
    expect(playground.text("step")).to_have_text("1")
    assert page.evaluate(VIOLATIONS, "body") == []
    page.keyboard.press("Escape")
    expect(playground.text("drawer")).to_be_hidden()
    expect(playground.text("tab-walk")).to_be_focused()
    expect(page.locator(".lights")).to_have_count(0)
    expect(playground.text("tab-walk")).to_have_attribute("aria-selected", "false")
