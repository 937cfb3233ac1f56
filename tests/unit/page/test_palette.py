"""The colours of the style sheet: text can be read where it stands, and classes stay apart for colour-blind eyes."""

from itertools import combinations

import numpy as np
import pytest

from app.takeaway.colours import Theme, tokens
from tests.unit.page.colours import BLINDNESS, contrast, delta_e, seen

CLASSES = 10
THEMES = ["light", "dark", "contrast", "contrast-dark"]
TEXT_ON = [
    *[(text, ground) for text in ("ink", "muted") for ground in ("surface", "paper", "well")],
    *[(text, "surface") for text in ("accent", "danger", "train", "validation", "test")],
    *[("ink", ground) for ground in ("accent-soft", "warning-soft", "danger-soft")],
    ("accent-ink", "accent"),
    ("surface", "ink"),
]


@pytest.mark.parametrize(
    ("theme", "least"), [("light", 4.5), ("dark", 4.5), ("contrast", 7), ("contrast-dark", 7)]
)
def test_text_can_be_read_on_what_it_stands_on(theme: Theme, least: float) -> None:
    found = tokens(theme)
    ratios = {pair: contrast(found[pair[0]], found[pair[1]]) for pair in TEXT_ON}
    assert {pair: ratio for pair, ratio in ratios.items() if ratio < least} == {}


@pytest.mark.parametrize("theme", THEMES)
def test_the_edges_of_controls_and_the_classes_stand_out(theme: Theme) -> None:
    found = tokens(theme)
    names = ["control-line", "accent", "good", *[f"class-{label}" for label in range(CLASSES)]]
    ratios = {name: contrast(found[name], found["surface"]) for name in names}
    assert {name: ratio for name, ratio in ratios.items() if ratio < 3} == {}


@pytest.mark.parametrize("blindness", BLINDNESS)
@pytest.mark.parametrize("theme", THEMES)
def test_any_two_classes_stay_apart_for_colour_blind_eyes(theme: Theme, blindness: str) -> None:
    found = tokens(theme)
    classes = [seen(found[f"class-{label}"], blindness) for label in range(CLASSES)]
    assert min(delta_e(one, other) for one, other in combinations(classes, 2)) >= 12


@pytest.mark.parametrize("blindness", BLINDNESS)
@pytest.mark.parametrize("theme", THEMES)
def test_the_two_ends_of_the_scale_are_far_apart_for_colour_blind_eyes(theme: Theme, blindness: str) -> None:
    found = tokens(theme)
    low, middle, high = (seen(found[name], blindness) for name in ("negative", "neutral", "positive"))
    assert delta_e(low, high) >= 45
    assert min(delta_e(low, middle), delta_e(high, middle)) >= 25


def test_distance_is_that_of_the_published_examples() -> None:
    """Pairs 1, 19 and 34 of Sharma, Wu and Dalal's table."""
    pairs = [
        ((50.0, 2.6772, -79.7751), (50.0, 0.0, -82.7485), 2.0425),
        ((60.2574, -34.0099, 36.2677), (60.4626, -34.1751, 39.4387), 1.2644),
        ((2.0776, 0.0795, -1.1350), (0.9033, -0.0636, -0.5514), 0.9082),
    ]
    for one, other, expected in pairs:
        assert delta_e(np.array(one), np.array(other)) == pytest.approx(expected, abs=5e-5)


def test_contrast_is_wcags() -> None:
    assert contrast("#ffffff", "#000000") == pytest.approx(21, abs=1e-4)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.478, abs=1e-3)
