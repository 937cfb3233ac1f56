"""The experiment as a program in plain NumPy: forward pass, backpropagation and optimiser written out."""

import textwrap

import numpy as np
from numpy.typing import NDArray

from app.engine.network import Network
from app.takeaway.code.literals import texts_literal
from app.takeaway.code.numpy_parts import FUNCTIONS, HELPERS, LOSSES, OUTPUT_SLOPES, OUTPUTS, UPDATES
from app.takeaway.code.sections import (
    RATE,
    arrays,
    first_values,
    frozen_places,
    has_of,
    program,
)
from app.takeaway.code.template import heading, render
from app.takeaway.portrait import Portrait
from app.vocabulary import Activation, Output

Floats = NDArray[np.float64]

NETWORK = '''
$network_heading

?hidden|ACTIVATIONS = $activations  # of the hidden layers, from the inputs on
?dropout|DROPOUT = $dropout  # chance of each layer's units to be left out of an update
?dropout|rng = np.random.default_rng(0)

$functions

?hidden|FUNCTIONS = {$table}

?hidden|
?hidden|
def output(score):
    """What the last layer's weighted sums come to."""
$output


def forward(x, training=False):
    """The last layer's weighted sums ("scores") for inputs x, and what each layer did, for the way back."""
?!hidden|    return x @ weights["W1"].T + weights["b1"], [{"before": x}]
?hidden|    a, steps = x, []
?hidden|    for layer, name in enumerate(ACTIVATIONS, start=1):
?hidden|        step = {"before": a}
?hidden|        z = a @ weights[f"W{layer}"].T + weights[f"b{layer}"]
?norm|        if f"gamma{layer}" in weights:
?norm|            z = batch_norm(layer, z, step, training)
?hidden|        step["z"] = z
?hidden|        a = FUNCTIONS[name][0](z)
?dropout|        if training and DROPOUT[layer - 1]:
?dropout|            step["kept"] = (rng.random(a.shape) >= DROPOUT[layer - 1]) / (1 - DROPOUT[layer - 1])
?dropout|            a = a * step["kept"]
?hidden|        steps.append(step)
?hidden|    last = len(ACTIVATIONS) + 1
?hidden|    return a @ weights[f"W{last}"].T + weights[f"b{last}"], [*steps, {"before": a}]
?norm|
?norm|
?norm|def batch_norm(layer, z, step, training):
?norm|    """(z - mean) / deviation of each unit, times gamma, plus beta; outside training with the running figures."""
?norm|    mean, variance = running[f"mean{layer}"], running[f"variance{layer}"]
?norm|    if training:
?norm|        of_batch = z.mean(axis=0), z.var(axis=0)
?norm|        mean += 0.1 * (of_batch[0] - mean)
?norm|        if len(z) > 1:
?norm|            variance += 0.1 * (of_batch[1] * len(z) / (len(z) - 1) - variance)
?norm|        mean, variance = of_batch
?norm|    step["factor"] = 1 / np.sqrt(variance + 1e-5)
?norm|    step["normal"] = (z - mean) * step["factor"]
?norm|    return weights[f"gamma{layer}"] * step["normal"] + weights[f"beta{layer}"]


def predict(x):
    """The outputs for points x, one row each with the columns of COLUMNS.

    $meaning"""
    score, _ = forward(see(x))
?scaled_target|    return TARGET_SHIFT + TARGET_SCALE * output(score)
?!scaled_target|    return output(score)
?classes|
?classes|
?classes|$classifier

$learning_heading


def loss(score, t):
    """$loss_text"""
?loss_of_a|    a = output(score)
    return $loss


def loss_gradient(score, t):
    """The gradient of the loss by the scores."""
$loss_gradient


def backward(x, t):
    """The gradient of the loss, with its penalty, by every weight: backpropagation."""
    score, steps = forward(x, training=True)
    delta, gradients = loss_gradient(score, t), {}
    for layer in range(len(steps), 0, -1):
        gradients[f"W{layer}"] = delta.T @ steps[layer - 1]["before"]
        gradients[f"b{layer}"] = delta.sum(axis=0)
?l2|        gradients[f"W{layer}"] += L2 * weights[f"W{layer}"]
?l1|        gradients[f"W{layer}"] += L1 * np.sign(weights[f"W{layer}"])
?hidden|        if layer > 1:
?hidden|            delta = through(layer - 1, delta @ weights[f"W{layer}"], steps[layer - 2], gradients)
    return gradients
?hidden|
?hidden|
?hidden|def through(layer, delta, step, gradients):
?hidden|    """From the gradient by what a hidden layer gives to that by its weighted sums."""
?dropout|    delta = delta * step.get("kept", 1.0)
?hidden|    delta = delta * FUNCTIONS[ACTIVATIONS[layer - 1]][1](step["z"])
?norm|    if f"gamma{layer}" in weights:
?norm|        normal = step["normal"]
?norm|        gradients[f"gamma{layer}"] = (delta * normal).sum(axis=0)
?norm|        gradients[f"beta{layer}"] = delta.sum(axis=0)
?norm|        delta = delta - delta.mean(axis=0) - normal * (delta * normal).mean(axis=0)
?norm|        delta = delta * weights[f"gamma{layer}"] * step["factor"]
?hidden|    return delta


$rate_function


def learn(w, gradient, memory, rate, count):
    """Update number `count` of one array of weights, by $optimizer."""
$update


def train(epochs):
    """Updates with all training points at once; gives the losses after each."""
    x, t = see(X[PART == 0]), coded(Y[PART == 0])
?untrained|    epochs = 0  # there is nothing to learn from
    memory = {name: np.zeros((2, *w.shape)) for name, w in weights.items()}
    for count in range(epochs):
        gradients = backward(x, t)
?frozen|        still = {name: weights[name][places].copy() for name, places in FROZEN.items()}
?frozen|        for name, places in FROZEN.items():
?frozen|            gradients[name][places] = 0.0
?clip_norm|        norm = np.sqrt(sum((g**2).sum() for g in gradients.values()))
?clip_norm|        gradients = {name: g * min(1.0, CLIP / max(norm, 1e-300)) for name, g in gradients.items()}
?clip_value|        gradients = {name: np.clip(g, -CLIP, CLIP) for name, g in gradients.items()}
        for name, w in weights.items():
            learn(w, gradients[name], memory[name], learning_rate(count), count + 1)
?frozen|        for name, places in FROZEN.items():
?frozen|            weights[name][places] = still[name]
        yield losses()


def losses():
    """The loss of each part that has points."""
    found: dict[str, Floats] = {}
    for number, part in enumerate(["training", "validation", "test"]):
        if (PART == number).any():
            score, _ = forward(see(X[PART == number]))
            found[part] = float(loss(score, coded(Y[PART == number])))
    return found


$end
'''


def make_numpy(portrait: Portrait) -> bytes:
    """The program's file."""
    return numpy_program(portrait).encode()


def numpy_program(portrait: Portrait) -> str:
    """The program: `predict(x)`, `train(epochs)`, `main()`."""
    beginning = {"framework": "NumPy alone", "needs": "Python 3.10 and NumPy"}
    return program(portrait, beginning, "import numpy as np", _network(portrait), _weights(portrait))


def _network(portrait: Portrait) -> str:
    spec, loss, kinds = portrait.spec, LOSSES[portrait.spec.loss], _activations(portrait)
    values = first_values(portrait) | {
        "network_heading": heading("The network"),
        "learning_heading": heading("Learning"),
        "activations": texts_literal([layer.activation.value for layer in portrait.network.hidden]),
        "dropout": str([layer.dropout for layer in portrait.network.hidden]),
        "functions": "\n\n".join(_definitions(portrait)),
        "table": ", ".join(f'"{kind}": ({kind}, {kind}_derivative)' for kind in kinds),
        "output": _body(OUTPUTS[spec.output]),
        "loss": loss.value,
        "loss_text": loss.text,
        "loss_gradient": _body(_loss_slope(portrait)),
        "update": _body(UPDATES[spec.training.optimizer.name]),
    }
    rate = render(RATE, has_of(portrait), values).rstrip("\n")
    has = has_of(portrait) | (set() if loss.by_score else {"loss_of_a"})
    return render(NETWORK, has, values | {"rate_function": rate})


def _body(source: str) -> str:
    return textwrap.indent(source, "    ")


def _activations(portrait: Portrait) -> list[Activation]:
    """Each one that the network has, once."""
    return list(dict.fromkeys(layer.activation for layer in portrait.network.hidden))


def _definitions(portrait: Portrait) -> list[str]:
    """Helpers, and every activation with its slope."""
    kinds = _activations(portrait)
    needed = {FUNCTIONS[kind].needs for kind in kinds} - {""}
    if portrait.spec.output is Output.SIGMOID:
        needed.add("logistic")
    found = [HELPERS[name] for name in sorted(needed)]
    for kind in kinds:
        value, slope = FUNCTIONS[kind].value, FUNCTIONS[kind].slope
        found.append(f"\ndef {kind}(z):\n    return {value}\n")
        found.append(f"\ndef {kind}_derivative(z):\n    return {slope}\n")
    return [f"\n{one.strip()}" for one in found]


def _loss_slope(portrait: Portrait) -> str:
    """By the score itself, or by the output and from there through the output function."""
    loss = LOSSES[portrait.spec.loss]
    first = "a = output(score)\n" if "a " in loss.slope or "a)" in loss.slope else ""
    if loss.by_score:
        return f"{first}return {loss.slope}"
    return f"a = output(score)\ngradient = {loss.slope}\n{OUTPUT_SLOPES[portrait.spec.output]}"


def parameters(network: Network, theta: Floats) -> dict[str, Floats]:
    """Views of `theta` (P,) by the program's names: W (units, inputs), b, and gamma and beta of batch norm."""
    found: dict[str, Floats] = {}
    for index, layer in enumerate(network.layers):
        block = network.block(theta, index)
        found |= {f"W{index + 1}": block[:, :-1], f"b{index + 1}": block[:, -1]}
        if layer.batch_norm:
            gamma, beta = network.norm(theta, index)
            found |= {f"gamma{index + 1}": gamma[:, 0], f"beta{index + 1}": beta[:, 0]}
    return found


def _running(portrait: Portrait) -> dict[str, Floats]:
    found: dict[str, Floats] = {}
    for index, layer in enumerate(portrait.network.layers):
        if layer.batch_norm:
            mean, variance = portrait.network.running(portrait.statistics, index)
            found |= {f"mean{index + 1}": mean[:, 0], f"variance{index + 1}": variance[:, 0]}
    return found


def _weights(portrait: Portrait) -> str:
    network = portrait.network
    text = "# W: a row for each unit, a column for each of its inputs; b: the biases.\n"
    text += f"weights = {arrays(parameters(network, portrait.theta))}\n"
    if "norm" in has_of(portrait):
        text += f"\n# Batch norm's running statistics.\nrunning = {arrays(_running(portrait))}\n"
    if "frozen" in has_of(portrait):
        places = frozen_places(portrait, parameters(network, np.arange(float(network.parameters))))
        text += f"\n# What does not learn: whole arrays, or places in them.\nFROZEN = {places}\n"
    return text
