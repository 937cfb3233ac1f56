"""What the page is told of a file: its points if the point table wrote it, and why a column can be no input."""

from typing import Any

from app.data import told as told_module
from app.data.tables.reading import Read
from tests.unit.data.tables import LIMITS, read


def tell(found: Read) -> dict[str, Any]:
    return told_module.tell(found, LIMITS.points)


def test_a_points_file_comes_back_as_points() -> None:
    told = tell(read("x1,x2,label,part\n1.5,-2,0,train\n3,4,1,test\n0,0,1,validation\n1,,0,train\n"))
    assert told["points"] == [
        (1.5, -2.0, 0.0, "train"),
        (3.0, 4.0, 1.0, "test"),
        (0.0, 0.0, 1.0, "validation"),
    ]
    assert tell(read("x1,x2,label\n1,2,0\n3,4,1\n"))["points"] == [
        (1.0, 2.0, 0.0, "train"),
        (3.0, 4.0, 1.0, "train"),
    ]


def test_any_other_file_has_no_points() -> None:
    assert tell(read("x1,x2,label,sort\n1,2,0,train\n3,4,1,test\n"))["points"] is None
    assert tell(read("x1,x2,label,part\n1,2,red,train\n3,4,blue,test\n"))["points"] is None
    rows = "".join(f"{row},2,0\n" for row in range(5001))
    assert tell(read("x1,x2,label\n" + rows))["points"] is None


def test_a_text_with_too_many_values_is_told_to_be_unusable() -> None:
    told = tell(read("name,size\n" + "".join(f"n{row},{row % 7}\n" for row in range(40))))
    name, size = told["columns"]
    assert (name["distinct"], size["unusable"]) == (40, "")
    assert name["unusable"].startswith("40 distinct texts")


def test_cells_are_shown_as_they_were_understood() -> None:
    told = tell(read('size;note\n3,50;"two\nlines"\nNA;' + "x" * 70 + "\n"))
    assert told["preview"] == [["3.5", "two lines"], ["", "x" * 59 + "…"]]
    assert (told["separator"], told["encoding"], told["header"]) == (";", "UTF-8", True)
    assert (told["target"], told["task"]) == ("note", "classification")
