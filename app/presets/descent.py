"""Presets about the way down: gradients through many layers, rates, momentum, batches."""

from app.presets.preset import COORDINATES, Preset

TWO_SIDES = [
    *([-1, 1, 0], [0.5, 2, 0], [1, -0.5, 0], [2, 1, 0], [-2, -2, 0], [0, -1, 0]),
    *([3, 2.5, 1], [2.5, 3.5, 1], [4, 1.5, 1], [1.5, 4.5, 1], [5, 3, 1], [4.5, 0.5, 1]),
]
"""x1, x2, class: six points on either side of a line that passes far from the origin."""

DESCENT = (
    Preset(
        name="vanishing",
        title="Vanishing gradients",
        text=(
            "Ten sigmoid layers: each hands back at most a quarter of the gradient, so the first learns "
            "millions of times more slowly than the last. Watch the gradient norms, then change every "
            "layer to tanh."
        ),
        epochs=100,
        speed={"epochs_per_second": 30},
        spec={
            "data": {"source": "circle", "noise": 0.05},
            "inputs": COORDINATES,
            "network": {"layers": [{"units": 8, "activation": "sigmoid"}] * 10},
            "training": {"optimizer": {"name": "sgd", "learning_rate": 0.03}},
        },
    ),
    Preset(
        name="deep-relu",
        title="Ten layers that learn",
        text=(
            "The same depth, data and rate with ReLU and first weights by He: all layers have gradients of "
            "about the same size, and the circle is found in seconds. Change the initialiser to Uniform "
            "and start again."
        ),
        epochs=100,
        speed={"epochs_per_second": 30},
        spec={
            "data": {"source": "circle", "noise": 0.05},
            "inputs": COORDINATES,
            "network": {"layers": [{"units": 8, "activation": "relu"}] * 10, "initializer": "he_normal"},
            "training": {"optimizer": {"name": "sgd", "learning_rate": 0.03}},
        },
    ),
    Preset(
        name="dying-relu",
        title="Dying ReLUs",
        text=(
            "The rate is far too large: one step throws a unit below 0 for every point, and from there it "
            "has no gradient to come back by. Its picture stays blank; change the activation to Leaky "
            "ReLU and start again."
        ),
        epochs=50,
        speed={"epochs_per_second": 5},
        spec={
            "data": {"source": "circle", "noise": 0.05},
            "inputs": COORDINATES,
            "network": {"layers": [{"units": 8, "activation": "relu"}], "initializer": "he_normal"},
            "training": {"optimizer": {"name": "sgd", "learning_rate": 3.0}},
        },
    ),
    Preset(
        name="exploding-rate",
        title="Exploding rate",
        text=(
            "On this bowl descent holds only below a rate of about 0.083; at 0.1 each step lands higher "
            "on the other side, until training stops itself. Go on with a tenth of the rate: the same "
            "weights find home."
        ),
        epochs=12,
        speed={"epochs_per_second": 5},
        spec={
            "data": {"source": "plane", "noise": 0.0, "samples": 400},
            "inputs": COORDINATES,
            "network": {"layers": []},
            "training": {"optimizer": {"name": "sgd", "learning_rate": 0.1}, "batch_size": None},
        },
    ),
    Preset(
        name="plain-descent",
        title="Descent without momentum",
        text=(
            "All points in every step, a small rate and no memory: after 300 epochs XOR is still far from "
            "learnt. Choose Momentum as the optimiser, keep the rate, and start again."
        ),
        epochs=300,
        speed={"epochs_per_second": 60},
        spec={
            "data": {"source": "xor", "noise": 0.0},
            "inputs": COORDINATES,
            "network": {"layers": [{"units": 6, "activation": "tanh"}]},
            "training": {"optimizer": {"name": "sgd", "learning_rate": 0.01}, "batch_size": None},
        },
    ),
    Preset(
        name="momentum",
        title="Descent with momentum",
        text=(
            "The same start and the same rate, but nine tenths of each velocity are kept: 300 epochs are "
            "enough. Set momentum to 0 while it runs and see the loss curve bend."
        ),
        epochs=300,
        speed={"epochs_per_second": 60},
        spec={
            "data": {"source": "xor", "noise": 0.0},
            "inputs": COORDINATES,
            "network": {"layers": [{"units": 6, "activation": "tanh"}]},
            "training": {
                "optimizer": {"name": "momentum", "learning_rate": 0.01, "momentum": 0.9},
                "batch_size": None,
            },
        },
    ),
    Preset(
        name="one-by-one",
        title="One point at a time",
        text=(
            "Each step looks at a single point, so the loss jitters and never settles. Press All beside "
            "the batch size while it runs: the curve turns smooth, and slow."
        ),
        epochs=50,
        speed={"epochs_per_second": 10},
        spec={
            "data": {"source": "xor", "noise": 0.1},
            "inputs": COORDINATES,
            "network": {"layers": [{"units": 4, "activation": "tanh"}]},
            "training": {"optimizer": {"name": "sgd", "learning_rate": 0.3}, "batch_size": 1},
        },
    ),
    Preset(
        name="perceptron-trick",
        title="Perceptron, point by point",
        text=(
            "One unit with a step, and steps of one point: a wrong point pulls the line to its side, a right one "
            "changes nothing. Open Step at the foot of the page and press Next sample: after eleven pulls all "
            "twelve are right."
        ),
        epochs=3,
        speed={"steps_per_second": 1},
        spec={
            "data": {"source": "points", "points": TWO_SIDES, "train_fraction": 1.0},
            "inputs": COORDINATES,
            "network": {"layers": [], "output": "step"},
            "training": {"optimizer": {"name": "perceptron", "learning_rate": 0.1}, "batch_size": 1},
        },
    ),
)
