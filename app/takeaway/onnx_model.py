"""The model as ONNX, from the points as they are to the outputs in the target's units.

All in float64, so that ONNX Runtime repeats the predictions. Its CPU kernels lack some operators in that width; those
are written out of others: softplus, ELU, leaky ReLU, and GELU as a function of the file's own.
"""

import json
import math
from collections.abc import Callable
from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

from app.engine.activations import LEAK
from app.engine.erf import COEFFICIENTS, LAST, LEAST_T
from app.engine.forward import EPS
from app.takeaway.portrait import Portrait
from app.takeaway.titles import raw_names, title_of
from app.vocabulary import Activation, Feature, Output

OPSET = 15
IR_VERSION = 8
"""Both of 2021: read by every runtime since."""
OWN = "gradient-playground"
"""The domain of the functions that the file defines itself."""
INPUT, OUTPUT, CLASS = "points", "outputs", "class"


class Graph:
    """Nodes and constants in the order of their making; each call of `op` names its result."""

    def __init__(self) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.constants: list[onnx.TensorProto] = []

    def op(self, kind: str, *inputs: str, named: str = "", domain: str = "", **attributes: Any) -> str:
        """A node whose only output is `named`, or has a name of its own."""
        result = named or f"{kind.lower()}_{len(self.nodes)}"
        self.nodes.append(helper.make_node(kind, list(inputs), [result], domain=domain, **attributes))
        return result

    def array(self, values: object, name: str = "") -> str:
        """A constant of float64, or of int64 if its values are."""
        array = np.asarray(values)
        array = array.astype(np.int64 if array.dtype.kind == "i" else np.float64)
        name = name or f"constant_{len(self.constants)}"
        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(array), name))
        return name

    def number(self, value: float) -> str:
        """A scalar of float64."""
        return self.array(float(value))


def make_onnx(portrait: Portrait) -> bytes:
    """The file. Input `points` (N, D) float64: x1 and x2 (x1 alone on a curve), or a table's encoded columns in its
    own units, as the metadata name them. Outputs `outputs` (N, T) float64 and, for classes, `class` (N,) int64."""
    graph = Graph()
    a = _inputs(graph, portrait)
    for index in range(len(portrait.network.layers)):
        a = _layer(graph, portrait, index, a)
    _outputs(graph, portrait, a)
    model = helper.make_model(
        _graph_proto(graph, portrait),
        producer_name="Gradient Playground",
        ir_version=IR_VERSION,
        opset_imports=[helper.make_opsetid("", OPSET), helper.make_opsetid(OWN, 1)],
        functions=[_gelu()] if _has_gelu(portrait) else [],
    )
    helper.set_model_props(model, _facts(portrait))
    onnx.checker.check_model(model, full_check=True)
    content: bytes = model.SerializeToString()
    return content


def _facts(portrait: Portrait) -> dict[str, str]:
    state = portrait.state
    return {
        "title": title_of(portrait),
        "inputs": json.dumps(raw_names(portrait)),
        "classes": json.dumps(list(state.labels)),
        "target": state.target.name,
        "epoch": str(portrait.epoch),
    }


def _has_gelu(portrait: Portrait) -> bool:
    return any(layer.activation is Activation.GELU for layer in portrait.network.hidden)


def _graph_proto(graph: Graph, portrait: Portrait) -> onnx.GraphProto:
    width, units = len(raw_names(portrait)), portrait.network.fan_out
    outputs = [helper.make_tensor_value_info(OUTPUT, TensorProto.DOUBLE, ["N", units])]
    if portrait.state.labels:
        outputs.append(helper.make_tensor_value_info(CLASS, TensorProto.INT64, ["N"]))
    inputs = [helper.make_tensor_value_info(INPUT, TensorProto.DOUBLE, ["N", width])]
    return helper.make_graph(graph.nodes, "network", inputs, outputs, graph.constants)


# -- inputs ------------------------------------------------------------------------------------------------------------


def _inputs(graph: Graph, portrait: Portrait) -> str:
    """What the first layer sees: a table's columns scaled, or features of x1 and x2."""
    if (prepared := portrait.prepared) is not None:
        moved = graph.op("Sub", INPUT, graph.array(prepared.shift, "shift"))
        return graph.op("Div", moved, graph.array(prepared.scale, "scale"))
    columns = [
        graph.op("Gather", INPUT, graph.array(np.array([index])), axis=1)
        for index in range(len(raw_names(portrait)))
    ]
    seen = [FEATURES[feature](graph, *columns) for feature in portrait.spec.features]
    return graph.op("Concat", *seen, axis=1) if len(seen) > 1 else seen[0]


def _radius(graph: Graph, x1: str, x2: str) -> str:
    total = graph.op("Add", graph.op("Mul", x1, x1), graph.op("Mul", x2, x2))
    return graph.op("Sqrt", total)


FEATURES: dict[Feature, Callable[..., str]] = {
    Feature.X1: lambda graph, x1, *rest: x1,
    Feature.X2: lambda graph, x1, x2: x2,
    Feature.X1_SQUARED: lambda graph, x1, *rest: graph.op("Mul", x1, x1),
    Feature.X2_SQUARED: lambda graph, x1, x2: graph.op("Mul", x2, x2),
    Feature.X1_TIMES_X2: lambda graph, x1, x2: graph.op("Mul", x1, x2),
    Feature.SIN_X1: lambda graph, x1, *rest: graph.op("Sin", x1),
    Feature.SIN_X2: lambda graph, x1, x2: graph.op("Sin", x2),
    Feature.COS_X1: lambda graph, x1, *rest: graph.op("Cos", x1),
    Feature.COS_X2: lambda graph, x1, x2: graph.op("Cos", x2),
    Feature.RADIUS: _radius,
}


# -- layers ------------------------------------------------------------------------------------------------------------


def _layer(graph: Graph, portrait: Portrait, index: int, before: str) -> str:
    """The layer's weighted sums, through batch norm and activation; of the last layer the sums themselves."""
    network = portrait.network
    block, layer = network.block(portrait.theta, index), network.layers[index]
    weights, biases = _folded(portrait, index, block[:, :-1], block[:, -1])
    names = [graph.array(weights, f"layer{index + 1}.weight"), graph.array(biases, f"layer{index + 1}.bias")]
    z = graph.op("Gemm", before, *names, transB=1)
    return z if index == len(network.hidden) else ACTIVATIONS[layer.activation](graph, z)


def _folded(
    portrait: Portrait, index: int, weights: NDArray[np.float64], biases: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Batch norm after training is a factor and a shift for each unit: part of weights and biases."""
    network = portrait.network
    if not network.layers[index].batch_norm:
        return weights, biases
    mean, variance = (array[:, 0] for array in network.running(portrait.statistics, index))
    gamma, beta = (array[:, 0] for array in network.norm(portrait.theta, index))
    factor = gamma / np.sqrt(variance + EPS)
    return weights * factor[:, None], beta + (biases - mean) * factor


def _step(graph: Graph, z: str) -> str:
    return graph.op("Cast", graph.op("GreaterOrEqual", z, graph.number(0)), to=TensorProto.DOUBLE)


def _elu(graph: Graph, z: str) -> str:
    below = graph.op("Exp", graph.op("Min", z, graph.number(0)))
    return graph.op("Max", z, graph.op("Sub", below, graph.number(1)))


def _softplus(graph: Graph, z: str) -> str:
    """max(z, 0) + ln(1 + e^-|z|)."""
    far = graph.op("Exp", graph.op("Neg", graph.op("Abs", z)))
    return graph.op("Add", graph.op("Relu", z), graph.op("Log", graph.op("Add", far, graph.number(1))))


ACTIVATIONS: dict[Activation, Callable[[Graph, str], str]] = {
    Activation.LINEAR: lambda graph, z: z,
    Activation.STEP: _step,
    Activation.SIGMOID: lambda graph, z: graph.op("Sigmoid", z),
    Activation.TANH: lambda graph, z: graph.op("Tanh", z),
    Activation.RELU: lambda graph, z: graph.op("Relu", z),
    Activation.LEAKY_RELU: lambda graph, z: graph.op("Max", z, graph.op("Mul", z, graph.number(LEAK))),
    Activation.ELU: _elu,
    Activation.SOFTPLUS: _softplus,
    Activation.SILU: lambda graph, z: graph.op("Mul", z, graph.op("Sigmoid", z)),
    Activation.GELU: lambda graph, z: graph.op("Gelu", z, domain=OWN),
    Activation.SINE: lambda graph, z: graph.op("Sin", z),
}

OUTPUTS: dict[Output, Callable[[Graph, str], str]] = {
    Output.LINEAR: lambda graph, z: z,
    Output.STEP: _step,
    Output.SIGMOID: lambda graph, z: graph.op("Sigmoid", z),
    Output.SOFTMAX: lambda graph, z: graph.op("Softmax", z, axis=1),
    Output.TANH: lambda graph, z: graph.op("Tanh", z),
}


def _outputs(graph: Graph, portrait: Portrait, score: str) -> None:
    """The output function, the units of the target, and which class the outputs speak for."""
    raw, target = OUTPUTS[portrait.network.output](graph, score), portrait.state.target
    if (target.shift, target.scale) != (0.0, 1.0):
        raw = graph.op("Add", graph.op("Mul", raw, graph.number(target.scale)), graph.number(target.shift))
    graph.op("Identity", raw, named=OUTPUT)
    if not portrait.state.labels:
        return
    if portrait.network.fan_out > 1:
        graph.op("ArgMax", OUTPUT, named=CLASS, axis=1, keepdims=0)
        return
    assert portrait.state.middle is not None, "one unit's two classes part somewhere"
    chosen = graph.op("GreaterOrEqual", OUTPUT, graph.number(portrait.state.middle))
    flat = graph.op("Reshape", chosen, graph.array(np.array([-1])))
    graph.op("Cast", flat, named=CLASS, to=TensorProto.INT64)


# -- GELU --------------------------------------------------------------------------------------------------------------


def _gelu() -> onnx.FunctionProto:
    """z Phi(z), with the engine's own series for Phi: half e^(-x^2) times a Chebyshev sum, x = |z| / sqrt 2, is the
    tail beyond |z|."""
    body = Graph()
    x = body.op("Div", body.op("Abs", "z"), body.number(math.sqrt(2)))
    near = body.op("Min", x, body.number(LAST))
    t = body.op("Div", body.number(2), body.op("Add", near, body.number(2)))
    slope = 2 / (1 - LEAST_T)
    y = body.op("Sub", body.op("Mul", t, body.number(slope)), body.number(LEAST_T * slope + 1))
    bell = body.op("Exp", body.op("Neg", body.op("Mul", x, x)))
    tail = body.op("Mul", body.op("Mul", bell, body.number(0.5)), _chebyshev(body, y))
    above = body.op("Greater", "z", body.number(0))
    phi = body.op("Where", above, body.op("Sub", body.number(1), tail), tail)
    body.op("Mul", "z", phi, named="result")
    constants = [helper.make_node("Constant", [], [tensor.name], value=tensor) for tensor in body.constants]
    opsets = [helper.make_opsetid("", OPSET)]
    return helper.make_function(OWN, "Gelu", ["z"], ["result"], [*constants, *body.nodes], opsets)


def _chebyshev(body: Graph, y: str) -> str:
    """The sum by Clenshaw's recurrence."""
    twice = body.op("Add", y, y)
    last = before = body.number(0)
    for coefficient in COEFFICIENTS[:0:-1]:
        grown = body.op("Sub", body.op("Mul", twice, last), before)
        last, before = body.op("Add", grown, body.number(coefficient)), last
    end = body.op("Sub", body.op("Mul", y, last), before)
    return body.op("Add", end, body.number(COEFFICIENTS[0]))
