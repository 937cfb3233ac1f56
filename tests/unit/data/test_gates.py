"""Logic gates against their truth tables."""

import numpy as np
import pytest

from app.data import generate
from app.vocabulary import Source

TRUTH = {
    Source.GATE_AND: [0, 0, 0, 1],
    Source.GATE_OR: [0, 1, 1, 1],
    Source.GATE_NAND: [1, 1, 1, 0],
    Source.GATE_XOR: [0, 1, 1, 0],
    Source.GATE_NOT: [1, 1, 0, 0],
}


@pytest.mark.parametrize("gate", TRUTH)
def test_four_samples_without_noise_are_the_truth_table_in_order(gate: Source) -> None:
    points = generate(gate, np.random.default_rng(3), 4, 0.0, 2)
    assert points.x.T.tolist() == [[0, 0], [0, 1], [1, 0], [1, 1]]
    assert points.target.tolist() == TRUTH[gate]


@pytest.mark.parametrize("gate", TRUTH)
def test_more_samples_go_round_the_corners_and_noise_shakes_them(gate: Source) -> None:
    points = generate(gate, np.random.default_rng(3), 401, 0.2, 2)
    corner = np.array([[0, 0, 1, 1], [0, 1, 0, 1]])[:, np.arange(401) % 4]
    assert 0.19 < np.abs(points.x - corner).max() <= 0.2
    assert points.target.tolist() == [TRUTH[gate][row % 4] for row in range(401)]
