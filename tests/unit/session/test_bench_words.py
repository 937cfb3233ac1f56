"""What the regularisation bench says in words of what it has shown."""

import pytest

from app.session.bench_events import BenchResult
from app.session.verdicts.bench import read_bench


def result(size: int, train: float | None, test: float | None, regularised: bool = True) -> BenchResult:
    """One training that has come to these losses."""
    return BenchResult(
        size=size,
        regularised=regularised,
        train_loss=train,
        test_loss=test,
        train_score=None,
        test_score=None,
        diverged=False,
        curve=(),
    )


@pytest.mark.parametrize(
    ("results", "text"),
    [
        ([], ""),
        ([result(8, 0.1, 1.0)], ""),
        ([result(8, 0.1, 1.0), result(80, 0.2, None)], ""),
        (
            [result(80, 0.2, 0.65), result(8, 0.1, 1.0)],
            "Few points, large gap; more points close it. With 8 points the test loss lies 0.9 above the training "
            "loss, with 80 points 0.45 above it.",
        ),
        (
            [result(8, 0.1, 1.0), result(80, 0.2, 0.66)],
            "The gap stays. With 8 points the test loss lies 0.9 above the training loss, with 80 points 0.46 above "
            "it. More points alone have not closed it.",
        ),
        (
            [result(8, 0.75, 1.0), result(80, 0.5, 0.25)],
            "Small gap from the start: with 8 points the test loss lies 0.25 above the training loss, with 80 points "
            "0.25 below it.",
        ),
        (
            [result(8, 0.5, 1.0), result(8, 0.0, 1.0, False), result(80, 0.5, 0.5)],
            "Few points, large gap; more points close it. With 8 points the test loss lies 0.5 above the training "
            "loss, with 80 points 0 above it. Regularisation closes it too: with 8 points the gap is 0.5 with "
            "it, 1 without.",
        ),
        (
            [result(8, 0.25, 1.0), result(8, 0.0, 1.0, False), result(80, 0.5, 0.5)],
            "Few points, large gap; more points close it. With 8 points the test loss lies 0.75 above the training "
            "loss, with 80 points 0 above it. Regularisation helps little here: with 8 points the gap is 0.75 "
            "with it, 1 without.",
        ),
    ],
)
def test_what_it_shows_is_said_in_words(results: list[BenchResult], text: str) -> None:
    assert read_bench(results) == text
