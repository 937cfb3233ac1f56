"""The point table: editing, choosing, pasting from a spreadsheet, copying out."""

import re
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Locator, expect

from tests.browser.boards import empty
from tests.browser.conftest import MINUS, Playground


def open_table(playground: Playground) -> None:
    playground.page.get_by_role("button", name="Table of points").click()
    expect(playground.text("table-rows")).to_be_visible()


def rows(playground: Playground) -> Locator:
    return playground.page.locator("#table tbody tr")


def cell(playground: Playground, name: str) -> Locator:
    return playground.page.get_by_label(name, exact=True)


def paste(playground: Playground, text: str) -> None:
    playground.page.locator("#table-paste").fill(text)
    playground.page.get_by_role("button", name="Load", exact=True).click()


def test_points_are_pasted_copied_edited_chosen_and_deleted_in_the_table(
    visit: Callable[..., Playground],
) -> None:
    table = visit(permissions=["clipboard-read", "clipboard-write"])
    empty(table)
    open_table(table)
    a_table_on_the_clipboard_is_pasted_with_ctrl_v_and_copied_back(table)
    table.page.locator("#button-undo").click()
    expect(rows(table)).to_have_count(0)
    paste(table, "1\t2\t0\n-3\t-1,5\t1\ttest")
    expect(rows(table)).to_have_count(2)
    without_a_clipboard_the_text_is_there_to_be_copied_or_downloaded(table)
    a_filled_cell_is_in_force_or_marked_where_it_stands_while_the_old_one_stays(table)
    a_pasted_table_loads_the_good_rows_and_lists_the_bad_ones(table)
    rows_are_chosen_deleted_and_added(table)
    table.page.get_by_role("region", name="Rows").focus()
    table.page.keyboard.press("Escape")
    expect(table.page.locator("#table")).to_be_hidden()
    expect(table.page.get_by_role("button", name="Table of points")).to_be_focused()


def a_filled_cell_is_in_force_or_marked_where_it_stands_while_the_old_one_stays(table: Playground) -> None:
    """Three good ones are three to undo."""
    x1 = cell(table, "x1, row 1")
    x1.fill("101")
    x1.press("Tab")
    expect(x1).to_have_attribute("aria-invalid", "true")
    expect(table.page.locator("#table .field__error")).to_have_text(f"x1 must be from {MINUS}100 to 100")
    table.click(1, 2)
    expect(table.text("chosen")).to_have_text("class 0 at 1.00, 2.00")
    label = cell(table, "class, row 1")
    label.fill("2")
    label.press("Tab")
    expect(table.page.locator("#table .field__error").last).to_have_text(
        "label must be a whole number from 0 to 1"
    )
    for field, old in ((x1, "1"), (label, "0")):
        field.press("Escape")
        expect(field).to_have_value(old)
    expect(table.page.locator("#table .field__error")).to_have_count(0)

    # A good one moves, relabels or changes the part.
    cell(table, "x1, row 1").fill("4")
    cell(table, "x1, row 1").press("Enter")
    cell(table, "class, row 1").fill("1")
    cell(table, "class, row 1").press("Tab")
    table.click(4, 2)
    expect(table.text("chosen")).to_have_text(re.compile(r"^class 1 at 4\.00, 2\.00$"))
    expect(cell(table, "Choose row 1")).to_be_checked()
    cell(table, "part, row 1").select_option("test")
    expect(table.text("test-count")).to_have_text("2")
    for _ in range(3):
        table.page.locator("#button-undo").click()
    expect(cell(table, "x1, row 1")).to_have_value("1")


def a_pasted_table_loads_the_good_rows_and_lists_the_bad_ones(table: Playground) -> None:
    """By line; they stay to be mended, and the good ones are undone together."""
    paste(table, "x1;x2;class;part\n0,5;1;0;train\n1;abc;0\n2;2;7\n-1;-1;1;test\n\n500;0;0")
    expect(table.text("table-pasted")).to_have_text("2 points loaded, 3 lines not:")
    expect(table.page.locator(".table__bad li")).to_have_text(
        [
            "line 3 x2 is “abc”, which is no number 1;abc;0",
            "line 4 label must be a whole number from 0 to 1 2;2;7",
            f"line 7 x1 must be from {MINUS}100 to 100 500;0;0",
        ]
    )
    expect(rows(table)).to_have_count(4)
    expect(cell(table, "x1, row 3")).to_have_value("0.5")
    expect(table.page.locator("#table-paste")).to_have_value("1;abc;0\n2;2;7\n500;0;0")
    table.page.locator("#button-undo").click()
    expect(rows(table)).to_have_count(2)


def rows_are_chosen_deleted_and_added(table: Playground) -> None:
    """Chosen rows are chosen points."""
    cell(table, "Choose all rows of this page").check()
    expect(table.text("chosen")).to_have_text("2 points chosen")
    cell(table, "Choose row 2").uncheck()
    expect(table.text("chosen")).to_have_text("class 0 at 1.00, 2.00")
    table.page.get_by_role("button", name="Delete 1").click()
    expect(rows(table)).to_have_count(1)
    table.page.get_by_role("button", name="Add row").click()
    expect(rows(table)).to_have_count(2)
    expect(cell(table, "x1, row 2")).to_have_value("0")


def a_table_on_the_clipboard_is_pasted_with_ctrl_v_and_copied_back(page: Playground) -> None:
    """Tabs come in, commas go out."""
    page.page.evaluate("() => navigator.clipboard.writeText('1\\t1\\t0\\n2\\t2\\t1')")
    page.page.get_by_role("region", name="Rows").focus()
    page.page.keyboard.press("Control+v")
    expect(rows(page)).to_have_count(2)
    page.page.get_by_role("button", name="Copy CSV").click()
    expect(page.text("table-said")).to_have_text("2 points copied as CSV.")
    copied = page.page.evaluate("() => navigator.clipboard.readText()")
    assert copied == "x1,x2,label,part\n1,1,0,train\n2,2,1,train\n"


def without_a_clipboard_the_text_is_there_to_be_copied_or_downloaded(table: Playground) -> None:
    """Where the browser has none, or keeps it to itself."""
    table.page.evaluate("() => void (navigator.clipboard.writeText = () => Promise.reject(new Error('no')))")
    table.page.get_by_role("button", name="Copy CSV").click()
    expect(table.page.locator("#table-copy")).to_have_value("x1,x2,label,part\n1,2,0,train\n-3,-1.5,1,test\n")
    with table.page.expect_download() as waiting:
        table.page.get_by_role("button", name="Download").click()
    assert waiting.value.suggested_filename == "points.csv"
    assert Path(waiting.value.path()).read_text() == "x1,x2,label,part\n1,2,0,train\n-3,-1.5,1,test\n"


def test_values_of_a_regression_have_a_bound_and_five_thousand_are_turned_page_by_page(
    playground: Playground,
) -> None:
    playground.choose_source("plane")
    open_table(playground)
    values_are_within_their_bound(playground)
    five_thousand_points_are_turned_page_by_page(playground)


def values_are_within_their_bound(playground: Playground) -> None:
    """And are written as one is used to."""
    value = cell(playground, "value, row 1")
    value.fill("1001")
    value.press("Tab")
    expect(playground.page.locator("#table .field__error")).to_have_text(
        f"label must be from {MINUS}1000 to 1000"
    )
    value.fill("-0,25")
    value.press("Tab")
    expect(value).to_have_value("-0.25")


def five_thousand_points_are_turned_page_by_page(playground: Playground) -> None:
    """Ten turns in a row too."""
    samples = playground.page.locator("#field-data-samples")
    samples.fill("5000")
    samples.press("Tab")
    expect(playground.text("train-count")).to_have_text("2500")
    expect(rows(playground)).to_have_count(50)
    playground.page.locator("#table").get_by_role("button", name="Last", exact=True).click()
    expect(playground.text("table-rows")).to_have_text("4951\N{EN DASH}5000 of 5000")
    quick = """async () => {
      const start = performance.now();
      for (let turn = 0; turn < 10; turn++) {
        [...document.querySelectorAll("#table [data-page]")][turn % 2 ? 3 : 0].click();
        await new Promise(requestAnimationFrame);
        await new Promise(requestAnimationFrame);
      }
      return performance.now() - start;
    }"""
    assert playground.page.evaluate(quick) < 8000
