"""A conversation as docs/protocol.md tells it, with a running server."""

import numpy as np

from tests.server.running import Server, connected, key, looks, opened, points

FRAME_FACTS = [
    "number",
    "revision",
    "data_revision",
    "step",
    "epoch",
    "now",
    "boundary_range",
    "centre",
    "extent",
    "probe_at",
    "focus_unit",
    "focus_range",
    "figures",
    "metrics",
    "readings",
    "curvature",
    "loss_columns",
]


async def test_opening_brings_welcome_state_points_and_a_frame(server: Server) -> None:
    async with opened(server) as browser:
        picture = await browser.picture()
        assert [message["type"] for message in browser.messages] == [
            "welcome",
            "state",
            "points",
            "marks",
            "timeline",
        ]
        welcome, state, *_ = browser.messages
    assert (welcome["resumed"], welcome["spec_refused"], welcome["protocol"]) == (False, None, 1)
    assert len(welcome["session"]) == 24
    assert (state["phase"], state["step"], state["epoch"], state["revision"]) == ("paused", 0, 0, 0)
    assert state["spec"]["data"]["samples"] == 40
    assert (state["task"], state["output"], state["loss"]) == (
        "classification",
        "sigmoid",
        "binary_cross_entropy",
    )
    assert state["parameters"] == 13
    assert list(picture.facts) == FRAME_FACTS
    assert picture.facts["number"] == 1
    shapes = {name: (tensor.dtype.name, tensor.shape) for name, tensor in picture.tensors.items()}
    assert shapes == {
        "boundary": ("uint8", (1, 100, 100)),
        "maps": ("uint8", (3, 32, 32)),
        "map_ranges": ("float32", (3, 2)),
        "theta": ("float64", (13,)),
        "gradient": ("float32", (13,)),
        "predictions": ("float32", (1, 40)),
        "probe": ("float32", (0,)),
        "focus": ("uint8", (0, 0)),
        "update": ("float32", (13,)),
        "statistics": ("float64", (0,)),
        "layer_norms": ("float64", (1, 2, 2)),
        "cells": ("uint8", (0,)),
        "roc": ("float32", (2, 0, 2)),
        "health": ("float32", (0,)),
        "histograms": ("float32", (3, 0, 20)),
        "histogram_ranges": ("float32", (3, 0, 2)),
        "losses": ("float64", (1, 10)),
        "curve": ("float32", (0, 0)),
    }


async def test_pointing_brings_values_and_a_unit_s_picture_where_the_view_is_looking(server: Server) -> None:
    async with opened(server) as browser:
        await browser.ask("set_view", view={"grid": 20, "extent": 2, "centre": [99.5, 3]})
        assert (await browser.message("state", 2))["view"]["centre"] == [98, 3]
        await browser.ask("inspect", at=[98, 3], unit=[0, 2])
        picture = await browser.picture(lambda picture: picture.facts["focus_unit"] == [0, 2])
        assert (picture.facts["centre"], picture.facts["extent"]) == ([98, 3], 2)
        assert picture.facts["focus_range"] == [-1, 1]
        assert picture.tensors["focus"].shape == (20, 20)
        assert picture.tensors["probe"][:2].tolist() == [98, 3]
        assert picture.tensors["probe"].shape == (2 + 3 + 1,)
        await browser.ask("inspect")
        await browser.until(lambda: browser.pictures[-1].facts["probe_at"] is None or None)
        assert browser.pictures[-1].tensors["focus"].shape == (0, 0)
        refused = await browser.ask("inspect", unit=[0, 3])
        assert (refused["code"], refused["path"]) == ("unknown_weight", ["unit", 1])
        assert len(browser.all("state")) == 2


async def test_playing_brings_answer_phase_and_frames_until_pause(server: Server) -> None:
    async with opened(server) as browser:
        assert await browser.ask("play") == {"type": "ok", "id": 1, "ids": [], "seed": None}
        playing = await browser.message("phase")
        assert playing["phase"] == "playing"
        await browser.picture(lambda picture: picture.facts["epoch"] >= 5)
        assert (await browser.ask("pause"))["type"] == "ok"
        paused = await browser.message("phase", 2)
        assert paused["phase"] == "paused"
        last = await browser.picture(lambda picture: picture.facts["step"] == paused["step"])
        epochs = [epoch for picture in browser.pictures for epoch in picture.tensors["losses"][:, 1]]
    assert [picture.facts["number"] for picture in browser.pictures] == list(
        range(1, len(browser.pictures) + 1)
    )
    assert epochs == list(range(last.facts["epoch"] + 1))


async def test_a_step_trains_just_so_many_batches_and_shows_them(server: Server) -> None:
    async with opened(server) as browser:
        before = await browser.picture()
        assert (await browser.ask("step", batches=3))["type"] == "ok"
        phase = await browser.message("phase")
        after = await browser.picture(lambda picture: picture.facts["step"] == 3)
    assert (phase["phase"], phase["step"], phase["epoch"]) == ("paused", 3, 1)
    assert not np.array_equal(before.tensors["theta"], after.tensors["theta"])
    assert np.abs(after.tensors["gradient"]).max() > 0


async def test_a_step_of_epochs_ends_with_the_epoch(server: Server) -> None:
    async with opened(server) as browser:
        await browser.ask("step", batches=1)
        await browser.ask("step", epochs=2)
        assert (await browser.message("phase", 2))["step"] == 4


async def test_an_edit_brings_points_and_a_frame_of_the_same_data_revision(server: Server) -> None:
    async with opened(server) as browser:
        moved = await browser.ask("move_points", points=[[3, 1.5, -2.5]])
        told = await browser.message("points", 2)
        picture = await browser.picture(lambda picture: picture.facts["data_revision"] == 1)
    assert moved["type"] == "ok"
    assert told["data_revision"] == 1
    assert (told["since"], [row[:3] for row in told["points"]]) == (0, [[3, 1.5, -2.5]])
    assert picture.facts["step"] == 0


async def test_points_are_added_relabelled_and_deleted_by_id(server: Server) -> None:
    async with opened(server) as browser:
        added = await browser.ask("add_points", points=[[1, 2, 0], [3, 4, 1]])
        assert added["ids"] == [40, 41]
        assert (await browser.ask("relabel_points", ids=[40], label=1))["type"] == "ok"
        assert (await browser.ask("delete_points", ids=[0, 41]))["type"] == "ok"
        last = (await browser.message("points", 4))["points"]
    assert len(last) == 40
    assert last[-1] == [40, 1.0, 2.0, 1.0, False]


async def test_what_can_change_live_changes_live_and_the_rest_begins_anew(server: Server) -> None:
    async with opened(server) as browser:
        await browser.ask("step", batches=3)
        await browser.ask("set_spec", spec={"training": {"optimizer": {"learning_rate": 0.5}}})
        live = await browser.message("state", 2)
        await browser.ask("set_spec", spec={"network": {"layers": [{"units": 5}]}})
        anew = await browser.message("state", 3)
        frame = await browser.picture(lambda picture: picture.facts["revision"] == 1)
    assert (live["revision"], live["step"], live["spec"]["training"]["optimizer"]["learning_rate"]) == (
        0,
        3,
        0.5,
    )
    assert (anew["revision"], anew["step"], anew["parameters"]) == (1, 0, 21)
    assert frame.tensors["theta"].size == 21


async def test_new_weights_say_their_seed_and_a_reset_brings_them_back(server: Server) -> None:
    async with opened(server) as browser:
        assert (await browser.ask("new_weights", seed=7))["seed"] == 7
        seven = await browser.picture(lambda picture: picture.facts["revision"] == 1)
        assert (await browser.ask("new_weights"))["seed"] == 8
        await browser.ask("new_weights", seed=7)
        await browser.ask("step", batches=5)
        await browser.ask("reset")
        again = await browser.picture(lambda picture: picture.facts["revision"] == 4)
    np.testing.assert_array_equal(seven.tensors["theta"], again.tensors["theta"])


async def test_a_weight_set_by_hand_is_in_the_next_frame(server: Server) -> None:
    async with opened(server) as browser:
        await browser.picture()
        await browser.ask("set_weight", layer=0, unit=1, input=None, value=12.5)
        await browser.picture(lambda picture: picture.tensors["theta"][5] == 12.5)


async def test_the_view_decides_which_pictures_come(server: Server) -> None:
    async with opened(server) as browser:
        await browser.ask("set_view", view={"grid": 16, "maps": False})
        picture = await browser.picture(lambda picture: picture.tensors["boundary"].shape == (1, 16, 16))
    assert picture.tensors["maps"].size == 0


async def test_without_acknowledgements_two_frames_come_and_then_the_newest(server: Server) -> None:
    async with opened(server, acknowledging=False) as browser:
        await browser.ask("play")
        await browser.picture(lambda picture: picture.facts["number"] == 2)
        await browser.ask("step", epochs=500)
        done = await browser.until(
            lambda: next((m for m in browser.all("phase") if m["phase"] == "paused"), None)
        )
        assert len(browser.pictures) == 2
        await browser.acknowledge()
        newest = await browser.picture(lambda picture: picture.facts["number"] == 3)
        await browser.still()
        assert len(browser.pictures) == 3
    assert newest.facts["step"] == done["step"]


async def test_acknowledging_more_than_came_opens_the_window_no_further(server: Server) -> None:
    async with opened(server, acknowledging=False) as browser:
        await browser.picture(lambda picture: picture.facts["number"] == 1)
        for _ in range(10):
            await browser.say({"type": "ack", "number": 1})
        await browser.ask("play")
        await browser.picture(lambda picture: picture.facts["number"] == 3)
        await browser.ask("step", epochs=200)
        await browser.until(lambda: next((m for m in browser.all("phase") if m["phase"] == "paused"), None))
        assert len(browser.pictures) <= 3


# -- coming back -------------------------------------------------------------------------------------------------


async def test_coming_back_finds_the_session_where_it_was_left(server: Server) -> None:
    async with opened(server) as browser:
        await browser.ask("step", batches=7)
        await browser.ask("move_points", points=[[0, 1.25, 2.5]])
        picture = await browser.picture(
            lambda picture: (picture.facts["step"], picture.facts["data_revision"]) == (7, 1)
        )
        await browser.message("points", 2)
        left, session = points(browser), key(browser)
    state, found, theta = await looks(server, session)
    assert (state["step"], state["edited"], state["phase"]) == (7, True, "paused")
    assert found == left
    np.testing.assert_array_equal(theta, picture.tensors["theta"])


async def test_a_session_that_played_stands_while_nobody_looks_and_plays_on(server: Server) -> None:
    async with opened(server) as browser:
        await browser.ask("play")
        seen = (await browser.picture(lambda picture: picture.facts["epoch"] >= 2)).facts["step"]
        session = key(browser)
    async with opened(server, session=session) as browser:
        assert browser.all("state")[0]["phase"] == "playing"
        assert browser.all("state")[0]["step"] >= seen
        await browser.picture(lambda picture: picture.facts["step"] > browser.all("state")[0]["step"])


async def test_two_pages_of_one_session_see_each_others_edits(server: Server) -> None:
    async with opened(server) as one, opened(server, session=key(one)) as other:
        await other.picture()
        await one.ask("move_points", points=[[0, 1.25, 2.5]])
        assert (await other.message("points", 2))["points"][0][:3] == [0, 1.25, 2.5]
        assert other.answers(1) == []
        await other.ask("play")
        assert (await one.message("phase"))["phase"] == "playing"


async def test_a_session_that_is_not_known_begins_anew_with_the_spec(server: Server) -> None:
    async with opened(server, session="gone") as browser:
        welcome, state, *_ = browser.messages
    assert welcome["resumed"] is False
    assert welcome["session"] != "gone"
    assert state["spec"]["data"]["samples"] == 40


async def test_a_refused_spec_is_replaced_by_the_defaults_and_the_welcome_says_why(server: Server) -> None:
    async with opened(server, {"data": {"samples": 5001}}) as browser:
        welcome, state, *_ = browser.messages
    assert welcome["spec_refused"] == "data.samples: Input should be less than or equal to 5000 (got 5001)"
    assert state["spec"]["data"]["samples"] == 500


async def test_opening_with_nothing_but_the_type_begins_with_the_defaults(server: Server) -> None:
    async with connected(server) as browser:
        await browser.say('{"type":"open"}')
        assert (await browser.message("state"))["spec"]["data"]["source"] == "spiral"


async def test_a_browser_that_doubts_its_line_gets_a_sign_of_life(server: Server) -> None:
    async with opened(server) as browser:
        await browser.say({"type": "ping"})
        assert await browser.message("pong") == {"type": "pong"}
