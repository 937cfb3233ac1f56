"""Small lessons for tests: folders of files as an author writes them."""

from pathlib import Path

from tests.unit.lessons import building

STRUCTURE = """chapter = "decide"
minutes = {minutes}
needs = [{needs}]

[[stages]]
id = "see"
spec = {{data = {{samples = 40}}}}

[[stages.tasks]]
id = "side"
kind = "choose"
options = ["in", "out"]
right = ["in"]
wrong = {{answer = ["out"]}}

[[stages.tasks]]
id = "number"
kind = "predict"
fields = [{{id = "score", value = -2.5, tolerance = 0.01}}]
wrong = {{answer = {{score = 1}}}}

[[stages.tasks]]
id = "steps"
kind = "order"
items = ["first", "then", "last"]
wrong = {{answer = ["last", "then", "first"]}}

[[stages.tasks]]
id = "goal"
kind = "reach"
conditions = [{{measure = "train_score", at_least = 0.9}}]
wrong = {{}}
solution = {{}}
"""
TEACHER = "## Aims\n\n- Say what a sign means.\n"
PARTS = "#### hint\n\nLook at the {what}.\n\n#### solution\n\nIt is {what}.\n\n#### explanation\n\nBecause {what}.\n\n"


def lesson_text(title: str, summary: str = "What a score is.") -> str:
    """All words of such a lesson, with the title and the summary as they are given."""
    choice = (
        "#### option: in\n\nInside.\n\n#### option: out\n\nOutside.\n\n#### wrong: out\n\nIt is inside.\n\n"
    )
    items = "#### item: first\n\nTake a point.\n\n#### item: then\n\nLook.\n\n#### item: last\n\nMove the line.\n\n"
    return (
        f"# {title}\n\n{summary}\n\n## Seeing it {{#see}}\n\nThe line is where $x_1 = 0$.\n\n"
        f"### Which side? {{#side}}\n\nSay it.\n\n{choice}{PARTS.format(what='sign')}"
        f"### What score? {{#number}}\n\nSay it.\n\n#### field: score\n\nThe score\n\n{PARTS.format(what='sum')}"
        f"### In order {{#steps}}\n\nPut them.\n\n{items}{PARTS.format(what='order')}"
        f"### Reach it {{#goal}}\n\nTrain.\n\n{PARTS.format(what='rate')}"
    )


def write_lesson(
    folder: Path,
    name: str,
    title: str,
    needs: str = "",
    language: str = "en",
    summary: str = "What a score is.",
) -> Path:
    """The lesson `name` (`01-line`) in `folder`, which needs lessons as `"line", "gates"`; its folder."""
    toml = STRUCTURE.format(minutes=45, needs=needs)
    return building.write_lesson(folder, name, toml, lesson_text(title, summary), TEACHER, language)
