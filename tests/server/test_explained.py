"""Help and presets over HTTP."""

import json
import re

import pytest

from tests.server.running import Server


@pytest.mark.parametrize("path", ["/api/help", "/api/presets"])
def test_it_is_asked_for_again_each_time_and_not_sent_again_unchanged(inline: Server, path: str) -> None:
    status, headers, body = inline.get(path)
    assert (status, headers["content-type"]) == (200, "application/json")
    assert headers["cache-control"] == "no-cache"
    assert body
    again, headers, body = inline.get(path, if_none_match=headers["etag"])
    assert (again, body) == (304, b"")


def test_help_has_words_formula_and_something_to_try_for_each_control(inline: Server) -> None:
    entries = json.loads(inline.get("/api/help")[2])
    rate = entries["training.optimizer.learning_rate"]
    assert rate["title"] == "Learning rate"
    assert rate["text"].startswith("How far one step goes.")
    assert rate["formula"].startswith('<math xmlns="http://www.w3.org/1998/Math/MathML" display="block">')
    assert rate["try"].startswith("With SGD")
    assert {"symbols", "activation.relu", "data.noise", "chart.gradient"} <= entries.keys()


def test_presets_name_a_picture_that_is_there(inline: Server) -> None:
    presets = json.loads(inline.get("/api/presets")[2])
    assert len(presets) == 24
    assert set(presets[0]) == {"name", "title", "text", "picture", "picture_dark", "spec", "speed"}
    for preset in presets:
        assert re.fullmatch(r"/static/presets/[a-z-]+\.png", preset["picture"])
        status, headers, body = inline.get(preset["picture"])
        assert (status, headers["content-type"]) == (200, "image/png")
        assert body.startswith(b"\x89PNG")
