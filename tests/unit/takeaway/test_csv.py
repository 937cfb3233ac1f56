"""Points and history as CSV: what is written comes back by an upload, and no spreadsheet carries it out."""

import csv
import io
import math

import numpy as np

from app.data.preparation import Prepared
from app.data.tables import Table
from app.data.tables.pointsfile import points_of
from app.data.tables.reading import read_table
from app.takeaway.portrait import Portrait
from app.takeaway.tables import harmless, make_history, make_points
from app.vocabulary import PARTS
from tests.unit.data.tables import LIMITS
from tests.unit.takeaway.experiments import SESSIONS
from tests.unit.takeaway.hostile import COLUMN, TEXTS, hostile_session


def uploaded(content: bytes) -> Table:
    """What the server reads in it."""
    return read_table(io.BytesIO(content), "points.csv", LIMITS).table


def cells(content: bytes) -> list[list[str]]:
    """What a spreadsheet reads in it."""
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))


def test_points_come_back_as_points_to_the_last_bit() -> None:
    """Edited ones with their parts, and those of a curve."""
    for name in ("edited", "curve", "one-vs-rest"):
        portrait = Portrait.of(SESSIONS[name]())
        content = make_points(portrait)
        assert content.startswith(b"x1,x2,label,part\n")
        rows = points_of(uploaded(content), 5000)
        assert rows is not None
        wanted = [(*row[:3], PARTS[int(row[3])].value) for row in portrait.points.tolist()]
        assert rows == wanted


def test_labels_are_whole_and_values_are_not() -> None:
    """As the page's own table writes them."""
    first = cells(make_points(Portrait.of(SESSIONS["edited"]())))[1]
    assert first == ["1.25", "-3.5", "1", "train"]
    assert "." in cells(make_points(Portrait.of(SESSIONS["plane"]())))[1][2]


def test_a_table_comes_back_with_its_columns_classes_and_all_rows() -> None:
    """Also those beyond what the board shows."""
    portrait = Portrait.of(SESSIONS["iris"]())
    content = make_points(portrait)
    assert cells(content)[0] == [
        "sepal length", "sepal width", "petal length", "petal width", "species", "part",
    ]  # fmt: skip
    assert cells(content)[1][:5] == ["5.1", "3.5", "1.4", "0.2", "setosa"]
    table = uploaded(content)
    assert table.rows == 150
    np.testing.assert_array_equal([column.values for column in table.columns[:4]], portrait.x)
    assert table.columns[4].categories == ("setosa", "versicolor", "virginica")
    values = cells(make_points(Portrait.of(SESSIONS["diabetes"]())))
    assert values[1][:2] == ["59.0", "2.0"]
    assert values[1][-2] == "151.0"


def test_indicators_become_their_text_again() -> None:
    """One column for all of them, with what stood there."""
    portrait = Portrait.of(hostile_session())
    prepared = portrait.prepared
    assert isinstance(prepared, Prepared)
    assert len(prepared.inputs) == 1 + len(TEXTS)
    names, *rows = cells(make_points(portrait))
    assert len(names) == 4
    assert {row[1] for row in rows} == set(TEXTS)


def test_what_a_spreadsheet_would_carry_out_is_plain_text() -> None:
    """Names of columns and classes get an apostrophe in front; numbers stay numbers."""
    names, *rows = cells(make_points(Portrait.of(hostile_session())))
    assert names == [f"'{COLUMN}", "'+text", "class", "part"]
    assert {row[2] for row in rows} == {"'=1+1", "\"\"\"'''\\", "'@SUM(A1)</script>"}
    assert {float(row[0]) for row in rows} == {row / 2 - 5 for row in range(24)}
    for text in ("=1", "+a", "-a", "@x", "\t=1", "\r=1", "\n=1", "\uff1d1", "-1+1", "-inf"):
        assert harmless(text) == f"'{text}"
    for text in ("-1.5", "+2", "a=1", "setosa", ""):
        assert harmless(text) == text


def test_letters_beyond_ascii_are_marked_for_spreadsheets() -> None:
    """A byte order mark, which an upload takes away again."""
    content = make_points(Portrait.of(hostile_session()))
    assert content.startswith(b"\xef\xbb\xbf")
    assert not make_points(Portrait.of(SESSIONS["iris"]())).startswith(b"\xef")
    assert not uploaded(content).columns[0].name.startswith("\ufeff")


def test_the_history_has_a_row_for_each_recorded_step() -> None:
    """Figures to the last bit; what there was not is empty."""
    portrait = Portrait.of(SESSIONS["iris"]())
    names, *rows = cells(make_history(portrait))
    assert names == list(portrait.columns)
    assert names[:4] == ["step", "epoch", "train_loss", "test_loss"]
    assert rows[0][:2] == ["0", "0"]
    assert rows[0][-2:] == ["", ""]
    back = [[float(cell) if cell else math.nan for cell in row] for row in rows]
    np.testing.assert_array_equal(back, portrait.history)
