"""What the descent page's template shows: the words of its language, formulas, and ready races."""

from typing import Any

from app.engine.surfaces import RACERS
from app.explain.help import mathml
from app.lessons.course import ENGLISH
from app.lessons.words import word_languages, words
from app.vocabulary import Surface
from app.web.pages import PLOTLY_URL

PRESETS: dict[Surface, dict[str, str]] = {
    Surface.BOWL: {
        "small": "optimizers=sgd&rates=0.01",
        "right": "optimizers=sgd&rates=0.1",
        "exact": "optimizers=sgd&rates=0.5&steps=10",
        "mirror": "optimizers=sgd&rates=1&steps=20",
        "divergent": "optimizers=sgd&rates=1.05&steps=60",
    },
    Surface.RAVINE: {
        "zigzag": "optimizers=sgd&rates=0.48",
        "roll": "optimizers=sgd,momentum,nesterov&rates=0.1",
        "steep": "optimizers=sgd&rates=0.51",
    },
    Surface.SADDLE: {"escape": "x=2&y=0.001", "ridge": "x=2&y=0"},
    Surface.TWO_VALLEYS: {
        "shallow": "x=0.6&y=2&optimizers=sgd&rates=0.05&steps=200",
        "deep": "x=0.4&y=2&optimizers=sgd&rates=0.05&steps=200",
        "over": "optimizers=sgd,momentum&rates=0.02&steps=150",
    },
    Surface.ROSENBROCK: {"banana": "optimizers=sgd,momentum,adam", "everybody": "steps=500"},
}
"""Races worth a look, by the names of their words: what is asked for beside the surface."""
FORMULAS = {
    Surface.BOWL: "C = x^2 + y^2",
    Surface.RAVINE: "C = 0.1 x^2 + 2 y^2",
    Surface.SADDLE: r"C = x^2 - y^2 + \frac{1}{4} y^4",
    Surface.TWO_VALLEYS: r"C = \frac{1}{4} x^4 - \frac{1}{6} x^3 - \frac{9}{8} x^2 + \frac{9}{8} x + y^2",
    Surface.ROSENBROCK: "C = (1 - x)^2 + 100 (y - x^2)^2",
}


def page_facts(language: str, files: str) -> dict[str, Any]:
    """What the page's template shows, in a language of the catalogue, else in English. Reads files."""
    spoken = language if language in word_languages() else ENGLISH
    catalogue = words(spoken)
    return {
        "language": spoken,
        "files": files,
        "plotly_url": PLOTLY_URL,
        "words": catalogue["descent"],
        "common": catalogue["common"],
        "formulas": {name: mathml(formula) for name, formula in FORMULAS.items()},
        "presets": PRESETS,
        "optimizers": RACERS,
    }
