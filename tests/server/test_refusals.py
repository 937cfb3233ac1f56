"""What a session does not do: it says what and where, and nothing has changed."""

from typing import Any

import numpy as np
import pytest

from tests.server.running import SMALL, Server, key, looks, opened, points

REFUSALS: dict[str, tuple[str, dict[str, Any], str, list[str | int]]] = {
    "no such field": ("set_spec", {"spec": {"data": {"sauce": 1}}}, "invalid_spec", ["data", "sauce"]),
    "out of bounds": (
        "set_spec",
        {"spec": {"training": {"optimizer": {"learning_rate": 11}}}},
        "invalid_spec",
        ["training", "optimizer", "learning_rate"],
    ),
    "what does not fit": (
        "set_spec",
        {"spec": {"network": {"output": "tanh"}, "training": {"loss": "hinge"}}},
        "invalid_spec",
        ["network", "output"],
    ),
    "no object": ("set_spec", {"spec": [1]}, "bad_command", ["spec"]),
    "no such command": ("dance", {}, "bad_command", []),
    "no such argument": ("play", {"loud": True}, "bad_command", ["loud"]),
    "missing": ("move_points", {}, "bad_command", ["points"]),
    "both": ("step", {"batches": 1, "epochs": 1}, "bad_command", ["batches"]),
    "too many": ("step", {"batches": 100_001}, "bad_command", ["batches"]),
    "no number": ("set_speed", {"epochs_per_second": "fast"}, "bad_command", ["epochs_per_second"]),
    "too fast a speed": ("set_speed", {"epochs_per_second": 1e9}, "bad_command", ["epochs_per_second"]),
    "too fine a grid": ("set_view", {"view": {"grid": 1000}}, "bad_command", ["view", "grid"]),
    "off the board": ("move_points", {"points": [[0, 1e3, 0]]}, "bad_command", ["points", 0, 1]),
    "unknown point moved": (
        "move_points",
        {"points": [[0, 1, 1], [99, 1, 1]]},
        "unknown_point",
        ["points", 1],
    ),
    "unknown point deleted": ("delete_points", {"ids": [0, 1, 99]}, "unknown_point", ["ids", 2]),
    "unknown point relabelled": ("relabel_points", {"ids": [99], "label": 1}, "unknown_point", ["ids", 0]),
    "no such class": ("relabel_points", {"ids": [0], "label": 2}, "invalid_spec", ["label"]),
    "no such class added": (
        "add_points",
        {"points": [[0, 0, 0], [0, 0, 5]]},
        "invalid_spec",
        ["points", 1, 2],
    ),
    "no such layer": (
        "set_weight",
        {"layer": 2, "unit": 0, "input": 0, "value": 1},
        "unknown_weight",
        ["layer"],
    ),
    "no such unit": (
        "set_weight",
        {"layer": 0, "unit": 3, "input": 0, "value": 1},
        "unknown_weight",
        ["unit"],
    ),
    "no such input": (
        "set_weight",
        {"layer": 0, "unit": 0, "input": 2, "value": 1},
        "unknown_weight",
        ["input"],
    ),
    "full board": ("add_points", {"points": [[0, 0, 0]] * 4961}, "too_many_points", ["points"]),
}


@pytest.mark.parametrize("refusal", REFUSALS)
async def test_a_refused_command_says_what_and_where_and_changes_nothing(
    inline: Server, refusal: str
) -> None:
    kind, fields, code, path = REFUSALS[refusal]
    async with opened(inline) as browser:
        await browser.ask("step", batches=1)
        await browser.message("phase")
        said = len(browser.messages)
        error = await browser.ask(kind, **fields)
        assert (error["type"], error["code"], error["path"]) == ("error", code, path)
        assert len(error["message"]) > 10
        assert browser.messages[said:] == [error]
        state, found, theta = await looks(inline, key(browser))
        picture = await browser.picture(lambda picture: picture.facts["step"] == 1)
    first = browser.all("state")[0]
    assert {**state, "step": 0} == first
    assert found == points(browser)
    np.testing.assert_array_equal(theta, picture.tensors["theta"])


async def test_what_a_phase_does_not_allow_is_refused_and_names_what_is(inline: Server) -> None:
    """Learning rate 10 on a steep loss: training stops itself, says so, and can be mended."""
    steep = {
        "data": {"source": "plane"},
        "inputs": ["x1", "x2", "x1^2", "x2^2"],
        "network": {"layers": []},
        "training": {"optimizer": {"name": "sgd", "learning_rate": 10.0}},
    }
    async with opened(inline, steep) as browser:
        await browser.ask("play")
        told = await browser.message("diverged")
        assert (await browser.message("phase", 2))["phase"] == "diverged"
        assert told["cause"] in ("loss_exploded", "loss_not_finite", "parameters_not_finite")
        assert "learning rate of 10" in told["message"]
        frame = await browser.picture(lambda picture: picture.facts["step"] == told["step"])
        assert np.isfinite(frame.tensors["theta"]).all()
        error = await browser.ask("step", batches=1)
        assert (error["code"], error["path"]) == ("not_allowed", [])
        assert error["message"].startswith("cannot step while diverged; allowed: pause, reset, ")
        assert (await browser.ask("set_spec", spec={"training": {"optimizer": {"learning_rate": 0.0001}}}))[
            "type"
        ] == "ok"
        assert (await browser.ask("play"))["type"] == "ok"
        await browser.picture(lambda picture: picture.facts["step"] > told["step"])


async def test_a_board_without_points_can_be_looked_at_and_filled_but_not_trained(inline: Server) -> None:
    empty = {**SMALL, "data": {"source": "points", "points": []}}
    async with opened(inline, empty) as browser:
        frame = await browser.picture()
        assert frame.tensors["predictions"].shape == (1, 0)
        assert frame.facts["now"]["train_loss"] is None
        assert points(browser) == []
        for unit in ("batches", "epochs"):
            refused = await browser.ask("step", **{unit: 1})
            assert (refused["code"], refused["message"]) == (
                "not_allowed",
                "cannot step without training points; allowed: add_points",
            )
        assert (await browser.ask("play"))["code"] == "not_allowed"
        assert (await browser.ask("reset"))["type"] == "ok"
        assert (await browser.ask("add_points", points=[[1, 1, 0], [-1, -1, 1]]))["ids"] == [0, 1]
        assert (await browser.ask("play"))["type"] == "ok"
        await browser.picture(lambda picture: picture.facts["step"] > 3)
        assert (await browser.ask("delete_points", ids=[0, 1]))["type"] == "ok"
        assert (await browser.message("phase", 2))["phase"] == "paused"
