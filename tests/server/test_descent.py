"""Descent over HTTP: a race with all that was left out, worked number 9, refusals in words, and the page."""

import asyncio
import json
import re
from queue import Empty, Queue
from threading import Event
from typing import Any

import pytest
from fastapi import FastAPI
from httpx import ASGITransport, AsyncClient

from app.engine.surfaces import RACERS
from app.vocabulary import Ending, Optimizer, Surface
from app.web import descent
from app.web.descent import grounds, make_descent_router, run_race, settled
from app.web.descent_models import Grounds, GroundTold, Race, RaceAsked, RacePath, SettledRace
from app.web.descent_page import FORMULAS, PRESETS
from app.web.refusals import install_refusals
from tests.server.running import ROOT, Server

MIRROR = "/api/descent?surface=bowl&x=3&y=2&optimizers=sgd&rates=1&steps=4"


def asked(server: Server, address: str) -> tuple[int, Any]:
    """Status and JSON."""
    status, _, body = server.get(address)
    return status, json.loads(body)


def test_rate_one_on_the_bowl_jumps_to_the_mirror_image_for_ever(inline: Server) -> None:
    status, found = asked(inline, MIRROR)
    assert status == 200
    assert found["paths"] == [
        {
            "optimizer": "sgd",
            "rate": 1.0,
            "rows": [
                [3.0, 2.0, 13.0, 6.0, 4.0],
                [-3.0, -2.0, 13.0, -6.0, -4.0],
                [3.0, 2.0, 13.0, 6.0, 4.0],
                [-3.0, -2.0, 13.0, -6.0, -4.0],
                [3.0, 2.0, 13.0, 6.0, 4.0],
            ],
            "ended": "wandering",
            "valley": None,
            "arrived": None,
        }
    ]


def test_what_is_left_out_is_the_surfaces_own_and_is_told(inline: Server) -> None:
    _, found = asked(inline, "/api/descent?surface=rosenbrock")
    race = found["race"]
    assert (race["start"], race["steps"], race["momentum"]) == ([-1.2, 1.0], 400, 0.9)
    assert [runner["optimizer"] for runner in race["runners"]] == list(RACERS)
    assert [path["optimizer"] for path in found["paths"]] == list(RACERS)
    assert all(len(path["rows"]) == 401 for path in found["paths"])


def test_one_rate_is_for_all_and_momentum_for_those_who_have_one(inline: Server) -> None:
    address = "/api/descent?optimizers=sgd,momentum&rates=0.25&steps=2&momentum="
    still = asked(inline, address + "0")[1]["paths"]
    assert [path["rate"] for path in still] == [0.25, 0.25]
    assert still[0]["rows"] == still[1]["rows"]
    rolling = asked(inline, address + "0.5")[1]["paths"]
    assert rolling[0]["rows"] == still[0]["rows"]
    assert rolling[1]["rows"][2][:2] == [0.0, 0.0]  # 1.5 - 0.25 (0.5 * 6 + 3)


def test_one_out_of_all_bounds_has_diverged_and_its_path_ends(inline: Server) -> None:
    path = asked(inline, "/api/descent?optimizers=sgd&rates=1.25&steps=50")[1]["paths"][0]
    assert path["ended"] == "diverged"
    assert len(path["rows"]) == 14


REFUSED = {
    "surface=hill": "surface: Input should be 'bowl', 'ravine', 'saddle', 'two_valleys' or 'rosenbrock'",
    "x=9": "x, y: cannot start at (9, 2): bowl is drawn for x from -4 to 4 and y from -4 to 4",
    "x=nan": "x: Input should be a finite number",
    "steps=501": "steps: Input should be less than or equal to 500",
    "steps=0": "steps: Input should be greater than or equal to 1",
    "momentum=1": "momentum: Input should be less than or equal to 0.999",
    "rates=0": "rates.0: Input should be greater than or equal to 0.000001",
    "rates=11": "rates.0: Input should be less than or equal to 10",
    "optimizers=sgd,adam,momentum&rates=1,2": "rates: 2 for 3 optimisers; allowed: one for all, or one for each",
    "optimizers=sgd,sgd": f"optimizers: each runs once at most; allowed: {', '.join(RACERS)}",
    "optimizers=perceptron": f"optimizers: each runs once at most; allowed: {', '.join(RACERS)}",
    "speed=3": "speed: Extra inputs are not permitted",
}


@pytest.mark.parametrize("query", REFUSED)
def test_what_cannot_be_is_refused_in_words(inline: Server, query: str) -> None:
    status, found = asked(inline, f"/api/descent?{query}")
    assert (status, found["code"], found["message"]) == (422, "bad_request", REFUSED[query])


async def test_whoever_asks_too_often_is_told_when_to_come_again() -> None:
    """The same refusal as everywhere, from a bucket that a class behind one address does not empty."""
    app = FastAPI()
    install_refusals(app)
    app.include_router(make_descent_router(lambda: "edition", races_a_minute=2))
    async with AsyncClient(transport=ASGITransport(app), base_url="http://class") as client:
        statuses = [(await client.get(MIRROR)).status_code for _ in range(3)]
        refused = await client.get(MIRROR)
    assert statuses == [200, 200, 429]
    assert refused.json()["message"] == "races come too fast; allowed: 2 a minute"
    assert int(refused.headers["retry-after"]) >= 1


async def test_two_races_are_run_at_once_and_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    begun: Queue[SettledRace] = Queue()
    release = Event()

    def held(asked: SettledRace) -> bytes:
        begun.put(asked)
        release.wait(20)
        return b"{}"

    monkeypatch.setattr(descent, "run_race", held)
    app = FastAPI()
    app.include_router(make_descent_router(lambda: "edition"))
    async with AsyncClient(transport=ASGITransport(app), base_url="http://class") as client:
        asking = asyncio.gather(*(client.get(MIRROR) for _ in range(5)))
        for _ in range(2):
            await asyncio.to_thread(begun.get, timeout=20)
        with pytest.raises(Empty):
            await asyncio.to_thread(begun.get, timeout=0.1)
        release.set()
        assert [answer.status_code for answer in await asking] == [200] * 5


def test_the_surfaces_are_told_with_heights_to_draw_and_kept_by_their_tag(inline: Server) -> None:
    status, headers, body = inline.get("/api/descent/surfaces")
    found = json.loads(body)
    assert status == 200
    assert [ground["name"] for ground in found["surfaces"]] == list(Surface)
    bowl = found["surfaces"][0]
    assert (bowl["domain"], bowl["minima"], bowl["lowest"]) == ([[-4, 4], [-4, 4]], [[0, 0]], 0)
    assert (len(bowl["heights"]), {len(row) for row in bowl["heights"]}) == (73, {73})
    assert (bowl["heights"][0][0], bowl["heights"][36][36], bowl["heights"][36][72]) == (32, 0, 16)
    assert inline.get("/api/descent/surfaces", if_none_match=headers["etag"])[0] == 304


def test_answers_are_as_openapi_describes_them() -> None:
    Race.model_validate_json(run_race(settled(RaceAsked())))
    Grounds.model_validate(grounds())


def test_every_ready_race_can_be_run_and_its_words_are_there() -> None:
    assert set(PRESETS) == set(FORMULAS) == set(Surface)
    for surface, presets in PRESETS.items():
        for query in presets.values():
            fields: dict[str, Any] = dict(part.split("=") for part in query.split("&"))
            for listed in ("optimizers", "rates"):
                if listed in fields:
                    fields[listed] = [fields[listed]]
            race = settled(RaceAsked.model_validate({"surface": surface, **fields}))
            assert all(runner.optimizer is not Optimizer.PERCEPTRON for runner in race.runners)


def test_the_page_says_its_words_shows_its_formulas_and_loads_nothing_foreign(inline: Server) -> None:
    status, headers, body = inline.get("/descent")
    page = body.decode()
    assert status == 200
    assert "script-src 'self';" in headers["content-security-policy"]
    assert page.count("<math") == 5
    assert 'href="/descent?surface=bowl&amp;optimizers=sgd&amp;rates=1&amp;steps=20"' in page
    assert "Drag the start: all race anew." in page
    assert 'href="/lessons"' in page
    assert "http://" not in page.replace("http://www.w3.org", "")


def test_an_unknown_language_is_english(inline: Server) -> None:
    assert '<html lang="en">' in inline.get("/descent?language=xx")[2].decode()


def test_the_protocol_names_everything_that_can_be_asked_and_is_told() -> None:
    text = (ROOT / "docs" / "protocol.md").read_text("utf-8").partition("## Descent")[2].partition("\n## ")[0]
    names = {*RaceAsked.model_fields, *Race.model_fields, *RacePath.model_fields, *SettledRace.model_fields}
    named = set(re.findall(r"\w+", " ".join(re.findall(r"`([^`]*)`", text))))
    assert {*names, *GroundTold.model_fields, *Surface, *Ending} - named == {"name"}
