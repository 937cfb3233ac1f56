"""A small lesson in a folder of its own, which a test may bend."""

from pathlib import Path

TOML = """\
chapter = "decide"
minutes = 45

[[stages]]
id = "gate"
points = [[0, 0, 0, 0], [1, 1, 1, 0]]
weights = [1, 1, -1.5]
show = ["bar", "network"]

[stages.spec]
inputs = ["x1", "x2"]
data = { source = "points", train_fraction = 1.0 }
network = { layers = [] }

[[stages.tasks]]
id = "score"
kind = "predict"
fields = [{ id = "z", value = 0.5, tolerance = 0.01, measure = { measure = "sum", layer = 0, unit = 0, row = 1 } }]
wrong = { answer = { z = 2 } }

[[stages.tasks]]
id = "side"
kind = "choose"
options = ["above", "below"]
right = ["above"]
wrong = { answer = ["below"] }

[[stages]]
id = "more"
[stages.spec]
data = { source = "xor" }

[[stages.tasks]]
id = "five"
kind = "reach"
conditions = [{ measure = "step", at_least = 5 }, { measure = "parameters", at_most = 100 }]
keep = ["points", "training.optimizer.name"]
solution = { commands = [{ type = "step", batches = 5 }] }
wrong = { commands = [{ type = "step", batches = 4 }] }

[[stages.tasks]]
id = "steps"
kind = "order"
items = ["forward", "loss", "backward"]
wrong = { answer = ["loss", "forward", "backward"] }

[[stages.tasks]]
id = "bug"
kind = "find_bug"
options = ["rate", "seed"]
right = ["rate"]
conditions = [{ measure = "spec", path = "training.optimizer.name", is = "sgd" }]
solution = { commands = [{ type = "set_spec", spec = { training = { optimizer = { name = "sgd" } } } }] }
wrong = { answer = ["seed"] }
"""

WORDS = """\
# A small lesson
With a summary.

## The gate {#gate}
Its text with $w_1$.

### The score {#score}
How much?
#### field: z
Score $z$
#### hint
First hint.
#### hint
Second hint.
#### solution
It is a half.
#### explanation
Because.

### The side {#side}
Which side?
#### option: above
Above
#### option: below
Below
#### wrong: below
No, it is more than 0.
#### hint
Look.
#### solution
Above.
#### explanation
So it is.

## More {#more}
Text.

### Five {#five}
Do five.
#### hint
Step.
#### solution
Press it.
#### explanation
Five.

### Steps {#steps}
Order.
#### item: forward
Forward
#### item: loss
Loss
#### item: backward
Backward
#### hint
Begin.
#### solution
As said.
#### explanation
So.

### Bug {#bug}
Where?
#### option: rate
The rate
#### option: seed
The seed
#### hint
Look.
#### solution
The rate.
#### explanation
So.
"""


def write_lesson(
    folder: Path,
    name: str = "01-small",
    toml: str = TOML,
    words: str = WORDS,
    teacher: str = "## Aims\n\nTo know.\n",
    language: str = "en",
) -> Path:
    """A whole lesson under `folder`, or another language beside one that is there; its own folder."""
    lesson = folder / name
    (lesson / language).mkdir(parents=True, exist_ok=True)
    (lesson / "lesson.toml").write_text(toml, "utf-8")
    (lesson / language / "lesson.md").write_text(words, "utf-8")
    (lesson / language / "teacher.md").write_text(teacher, "utf-8")
    return lesson
