"""The experiment as a PyTorch program: an `nn.Sequential` with the names of the weights file, and a training loop."""

import textwrap

from app.engine.network import Layer
from app.takeaway.code.literals import number_literal
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
from app.vocabulary import Activation, Loss, Optimizer, Output
from app.wire.weights import state_dict

IMPORTS = """import numpy as np
import torch
from torch import nn
from torch.nn import functional"""

MODULES = {
    Activation.LINEAR: "nn.Identity()",
    Activation.STEP: "Step()",
    Activation.SIGMOID: "nn.Sigmoid()",
    Activation.TANH: "nn.Tanh()",
    Activation.RELU: "nn.ReLU()",
    Activation.LEAKY_RELU: "nn.LeakyReLU(0.01)",
    Activation.ELU: "nn.ELU()",
    Activation.SOFTPLUS: "nn.Softplus(threshold=40)",
    Activation.SILU: "nn.SiLU()",
    Activation.GELU: "nn.GELU()",
    Activation.SINE: "Sine()",
}

OUTPUTS = {
    Output.LINEAR: "score",
    Output.STEP: "torch.where(score >= 0, 1.0, 0.0)",
    Output.SIGMOID: "torch.sigmoid(score)",
    Output.SOFTMAX: "torch.softmax(score, dim=1)",
    Output.TANH: "torch.tanh(score)",
}

LOSSES = {
    Loss.BINARY_CROSS_ENTROPY: "functional.binary_cross_entropy_with_logits(score, t, reduction='none').sum(1).mean()",
    Loss.CROSS_ENTROPY: "functional.cross_entropy(score, t)",
    Loss.MEAN_SQUARED_ERROR: "functional.mse_loss(output(score), t)",
    Loss.HALF_SQUARED_ERROR: "((output(score) - t) ** 2 / 2).sum(1).mean()",
    Loss.HINGE: "torch.relu(1 - t * output(score)).sum(1).mean()",
    Loss.HUBER: "functional.huber_loss(output(score), t)",
    Loss.MEAN_ABSOLUTE_ERROR: "functional.l1_loss(output(score), t)",
    Loss.PERCEPTRON: "torch.where(t * score <= 0, -t * score, 0.0).sum(1).mean()",
}

PENALTIES = {
    "l2": "L2 / 2 * sum((w**2).sum() for w in matrices)",
    "l1": "L1 * sum(w.abs().sum() for w in matrices)",
}

OPTIMIZERS = {
    Optimizer.SGD: "torch.optim.SGD(model.parameters(), lr=LEARNING_RATE)",
    Optimizer.PERCEPTRON: "torch.optim.SGD(model.parameters(), lr=LEARNING_RATE)",
    Optimizer.MOMENTUM: "torch.optim.SGD(model.parameters(), lr=LEARNING_RATE, momentum=MOMENTUM)",
    Optimizer.NESTEROV: "torch.optim.SGD(\n"
    "        model.parameters(), lr=LEARNING_RATE, momentum=MOMENTUM, nesterov=MOMENTUM > 0\n    )",
    Optimizer.ADAGRAD: "torch.optim.Adagrad(model.parameters(), lr=LEARNING_RATE, eps=EPS)",
    Optimizer.RMSPROP: "torch.optim.RMSprop(model.parameters(), lr=LEARNING_RATE, alpha=ALPHA, eps=EPS)",
    Optimizer.ADAM: "torch.optim.Adam(model.parameters(), lr=LEARNING_RATE, betas=(BETA1, BETA2), eps=EPS)",
    Optimizer.ADAMW: "torch.optim.AdamW(\n        model.parameters(), lr=LEARNING_RATE, betas=(BETA1, BETA2), eps=EPS,"
    " weight_decay=WEIGHT_DECAY\n    )",
}

NETWORK = '''
$network_heading

torch.set_default_dtype(torch.float64)

?step|
?step|class Step(nn.Module):
?step|    """1 from 0 on, else 0; its gradient is 0 everywhere."""
?step|
?step|    def forward(self, z):
?step|        return torch.where(z >= 0, 1.0, 0.0) + 0 * z
?step|
?step|
?sine|class Sine(nn.Module):
?sine|    """The sine of each sum."""
?sine|
?sine|    def forward(self, z):
?sine|        return torch.sin(z)
?sine|
?sine|
# It gives "scores", the last layer's weighted sums.
model = nn.Sequential(
$layers
)


def output(score):
    """What the scores come to."""
    return $output


def predict(x):
    """The outputs for points x, one row each with the columns of COLUMNS.

    $meaning"""
    model.eval()
    with torch.no_grad():
?scaled_target|        return TARGET_SHIFT + TARGET_SCALE * output(model(torch.tensor(see(x)))).numpy()
?!scaled_target|        return output(model(torch.tensor(see(x)))).numpy()
?classes|
?classes|
?classes|$classifier

$learning_heading


def loss(score, t):
    """How far the scores are from the targets t."""
    return $loss
?l1,l2|
?l1,l2|
?l1,l2|def penalty():
?l1,l2|    """The price of large weights; biases and batch norm are free."""
?l1,l2|    matrices = [w for w in model.parameters() if w.ndim == 2]
?l1,l2|    return $penalty


$rate_function


def train(epochs):
    """Updates with all training points at once; gives the losses after each."""
    x, t = torch.tensor(see(X[PART == 0])), torch.tensor(coded(Y[PART == 0]))
?untrained|    epochs = 0  # there is nothing to learn from
    optimizer = $make_optimizer
    for count in range(epochs):
?scheduled|        for group in optimizer.param_groups:
?scheduled|            group["lr"] = learning_rate(count)
        model.train()
        optimizer.zero_grad()
?l1,l2|        (loss(model(x), t) + penalty()).backward()
?!l1,l2|        loss(model(x), t).backward()
?frozen|        still = hold()
?clip_norm|        clip()
?clip_value|        nn.utils.clip_grad_value_(model.parameters(), CLIP)
        optimizer.step()
?frozen|        release(still)
        yield losses()
?clip_norm|
?clip_norm|
?clip_norm|def clip():
?clip_norm|    """The norm of all gradients is at most CLIP; PyTorch's clip_grad_norm_ adds 1e-6 to the norm."""
?clip_norm|    norm = torch.sqrt(sum((w.grad**2).sum() for w in model.parameters()))
?clip_norm|    for w in model.parameters():
?clip_norm|        w.grad *= min(1.0, CLIP / max(float(norm), 1e-300))
?frozen|
?frozen|
?frozen|def hold():
?frozen|    """What is frozen has no gradient, so that it takes no share of the others'; its values, to be put back."""
?frozen|    weights = dict(model.named_parameters())
?frozen|    for name, places in FROZEN.items():
?frozen|        weights[name].grad[places] = 0.0
?frozen|    return {name: weights[name].detach()[places].clone() for name, places in FROZEN.items()}
?frozen|
?frozen|
?frozen|@torch.no_grad()
?frozen|def release(still):
?frozen|    """Neither velocity nor decay has moved what is frozen."""
?frozen|    weights = dict(model.named_parameters())
?frozen|    for name, values in still.items():
?frozen|        weights[name][FROZEN[name]] = values


@torch.no_grad()
def losses():
    """The loss of each part that has points."""
    model.eval()
    found = {}
    for number, part in enumerate(["training", "validation", "test"]):
        if (PART == number).any():
            x, t = torch.tensor(see(X[PART == number])), torch.tensor(coded(Y[PART == number]))
            found[part] = float(loss(model(x), t))
    return found


$end
'''

WEIGHTS = """
# By the names of the model: weights with a row for each unit, biases; of batch norm gamma, beta and running statistics.
WEIGHTS = $arrays
model.load_state_dict({name: torch.tensor(array) for name, array in WEIGHTS.items()}, strict=False)
?frozen|
?frozen|# What does not learn: whole arrays, or places in them.
?frozen|FROZEN = $frozen
"""


def make_pytorch(portrait: Portrait) -> bytes:
    """The program's file."""
    return pytorch_program(portrait).encode()


def pytorch_program(portrait: Portrait) -> str:
    """The program: `model`, `predict(x)`, `train(epochs)`, `main()`. TakeawayError as `check_norm` says."""
    check_norm(portrait, "PyTorch")
    beginning = {"framework": "PyTorch", "needs": "Python 3.10, NumPy and PyTorch 2"}
    return program(portrait, beginning, IMPORTS, _network(portrait), _weights(portrait))


def _network(portrait: Portrait) -> str:
    spec, has = portrait.spec, _has(portrait)
    values = first_values(portrait) | {
        "network_heading": heading("The network"),
        "learning_heading": heading("Learning"),
        "layers": textwrap.indent("\n".join(f"{line}," for line in _modules(portrait)), "    "),
        "output": OUTPUTS[spec.output],
        "loss": LOSSES[spec.loss].replace("'", '"'),
        "penalty": " + ".join(source for name, source in PENALTIES.items() if name in has),
        "make_optimizer": OPTIMIZERS[spec.training.optimizer.name],
    }
    rate = render(RATE, has, values).rstrip("\n") if "scheduled" in has else ""
    return render(NETWORK, has, values | {"rate_function": rate})


def _has(portrait: Portrait) -> set[str]:
    has = has_of(portrait)
    kinds = {layer.activation.value for layer in portrait.network.hidden}
    return has | kinds & {"step", "sine"}


def _modules(portrait: Portrait) -> list[str]:
    layers = portrait.network.layers
    found = [module for layer in layers[:-1] for module in _of_layer(layer)]
    return [*found, f"nn.Linear({layers[-1].fan_in}, {layers[-1].fan_out})"]


def _of_layer(layer: Layer) -> list[str]:
    found = [f"nn.Linear({layer.fan_in}, {layer.fan_out})"]
    if layer.batch_norm:
        found.append(f"nn.BatchNorm1d({layer.fan_out})")
    found.append(MODULES[layer.activation])
    if layer.dropout:
        found.append(f"nn.Dropout({number_literal(layer.dropout)})")
    return found


def _weights(portrait: Portrait) -> str:
    return render(WEIGHTS, has_of(portrait), weight_values(portrait, state_dict))
