"""What the tests of the diagram share: the diagram on the open page, and what the engine says of it."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from playwright.sync_api import WebSocket, expect
from safetensors.numpy import load

from tests.browser.conftest import MINUS, Playground

LAST = 37
"""The line from unit 2 of layer 2 to the output: the last of 28 + 8 + 2."""
LAST_NAME = "Weight from unit 2 to the output"
OUTPUT_AT = 8 * 4 + 5 * 2
"""Where the output's block (two weights, one bias) begins among the parameters."""
READ_POINT = """(row) => {
    const line = document.querySelectorAll(".edges path")[row];
    const { x, y } = line.getPointAtLength(line.getTotalLength() / 2);
    const { a, d, e, f } = line.getScreenCTM();
    return [x * a + e, y * d + f];
}"""


class Network:
    """The diagram on the open page, with what the server said about it last."""

    def __init__(self, playground: Playground) -> None:
        """Listen before the page is opened."""
        self.playground, self.page = playground, playground.page
        self.frame = b""
        self.page.on("websocket", self._listen)
        playground.open()

    def _listen(self, socket: WebSocket) -> None:
        socket.on("framereceived", self._keep)

    def _keep(self, payload: bytes | str) -> None:
        if isinstance(payload, bytes):
            self.frame = payload

    def tensor(self, name: str) -> NDArray[np.float64]:
        """An array of the newest frame."""
        return load(self.frame)[name].astype(np.float64)

    def last_weight(self) -> float:
        """What the engine has for the last line."""
        return float(self.tensor("theta")[OUTPUT_AT + 1])

    def becomes(self, says: Callable[[], bool]) -> None:
        """Wait, frame by frame, until the engine says so."""
        for _ in range(1200):
            if says():
                return
            self.page.evaluate("() => new Promise(requestAnimationFrame)")
        assert says()

    def line(self, row: int = LAST) -> tuple[float, float]:
        """The middle of a line on the screen."""
        x, y = self.page.evaluate(READ_POINT, row)
        return x, y

    def centre(self, selector: str, row: int) -> tuple[float, float]:
        """The middle of a mark on the screen."""
        box = self.page.locator(selector).nth(row).bounding_box()
        assert box
        return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2

    def read(self, name: str) -> str:
        """A number of the read-out: `weight`, `gradient` or `update`."""
        return self.page.locator(f"#weight-readout [data-number={name}]").inner_text()

    def edit(self) -> None:
        """Click the last line; its editor opens."""
        self.page.mouse.click(*self.line())
        expect(self.page.get_by_role("group", name="Change a weight")).to_contain_text(LAST_NAME)

    def train(self, epochs: int) -> None:
        """Press the epoch button so many times."""
        before = int(self.playground.text("epoch").inner_text())
        for epoch in range(before + 1, before + 1 + epochs):
            self.playground.press("epoch")
            expect(self.playground.text("epoch")).to_have_text(str(epoch))
        expect(self.page.locator("#board")).to_have_attribute("data-step", str(25 * (before + epochs)))

    def widths(self) -> list[str | None]:
        """How wide the lines are."""
        lines = self.page.locator(".edges path").all()
        return [line.get_attribute("stroke-width") for line in lines]


def shown(value: float) -> str:
    """A number to four digits as the page writes it; for figures that need no exponent."""
    return f"{float(f'{value:.4g}')}".replace("-", MINUS).removesuffix(".0")
