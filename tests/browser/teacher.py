"""Somebody who sets up the page's experiment over a line of their own, as another viewer of the session would."""

import json
from typing import Any
from urllib.parse import urlsplit

from websockets.sync.client import connect

from tests.browser.conftest import Playground

SESSION = """async () => {
    const kept = () => sessionStorage.getItem("experiment");
    while (!kept()) await new Promise(requestAnimationFrame);
    return JSON.parse(kept()).session;
}"""
"""The id of the page's session, as soon as the page keeps it."""


def teach(playground: Playground, *commands: dict[str, Any]) -> None:
    """Send these commands to the page's session; all have been done then, though the page may not show it yet."""
    session = playground.page.evaluate(SESSION)
    with connect(f"ws://{urlsplit(playground.address).netloc}/ws", proxy=None, max_size=None) as line:
        line.send(json.dumps({"type": "open", "session": session}))
        for number, command in enumerate(commands, 1):
            line.send(json.dumps(command | {"id": number}))
            answer: dict[str, Any] = {}
            while answer.get("id") != number:
                message = line.recv(timeout=20)
                answer = json.loads(message) if isinstance(message, str) else {}
            assert answer["type"] == "ok", answer


def experiment(spec: dict[str, Any]) -> dict[str, Any]:
    """The command that begins another experiment with this spec."""
    return {"type": "set_spec", "spec": spec, "replace": True}
