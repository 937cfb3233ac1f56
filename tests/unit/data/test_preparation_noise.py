"""Noise that is put in on purpose, and changed copies."""

import numpy as np
import pytest

from app.data.preparation import PreparationError
from app.data.preparation.augmentation import move_pictures
from app.data.preparation.noise import turn_labels
from app.data.split import TEST, TRAIN
from app.data.tables import Image, Table
from app.vocabulary import Missing
from tests.unit.data.preparing import flowers, numbers, plan, prepared, said, table, texts


def rng() -> np.random.Generator:
    return np.random.default_rng(2)


def pictures(count: int = 40) -> Table:
    """Of 5 by 4 pixels, 0 to 16."""
    values = np.random.default_rng(1).integers(0, 17, (20, count))
    pixels = [numbers(f"p{i}", row) for i, row in enumerate(values)]
    return table(*pixels, texts("y", list("abcd") * (count // 4)), image=Image(5, 4, 16))


@pytest.mark.parametrize(("share", "turned"), [(0.0, 0), (0.1, 4), (0.25, 10), (0.5, 20)])
def test_exactly_that_share_of_training_labels_is_another_class(share: float, turned: int) -> None:
    target = np.tile([0.0, 1.0, 2.0], 20)
    part = np.where(np.arange(60) < 40, TRAIN, TEST).astype(np.uint8)
    noisy, notes = turn_labels(rng(), target, part, share, 3)
    assert (noisy[:40] != target[:40]).sum() == turned
    assert (noisy[40:] == target[40:]).all()
    assert set(noisy.tolist()) <= {0.0, 1.0, 2.0}
    expected = [f"{turned} training rows of 40 given another class on purpose."] if share else []
    assert [note.text for note in notes] == expected


def test_each_other_class_is_as_likely() -> None:
    target = np.zeros(9000)
    noisy, _ = turn_labels(rng(), target, np.zeros(9000, np.uint8), 0.5, 4)
    counts = np.bincount(noisy.astype(np.intp), minlength=4)
    assert counts[0] == 4500
    np.testing.assert_allclose(counts[1:], 1500, atol=120)


def test_more_label_noise_turns_the_same_labels_and_others() -> None:
    target, part = np.tile([0.0, 1.0, 2.0], 20), np.zeros(60, np.uint8)
    little, much = (turn_labels(rng(), target, part, share, 3)[0] for share in (0.1, 0.4))
    changed = little != target
    assert (much[changed] == little[changed]).all()


def test_label_noise_of_regression_is_a_share_of_the_standard_deviation() -> None:
    target = np.tile([0.0, 10.0], 5000)  # standard deviation 5
    part = np.where(np.arange(10000) < 8000, TRAIN, TEST).astype(np.uint8)
    noisy, notes = turn_labels(rng(), target, part, 0.2, 0)
    moved = noisy - target
    assert not moved[8000:].any()
    assert moved[:8000].std() == pytest.approx(1.0, abs=0.03)
    assert notes[0].text == "Training targets moved by chance, with standard deviation 1."


def test_feature_noise_moves_numbers_of_all_rows_and_no_indicator() -> None:
    of = table(
        numbers("x", np.arange(2000)), texts("colour", ["red", "blue"] * 1000), texts("y", list("abba") * 500)
    )
    clean = prepared(of)[1]
    found, noisy, _, part = prepared(of, plan(feature_noise=0.1))
    np.testing.assert_array_equal(noisy[1:], clean[1:])
    deviation = 0.1 * clean[0, part == TRAIN].std()
    for place in (TRAIN, TEST):
        moved = (noisy - clean)[0, part == place]
        assert moved.std() == pytest.approx(deviation, rel=0.08)
        assert moved.mean() == pytest.approx(0, abs=0.1 * deviation)
    assert said(found, "noise") == [
        "Inputs of all rows moved by chance, by 0.1 of the training standard deviation of each number column."
    ]


def test_noisy_pixels_stay_between_dark_and_brightest() -> None:
    _, clean, _, _ = prepared(pictures())
    _, noisy, _, _ = prepared(pictures(), plan(feature_noise=2.0))
    assert noisy.min() == 0
    assert noisy.max() == 16
    assert (noisy != clean).mean() > 0.9


def test_one_kind_of_noise_does_not_depend_on_another() -> None:
    one = prepared(flowers(), plan(feature_noise=0.2))[1]
    both, _, target, _ = prepared(flowers(), plan(feature_noise=0.2, label_noise=0.3))
    assert one.tobytes() == prepared(flowers(), plan(feature_noise=0.2, label_noise=0.3))[1].tobytes()
    assert (target == prepared(flowers(), plan(label_noise=0.3))[2]).all()
    assert len(said(both, "noise")) == 2


def test_copies_of_training_rows_come_after_all_rows_with_their_targets() -> None:
    _, x, target, part = prepared(flowers())
    found, more, labels, places = prepared(flowers(), plan(copies=2, jitter=0.1))
    np.testing.assert_array_equal(more[:, :60], x)
    np.testing.assert_array_equal(places, [*part, *[TRAIN] * 60])
    training = part == TRAIN
    np.testing.assert_array_equal(labels[60:], np.tile(target[training], 2))
    moved = more[:, 60:] - np.tile(x[:, training], 2)
    np.testing.assert_allclose(moved.std(axis=1), 0.1 * x[:, training].std(axis=1), rtol=0.35)
    assert (moved[:, :30] != moved[:, 30:]).all()
    assert said(found, "copies") == ["60 copies of training rows added, jittered by 0.1 standard deviations."]


def test_copies_without_any_change_are_told_to_be_unchanged() -> None:
    found, x, _, _ = prepared(flowers(), plan(copies=1))
    assert said(found, "copies") == ["30 copies of training rows added, unchanged."]
    assert x.shape == (2, 90)


def test_copied_pictures_are_shifted_and_turned_and_stay_pictures() -> None:
    found, x, _, part = prepared(pictures(), plan(copies=1, shift=1, rotate=10.0))
    assert x.shape == (20, 60)
    original = x[:, :40][:, part[:40] == TRAIN]
    assert (x[:, 40:] != original).any(axis=0).mean() > 0.8
    assert x.min() >= 0
    assert x.max() <= 16
    assert said(found, "copies") == [
        "20 copies of training rows added, shifted by up to 1 pixel and turned by up to 10°."
    ]


def moved(picture: list[list[float]], degrees: float, right: float, down: float) -> list[list[float]]:
    away = np.array([[right], [down]], np.float64)
    result: list[list[float]] = (
        move_pictures(np.array([picture]), np.deg2rad([degrees]), away, 9)[0].round(9).tolist()
    )
    return result


def test_a_picture_is_shifted_by_whole_pixels_and_dark_comes_in() -> None:
    picture = [[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]
    assert moved(picture, 0, 0, 0) == picture
    assert moved(picture, 0, 1, 0) == [[0, 1, 2], [0, 4, 5]]
    assert moved(picture, 0, 0, -1) == [[4, 5, 6], [0, 0, 0]]
    assert moved(picture, 0, -5, 5) == [[0, 0, 0], [0, 0, 0]]


def test_a_picture_is_turned_clockwise_about_its_middle() -> None:
    picture = [[1.0, 2.0, 3.0], [4.0, 5.0, 6.0], [7.0, 8.0, 9.0]]
    assert moved(picture, 90, 0, 0) == [[7, 4, 1], [8, 5, 2], [9, 6, 3]]
    assert moved(picture, 180, 0, 0) == [[9, 8, 7], [6, 5, 4], [3, 2, 1]]


def test_half_a_pixel_is_the_mean_of_two() -> None:
    assert moved([[2.0, 4, 8]], 0, 0.5, 0) == [[1, 3, 6]]


def test_more_numbers_than_there_is_room_for_are_refused_before_they_are_made() -> None:
    of = table(*[numbers(f"x{i}", np.arange(20000)) for i in range(63)], texts("y", list("ab") * 10000))
    with pytest.raises(
        PreparationError, match=r"20,000 rows and 120,000 copies of 63 inputs make 8.8 million"
    ) as error:
        prepared(of, plan(train_fraction=1.0, copies=6))
    assert error.value.path == "copies"


def test_the_same_seeds_prepare_the_same_bits_and_others_others() -> None:
    wish = plan(
        label_noise=0.2,
        feature_noise=0.1,
        copies=1,
        jitter=0.2,
        validation_fraction=0.2,
        missing=Missing.MEAN,
    )
    first, again = prepared(flowers(), wish, 3, 4), prepared(flowers(), wish, 3, 4)
    assert [array.tobytes() for array in first[1:]] == [array.tobytes() for array in again[1:]]
    assert first[0].notes == again[0].notes
    assert (prepared(flowers(), wish, 5, 4)[1] != first[1]).any()
    assert (prepared(flowers(), wish, 3, 5)[3][:60] != first[3][:60]).any()
