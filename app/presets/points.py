"""Presets about learning by heart, and about holding it back."""

from app.presets.preset import COORDINATES, Preset

POINTS = (
    Preset(
        name="overfitting",
        title="Overfitting",
        text=(
            "Sixty noisy points and a large network: the training loss goes to 0, while the test loss "
            "turns round and rises. Watch the boundary wind itself around single points; raise L2 to 0.03 "
            "to stop it."
        ),
        epochs=300,
        speed={"epochs_per_second": 30},
        spec={
            "data": {"source": "circle", "noise": 0.25, "samples": 120},
            "inputs": COORDINATES,
            "network": {"layers": [{"units": 32, "activation": "tanh"}] * 2},
            "training": {"optimizer": {"name": "adam", "learning_rate": 0.01}},
        },
    ),
    Preset(
        name="regularised",
        title="Overfitting held back",
        text=(
            "The same points and network with L2 and dropout: some training points stay wrong, and the "
            "test loss stays low. Set both back to 0 while it runs and see what they prevented."
        ),
        epochs=300,
        speed={"epochs_per_second": 30},
        spec={
            "data": {"source": "circle", "noise": 0.25, "samples": 120},
            "inputs": COORDINATES,
            "network": {"layers": [{"units": 32, "activation": "tanh", "dropout": 0.3}] * 2},
            "training": {"optimizer": {"name": "adam", "learning_rate": 0.01}, "l2": 0.01},
        },
    ),
    Preset(
        name="regularised-spiral",
        title="Regularised spiral",
        text=(
            "All seven inputs, noise and a little L2: a smooth spiral that holds for the test points too. "
            "Set L2 to 0 and compare the two loss curves after 300 epochs."
        ),
        epochs=200,
        speed={"epochs_per_second": 30},
        spec={
            "data": {"source": "spiral", "noise": 0.2},
            "network": {"layers": [{"units": 8, "activation": "tanh"}] * 2},
            "training": {"optimizer": {"name": "adam", "learning_rate": 0.01}, "l2": 0.003},
        },
    ),
)
