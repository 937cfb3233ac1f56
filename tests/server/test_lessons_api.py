"""Lessons over HTTP: the list, one lesson without its answers, what is told after a try, and files of its own."""

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from httpx import ASGITransport, AsyncClient, Response

from app.lessons.course import Course
from app.web.lessons import make_lessons_router
from app.web.refusals import install_refusals
from tests.unit.lessons.building import TOML, WORDS, write_lesson

LOAD: dict[str, Any] = {
    "type": "load",
    "spec": {
        "inputs": ["x1", "x2"],
        "data": {"source": "points", "train_fraction": 1.0},
        "network": {"layers": []},
    },
    "points": [[0.0, 0.0, 0.0, 0], [1.0, 1.0, 1.0, 0]],
    "weights": [1.0, 1.0, -1.5],
}


Get = Callable[[str], Response]


@pytest.fixture
def get(tmp_path: Path) -> Get:
    """Asks for a path under /api/lessons: two lessons and a bad one; the second has a table and needs the first."""
    write_lesson(tmp_path)
    toml = TOML.replace('id = "more"', 'id = "more"\ntable = "marks.csv"').replace(
        "minutes = 45", 'minutes = 30\nneeds = ["small"]'
    )
    folder = write_lesson(tmp_path, "02-second", toml, WORDS.replace("A small lesson", "A second one"))
    (folder / "marks.csv").write_text("mark\n1\n", "utf-8")
    (folder / "secret.csv").write_text("key\n1\n", "utf-8")
    write_lesson(tmp_path, "03-bad", toml="chapter = 1")
    app = FastAPI()
    install_refusals(app)
    app.include_router(make_lessons_router(Course.read(tmp_path), lambda _: "en"))

    def ask(path: str) -> Response:
        async def answered() -> Response:
            async with AsyncClient(transport=ASGITransport(app), base_url="http://test") as client:
                return await client.get(f"/api/lessons{path}")

        return asyncio.run(answered())

    return ask


def test_the_list_tells_each_lesson_and_what_is_wrong_with_the_others(get: Get) -> None:
    told = get("").json()
    assert [(one["number"], one["id"], one["title"]) for one in told["lessons"]] == [
        (1, "small", "A small lesson"),
        (2, "second", "A second one"),
    ]
    first = told["lessons"][0]
    assert (first["summary"], first["minutes"], first["chapter"]) == ("<p>With a summary.</p>", 45, "decide")
    assert (first["stages"], first["tasks"]) == (2, ["score", "side", "five", "steps", "bug"])
    assert told["lessons"][1]["needs"] == ["small"]
    (problem,) = told["problems"]
    assert problem.startswith("03-bad/lesson.toml:1: chapter: ")


def test_a_lesson_is_told_without_its_answers(get: Get) -> None:
    told = get("/small").json()
    assert told["next"] == {"id": "second", "title": "A second one"}
    gate, more = told["stages"]
    assert gate["load"] == LOAD
    assert (gate["show"], gate["lock"], gate["table"]) == (["bar", "network"], [], None)
    score, side = gate["tasks"]
    assert [field["id"] for field in score["fields"]] == ["z"]
    assert [option["id"] for option in side["options"]] == ["above", "below"]
    five, steps, bug = more["tasks"]
    assert five["conditions"] == ["steps: at least 5", "parameters: at most 100"]
    assert five["keep"] == ["Points", "Optimiser"]
    items = [item["id"] for item in steps["items"]]
    assert sorted(items) == ["backward", "forward", "loss"]
    assert items != ["forward", "loss", "backward"]
    assert bug["conditions"] == ["Optimiser: sgd"]
    assert '"right"' not in get("/small").text
    assert "It is a half" not in get("/small").text


def test_the_solution_is_told_by_itself(get: Get) -> None:
    assert get("/small/tasks/side").json() == {
        "solution": "<p>Above.</p>",
        "explanation": "<p>So it is.</p>",
        "wrong": {"below": "<p>No, it is more than 0.</p>"},
        "answer": ["above"],
        "commands": [],
    }
    assert get("/small/tasks/five").json()["commands"] == [{"type": "step", "batches": 5}]


def test_a_file_is_given_only_where_a_stage_brings_it(get: Get) -> None:
    assert get("/second/files/marks.csv").text == "mark\n1\n"
    for path in ("second/files/secret.csv", "small/files/marks.csv", "second/files/..%2Flesson.toml"):
        assert get(f"/{path}").status_code == 404


@pytest.mark.parametrize(
    ("path", "code"),
    [("none", "unknown_lesson"), ("small/tasks/none", "unknown_task"), ("bad", "unknown_lesson")],
)
def test_what_is_not_there_is_refused(get: Get, path: str, code: str) -> None:
    refused = get(f"/{path}")
    assert (refused.status_code, refused.json()["code"]) == (404, code)
