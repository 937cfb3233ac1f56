"""What Prometheus is told."""

from prometheus_client.parser import text_string_to_metric_families

from tests.server.running import Server, opened


def figures(server: Server) -> dict[str, float]:
    """Every figure by name, with its label if it has one."""
    status, headers, body = server.get("/metrics")
    assert status == 200
    assert headers["content-type"].startswith("text/plain")
    return {
        sample.name + "".join(f"[{value}]" for value in sample.labels.values()): sample.value
        for family in text_string_to_metric_families(body.decode())
        for sample in family.samples
    }


async def test_sessions_frames_slices_and_refusals_are_counted(inline: Server) -> None:
    before = figures(inline)
    async with opened(inline) as browser:
        assert (await browser.ask("delete_points", ids=[99999]))["code"] == "unknown_point"
        await browser.ask("step", epochs=40)
        await browser.picture(lambda picture: picture.facts["epoch"] == 40)
        now = figures(inline)
    assert now["playground_viewers"] == before["playground_viewers"] + 1
    assert now["playground_sessions"] >= 1
    assert now["playground_engines"] == 0
    assert now["playground_steps_total"] == before["playground_steps_total"] + 40 * 2
    assert now["playground_slices_total"] > before["playground_slices_total"]
    assert now["playground_frames_total"] > before["playground_frames_total"]
    assert now["playground_frame_bytes_total"] > 1000
    refused = "playground_rejected_commands_total[unknown_point]"
    assert now[refused] == before.get(refused, 0) + 1
    assert 0 <= now["playground_loop_lag_p99_seconds"] < 60
