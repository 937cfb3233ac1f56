"""Pictures out of .npz, IDX and CSV: the right ones with the right labels, within bounds, and nothing hostile done."""

import contextlib
import gzip
import io
import struct
import zipfile
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from app.data.tables.images import add_labels, read_images
from app.data.tables.problems import TableError
from app.data.tables.reading import Read
from tests.unit.data.tables import LIMITS, cells, said

RNG = np.random.default_rng(1)
PIXELS = RNG.integers(0, 256, (30, 5, 4)).astype(np.uint8)
LABELS = (np.arange(30) % 10).astype(np.uint8)
SQUARES = RNG.integers(0, 256, (12, 4, 4)).astype(np.uint8)


def read(data: bytes, name: str = "mnist.npz", **limits: int) -> Read:
    return read_images(io.BytesIO(data), name, replace(LIMITS, **limits))


def refused(data: bytes, **limits: int) -> TableError:
    with pytest.raises(TableError) as caught:
        read(data, "mnist.npz", **limits)
    return caught.value


def npz(compressed: bool = False, **arrays: Any) -> bytes:
    file = io.BytesIO()
    (np.savez_compressed if compressed else np.savez)(file, **arrays)
    return file.getvalue()


def idx(array: NDArray[np.uint8]) -> bytes:
    return struct.pack(f">BBBB{array.ndim}I", 0, 0, 8, array.ndim, *array.shape) + array.tobytes()


def as_csv(pixels: NDArray[np.uint8], labels: NDArray[np.uint8], header: str = "") -> bytes:
    rows = [",".join(map(str, [label, *row.ravel()])) for row, label in zip(pixels, labels, strict=True)]
    return "\n".join([*([header] if header else []), *rows]).encode()


def assert_holds(found: Read, pixels: NDArray[np.uint8], labels: NDArray[np.uint8]) -> None:
    """The table has just these pictures with just these labels."""
    flat = pixels.reshape(len(pixels), -1)
    inputs = [column.values for column in found.table.columns if column.name != "label"]
    np.testing.assert_array_equal(np.array(inputs).T, flat)
    assert cells(found.table, "label") == [str(label) for label in labels]


@pytest.mark.parametrize("names", [("x_train", "y_train"), ("x", "y"), ("images", "labels"), ("a", "b")])
def test_an_npz_by_whatever_names(names: tuple[str, str]) -> None:
    found = read(npz(compressed=True, **dict(zip(names, (PIXELS, LABELS), strict=True))))
    assert_holds(found, PIXELS, LABELS)
    assert vars(found.table.image) == {"width": 4, "height": 5, "high": 255.0}
    assert (found.table.title, found.table.target) == ("mnist", "label")
    assert [column.name for column in found.table.columns[:5]] == [
        *("pixel 1x1", "pixel 1x2", "pixel 1x3", "pixel 1x4", "pixel 2x1"),
    ]


def test_training_and_test_pictures_of_an_npz_are_put_together() -> None:
    found = read(
        npz(x_train=PIXELS[:20], y_train=LABELS[:20], x_test=PIXELS[20:], y_test=LABELS[20:], other=LABELS)
    )
    assert_holds(found, PIXELS, LABELS)
    assert said(found) == ["not used of the archive: other"]


def test_of_more_pictures_than_there_is_room_for_some_are_drawn_and_it_is_said() -> None:
    data = npz(x=PIXELS, y=LABELS)
    found = read(data, image_values=20 * 12 + 3)
    assert found.table.rows == 12
    assert found.rows == 30
    assert said(found) == ["30 pictures in the file; 12 used, drawn at random"]
    kept = np.array([column.values for column in found.table.columns[:-1]]).T
    places = [int(np.flatnonzero((PIXELS.reshape(30, -1) == row).all(1))[0]) for row in kept]
    assert sorted(set(places)) == places
    assert cells(found.table, "label") == [str(LABELS[place]) for place in places]
    again = read(data, image_values=20 * 12 + 3).table
    np.testing.assert_array_equal(again.columns[0].values, found.table.columns[0].values)


@pytest.mark.parametrize(("factor", "high"), [(1.0, 255.0), (1 / 255, 1.0), (16 / 255, 16.0)])
def test_the_range_of_the_pixels(factor: float, high: float) -> None:
    found = read(npz(x=PIXELS * factor, y=LABELS))
    assert found.table.image is not None
    assert found.table.image.high == high


@pytest.mark.parametrize("shape", [(30, 5, 4, 1), (30, 5, 4)])
def test_shapes_of_pictures(shape: tuple[int, ...]) -> None:
    assert_holds(read(npz(x=PIXELS.reshape(shape), y=LABELS.reshape(-1, 1))), PIXELS, LABELS)


def test_flat_pictures_are_squares() -> None:
    found = read(npz(x=SQUARES.reshape(12, 16), y=LABELS[:12]))
    assert_holds(found, SQUARES, LABELS[:12])
    assert found.table.image is not None
    assert (found.table.image.width, found.table.image.height) == (4, 4)


def test_labels_may_be_words_and_numbers_are_in_their_order() -> None:
    words = read(npz(x=PIXELS[:3], y=np.array(["cat", "dog", "cat"])))
    assert cells(words.table, "label") == ["cat", "dog", "cat"]
    numbers = read(npz(x=PIXELS[:3], y=np.array([10.0, 9.0, 2.0]))).table.columns[-1]
    assert numbers.categories == ("2", "9", "10")


@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_idx_pictures_and_then_their_labels(pack: Callable[[bytes], bytes]) -> None:
    pictures = read(pack(idx(PIXELS)), "train-images-idx3-ubyte.gz", image_values=20 * 12)
    assert pictures.table.target == ""
    assert "the pictures have no labels yet; add the file of their labels" in said(pictures)
    limits = replace(LIMITS, image_values=20 * 12)
    whole = add_labels(io.BytesIO(pack(idx(LABELS))), pictures.table, pictures.rows, limits)
    theirs = read(npz(x=PIXELS, y=LABELS), image_values=20 * 12)
    assert cells(whole.table, "label") == cells(theirs.table, "label")
    assert whole.table.target == "label"
    assert (whole.table.rows, whole.rows) == (12, 30)


def test_labels_that_do_not_belong_to_the_pictures() -> None:
    pictures = read(idx(PIXELS))
    for data, words in (
        (idx(LABELS[:7]), "the file has 7 labels; the pictures are 30"),
        (idx(PIXELS), "this IDX file holds pictures; wanted is the file of their labels"),
        (idx(LABELS)[:-2], "the file ends before all of the labels have come: 2 bytes are missing"),
        (b"1,2,3", "this is no IDX file: it begins with other bytes"),
        (gzip.compress(idx(LABELS))[:20], "the file cannot be unpacked"),
    ):
        with pytest.raises(TableError, match=words):
            add_labels(io.BytesIO(data), pictures.table, 30, LIMITS)
    labelled = add_labels(io.BytesIO(idx(LABELS)), pictures.table, 30, LIMITS)
    with pytest.raises(TableError, match="labels belong to pictures that have none yet"):
        add_labels(io.BytesIO(idx(LABELS)), labelled.table, 30, LIMITS)


@pytest.mark.parametrize("header", ["", "label," + ",".join(f"{r}x{c}" for r in range(4) for c in range(4))])
@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_csv_with_the_label_first(header: str, pack: Callable[[bytes], bytes]) -> None:
    assert_holds(read(pack(as_csv(SQUARES, LABELS[:12], header)), "mnist.csv"), SQUARES, LABELS[:12])


def test_csv_with_the_label_last_if_the_header_says_so() -> None:
    rows = [",".join(map(str, [*row.ravel(), 7])) for row in SQUARES]
    data = "\n".join([",".join(f"p{i}" for i in range(16)) + ",label", *rows]).encode()
    assert_holds(read(data), SQUARES, np.full(12, 7, np.uint8))


def test_broken_lines_of_pictures_are_left_out_and_named() -> None:
    lines = as_csv(SQUARES, LABELS[:12]).decode().splitlines()
    lines[1] = lines[1] + ",3"
    lines[3] = "3," + ",".join(["900"] * 16)
    lines[4] = "4," + ",".join(["x"] * 16)
    found = read("\n".join(lines).encode())
    assert found.table.rows == 9
    assert said(found) == [
        "line 2: 17 pixels where there should be 16; the picture is left out",
        'line 4, column "column 2": "900" is no pixel from 0 to 255; the picture is left out',
        'line 5, column "column 2": "x" is no pixel from 0 to 255; the picture is left out',
    ]


# -- refusals ----------------------------------------------------------------------------------------------------


def test_arrays_of_objects_are_refused_and_not_unpickled() -> None:
    assert "holds object; allowed: numbers" in refused(npz(x=np.array([{}, []], object), y=LABELS)).message


def test_pictures_that_are_too_large_are_refused() -> None:
    error = refused(npz(x=np.zeros((2, 29, 28), np.uint8), y=LABELS[:2]))
    assert error.message == "the pictures have 29 by 28 pixels; allowed: at most 28 by 28"
    assert refused(idx(np.zeros((1, 100, 100), np.uint8))).code == "too_large"
    assert "make no square" in refused(npz(x=np.zeros((2, 15)), y=LABELS[:2])).message
    assert "make no square" in refused(b"1,2,3\n1,2,3\n").message


def test_an_archive_that_says_it_holds_more_than_allowed_is_not_begun() -> None:
    bomb = npz(compressed=True, x=np.zeros((3000, 28, 28), np.uint8), y=np.zeros(3000, np.uint8))
    assert len(bomb) < 6000
    error = refused(bomb, image_expanded=2_000_000)
    assert (error.code, error.message) == (
        "too_large",
        "unpacked the archive has 2 MB; allowed: at most 2 MB",
    )


def test_an_archive_that_lies_about_its_size_ends_where_it_says() -> None:
    """The size declared is a hundredth of the truth; what follows it is never unpacked."""
    file = io.BytesIO()
    header = b"\x93NUMPY\x01\x00" + struct.pack("<H", 118)
    text = f"{{'descr': '|u1', 'fortran_order': False, 'shape': ({10**6}, 4, 4), }}"
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("x.npy", header + text.ljust(117).encode() + b"\n" + bytes(16_000))
        archive.writestr("y.npy", npz_member(LABELS))
    error = refused(file.getvalue())
    assert "y has shape (30,); wanted is one label for each of 1,000,000 pictures" in error.message or (
        "bytes are missing" in error.message
    )


def npz_member(array: NDArray[Any]) -> bytes:
    file = io.BytesIO()
    np.save(file, array)
    return file.getvalue()


def test_a_gzip_bomb_is_not_unpacked_beyond_what_is_allowed() -> None:
    bomb = gzip.compress(struct.pack(">BBBB3I", 0, 0, 8, 3, 200_000, 28, 28) + bytes(10_000_000))
    assert len(bomb) < 20_000
    assert refused(bomb, image_expanded=1_000_000).code == "too_large"
    lines = gzip.compress(b"1,2\n" * 3_000_000)
    assert refused(lines, image_expanded=1_000_000).code == "too_large"


def test_a_header_that_promises_more_than_memory_is_refused() -> None:
    assert refused(struct.pack(">BBBB3I", 0, 0, 8, 3, 2**32 - 1, 28, 28)).code == "too_large"


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "the file is empty"),
        (b"\x89PNG\r\n\x1a\n", "this file is a PNG picture; wanted is .npz, IDX or CSV"),
        (b"PK\x03\x04 no archive", "the archive is broken"),
        (idx(LABELS), "this IDX file holds labels; bring the file of pictures first"),
        (idx(PIXELS)[:-1], "the file ends before all of the pictures have come: 1 bytes are missing"),
        (b"\0\0\x0d\x03" + bytes(40), "an IDX file of type 0x0d with 3 dimensions; allowed: bytes"),
        (gzip.compress(idx(PIXELS))[:-30], "the file cannot be unpacked"),
        (npz(x=PIXELS - 1.0, y=LABELS)[:-40], "the archive is broken"),
        (npz(x=PIXELS - 300.0, y=LABELS), 'column "pixel 1": picture 1 has a pixel of'),
        (npz(x=np.full((2, 4, 4), np.nan), y=LABELS[:2]), "picture 1 has a pixel of nan; allowed: 0 to 255"),
        (npz(x=PIXELS, y=LABELS[:3]), r"y has shape \(3,\); wanted is one label for each of 30 pictures"),
        (npz(q=LABELS), "the archive holds q; wanted are pictures and labels"),
        (npz(x=PIXELS[:0], y=LABELS[:0]), "x holds no picture"),
        (npz(x=np.asfortranarray(PIXELS), y=LABELS), "stored column by column"),
        (b"label,a,b,c,d\n", "line 2: below the header there is no picture"),
        (b"hello\nworld\n", "line 1: the line holds no picture"),
        (b"1,2,3,4,\0\n", "line 1: this is a binary file"),
    ],
)
def test_what_is_no_file_of_pictures_is_refused_in_words(data: bytes, words: str) -> None:
    with pytest.raises(TableError, match=words):
        read(data)


BEGINNINGS = [b"", b"PK\x03\x04", b"\x1f\x8b\x08\0", b"\0\0\x08\x03", b"1,2,3,4,5\n"]


@given(st.sampled_from(BEGINNINGS), st.binary(max_size=200))
def test_any_bytes_are_pictures_or_refused_in_words(head: bytes, data: bytes) -> None:
    try:
        found = read(head + data)
    except TableError:
        return
    assert found.table.rows > 0


@given(st.data())
def test_a_damaged_archive_is_read_or_refused_in_words(data: st.DataObject) -> None:
    whole = bytearray(npz(x=PIXELS[:2], y=LABELS[:2]))
    for _ in range(data.draw(st.integers(1, 4))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    with contextlib.suppress(TableError):
        read(bytes(whole))
