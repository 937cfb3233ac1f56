"""Where the lessons are."""

import os
from pathlib import Path

OWN = Path(__file__).parents[2] / "lessons"
"""The project's own lessons, and the words that all pages fall back to."""
FOLDER = Path(os.environ.get("LESSONS") or OWN).resolve()
"""The folder of all lessons: the project's own, unless the environment's LESSONS names another."""
