"""Real data brought by hand: a file, text, a drop, the bundled tables; what is wrong with it is told by line."""

import csv
import io
import re
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from playwright.sync_api import Locator, Page, expect
from sklearn.compose import ColumnTransformer
from sklearn.impute import SimpleImputer
from sklearn.neural_network import MLPClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler

from tests.browser.boards import hearing
from tests.browser.conftest import Playground
from tests.browser.test_access import AXE, VIOLATIONS

Visit = Callable[..., Playground]
COLOURS = ("blau", "grün", "rötlich; hell")
SPECIES = ("Käfer", "Katze", 'Vogel "Piep"')
ROWS = 400
EPOCHS = 60
TRAIN, TEST = 0, 2


def animals() -> tuple[list[list[str]], NDArray[np.int64]]:
    """Rows of a table with gaps, and the class of each: the sum of height, weight and colour decides."""
    rng = np.random.default_rng(3)
    height, weight, colour = rng.normal(30, 8, ROWS), rng.normal(5, 2, ROWS), rng.integers(0, 3, ROWS)
    classes = np.digitize((height - 30) / 8 + 1.2 * (weight - 5) / 2 + 1.2 * (colour - 1), (-0.9, 0.9))
    rows = [
        [
            f"{h:.2f}".replace(".", ","),
            f"{w:.2f}".replace(".", ","),
            COLOURS[c],
            f'{n} sagt "miau; wau"',
            SPECIES[k],
        ]
        for n, (h, w, c, k) in enumerate(zip(height, weight, colour, classes, strict=True))
    ]
    for row in range(0, ROWS, 25):
        rows[row][row % 2] = ""
    return rows, classes


def written(rows: list[list[str]]) -> str:
    """As a spreadsheet of a country with decimal commas writes it."""
    text = io.StringIO()
    sheet = csv.writer(text, delimiter=";", quoting=csv.QUOTE_MINIMAL, lineterminator="\r\n")
    sheet.writerows([["Größe", "Gewicht, kg", "Farbe", "Notiz", "Art"], *rows])
    return text.getvalue()


def bring(playground: Playground) -> Locator:
    """The dialog, opened from the data panel."""
    playground.page.get_by_role("button", name="Real data …").click()
    expect(playground.page.locator("#bring")).to_be_visible()
    return playground.page.locator("#bring")


def look_at(playground: Playground, name: str, content: bytes) -> Locator:
    """The dialog after a file was picked."""
    dialog = bring(playground)
    with playground.page.expect_file_chooser() as waiting:
        dialog.get_by_role("button", name="Choose a file …").click()
    waiting.value.set_files({"name": name, "mimeType": "text/csv", "buffer": content})
    return dialog


def use(dialog: Locator) -> None:
    """Take the table as it is now chosen."""
    dialog.get_by_role("button", name="Use this data").click()
    expect(dialog).to_be_hidden()


def number(field: Locator, value: str) -> None:
    """Type into a field of settings."""
    field.get_by_role("textbox").fill(value)
    field.get_by_role("textbox").press("Tab")


def reached_by_scikit_learn(
    rows: list[list[str]], classes: NDArray[np.int64], part: NDArray[np.int64]
) -> float:
    """Test accuracy of the same network with the same settings, scaling and filling fitted on the training part."""
    table = np.array(rows, dtype=object)[:, :3]
    for column in (0, 1):
        table[:, column] = [float(cell.replace(",", ".")) if cell else np.nan for cell in table[:, column]]
    numbers = make_pipeline(SimpleImputer(strategy="mean"), StandardScaler())
    steps = ColumnTransformer([("numbers", numbers, [0, 1]), ("colour", OneHotEncoder(), [2])])
    network = MLPClassifier(
        (4, 2), activation="tanh", learning_rate_init=0.03, batch_size=10, alpha=0.0, max_iter=EPOCHS, tol=0.0,
        n_iter_no_change=EPOCHS, random_state=0,
    )  # fmt: skip
    model = make_pipeline(steps, network)
    model.fit(table[part == TRAIN], classes[part == TRAIN])
    return float(model.score(table[part == TEST], classes[part == TEST]))


@pytest.mark.filterwarnings("ignore::sklearn.exceptions.ConvergenceWarning")
def test_a_file_with_quotes_accents_and_gaps_is_learnt_as_well_as_scikit_learn_learns_it(
    visit: Visit,
) -> None:
    rows, classes = animals()
    playground, ear = hearing(visit)
    page = playground.page
    dialog = look_at(playground, "Tiere.csv", written(rows).encode())
    expect(dialog.locator("#told-title")).to_have_text("Tiere")
    expect(dialog).to_contain_text("400 rows, 5 columns · UTF-8, separated by semicolons")
    expect(dialog.get_by_role("row", name="Predict Größe")).to_contain_text("number8")
    expect(dialog.get_by_role("row", name="Predict Farbe")).to_contain_text("3 kinds")
    expect(dialog.get_by_role("row", name="Predict Notiz")).to_contain_text("400 distinct texts")
    expect(dialog.get_by_label("Use Notiz as an input")).to_be_disabled()
    # Another target and back again: what is predicted is nobody's input.
    dialog.get_by_label("Predict Farbe").check()
    expect(dialog.get_by_label("Use Art as an input")).to_be_checked()
    dialog.get_by_label("Predict Art").check()
    expect(dialog.get_by_label("Use Art as an input")).to_be_disabled()
    expect(dialog.get_by_label("Use Farbe as an input")).to_be_checked()
    dialog.get_by_label("Missing values of inputs").select_option("mean")
    use(dialog)
    expect(page.locator(".prepared")).to_contain_text("400 rows, 5 inputs → Art (3 classes)")
    expect(page.locator("[data-step=missing]")).to_contain_text("mean")
    expect(page.get_by_role("button", name='New points get Vogel "Piep"')).to_be_visible()
    playground.field("data.train_fraction").get_by_role("slider").fill("0.6")
    expect(page.locator("[data-part-name=test] output")).to_have_text("160")
    page.locator("#speed").select_option(label="flat out")
    playground.train(EPOCHS)
    shown = playground.text("test-score").inner_text()
    part = np.array([point[4] for point in sorted(ear.points)])
    assert [np.sum(part == TRAIN), np.sum(part == TEST)] == [240, 160]
    reached = float(shown.removesuffix(" %"))
    assert reached >= 90
    assert reached == pytest.approx(100 * reached_by_scikit_learn(rows, classes, part), abs=2)


def test_a_file_is_refused_by_line_or_taken_while_the_session_goes_on(
    playground: Playground, tmp_path: Path
) -> None:
    playground.page.locator("#speed").select_option(label="5 steps/s")
    playground.press("play")
    what_is_wrong_with_a_file_is_told_by_line(playground)
    a_file_larger_than_allowed_is_not_sent(playground, tmp_path / "large.csv")
    a_dropped_file_opens_the_dialog_wherever_it_falls(playground)
    expect(playground.page.get_by_role("button", name="Pause")).to_be_visible()
    expect(playground.page.locator("input[name=source]:checked")).to_have_value("spiral")
    points_saved_here_come_back_as_points(playground)
    a_first_line_that_was_taken_for_data_is_made_names_by_hand(playground)


def what_is_wrong_with_a_file_is_told_by_line(playground: Playground) -> None:
    """Or as a whole; each time there is a way back."""
    page = playground.page
    expect(playground.text("step")).not_to_have_text("0")
    dialog = look_at(playground, "holiday.csv", b"\x89PNG\r\n\x1a\n" + bytes(64))
    expect(dialog.get_by_role("alert")).to_contain_text("PNG")
    assert [error for error in playground.errors if "422" not in error] == []
    playground.errors.clear()  # the browser's own line on an answer that is a refusal
    broken = "a;b;kind\n1;2;x\n3;y\n4;5;6;7\n" + "".join(f"{n};{n % 7};{'xy'[n % 2]}\n" for n in range(40))
    dialog.get_by_label("Table as text").fill(broken)
    dialog.get_by_role("button", name="Read this text").click()
    expect(dialog.locator("summary")).to_have_text("2 remarks on the file")
    expect(dialog.locator(".told__list li")).to_have_text(
        [
            re.compile('^Line 3, column "kind": the row has 2 of 3 cells'),
            re.compile("^Line 4, column .*the row has 4 cells"),
        ]
    )
    dialog.get_by_role("button", name="Other data").click()
    dialog.get_by_label("Table as text").fill("a,kind\n1,only\n2,only\n")
    dialog.get_by_role("button", name="Read this text").click()
    dialog.get_by_role("button", name="Use this data").click()
    expect(dialog.get_by_role("alert")).to_contain_text("only")
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()


def a_file_larger_than_allowed_is_not_sent(playground: Playground, large: Path) -> None:
    """The browser sees that by itself."""
    asked: list[str] = []
    playground.page.on("request", lambda request: asked.append(request.method))
    large.write_bytes(b"1;2\n" * 2_600_000)
    dialog = bring(playground)
    playground.page.locator("#bring-picker").set_input_files(large)
    expect(dialog.get_by_role("alert")).to_have_text(
        "It has 10.4 MB; allowed: at most 10 MB. Nothing was sent."
    )
    assert "POST" not in asked
    playground.page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()


def a_dropped_file_opens_the_dialog_wherever_it_falls(playground: Playground) -> None:
    """The whole page says that it may fall."""
    drop = """() => {
      const files = new DataTransfer();
      files.items.add(new File(["size,kind\\n1,a\\n2,b\\n3,a\\n4,b\\n"], "drop.csv"));
      const event = (type) => new DragEvent(type, { dataTransfer: files, bubbles: true, cancelable: true });
      const board = document.querySelector("#board-hands");
      board.dispatchEvent(event("dragover"));
      const shown = document.documentElement.hasAttribute("data-dropping");
      board.dispatchEvent(event("drop"));
      return shown;
    }"""
    assert playground.page.evaluate(drop)
    expect(playground.page.locator("#told-title")).to_have_text("drop")
    expect(playground.page.locator("#told-title")).to_be_focused()
    playground.page.keyboard.press("Escape")
    expect(playground.page.locator("#bring")).to_be_hidden()


def points_saved_here_come_back_as_points(playground: Playground) -> None:
    """In their parts."""
    dialog = bring(playground)
    dialog.get_by_label("Table as text").fill(
        "x1,x2,label,part\n1,2,0,train\n-3,-1.5,2,test\n0,1,1,validation\n"
    )
    dialog.get_by_role("button", name="Read this text").click()
    dialog.get_by_role("button", name="Put 3 points on the board").click()
    expect(dialog).to_be_hidden()
    expect(playground.text("train-count")).to_have_text("1")
    expect(playground.text("validation-count")).to_have_text("1")
    expect(playground.text("test-count")).to_have_text("1")
    expect(playground.page.get_by_role("button", name="New points get class 2")).to_be_visible()


def a_first_line_that_was_taken_for_data_is_made_names_by_hand(playground: Playground) -> None:
    """And is there to be changed afterwards."""
    years = "".join(f"{n % 7}.5;{n * 3 % 11};{'up' if n % 2 else 'down'}\n" for n in range(40))
    dialog = look_at(playground, "Jahre.csv", f"2019;2020;2021\n{years}".encode())
    expect(dialog).to_contain_text("41 rows, 3 columns · UTF-8, separated by semicolons, no row of names")
    first = dialog.get_by_role("group", name="First line")
    expect(first.get_by_role("button", name="Data")).to_have_attribute("aria-pressed", "true")
    names = first.get_by_role("button", name="Column names")
    names.click()
    expect(dialog).to_contain_text("40 rows, 3 columns · UTF-8, separated by semicolons, names in")
    expect(names).to_have_attribute("aria-pressed", "true")
    expect(names).to_be_focused()
    dialog.get_by_label("Predict 2021").check()
    use(dialog)
    expect(playground.page.locator(".prepared")).to_contain_text("40 rows, 2 inputs → 2021 (2 classes)")
    playground.page.get_by_role("button", name="Change …").first.click()
    expect(first).to_be_visible()


def test_a_bundled_table_is_prepared_step_by_step_and_axe_finds_nothing_on_the_way(visit: Visit) -> None:
    playground = visit(bypass_csp=True)
    page = playground.page
    page.add_script_tag(path=AXE)
    dialog = bring(playground)
    expect(dialog.get_by_role("button", name=re.compile("^Iris"))).to_be_visible()
    axe_finds_nothing_on_a_wide_and_a_narrow_page(page)
    dialog.get_by_role("button", name=re.compile("^Iris")).click()
    expect(dialog.locator("#told-title")).to_have_text("Iris")
    axe_finds_nothing_on_a_wide_and_a_narrow_page(page)
    expect(dialog.get_by_role("row", name="Predict petal length")).to_contain_text("1 to 6.9 cm")
    use(dialog)
    expect(page.get_by_role("button", name="Change …")).to_be_focused()
    the_table_is_prepared_with_three_parts(playground)
    its_names_stand_at_points_and_results(playground)
    # The tab keeps what was chosen, and asks for the table's columns again.
    page.reload()
    playground.see_picture()
    expect(page.locator("#inputs").get_by_label("petal width")).to_be_checked()
    expect(page.locator("#inputs").get_by_label("sepal width")).not_to_be_checked()
    # Back to a shape: nothing of the table is left over.
    playground.choose_source("circle")
    expect(page.locator(".steps")).to_have_count(0)
    expect(playground.field("data.samples")).to_be_visible()


def axe_finds_nothing_on_a_wide_and_a_narrow_page(page: Page) -> None:
    """In the dialog as it is; the colours are the same on both."""
    page.emulate_media(color_scheme="dark")
    assert page.evaluate(VIOLATIONS, "#bring") == []
    page.set_viewport_size({"width": 360, "height": 800})
    # Charts take their new size a moment later.
    page.wait_for_function("() => document.documentElement.scrollWidth <= innerWidth")
    page.wait_for_function("() => document.querySelector('#bring').scrollWidth <= innerWidth")
    page.emulate_media(color_scheme="light")
    assert page.evaluate(VIOLATIONS, "#bring") == []
    page.set_viewport_size({"width": 1440, "height": 900})


def the_table_is_prepared_with_three_parts(playground: Playground) -> None:
    """Step by step, and none that a table has no use for."""
    page = playground.page
    titles = [
        "Missing values",
        "Text to numbers",
        "Train, validation, test",
        "Noise",
        "Changed copies",
        "Scaling",
    ]
    expect(page.locator(".steps__title")).to_contain_text(titles)
    expect(page.locator("[data-step=scale] .steps__note--leak")).to_contain_text(
        "Scaling before the split would leak"
    )
    for name in ("data.samples", "data.noise", "data.classes", "data.coordinates"):
        expect(playground.field(name)).to_have_count(0)
    assert page.evaluate(VIOLATIONS, {"include": [[".panel--data"], [".panel--inputs"]]}) == []
    playground.field("data.train_fraction").get_by_role("slider").fill("0.6")
    expect(page.locator("[data-part-name=training], [data-part-name=train] output")).to_have_text("90")
    playground.field("data.validation_fraction").get_by_role("slider").fill("0.2")
    expect(page.locator("[data-part-name=validation] output")).to_have_text("30")
    expect(page.locator("[data-part-name=validation]")).to_have_attribute(
        "title", "setosa 10, versicolor 10, virginica 10"
    )
    expect(playground.text("validation-count")).to_have_text("30")
    playground.press("epoch")
    expect(playground.text("validation-score")).to_have_text(re.compile("%$"))
    expect(page.locator("#chart .scatterlayer .trace")).to_have_count(4)


def its_names_stand_at_points_and_results(playground: Playground) -> None:
    """Inputs are chosen in their own panel; classes have names."""
    page = playground.page
    page.locator("#inputs").get_by_label("sepal width").uncheck()
    expect(page.locator(".prepared")).to_contain_text("3 inputs → species (3 classes)")
    page.get_by_role("button", name="Table of points").click()
    table = page.locator("#table")
    expect(table.get_by_label("class, row 1", exact=True).locator("option")).to_have_text(
        ["setosa", "versicolor", "virginica"]
    )
    part = table.get_by_label("part, row 1", exact=True)
    part.select_option("validation")
    expect(playground.text("validation-count")).to_have_text(re.compile("^(30|31)$"))
    page.keyboard.press("Escape")
    page.get_by_role("tab", name="Results").click()
    page.locator("#results").get_by_role("button", name="Validation").click()
    expect(page.locator(".confusion tbody th").last).to_have_text("virginica")
