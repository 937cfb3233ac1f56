"""What the tests of the board share: an ear at the socket, and fingers."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from numpy.typing import NDArray
from playwright.sync_api import WebSocket
from safetensors.numpy import load

from tests.browser.conftest import Playground


@dataclass
class Ear:
    """What the server has said to a page, and what the page has asked: the newest of each."""

    points: list[tuple[int, float, float, float, int]] = field(default_factory=list)
    revision: int = -1
    frame: dict[str, Any] = field(default_factory=dict)
    tensors: dict[str, NDArray[Any]] = field(default_factory=dict)
    asked: list[dict[str, Any]] = field(default_factory=list)

    def hear(self, socket: WebSocket) -> None:
        """Listen to this socket from its first message on."""
        socket.on("framereceived", self._received)
        socket.on("framesent", lambda text: self.asked.append(json.loads(text)))

    def _received(self, data: str | bytes) -> None:
        if isinstance(data, bytes):
            size = int.from_bytes(data[:8], "little")
            self.frame = json.loads(json.loads(data[8 : 8 + size])["__metadata__"]["frame"])
            self.tensors = load(data)
        elif (message := json.loads(data))["type"] == "points":
            rows = {row[0]: row for row in ([] if message["since"] is None else self.points)}
            self.points = list((rows | {row[0]: row for row in message["points"]}).values())
            self.revision = message["data_revision"]

    def sent(self, kind: str) -> list[dict[str, Any]]:
        """All commands of a type, oldest first."""
        return [command for command in self.asked if command["type"] == kind]


def wait(playground: Playground, condition: Callable[[], bool]) -> None:
    """Until what the ear has heard is so."""
    for _ in range(1200):
        if condition():
            return
        playground.page.wait_for_timeout(25)
    raise AssertionError("it did not come to be so")


class Fingers:
    """Touch as the browser gets it from a screen, in board coordinates of the first view."""

    def __init__(self, playground: Playground) -> None:
        self._playground = playground
        self._session = playground.page.context.new_cdp_session(playground.page)

    def put(self, *places: tuple[float, float]) -> None:
        """Fingers come down here."""
        self._send("touchStart", *places)

    def move(self, *places: tuple[float, float]) -> None:
        """They move here; in the same order."""
        self._send("touchMove", *places)

    def lift(self) -> None:
        """All leave."""
        self._send("touchEnd")

    def _send(self, kind: str, *places: tuple[float, float]) -> None:
        spots = [self._playground.place(*place) for place in places]
        points = [{"x": x, "y": y, "id": row} for row, (x, y) in enumerate(spots)]
        self._session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
