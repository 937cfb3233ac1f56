"""Presets as data: valid specs, whole texts, one small picture each."""

import io
from pathlib import Path

import pytest
from PIL import Image

from app.presets import PRESETS, Preset
from app.session.commands import COMMANDS
from app.spec import Experiment

PICTURES = Path(__file__).parents[3] / "static" / "presets"
NAMES = [preset.name for preset in PRESETS]


@pytest.mark.parametrize("preset", PRESETS, ids=NAMES)
def test_what_choosing_a_preset_sends_is_allowed(preset: Preset) -> None:
    """Both commands as the page sends them, and the spec itself over the defaults."""
    COMMANDS.validate_python({"type": "set_spec", "id": 1, "spec": preset.spec, "replace": True})
    COMMANDS.validate_python({"type": "set_speed", "id": 2, **preset.speed})
    assert Experiment().patched(preset.spec) != Experiment()


@pytest.mark.parametrize("preset", PRESETS, ids=NAMES)
def test_a_preset_says_what_to_watch_and_what_to_try(preset: Preset) -> None:
    assert 3 < len(preset.title) <= 30
    assert 80 < len(preset.text) <= 260
    assert preset.text.endswith(".")
    assert preset.epochs > 0


def test_there_are_enough_and_none_has_the_name_or_title_of_another() -> None:
    assert len(PRESETS) == 24
    assert len(set(NAMES)) == len({preset.title for preset in PRESETS}) == 24


def test_each_preset_has_its_picture_and_no_picture_is_left_over() -> None:
    wanted = {f"{name}{theme}.png" for name in NAMES for theme in ("", "-dark")}
    assert {path.name for path in PICTURES.iterdir()} == wanted


def test_pictures_are_small_and_differ() -> None:
    files = [path.read_bytes() for path in PICTURES.iterdir()]
    assert sum(map(len, files)) < 400_000
    assert len(set(files)) == len(files)
    for file in files:
        with Image.open(io.BytesIO(file)) as picture:
            assert picture.size == (160, 160)
