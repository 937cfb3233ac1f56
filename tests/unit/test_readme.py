"""The README tells every setting there is, with its description."""

from pathlib import Path

import pytest

from app.settings import Settings

README = (Path(__file__).parents[2] / "README.md").read_text()


@pytest.mark.parametrize("name", Settings.model_fields)
def test_the_readme_tells_a_setting(name: str) -> None:
    assert f"| `{name.upper()}` | " in README
    assert str(Settings.model_fields[name].description) in README
