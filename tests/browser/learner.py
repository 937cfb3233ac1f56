"""Somebody who works through a lesson: types, ticks, drags, and uses the playground beside it. Real mouse and keys."""

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

from playwright.sync_api import Locator, expect

from tests.browser.network import READ_POINT

if TYPE_CHECKING:
    from tests.browser.conftest import Playground

TWO_FRAMES = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"


class Learner:
    """The open page of a lesson, at the stage of that number."""

    def __init__(self, playground: "Playground", stage: int = 1) -> None:
        self.playground, self.page = playground, playground.page
        self.see_stage(stage)

    # -- the panel -----------------------------------------------------------------------------------------------------

    def see_stage(self, number: int) -> None:
        """Wait until the stage's experiment stands."""
        self.page.evaluate(TWO_FRAMES)
        expect(self.page.locator(".lesson__place span").first).to_have_text(re.compile(rf" {number} "))
        expect(self.page.locator(".lesson__status")).to_be_empty()

    def next_stage(self, number: int) -> None:
        """On to the stage of that number."""
        self.page.get_by_role("button", name="Next stage").click()
        self.see_stage(number)

    def begin_again(self, number: int) -> None:
        """The stage of that number from its beginning."""
        self.page.get_by_role("button", name="Begin this stage again").click()
        self.see_stage(number)

    def finish(self) -> None:
        """To the end of the lesson."""
        self.page.get_by_role("button", name="Finish").click()

    def progress(self, done: int, total: int) -> None:
        """So many tasks are solved."""
        expect(self.page.locator("#lesson-progress")).to_have_text(f"{done} of {total} tasks")

    # -- tasks ---------------------------------------------------------------------------------------------------------

    def task(self, name: str) -> Locator:
        """A task's card."""
        return self.page.locator(f'.task[data-task="{name}"]')

    def press(self, task: str, button: str) -> None:
        """A button of the card."""
        self.task(task).get_by_role("button", name=button, exact=True).click()

    def predict(self, task: str, numbers: Mapping[str, str]) -> None:
        """Type a number into each field; Enter checks."""
        boxes = [self.task(task).locator(f'[data-lesson-field="{name}"]') for name in numbers]
        for box, text in zip(boxes, numbers.values(), strict=True):
            box.click()
            self.page.keyboard.press("Control+A")
            self.page.keyboard.type(text)
        self.page.keyboard.press("Enter")

    def tick(self, task: str, *options: str) -> None:
        """Tick these options."""
        for option in options:
            self.task(task).locator(f'label:has([data-lesson-option="{option}"])').click()

    def choose(self, task: str, *options: str) -> None:
        """Tick these options and have them checked."""
        self.tick(task, *options)
        self.check(task)

    def arrange(self, task: str, *items: str) -> None:
        """Drag the steps into this order, from the top down, and have it checked."""
        rows = self.task(task).locator(".task__item")
        for place, item in enumerate(items):
            row = self.task(task).locator(f'.task__item[data-item="{item}"]')
            if rows.nth(place).get_attribute("data-item") != item:
                self._drag(row, rows.nth(place))
            expect(rows.nth(place)).to_have_attribute("data-item", item)
        self.check(task)

    def _drag(self, row: Locator, to: Locator) -> None:
        row.scroll_into_view_if_needed()
        start, end = row.bounding_box(), to.bounding_box()
        assert start
        assert end
        self.page.mouse.move(start["x"] + 90, start["y"] + start["height"] / 2)
        self.page.mouse.down()
        self.page.mouse.move(end["x"] + 90, end["y"] + 3, steps=8)
        self.page.mouse.up()

    def check(self, task: str) -> None:
        """Press the button that checks."""
        self.task(task).get_by_role("button", name=re.compile("^Check")).click()

    def is_right(self, task: str) -> None:
        """The verdict says so, and why."""
        expect(self.task(task).locator(".task__verdict--right")).to_be_visible()
        expect(self.task(task).locator(".task__done")).to_be_visible()
        expect(self.task(task)).to_contain_text("Explanation")

    def is_wrong(self, task: str, why: str) -> None:
        """The verdict says so, with these words; the solution is there to be asked for."""
        expect(self.task(task).locator(".task__verdict--wrong")).to_contain_text(why)

    # -- the playground beside it --------------------------------------------------------------------------------------

    def step(self, count: int) -> None:
        """Press Step so many times, each when the one before is shown."""
        shown = self.playground.text("step")
        before = int(re.sub(r"\D", "", shown.inner_text()))
        for number in range(before + 1, before + count + 1):
            self.playground.press("step")
            expect(shown).to_have_text(str(number))

    def train(self, epochs: int, after: int = 0) -> None:
        """Train so many epochs, as fast as it goes, after those that there were."""
        expect(self.playground.text("epoch")).to_have_text(str(after))
        self.page.locator("#speed").select_option(label="flat out")
        self.playground.train(epochs, after)

    def set_weight(self, line: int, value: str) -> None:
        """Click a line of the diagram and type its weight."""
        x, y = self.page.evaluate(READ_POINT, line)
        self._type_weight(x, y, value)

    def set_bias(self, row: int, value: str) -> None:
        """Click a unit's bias and type it."""
        box = self.page.locator(".bias").nth(row).bounding_box()
        assert box
        self._type_weight(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2, value)

    def _type_weight(self, x: float, y: float, value: str) -> None:
        self.page.mouse.click(x, y)
        editor = self.page.locator("#weight-editor")
        expect(editor.get_by_role("textbox")).to_be_focused()
        self.page.keyboard.press("Control+A")
        self.page.keyboard.type(value)
        self.page.keyboard.press("Enter")
        expect(editor.locator("[data-number=weight]")).to_have_text(value.replace("-", "\N{MINUS SIGN}"))
        self.page.keyboard.press("Escape")
        expect(editor).to_be_hidden()

    def setting(self, path: str, value: str) -> None:
        """Type a number into a field of the settings."""
        box = self.playground.field(path).get_by_role("textbox")
        box.fill(value)
        box.press("Enter")
        self.page.evaluate(TWO_FRAMES)  # it is asked for with the next picture

    def pick(self, path: str, value: str) -> None:
        """Choose one of a list."""
        self.playground.field(path).get_by_role("combobox").select_option(value)
        self.page.evaluate(TWO_FRAMES)

    def layer(self, number: int) -> None:
        """Open, or close, a hidden layer's settings, by its title over the diagram; counted from 1."""
        self.page.locator(".head__title--button").nth(number - 1).click()
