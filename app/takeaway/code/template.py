"""Templates of programs: text whose lines may hang on what the experiment has.

A line that begins with `?name|` is only there if the experiment has `name`, with `?!name|` if it has not; `?a,b|` asks
for one of both. `$name` stands for source that is put in as it is and not looked at again.
"""

import re
from collections.abc import Collection, Mapping
from string import Template

CONDITION = re.compile(r"\?(!?)([\w,]+)\|(.*)", re.DOTALL)
RULE = 110
"""Length of a heading's line."""


def render(template: str, has: Collection[str], values: Mapping[str, str]) -> str:
    """The program's text; KeyError for a `$name` without a value."""
    lines = (_kept(line, has) for line in template.strip("\n").splitlines())
    return Template("\n".join(line for line in lines if line is not None)).substitute(values) + "\n"


def _kept(line: str, has: Collection[str]) -> str | None:
    if not (found := CONDITION.fullmatch(line)):
        return line
    is_there = any(name in has for name in found[2].split(","))
    return found[3] if is_there is not bool(found[1]) else None


def heading(text: str) -> str:
    """A line that begins a part of a program."""
    return f"# ---- {text} ".ljust(RULE, "-")


def spaced(program: str) -> str:
    """With two empty lines before each heading and around each function, as is usual; elsewhere at most one."""
    program = re.sub(r"\n{3,}", "\n\n", program)
    program = re.sub(r"\n\n(# ---- |def |class |@|if __name__)", r"\n\n\n\1", program)
    program = re.sub(r"(# -{4} .*)\n+(def |class |@)", r"\1\n\n\n\2", program)
    return re.sub(r"(\n    .*)\n\n(?=[A-Za-z#@])", r"\1\n\n\n", program)
