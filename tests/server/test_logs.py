"""What the server writes down: what was done, never by whom or on what."""

import os
import signal

from tests.server.running import key, keyed, opened, serving
from tests.server.test_tables import CSV, brought


async def test_requests_are_logged_by_route_and_nothing_by_key_name_or_content() -> None:
    with serving(engines=1) as server:
        async with opened(server) as browser:
            own = key(browser)
            _, told = await brought(server, own, CSV, X_File_Name="Zeugnisse.csv")
            server.get(f"/api/session/tables/{told['name']}", **keyed(own))
            server.get(f"/api/session/tables/{told['name']}?key={own}", **keyed("a-key-that-was-never-given"))
            assert (await browser.ask("delete_points", ids=[99999]))["type"] == "error"
            os.kill(server.health()["engines"][0], signal.SIGKILL)
            await browser.message("state", 2)
        lines = server.said().splitlines()
        requests = [line for line in lines if "event=request" in line]
        assert [line.partition("level=")[2].rpartition(" ms=")[0] for line in requests] == [
            "info event=request method=POST route=/api/session/tables status=201",
            "info event=request method=GET route=/api/session/tables/{name} status=200",
            "info event=request method=GET route=/api/session/tables/{name} status=404",
        ]
        assert any("an engine died" in line for line in lines)
        for secret in (own, told["name"], "Zeugnisse", "größe", "a-key-that-was-never-given", "127.0.0.1"):
            assert secret not in server.said()
