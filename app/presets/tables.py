"""Presets about data from outside: handwritten digits, measurements of flowers and patients, a curve through noise."""

from typing import Any

from app.presets.preset import Preset


def table(name: str) -> dict[str, Any]:
    """The data of a bundled table, four fifths of it for training."""
    return {"source": "table", "table": {"name": name}, "train_fraction": 0.8}


TABLES = (
    Preset(
        name="digits",
        title="Handwritten digits",
        text=(
            "Pictures of 8 by 8 pixels and ten classes. Every unit of the first layer shows its weights as "
            "a picture. Draw a digit of your own under Draw, then look through the mistakes under Results."
        ),
        epochs=20,
        speed={"epochs_per_second": 5},
        spec={
            "data": table("digits"),
            "network": {"layers": [{"units": 64, "activation": "relu"}], "initializer": "he_normal"},
            "training": {"optimizer": {"name": "adam", "learning_rate": 0.003}, "batch_size": 32},
        },
    ),
    Preset(
        name="iris",
        title="Three kinds of iris",
        text=(
            "Four measurements of 150 flowers: one kind stands apart, the other two touch. The board lies "
            "through petal length and width; take both away from the inputs and see what is lost."
        ),
        epochs=60,
        speed={"epochs_per_second": 10},
        spec={
            "data": table("iris"),
            "network": {"layers": [{"units": 4, "activation": "tanh"}]},
            "training": {"optimizer": {"name": "adam", "learning_rate": 0.03}, "batch_size": 10},
        },
    ),
    Preset(
        name="breast-cancer",
        title="Thirty measurements",
        text=(
            "Is a tumour malignant? Thirty measurements of cells decide, and both kinds of mistake weigh "
            "differently: look at recall under Results. Then choose no scaling and see training suffer."
        ),
        epochs=40,
        speed={"epochs_per_second": 10},
        spec={
            "data": table("breast_cancer"),
            "network": {"layers": [{"units": 8, "activation": "relu"}]},
            "training": {"optimizer": {"name": "adam", "learning_rate": 0.003}, "batch_size": 32},
        },
    ),
    Preset(
        name="diabetes",
        title="What data cannot tell",
        text=(
            "Ten figures of a patient foretell half of what becomes of the disease at best: R squared stops "
            "near one half. Give the layer 64 units and see the training points fitted and the test points lost."
        ),
        epochs=100,
        speed={"epochs_per_second": 30},
        spec={
            "data": table("diabetes"),
            "network": {"layers": [{"units": 4, "activation": "tanh"}]},
            "training": {"optimizer": {"name": "adam", "learning_rate": 0.01}, "batch_size": 32},
        },
    ),
    Preset(
        name="noisy-sine",
        title="A curve through noise",
        text=(
            "One input, one number to be foretold: the curve finds the sine between the points, and what is "
            "left over is noise. Take the hidden layers away and it can only be a straight line."
        ),
        epochs=200,
        speed={"epochs_per_second": 30},
        spec={
            "data": {"source": "curve_sine", "noise": 0.2},
            "inputs": ["x1"],
            "network": {"layers": [{"units": 8, "activation": "tanh"}] * 2},
            "training": {"optimizer": {"name": "adam", "learning_rate": 0.01}},
        },
    ),
)
