"""The map of the lessons: no lesson on another, lines lead down only and over no lesson that they do not join."""

import re
from graphlib import CycleError
from itertools import combinations, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.lessons.lettering import broken, width_of
from app.lessons.map import Map, Place, lesson_map

COURSE = {
    1: [],
    2: [1],
    3: [2],
    4: [1],
    5: [4],
    6: [4],
    7: [],
    8: [6, 7],
    9: [3, 4],
    10: [8, 9],
    11: [10],
    12: [10],
    13: [12],
    14: [8],
    15: [14],
    16: [14],
    17: [7],
    18: [9],
    19: [18],
    20: [8],
    21: [13, 20],
    22: [6, 8],
    23: [9],
    24: [15, 18],
    25: [5, 18],
    26: [10],
}
Needs = dict[str, list[str]]


def named(course: dict[int, list[int]]) -> Needs:
    """Numbers as names."""
    return {str(number): [str(need) for need in needs] for number, needs in course.items()}


@st.composite
def courses(draw: st.DrawFn) -> Needs:
    """Up to 14 lessons, each of which needs up to four earlier ones."""
    numbers = range(draw(st.integers(1, 14)))
    return named(
        {n: draw(st.lists(st.integers(0, n - 1), max_size=4, unique=True)) if n else [] for n in numbers}
    )


def points_of(path: str) -> list[tuple[float, float]]:
    """Places on a line, a few pixels apart: its cubics and its straight pieces, followed."""
    points: list[tuple[float, float]] = []
    for letter, numbers in re.findall(r"([MCV])([^MCV]+)", path):
        found = [float(number) for number in numbers.split()]
        if letter == "M":
            points.append((found[0], found[1]))
        elif letter == "V":
            x, y = points[-1]
            points += [(x, y + (found[0] - y) * step / 20) for step in range(1, 21)]
        else:
            start, ends = points[-1], list(zip(found[::2], found[1::2], strict=True))
            points += [bezier([start, *ends], step / 20) for step in range(1, 21)]
    return points


def bezier(ends: list[tuple[float, float]], t: float) -> tuple[float, float]:
    """de Casteljau's way to a curve's place."""
    while len(ends) > 1:
        pairs = pairwise(ends)
        ends = [(a * (1 - t) + c * t, b * (1 - t) + d * t) for (a, b), (c, d) in pairs]
    return ends[0]


def check(needs: Needs, drawn: Map) -> None:
    """What holds of every map."""
    assert drawn.places.keys() == needs.keys()
    for place in drawn.places.values():
        assert place.x >= 0
        assert place.x + place.width <= drawn.width + 0.2
        assert place.y >= 0
        assert place.y + place.height <= drawn.height
    for one, other in combinations(drawn.places.values(), 2):
        apart_across = one.x + one.width <= other.x or other.x + other.width <= one.x
        assert apart_across or one.y + one.height < other.y or other.y + other.height < one.y
    for line in drawn.lines:
        points = points_of(line.path)
        assert all(below >= above for (_, above), (_, below) in pairwise(points))
        begin, end = drawn.places[line.start], drawn.places[line.end]
        assert points[0] == pytest.approx((begin.x + begin.width / 2, begin.y + begin.height), abs=0.2)
        assert points[-1] == pytest.approx((end.x + end.width / 2, end.y), abs=0.2)
        others = [place for name, place in drawn.places.items() if name not in (line.start, line.end)]
        assert not [point for point in points for place in others if is_on(point, place)]


def is_on(point: tuple[float, float], place: Place) -> bool:
    """Whether it lies on a box, or so near that a line there would touch it."""
    x, y = point
    return place.x - 2 < x < place.x + place.width + 2 and place.y < y < place.y + place.height


def test_the_course_is_drawn() -> None:
    drawn = lesson_map(named(COURSE))
    check(named(COURSE), drawn)
    rows = sorted({place.y for place in drawn.places.values()})
    assert len(rows) == 8
    assert max(sum(place.y == row for place in drawn.places.values()) for row in rows) == 4


@settings(max_examples=40, deadline=None)
@given(courses())
def test_any_course_can_be_drawn(needs: Needs) -> None:
    check(needs, lesson_map(needs))


def test_a_lesson_stands_under_all_that_it_needs() -> None:
    drawn = lesson_map(named(COURSE))
    for name, needs in named(COURSE).items():
        for need in needs:
            assert drawn.places[need].y + drawn.places[need].height < drawn.places[name].y


def test_what_is_needed_by_way_of_another_gets_no_line() -> None:
    drawn = lesson_map({"a": [], "b": ["a"], "c": ["a", "b"]})
    assert [(line.start, line.end) for line in drawn.lines] == [("a", "b"), ("b", "c")]


def test_two_that_need_one_have_it_above_their_middle() -> None:
    drawn = lesson_map({"a": [], "b": ["a"], "c": ["a"]})
    a, b, c = (drawn.places[name] for name in "abc")
    assert a.x == pytest.approx((b.x + c.x) / 2, abs=0.2)
    assert b.x + b.width < c.x


def test_lines_that_need_not_cross_do_not() -> None:
    drawn = lesson_map({"a": [], "b": [], "c": ["b"], "d": ["a"]})
    a, b, c, d = (drawn.places[name] for name in "abcd")
    assert (a.x < b.x) == (d.x < c.x)


def test_a_need_that_is_no_lesson_is_left_out_and_no_lessons_are_a_map_too() -> None:
    assert list(lesson_map({"a": ["ghost"]}).places) == ["a"]
    assert lesson_map({}).places == {}


def test_lessons_that_need_each_other_are_no_course() -> None:
    with pytest.raises(CycleError):
        lesson_map({"a": ["b"], "b": ["a"]})


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("Backpropagation by hand", 9, ["Backpropagation", "by hand"]),
        ("A line that decides", 9, ["A line that", "decides"]),
        ("L1, L2, dropout", 9, ["L1, L2, dropout"]),
        ("", 9, []),
        ("one two three four five six", 3, ["one", "two", "thre\N{HORIZONTAL ELLIPSIS}"]),
    ],
)
def test_a_title_is_broken_into_even_lines(text: str, width: float, lines: list[str]) -> None:
    assert broken(text, width, 3) == lines


@given(st.lists(st.text("abcmW i", min_size=1, max_size=8), max_size=12).map(" ".join), st.integers(6, 20))
def test_broken_lines_fit_and_lose_no_word(text: str, width: int) -> None:
    lines = broken(text, width, 99)
    assert " ".join(lines).split() == text.split()
    assert all(width_of(line) <= width for line in lines if " " in line)
