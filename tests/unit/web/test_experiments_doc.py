"""docs/protocol.md names every request about saved experiments, every field of a summary, and the limits."""

from pathlib import Path
from typing import Any, cast

import pytest
from fastapi.routing import APIRoute

from app.spec import BOUNDS
from app.store.experiments import KEPT_DELETED
from app.web import experiments
from app.web.experiment_models import Figures, Summary
from app.web.saved_experiments import SavedExperiments

ROOT = Path(__file__).parents[3]
TEXT = (
    (ROOT / "docs" / "protocol.md")
    .read_text("utf-8")
    .partition("## Saved experiments")[2]
    .partition("\n## ")[0]
)


def requests() -> set[str]:
    """`METHOD /path` of every route, as the document writes it."""
    router = experiments.make_experiments_router(cast("SavedExperiments", None), ())
    routes = [route for route in router.routes if isinstance(route, APIRoute)]
    paths = [
        (route, route.path.removeprefix("/api/experiments").replace("{which}", "ID")) for route in routes
    ]
    return {f"{method} {path}".strip() for route, path in paths for method in route.methods or ()}


@pytest.mark.parametrize("request_line", sorted(requests()))
def test_every_request_is_in_the_table(request_line: str) -> None:
    starts = {line.split("`")[1] for line in TEXT.splitlines() if line.startswith("| `")}
    assert any(
        start == request_line or start.startswith((f"{request_line} ", f"{request_line}?"))
        for start in starts
    )


@pytest.mark.parametrize("field", sorted({*Summary.model_fields, *Figures.model_fields}))
def test_every_field_of_a_summary_is_named(field: str) -> None:
    assert field in TEXT.replace("`", " ").replace(",", " ").replace("{", " ").replace("}", " ").split()


def test_the_limits_are_as_they_are_told() -> None:
    told: dict[str, Any] = {
        "at most 200 experiments of 200 MB": (BOUNDS.experiments, BOUNDS.experiments_bytes),
        "1 to 120 characters, `notes`: at most 4000": (BOUNDS.title, BOUNDS.notes),
        "for good after a day": KEPT_DELETED,
        "900 requests, 120 changes, or 20 saved": (
            experiments.ASKED_A_MINUTE,
            experiments.CHANGED_A_MINUTE,
            experiments.SAVED_A_MINUTE,
        ),
    }
    assert all(words in TEXT for words in told)
    assert list(told.values()) == [(200, 200_000_000), (120, 4000), 86_400, (900, 120, 20)]
