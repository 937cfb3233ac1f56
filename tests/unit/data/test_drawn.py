"""Drawings against the data set that they are to look like."""

from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from sklearn.datasets import load_digits
from sklearn.neural_network import MLPClassifier

from app.data.drawn import DrawingError, picture
from app.data.tables import Image
from tests.unit.data.digit_strokes import DIGITS, Stroke

SMALL = Image(8, 8, 16.0)
MNIST = Image(28, 28, 255.0)
POINT = st.lists(st.floats(0, 1), min_size=2, max_size=2)


@cache
def drawn_digits() -> NDArray[np.float64]:
    """(10, 64): the digit k in row k."""
    return np.array([picture(DIGITS[digit], SMALL) for digit in range(10)])


def moved(strokes: list[Stroke], size: float, right: float, down: float) -> list[Stroke]:
    return [[[x * size + right, y * size + down] for x, y in stroke] for stroke in strokes]


def test_a_network_trained_on_the_set_recognises_drawn_digits() -> None:
    pixels, digits = load_digits(return_X_y=True)
    network = MLPClassifier((64,), learning_rate_init=0.01, tol=0.01, n_iter_no_change=3, random_state=0)
    network.fit(pixels / 16, digits)
    recognised = network.predict(drawn_digits() / 16)
    assert recognised[3] == 3
    assert (recognised == np.arange(10)).sum() >= 8, recognised


def test_drawn_digits_have_the_ink_and_the_middle_of_the_set() -> None:
    pixels, digits = load_digits(return_X_y=True)
    at = np.arange(8)
    for digit in range(10):
        own = pixels[digits == digit].reshape(-1, 8, 8)
        made = drawn_digits()[digit].reshape(8, 8)
        figures = [
            (made.mean(), own.mean(axis=(1, 2))),
            (made.sum(axis=0) @ at / made.sum(), own.sum(axis=1) @ at / own.sum(axis=(1, 2))),
            (made.sum(axis=1) @ at / made.sum(), own.sum(axis=2) @ at / own.sum(axis=(1, 2))),
        ]
        for figure, theirs in figures:
            assert theirs.min() <= figure <= theirs.max(), digit


def test_all_drawn_digits_together_have_the_sets_grey_levels() -> None:
    pixels = load_digits().data
    made = drawn_digits()
    np.testing.assert_array_equal(made, made.round())
    assert made.min() == 0
    assert made.max() == 16
    assert made.mean() == pytest.approx(pixels.mean(), abs=0.4)  # 4.88
    assert (made > 0).mean() == pytest.approx((pixels > 0).mean(), abs=0.05)  # 0.51
    assert (made == 16).mean() == pytest.approx((pixels == 16).mean(), abs=0.04)  # 0.09


@pytest.mark.parametrize("image", [SMALL, MNIST])
@pytest.mark.parametrize(("size", "right", "down"), [(0.5, 0.0, 0.0), (0.5, 0.5, 0.5), (0.25, 0.1, 0.7)])
def test_where_and_how_large_it_is_drawn_does_not_matter(
    image: Image, size: float, right: float, down: float
) -> None:
    made, same = (picture(strokes, image) for strokes in (DIGITS[3], moved(DIGITS[3], size, right, down)))
    assert np.abs(made - same).max() <= 0.1 * image.high + 1


def test_a_picture_of_mnist_keeps_to_its_box_and_has_its_middle_where_the_mass_is() -> None:
    for digit in range(10):
        made = picture(DIGITS[digit], MNIST).reshape(28, 28)
        rows, columns = np.flatnonzero(made.any(axis=1)), np.flatnonzero(made.any(axis=0))
        assert 19 <= np.ptp(rows) + 1 <= 21
        assert np.ptp(columns) + 1 <= 21
        at = np.arange(28) + 0.5
        assert made.sum(axis=0) @ at / made.sum() == pytest.approx(14, abs=0.25)
        assert made.sum(axis=1) @ at / made.sum() == pytest.approx(14, abs=0.25)


def test_pictures_of_mnist_have_the_ink_of_mnist() -> None:
    # The mean pixel of MNIST's 60,000 training pictures is 33.3 of 255; of the ones it is 19.4, of the noughts 44.2.
    means = [picture(DIGITS[digit], MNIST).mean() for digit in range(10)]
    assert np.mean(means) == pytest.approx(33.3, abs=4)
    assert means[1] == pytest.approx(19.4, abs=4)
    assert means[0] == pytest.approx(44.2, abs=5)


def test_a_stroke_goes_down_the_picture_as_y_grows() -> None:
    # A right angle: down the left side, then along the bottom.
    made = picture([[[0.2, 0.2], [0.2, 0.8], [0.8, 0.8]]], SMALL).reshape(8, 8)
    assert made[7].sum() > 3 * made[0].sum()
    assert made[:, :4].sum() > 1.3 * made[:, 4:].sum()


def test_an_empty_drawing_is_dark() -> None:
    nothing: list[Stroke] = []
    assert picture(nothing, SMALL).tolist() == [0.0] * 64
    assert picture([[], []], MNIST).tolist() == [0.0] * 784


@pytest.mark.parametrize("image", [SMALL, MNIST])
def test_a_dot_is_a_small_spot_in_the_middle(image: Image) -> None:
    made = picture([[[0.1, 0.9]]], image).reshape(image.height, image.width)
    ring = np.r_[0 : image.width // 4, -(image.width // 4) : 0]
    assert made.max() > image.high / 2
    assert not made[ring].any()
    assert not made[:, ring].any()


@pytest.mark.parametrize(
    ("image", "stroke"),
    [
        (SMALL, [[0.1, 0.5], [0.9, 0.5]]),
        (MNIST, [[0.5, 0.1], [0.5, 0.9]]),
        (Image(5, 12, 1.0), [[0, 0], [1, 1]]),
    ],
)
def test_a_straight_line_is_no_crash_and_no_blot(image: Image, stroke: Stroke) -> None:
    made = picture([stroke], image)
    assert made.shape == (image.width * image.height,)
    assert 0 < made.mean() < 0.4 * image.high


@pytest.mark.parametrize(
    ("strokes", "message"),
    [
        ([[[0.5, 0.5]]] * 65, "65 strokes; allowed: 64"),
        ([[[0.5, 0.5]] * 2001] * 2, "4,002 points; allowed: 4,000"),
        ([[[0.5, 1.5]]], "outside the drawing; allowed: x and y from 0 to 1"),
        ([[[0.5, float("nan")]]], "outside the drawing"),
        ([[[0.5, 0.5, 0.5]]], "a point is two numbers"),
    ],
)
def test_what_is_no_drawing_is_refused_in_words(strokes: list[Stroke], message: str) -> None:
    with pytest.raises(DrawingError, match=message):
        picture(strokes, SMALL)


def test_as_many_points_as_are_allowed_make_a_picture() -> None:
    scribble = np.random.default_rng(0).random((4, 1000, 2)).tolist()
    assert picture(scribble, SMALL).any()
    assert picture(scribble, MNIST).any()


@settings(max_examples=50)
@given(st.lists(st.lists(POINT, max_size=8), max_size=4), st.sampled_from([SMALL, Image(3, 5, 1.0)]))
def test_any_strokes_give_a_picture_within_the_grey_levels(strokes: list[Stroke], image: Image) -> None:
    made = picture(strokes, image)
    assert made.shape == (image.width * image.height,)
    assert made.min() >= 0
    assert made.max() <= image.high
    assert bool(made.any()) == any(strokes)
