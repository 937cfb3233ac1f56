"""The bundled tables in words: what they are, what their columns are called and measured in. Facts, no arrays."""

from dataclasses import dataclass

from app.data.tables.table import Image
from app.vocabulary import BundledTable, Task

Names = tuple[tuple[str, str], ...]
"""(name, unit) of each column; an empty unit where the source gives none or the number has none."""


@dataclass(frozen=True)
class Entry:
    """`text`: one line for a learner. `inputs` of the table in order, then the target. `classes`: names in the order of
    the source's class numbers; none for regression."""

    name: BundledTable
    title: str
    text: str
    rows: int
    inputs: Names
    target: tuple[str, str]
    classes: tuple[str, ...] = ()
    image: Image | None = None

    @property
    def columns(self) -> int:
        """How many, the target among them."""
        return len(self.inputs) + 1

    @property
    def task(self) -> Task:
        """What is learnt from it."""
        return Task.CLASSIFICATION if self.classes else Task.REGRESSION


def _unmeasured(*names: str) -> Names:
    return tuple((name, "") for name in names)


IRIS = Entry(
    BundledTable.IRIS,
    "Iris",
    "Which of three species is a flower? Four lengths and widths tell; two of the species overlap.",
    150,
    (("sepal length", "cm"), ("sepal width", "cm"), ("petal length", "cm"), ("petal width", "cm")),
    ("species", ""),
    ("setosa", "versicolor", "virginica"),
)

WINE = Entry(
    BundledTable.WINE,
    "Wine",
    "From which of three cultivars is a wine? Thirteen measurements on very different scales: scaling decides.",
    178,
    _unmeasured(
        *("alcohol", "malic acid", "ash", "alcalinity of ash", "magnesium", "total phenols", "flavanoids"),
        *("nonflavanoid phenols", "proanthocyanins", "colour intensity", "hue"),
        *("OD280/OD315 of diluted wines", "proline"),
    ),
    ("cultivar", ""),
    ("cultivar 1", "cultivar 2", "cultivar 3"),
)

MEASURES = (
    *("radius", "texture", "perimeter", "area", "smoothness", "compactness", "concavity", "concave points"),
    *("symmetry", "fractal dimension"),
)
"""Of cell nuclei in a picture: their mean, its standard error, and the mean of the three largest."""

BREAST_CANCER = Entry(
    BundledTable.BREAST_CANCER,
    "Breast cancer",
    "Is a tumour malignant? Thirty measurements of cell nuclei. A missed one weighs more than a false alarm.",
    569,
    _unmeasured(
        *(f"mean {measure}" for measure in MEASURES),
        *(f"{measure} error" for measure in MEASURES),
        *(f"worst {measure}" for measure in MEASURES),
    ),
    ("diagnosis", ""),
    ("malignant", "benign"),
)

DIABETES = Entry(
    BundledTable.DIABETES,
    "Diabetes",
    "How far does the disease go in a year? Ten measurements explain only about half: a regression with much noise.",
    442,
    (
        ("age", "years"),
        ("sex", ""),
        ("body mass index", "kg/m²"),
        ("blood pressure", "mmHg"),
        *_unmeasured("total cholesterol (s1)", "LDL (s2)", "HDL (s3)", "total cholesterol / HDL (s4)"),
        *_unmeasured("log triglycerides (s5)", "blood sugar (s6)"),
    ),
    ("progression after a year", ""),
)

SIDE = 8
DIGITS = Entry(
    BundledTable.DIGITS,
    "Handwritten digits",
    "Which digit has somebody written? Pictures of 8 by 8 pixels in 17 greys.",
    1797,
    _unmeasured(*(f"pixel {row}x{column}" for row in range(1, SIDE + 1) for column in range(1, SIDE + 1))),
    ("digit", ""),
    tuple("0123456789"),
    Image(SIDE, SIDE, 16.0),
)

CATALOGUE = {entry.name: entry for entry in (IRIS, WINE, BREAST_CANCER, DIABETES, DIGITS)}
"""Every bundled table."""
