"""The experiment as a Keras 3 program, in float64 with its TensorFlow backend and in float32 with the others.

Keras puts an optimiser's epsilon elsewhere than PyTorch and this engine do, multiplies the learning rate into momentum,
and keeps a biased running variance: where that makes a difference the program writes it out.
"""

import textwrap

import numpy as np
from numpy.typing import NDArray

from app.engine.network import Layer, Network
from app.takeaway.code.keras_parts import (
    ACTIVATIONS,
    BATCH_NORM,
    BUILT_IN,
    FUNCTIONS,
    LOSSES,
    NETWORK,
    OPTIMIZER,
    OUTPUTS,
    OWN,
    PENALTIES,
    UPDATES,
    WEIGHTS,
    WHY,
)
from app.takeaway.code.sections import (
    RATE,
    check_norm,
    first_values,
    has_of,
    program,
    weight_values,
)
from app.takeaway.code.template import heading, render
from app.takeaway.portrait import Portrait
from app.vocabulary import Optimizer

Floats = NDArray[np.float64]
IMPORTS = """import keras
import numpy as np
from keras import layers, ops"""


def make_keras(portrait: Portrait) -> bytes:
    """The program's file."""
    return keras_program(portrait).encode()


def keras_program(portrait: Portrait) -> str:
    """The program: `model`, `predict(x)`, `train(epochs)`, `main()`."""
    check_norm(portrait, "Keras")
    beginning = {
        "framework": "Keras",
        "needs": "Python 3.10, NumPy and Keras 3, with TensorFlow for all digits",
    }
    return program(portrait, beginning, IMPORTS, _network(portrait), _weights(portrait))


def _network(portrait: Portrait) -> str:
    spec, has = portrait.spec, _has(portrait)
    kind = spec.training.optimizer.name
    values = first_values(portrait) | {
        "network_heading": heading("The network"),
        "learning_heading": heading("Learning"),
        "functions": _functions(portrait, has),
        "layers": textwrap.indent("\n".join(f"{line}," for line in _layers(portrait)), "    "),
        "output": OUTPUTS[spec.output],
        "loss": LOSSES[spec.loss],
        "penalty": ", ".join(source for name, source in PENALTIES.items() if name in has),
        "own": OWN[kind],
        "why": WHY[kind],
        "update": textwrap.indent(UPDATES[kind], "        "),
        "make_optimizer": f"{OWN[kind]}(LEARNING_RATE)" if "by_hand" in has else BUILT_IN[kind],
    }
    rate = render(RATE, has, values).rstrip("\n") if "scheduled" in has else ""
    own = render(OPTIMIZER, has, values).rstrip("\n") if "by_hand" in has else ""
    return render(NETWORK, has, values | {"rate_function": rate, "own_optimizer": own})


def _has(portrait: Portrait) -> set[str]:
    """With `by_hand`, where Keras has no optimiser that makes the same updates, and `memory`, where it has to remember
    something."""
    has, kind = has_of(portrait), portrait.spec.training.optimizer.name
    plain = kind in (Optimizer.SGD, Optimizer.PERCEPTRON)
    same = plain or (kind in BUILT_IN and "scheduled" not in has)
    by_hand = set() if same and not has & {"frozen", "clip_norm", "clip_value"} else {"by_hand"}
    return has | by_hand | (set() if plain else {"memory"})


def _functions(portrait: Portrait, has: set[str]) -> str:
    kinds = dict.fromkeys(layer.activation for layer in portrait.network.hidden)
    found = [FUNCTIONS[kind] for kind in kinds if kind in FUNCTIONS]
    return "\n".join([*found, *([BATCH_NORM] if "norm" in has else [])])


def _layers(portrait: Portrait) -> list[str]:
    network, penalty = portrait.network, _penalty(has_of(portrait))
    found = [f"keras.Input(({network.fan_in},))"]
    for number, layer in enumerate(network.hidden, start=1):
        found += _of_layer(number, layer, penalty)
    name = f'name="layer{len(network.layers)}"'
    return [*found, f"layers.Dense({network.fan_out}{penalty}, {name})"]


def _of_layer(number: int, layer: Layer, penalty: str) -> list[str]:
    activation, name = ACTIVATIONS[layer.activation], f'name="layer{number}"'
    if layer.batch_norm:
        found = [f"layers.Dense({layer.fan_out}{penalty}, {name})", f'BatchNorm(name="norm{number}")']
        found.append(f"layers.Activation({activation})")
    else:
        found = [f"layers.Dense({layer.fan_out}, activation={activation}{penalty}, {name})"]
    return [*found, f"layers.Dropout({layer.dropout!r})"] if layer.dropout else found


def _penalty(has: set[str]) -> str:
    """Of a layer's kernel; Keras's L2 lacks the half."""
    return ", kernel_regularizer=penalty" if has & {"l1", "l2"} else ""


def variables(network: Network, theta: Floats, statistics: Floats) -> dict[str, Floats]:
    """Views of `theta` (P,) and `statistics` (R,) by the paths of the model's variables; kernels (inputs, units)."""
    found: dict[str, Floats] = {}
    for index, layer in enumerate(network.layers):
        block, number = network.block(theta, index), index + 1
        found |= {f"layer{number}/kernel": block[:, :-1].T, f"layer{number}/bias": block[:, -1]}
        if layer.batch_norm:
            gamma, beta = network.norm(theta, index)
            mean, variance = network.running(statistics, index)
            found |= {f"norm{number}/gamma": gamma[:, 0], f"norm{number}/beta": beta[:, 0]}
            found |= {f"norm{number}/mean": mean[:, 0], f"norm{number}/variance": variance[:, 0]}
    return found


def _weights(portrait: Portrait) -> str:
    return render(WEIGHTS, has_of(portrait), weight_values(portrait, variables))
