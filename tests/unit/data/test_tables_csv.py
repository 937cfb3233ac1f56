"""What a file of text becomes: separators, quotes, headers, kinds of columns, missing values, encodings."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.data.tables.problems import TableError
from app.vocabulary import ColumnKind, FirstLine
from tests.unit.data.tables import cells, read, refused, said

ANN = 'name,age,label\n"Ann ""A"", O\'Neil",31,yes\nBéla,,no\n'


def test_quotes_accents_and_a_missing_cell() -> None:
    found = read(ANN, "people.csv")
    assert [column.name for column in found.table.columns] == ["name", "age", "label"]
    assert cells(found.table, "name") == ['Ann "A", O\'Neil', "Béla"]
    assert cells(found.table, "age") == [31.0, None]
    assert cells(found.table, "label") == ["yes", "no"]
    assert (found.table.title, found.table.target) == ("people", "label")
    assert (found.encoding, found.separator, found.header, found.rows) == ("UTF-8", ",", True, 2)


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_what_separates_the_cells_is_found(separator: str) -> None:
    found = read(separator.join("abc") + "\n" + separator.join("123") + "\n" + separator.join("456"))
    assert found.separator == separator
    assert cells(found.table, "b") == [2.0, 5.0]


def test_a_decimal_comma_is_one_where_commas_do_not_separate() -> None:
    found = read("length;colour\n3,5;red, dark\n-1,25e2;blue\n")
    assert found.separator == ";"
    assert cells(found.table, "length") == [3.5, -125.0]
    assert cells(found.table, "colour") == ["red, dark", "blue"]
    assert "numbers with a decimal comma are read as numbers: 3,5 is 3.5" in said(found)
    assert cells(read("1,5;2\n3,5;4\n").table, "column 1") == [1.5, 3.5]


def test_a_file_without_a_header_gets_names() -> None:
    found = read("5.1,3.5,setosa\n4.9,3.0,virginica\n")
    assert not found.header
    assert [column.name for column in found.table.columns] == ["column 1", "column 2", "column 3"]
    assert found.table.rows == found.rows == 2


def test_a_first_row_of_words_that_come_again_is_no_header() -> None:
    assert not read("red,a\nblue,b\nred,a\n").header
    assert read("colour,class\nred,a\nblue,b\n").header


def test_years_as_names_are_names_where_somebody_says_so() -> None:
    years = "2019,2020\n1.5,2.5\n1.25,x\n"
    assert not read(years).header
    found = read(years, first_line=FirstLine.HEADER)
    assert (found.header, found.rows) == (True, 2)
    assert found.table.lines is not None
    assert found.table.lines.tolist() == [2, 3]
    assert [column.name for column in found.table.columns] == ["2019", "2020"]
    assert cells(found.table, "2019") == [1.5, 1.25]


def test_words_above_words_are_data_where_somebody_says_so() -> None:
    words = "red,a\nblue,b\ngreen\n"
    assert read(words).header
    found = read(words, first_line=FirstLine.DATA)
    assert (found.header, found.rows) == (False, 3)
    assert cells(found.table, "column 1") == ["red", "blue"]
    assert [(problem.line, problem.column) for problem in found.problems] == [(3, "column 2")]


def test_a_single_line_is_a_row_where_somebody_says_so() -> None:
    assert read("a,b\n", first_line=FirstLine.DATA).table.rows == 1


def test_rows_know_their_lines_past_the_header_and_rows_left_out() -> None:
    table = read('a,b\n1,x\n2\n\n3,"y\nz"\n4,x\n').table
    assert [table.place(row) for row in range(table.rows)] == ["line 2", "line 5", "line 7"]


def test_line_numbers_stay_right_after_blank_lines_and_line_breaks_in_quotes() -> None:
    found = read('a,b\r\n\r\n1,"x\r\ny"\r\n\r\n2\r\n3,z\r\n')
    assert cells(found.table, "b") == ["x\ny", "z"]
    assert [(problem.line, problem.column) for problem in found.problems if problem.line] == [(6, "b")]


def test_rows_with_too_few_or_too_many_cells_are_left_out_and_named() -> None:
    found = read("a,b,label\n1,2,x\n5,6\n7,8,y,9\n3,4,y\n")
    assert cells(found.table, "a") == [1.0, 3.0]
    few, many = (problem for problem in found.problems if problem.line)
    assert (few.line, few.column) == (3, "label")
    assert few.message == (
        'line 3, column "label": the row has 2 of 3 cells and ends before this column; it is left out'
    )
    assert (many.line, many.column) == (4, "label")
    assert '"9" and more after this last of 3 columns; it is left out' in many.message
    assert (found.rows, found.table.rows, found.problem_count) == (4, 2, 2)


def test_a_quote_that_is_never_closed_costs_its_row_alone() -> None:
    found = read('a,b\n1,x\n2,"open\n3,y\n4,z\n')
    assert cells(found.table, "a") == [1.0, 3.0, 4.0]
    assert said(found) == ["line 3: a quote is opened here and never closed; the row is left out"]


def test_text_after_a_closing_quote_costs_its_row_alone() -> None:
    found = read('a,b\n1,"x"y\n2,z\n3,w\n')
    assert cells(found.table, "a") == [2.0, 3.0]
    assert found.problems[0].line == 2


def test_duplicate_and_empty_names_are_told_apart_and_said() -> None:
    found = read("a,a,,a\n1,2,3,4\n5,6,7,8\n")
    assert [column.name for column in found.table.columns] == ["a", "a (2)", "column 3", "a (3)"]
    assert said(found) == [
        'line 1, column "a (2)": the header has "a" more than once; this one is called so',
        'line 1, column "column 3": the header has no name for this column; it is called so',
        'line 1, column "a (3)": the header has "a" more than once; this one is called so',
    ]


@pytest.mark.parametrize(
    "cell", ["", "NA", "N/A", "NaN", "nan", "NAN", "null", "NULL", "None", "?", "-", "  "]
)
def test_what_stands_for_a_missing_value(cell: str) -> None:
    found = read(f"a,b\n1,x\n{cell},y\n3,{cell}\n")
    assert cells(found.table, "a") == [1.0, None, 3.0]
    assert cells(found.table, "b") == ["x", "y", None]


def test_the_largest_numbers_are_kept_and_larger_ones_are_missing_and_named() -> None:
    found = read("a,b\n1e308,inf\n-1e308,2\n3,1e999\n4,5\n")
    assert cells(found.table, "a") == [1e308, -1e308, 3.0, 4.0]
    assert cells(found.table, "b") == [None, 2.0, None, 5.0]
    assert said(found) == [
        'line 2, column "b": "inf" is larger than a number can be; counted as missing',
        'line 4, column "b": "1e999" is larger than a number can be; counted as missing',
    ]


def test_a_word_among_many_numbers_is_missing_and_named() -> None:
    found = read("a,b\n" + "".join(f"{row},x{row}\n" for row in range(20)) + "oops,y\n")
    assert cells(found.table, "a")[-1] is None
    assert 'line 22, column "a": "oops" is not a number; counted as missing' in said(found)


def test_numbers_among_words_are_text_and_said() -> None:
    found = read("a,b\n1,x\n2,y\nlow,z\n")
    assert cells(found.table, "a") == ["1", "2", "low"]
    assert said(found) == [
        'line 4, column "a": 2 of 3 values are numbers, the others, such as "low", are not; taken as text'
    ]


@pytest.mark.parametrize("cell", ["=1+1", "=cmd|'/c calc'!A1", "+SUM(A1)", "-x", "@A1"])
def test_a_formula_is_plain_text_and_named(cell: str) -> None:
    found = read(f"a,b\nx,1\n{cell},2\n")
    assert cells(found.table, "a") == ["x", cell]
    assert [(problem.line, problem.column) for problem in found.problems] == [(3, "a")]
    assert "looks like a formula; kept as plain text" in found.problems[0].message


def test_numbers_with_a_sign_are_no_formulas() -> None:
    assert said(read("a,b\n+1,x\n-2,y\n")) == []


def test_a_constant_column_is_said_and_kept() -> None:
    found = read("a,b\n1,7\n2,7\n")
    assert said(found) == ['column "b": every row has the same value, 7: nothing can be learnt from it']
    assert found.problems[0].column == "b"
    assert cells(found.table, "b") == [7.0, 7.0]


def test_one_class_only_is_said_and_goes_on() -> None:
    found = read("a,label\n1,yes\n2,yes\n")
    assert said(found) == [
        'column "label": every row has the same value, "yes": nothing can be learnt from it'
    ]
    assert found.table.target == "label"


def test_a_column_without_values_is_said_and_left_out() -> None:
    found = read("a,b,c\n1,,NA\n2,?,3\n")
    assert [column.name for column in found.table.columns] == ["a", "c"]
    assert 'column "b": no row has a value; the column is left out' in said(found)


def test_problems_are_counted_and_the_first_are_told() -> None:
    found = read("a,b\n1,x\n" + "5\n" * 200 + "2,y\n")
    assert found.problem_count == 200
    assert len(found.problems) == 50
    assert found.problems[-1].line == 52


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        ("é,b\nü,1\nœ,2\n".encode(), "UTF-8"),
        ("é,b\nü,1\nœ,2\n".encode("utf-8-sig"), "UTF-8 with byte order mark"),
        ("é,b\nü,1\nœ,2\n".encode("utf-16"), "UTF-16"),
        ("\ufeffé,b\nü,1\nœ,2\n".encode("utf-16-be"), "UTF-16"),
        ("é,b\nü,1\nœ,2\n".encode("cp1252"), "Windows-1252"),
    ],
)
def test_encodings(data: bytes, encoding: str) -> None:
    found = read(data)
    assert found.encoding == encoding
    assert cells(found.table, "é") == ["ü", "œ"]


def test_what_windows_1252_has_no_letter_for_is_latin_1_and_said() -> None:
    found = read(b"a,b\nx,1\n\xe9\x81,2\n")
    assert found.encoding == "Latin-1"
    assert said(found) == ["line 3: byte 0xe9 is not UTF-8; the file is read as Latin-1"]


@pytest.mark.parametrize(
    ("header", "target"),
    [
        ("label,a,b", "label"),
        ("a,b,Species", "Species"),
        ("a,b,c", "c"),
        ("a,species,diagnosis", "diagnosis"),
    ],
)
def test_the_target_that_suggests_itself(header: str, target: str) -> None:
    assert read(f"{header}\n1,2,3\n4,5,6\n").table.target == target


def test_a_text_that_may_be_a_class_suggests_itself_before_the_last_column() -> None:
    assert read("colour,size\nred,1\nblue,2\nred,3\n").table.target == "colour"
    assert read("a\n1\n2\n").table.target == ""


# -- refusals ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["", "\n\n", " \n ,, \n", "\ufeff"])
def test_an_empty_file(text: str) -> None:
    assert refused(text) == (
        "empty",
        "line 1: the file is empty: there is neither a header nor a row",
        1,
        None,
    )


def test_a_header_alone() -> None:
    assert refused("a,b\n") == ("empty", 'line 2, column "a": below the header there is no row', 2, "a")


def test_only_broken_rows() -> None:
    code, message, line, column = refused("a,b\n1\n2\n")
    assert (code, line, column) == ("empty", 3, "b")
    assert message.startswith('no row is left: line 3, column "b": the row has 1 of 2 cells')


def test_rows_of_which_none_can_be_read() -> None:
    code, message, line, _ = refused('"x"y\n"z"w\n')
    assert (code, line) == ("empty", 1)
    assert message.startswith("no row can be read: line 1: after a closing quote comes something else")


def test_no_value_at_all() -> None:
    assert refused("a,b\nNA,\n?,NA\n") == ("empty", 'line 2, column "a": no column has a value', 2, "a")


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"\x89PNG\r\n\x1a\n", "a PNG picture"),
        (b"PK\x03\x04bomb.csv", "a ZIP archive"),
        (b"%PDF-1.7", "a PDF document"),
        (b"\x1f\x8b\x08bomb", "a gzip archive"),
    ],
)
def test_a_file_of_another_kind_named_csv_is_refused_by_what_it_is(data: bytes, kind: str) -> None:
    code, message, line, _ = refused(data)
    assert (code, line) == ("binary_file", 1)
    assert message.startswith(f"line 1: this file is {kind}")


def test_a_nul_byte() -> None:
    code, message, line, _ = refused(b"a,b\n1,\0\n")
    assert (code, line) == ("binary_file", 2)
    assert message == "line 2: this is a binary file, not text: there is a NUL byte at character 3"


def test_control_characters() -> None:
    assert refused(b"a\x01\x02\x03,b\n1,2\n")[0] == "binary_file"


def test_broken_utf_16() -> None:
    code, message, line, _ = refused(b"\xff\xfea\0\n\0b\0\0")
    assert (code, line) == ("bad_table", 2)
    assert message == "line 2: the file begins as UTF-16, but is broken here"


def test_too_many_rows_columns_and_bytes_are_refused_with_what_is_allowed() -> None:
    rows = refused("a,b\n" + "1,2\n" * 12, rows=10)
    assert rows[:2] == ("too_many_rows", "the file has 13 lines; allowed: at most 10 rows, and a header")
    assert refused("1,2\n" * 11, rows=10)[0] == "too_many_rows"
    columns = refused("1,2,3,4,5,6\n", columns=3)
    assert columns[:3] == (
        "too_many_columns",
        'line 1, column "column 4": the row has 6 columns; allowed: at most 3',
        1,
    )
    pictures = refused("1,2,3,4,5\n", columns=3)
    assert pictures[1].endswith(
        "the row has 5 columns; allowed: at most 3; as a picture a line it is read as pictures"
    )
    size = refused("1" * 2_000_001, size=2_000_000)
    assert size[:2] == ("too_large", "the file is larger than the 2 MB that are allowed")
    assert read("a,b\n" + "1,2\n" * 9 + "2,1\n", rows=10).table.rows == 10


# -- properties --------------------------------------------------------------------------------------------------

WORDS = st.text(st.characters(exclude_categories=["Cc", "Cs"]), min_size=1).map(
    lambda text: f"w{text}".strip()
)
NUMBERS = st.floats(allow_nan=False, allow_infinity=False)


@given(st.lists(st.tuples(NUMBERS, WORDS), min_size=1, max_size=20))
def test_a_written_csv_is_read_back_equal(rows: list[tuple[float, str]]) -> None:
    file = io.StringIO()
    csv.writer(file).writerows([("number", "word"), *rows])
    table = read(file.getvalue()).table
    assert [column.kind for column in table.columns] == [ColumnKind.NUMBER, ColumnKind.TEXT]
    assert cells(table, "number") == [number for number, _ in rows]
    assert cells(table, "word") == [word for _, word in rows]


@given(st.one_of(st.binary(max_size=300), st.text('a1,;"\n\t=.', max_size=120).map(str.encode)))
def test_any_bytes_are_a_table_or_refused_in_words(data: bytes) -> None:
    try:
        found = read(data)
    except TableError:
        return
    assert found.table.rows > 0
    assert all(column.values.size == found.table.rows for column in found.table.columns)
