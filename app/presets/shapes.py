"""Presets about what a network can draw: its size, its inputs, its outputs, its first weights."""

from app.presets.preset import COORDINATES, Preset

SHAPES = (
    Preset(
        name="too-small",
        title="Too small",
        text=(
            "Two units can draw two soft lines, and no spiral is made of those: the loss soon stops "
            "falling. Add units one by one and see when the arms come apart."
        ),
        epochs=200,
        speed={"epochs_per_second": 30},
        spec={
            "data": {"source": "spiral", "noise": 0.05},
            "inputs": COORDINATES,
            "network": {"layers": [{"units": 2, "activation": "tanh"}]},
            "training": {"optimizer": {"name": "adam", "learning_rate": 0.03}},
        },
    ),
    Preset(
        name="just-right",
        title="Large enough",
        text=(
            "Two layers of ten ReLU units follow both arms: the first layer cuts the board into strips, "
            "the second puts them together. Take units away and see how few will do."
        ),
        epochs=200,
        speed={"epochs_per_second": 30},
        spec={
            "data": {"source": "spiral", "noise": 0.05},
            "inputs": COORDINATES,
            "network": {"layers": [{"units": 10, "activation": "relu"}] * 2, "initializer": "he_normal"},
            "training": {"optimizer": {"name": "adam", "learning_rate": 0.01}},
        },
    ),
    Preset(
        name="xor-one-unit",
        title="XOR, no hidden layer",
        text=(
            "One unit draws one straight line, and no line parts these squares: half of the points stay "
            "wrong. Add a hidden layer with the plus sign above the diagram."
        ),
        epochs=60,
        speed={"epochs_per_second": 10},
        spec={
            "data": {"source": "xor", "noise": 0.0},
            "inputs": COORDINATES,
            "network": {"layers": []},
            "training": {"optimizer": {"name": "adam", "learning_rate": 0.03}},
        },
    ),
    Preset(
        name="xor-hidden",
        title="XOR, one hidden layer",
        text=(
            "Each of four ReLU units folds the board along a line of its own, and the output adds them up. "
            "Look at the four pictures, then take units away until it fails."
        ),
        epochs=60,
        speed={"epochs_per_second": 10},
        spec={
            "data": {"source": "xor", "noise": 0.0},
            "inputs": COORDINATES,
            "network": {"layers": [{"units": 4, "activation": "relu"}]},
            "training": {"optimizer": {"name": "adam", "learning_rate": 0.03}},
        },
    ),
    Preset(
        name="features",
        title="Inputs instead of layers",
        text=(
            "With the squares of the coordinates as inputs a single unit draws a circle. Look at its "
            "weights: both are negative and about equal, which is the equation of a circle."
        ),
        epochs=60,
        speed={"epochs_per_second": 10},
        spec={
            "data": {"source": "circle", "noise": 0.0},
            "inputs": ["x1^2", "x2^2"],
            "network": {"layers": []},
            "training": {"optimizer": {"name": "adam", "learning_rate": 0.03}},
        },
    ),
    Preset(
        name="classes",
        title="Three classes",
        text=(
            "Three output units, one for each class, and softmax makes probabilities of their sums. Move "
            "the pointer over the board where the colours meet: there two of them are equal."
        ),
        epochs=200,
        speed={"epochs_per_second": 30},
        spec={
            "data": {"source": "spirals", "classes": 3, "noise": 0.1},
            "inputs": COORDINATES,
            "network": {"layers": [{"units": 16, "activation": "tanh"}] * 2},
            "training": {"optimizer": {"name": "adam", "learning_rate": 0.01}},
        },
    ),
    Preset(
        name="regression",
        title="Hills and hollows",
        text=(
            "Regression: the colour of a point is a number, and the board must take it on. The score is R "
            "squared; take units away and see which hill is given up first."
        ),
        epochs=300,
        speed={"epochs_per_second": 30},
        spec={
            "data": {"source": "multi_gauss", "noise": 0.0, "samples": 1000},
            "inputs": COORDINATES,
            "network": {"layers": [{"units": 16, "activation": "tanh"}] * 2},
            "training": {"optimizer": {"name": "adam", "learning_rate": 0.01}},
        },
    ),
    Preset(
        name="zero-weights",
        title="Nothing tells units apart",
        text=(
            "All weights start at 0, so all four units get the same gradient and remain one unit in four "
            "copies: one straight edge is all they can draw. Choose another initialiser and start again."
        ),
        epochs=100,
        speed={"epochs_per_second": 30},
        spec={
            "data": {"source": "circle", "noise": 0.05},
            "inputs": COORDINATES,
            "network": {"layers": [{"units": 4, "activation": "sigmoid"}], "initializer": "zeros"},
            "training": {"optimizer": {"name": "adam", "learning_rate": 0.03}},
        },
    ),
)
