"""Draw the pictures of the presets: each is trained without a page, then its board is drawn in the page's colours.

`python -m tools.make_preset_pictures` writes static/presets/NAME.png, and NAME-dark.png for dark pages, for every
preset and removes what is left over. To be run when a preset, the engine or the palette has changed; the pictures are
committed.
"""

import re
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from app.engine.pictures import PictureBuffers
from app.presets import PRESETS, Preset
from app.session.commands import PlaneShown, SetView, Step, View
from app.session.events import Phase, PointRow
from app.session.frame import Frame
from app.session.session import Session
from app.spec import Experiment
from app.vocabulary import Task

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "static" / "presets"
SIDE, FINE = 160, 4
"""Pixels of a picture, and how much finer it is drawn before it is made small, for smooth edges."""
EXTENT = 6.0
MOST_POINTS = 160
POINT = 2.4
"""Half the size of a point, in pixels of the picture."""
COLOURS = 96
TILES = 4
"""So many pictures of a data set of pictures stand across its preset's picture, and down."""

Colour = NDArray[np.float64]


@dataclass(frozen=True)
class Theme:
    """Colours and numbers of a theme as static/css/tokens.css has them."""

    name: str
    tokens: dict[str, str]

    def rgb(self, name: str) -> Colour:
        """A token's colour."""
        value = self.tokens[name]
        return np.array([int(value[at : at + 2], 16) for at in (1, 3, 5)], np.float64)

    @property
    def strength(self) -> float:
        """How strongly a picture is coloured at most."""
        return float(self.tokens["strength"])


def themes() -> tuple[Theme, Theme]:
    """The light theme, and the dark one, which says only what differs."""
    text = (ROOT / "static/css/tokens.css").read_text("utf-8")
    found = re.compile(r"--([\w-]+):\s*([^;]+);")
    light = dict(found.findall(text.partition(":root[")[0]))
    dark = dict(found.findall(text.partition(':root[data-theme="dark"] {')[2].partition("}")[0]))
    return Theme("light", light), Theme("dark", light | dark)


def mix(one: Colour, other: Colour, share: NDArray[np.float64]) -> Colour:
    """`share` of the other colour: (..., 3) for shares (...)."""
    return one + (other - one) * share[..., None]


def values_in_colour(values: NDArray[np.float64], theme: Theme) -> Colour:
    """-1 to 1 on the page's diverging scale, as strongly as on its board."""
    strength = theme.strength * np.abs(values) ** 0.8
    low, high = (mix(theme.rgb("neutral"), theme.rgb(end), strength) for end in ("negative", "positive"))
    return np.where(values[..., None] < 0, low, high)


def classes_in_colour(index: NDArray[np.uint8], sureness: NDArray[np.float64], theme: Theme) -> Colour:
    """The class's colour, the stronger the surer."""
    strength = theme.strength * (0.2 + 0.8 * sureness) ** 1.2
    colours = np.stack([theme.rgb(f"class-{label}") for label in range(10)])
    return mix(theme.rgb("neutral"), np.asarray(colours[index], np.float64), strength)


def trained(preset: Preset) -> Session:
    """The preset's session after its epochs."""
    session = Session.create(Experiment().patched(preset.spec))
    plane = PlaneShown(kind="pca")  # of a table: where its rows are seen best
    session.handle(SetView(id=1, view=View(grid=SIDE, maps=False, extent=EXTENT, plane=plane)))
    session.handle(Step(id=2, epochs=preset.epochs))
    while session.phase is Phase.PLAYING:
        session.advance(1000)
    return session


def background(frame: Frame, theme: Theme) -> Image.Image:
    """The boundary; a frame's first row is its bottom, a picture's its top."""
    if len(frame.boundary) == 1:
        pixels = values_in_colour(frame.boundary[0][::-1] / 127.5 - 1, theme)
    else:
        pixels = classes_in_colour(frame.boundary[0][::-1], frame.boundary[1][::-1] / 255, theme)
    picture = Image.fromarray(pixels.round().astype(np.uint8), "RGB")
    return picture.resize((SIDE * FINE, SIDE * FINE), Image.Resampling.BILINEAR)


def point_colour(label: float, task: Task, theme: Theme) -> tuple[int, int, int]:
    """The colour of a point, in full strength."""
    if task is Task.CLASSIFICATION:
        colour = theme.rgb(f"class-{int(label)}")
    else:
        ends = theme.rgb("positive" if label > 0 else "negative")
        colour = mix(theme.rgb("neutral"), ends, np.array(min(1.0, abs(label))))
    red, green, blue = (round(float(part)) for part in colour)
    return red, green, blue


def draw_point(draw: ImageDraw.ImageDraw, point: PointRow, task: Task, theme: Theme) -> None:
    """A disc for class 0 and for numbers, a square for class 1, a triangle for class 2; with an edge like the page."""
    _, x1, x2, label, _ = point
    x, y = ((EXTENT + x1) * FINE * SIDE / 2 / EXTENT, (EXTENT - x2) * FINE * SIDE / 2 / EXTENT)
    reach = POINT * FINE
    colour, edge = point_colour(label, task, theme), theme.tokens["surface"]
    shape = int(label) if task is Task.CLASSIFICATION else 0
    box = (x - reach, y - reach, x + reach, y + reach)
    if shape == 0:
        draw.ellipse(box, colour, edge, FINE // 2)
    elif shape == 1:
        draw.rectangle(box, colour, edge, FINE // 2)
    else:
        corners = [(x, y - 1.2 * reach), (x + 1.2 * reach, y + reach), (x - 1.2 * reach, y + reach)]
        draw.polygon(corners, colour, edge, FINE // 2)


def curve_over(picture: Image.Image, curve: NDArray[np.float32], session: Session, theme: Theme) -> None:
    """The network's output over its one input, on the page's surface."""
    picture.paste(theme.tokens["surface"], (0, 0, *picture.size))
    up = session.state().axes[1]
    heights = (np.asarray(curve[0], np.float64) - up.middle) / up.scale
    across = (np.arange(len(heights)) + 0.5) * picture.width / len(heights)
    down = (EXTENT - heights) * picture.height / 2 / EXTENT
    line = list(zip(across.tolist(), down.tolist(), strict=True))
    ImageDraw.Draw(picture).line(line, theme.tokens["ink"], 3 * FINE, "curve")


def samples_of(session: Session, theme: Theme) -> Image.Image:
    """The first pictures of a data set of pictures, ink on the page's surface."""
    image = session.state().image
    assert image
    pixels = session.board.x[:, : TILES * TILES].T.reshape(TILES, TILES, image.height, image.width)
    sheet = np.pad(pixels, ((0, 0), (0, 0), (1, 1), (1, 1))).swapaxes(1, 2)
    ink = sheet.reshape(TILES * (image.height + 2), TILES * (image.width + 2)) / image.high
    coloured = mix(theme.rgb("surface"), theme.rgb("ink"), ink)
    return Image.fromarray(coloured.round().astype(np.uint8), "RGB").resize(
        (SIDE, SIDE), Image.Resampling.BOX
    )


def heights_of(session: Session, frame: Frame) -> tuple[float, float]:
    """The middle of a table's numbers, which come in their own units, and how far they reach; else 0, 1."""
    if session.spec.task is Task.CLASSIFICATION or not session.board.prepared:
        return 0.0, 1.0
    low, high = frame.boundary_range
    return (low + high) / 2, (high - low) / 2


def picture_of(session: Session, theme: Theme) -> Image.Image:
    """The session's board, SIDE x SIDE; of pictures some of them."""
    if session.state().image:
        return samples_of(session, theme).quantize(
            COLOURS, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE
        )
    frame = session.frame(PictureBuffers(), 0)
    picture = background(frame, theme)
    if frame.curve.size:
        curve_over(picture, frame.curve, session, theme)
    draw = ImageDraw.Draw(picture)
    rows = session.points().points
    middle, reach = heights_of(session, frame)
    for row in np.random.default_rng(0).permutation(len(rows))[:MOST_POINTS]:
        number, x1, x2, label, part = rows[row]
        draw_point(draw, (number, x1, x2, (label - middle) / reach, part), session.spec.task, theme)
    small = picture.resize((SIDE, SIDE), Image.Resampling.LANCZOS)
    return small.quantize(COLOURS, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)


def main() -> None:
    """Write all pictures and say how large they are."""
    FOLDER.mkdir(exist_ok=True)
    written: set[Path] = set()
    for preset in PRESETS:
        session = trained(preset)
        for theme, address in zip(themes(), (preset.picture, preset.picture_dark), strict=True):
            path = ROOT / address.removeprefix("/")
            picture_of(session, theme).save(path, optimize=True)
            written.add(path)
            print(f"{path.relative_to(ROOT)}: {path.stat().st_size} bytes")
    for path in set(FOLDER.iterdir()) - written:
        path.unlink()
        print(f"{path.relative_to(ROOT)}: removed")


if __name__ == "__main__":
    main()
