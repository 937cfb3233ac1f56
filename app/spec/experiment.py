"""The whole experiment, the rules that join its parts, and what its `auto` choices come to."""

import json
from collections.abc import Callable
from itertools import pairwise
from typing import Any, Self

from pydantic import Field, ValidationError, model_validator

from app.spec.base import Model
from app.spec.bounds import BOUNDS
from app.spec.data import DataSpec
from app.spec.errors import SpecError
from app.spec.network import FrozenSpec, NetworkSpec
from app.spec.patch import merge
from app.spec.training import TrainingSpec
from app.vocabulary import CURVE_FEATURES, Activation, Feature, Loss, Optimizer, Output, Source, Task

OUTPUTS_OF_LOSS: dict[Loss, frozenset[Output]] = {
    Loss.BINARY_CROSS_ENTROPY: frozenset({Output.SIGMOID}),
    Loss.CROSS_ENTROPY: frozenset({Output.SOFTMAX}),
    Loss.HINGE: frozenset({Output.LINEAR}),
    Loss.PERCEPTRON: frozenset({Output.LINEAR, Output.STEP}),
    **dict.fromkeys(
        (Loss.MEAN_SQUARED_ERROR, Loss.HALF_SQUARED_ERROR, Loss.HUBER, Loss.MEAN_ABSOLUTE_ERROR),
        frozenset(Output) - {Output.STEP},
    ),
}
"""Which output functions a loss can be computed on."""

CLASS_LOSSES = frozenset({Loss.BINARY_CROSS_ENTROPY, Loss.CROSS_ENTROPY, Loss.HINGE, Loss.PERCEPTRON})

LOSS_OF_OUTPUT = {
    Output.SIGMOID: Loss.BINARY_CROSS_ENTROPY,
    Output.SOFTMAX: Loss.CROSS_ENTROPY,
    Output.TANH: Loss.HALF_SQUARED_ERROR,
    Output.LINEAR: Loss.MEAN_SQUARED_ERROR,
    Output.STEP: Loss.PERCEPTRON,
}
"""What loss `auto` takes for classes when the output is given."""

OUTPUT_OF_LOSS = {
    Loss.BINARY_CROSS_ENTROPY: Output.SIGMOID,
    Loss.CROSS_ENTROPY: Output.SOFTMAX,
    Loss.HINGE: Output.LINEAR,
    Loss.PERCEPTRON: Output.STEP,
}
"""What output `auto` takes for classes when the loss is given; sigmoid for the others."""


PLAYGROUND_INPUTS = (
    Feature.X1,
    Feature.X2,
    Feature.X1_SQUARED,
    Feature.X2_SQUARED,
    Feature.X1_TIMES_X2,
    Feature.SIN_X1,
    Feature.SIN_X2,
)
"""The seven inputs that teachers know."""


class SeedsSpec(Model):
    """Four independent sources of chance; the same four give the same run to the bit."""

    data: int = Field(0, ge=0, le=BOUNDS.seed, title="Data seed", description="Draws the points.")
    split: int = Field(0, ge=0, le=BOUNDS.seed, title="Split seed", description="Parts train from test.")
    weights: int = Field(
        0, ge=0, le=BOUNDS.seed, title="Weights seed", description="Draws the first weights."
    )
    order: int = Field(
        0, ge=0, le=BOUNDS.seed, title="Order seed", description="Shuffles batches and feeds dropout."
    )


class Experiment(Model):
    """One experiment: data, inputs, network, training and seeds. Every field has a default."""

    data: DataSpec = Field(DataSpec(), title="Data")
    inputs: tuple[Feature, ...] = Field(
        PLAYGROUND_INPUTS,
        min_length=1,
        max_length=len(Feature),
        title="Inputs",
        description="What the network sees.",
    )
    network: NetworkSpec = Field(NetworkSpec(), title="Network")
    training: TrainingSpec = Field(TrainingSpec(), title="Training")
    seeds: SeedsSpec = Field(SeedsSpec(), title="Seeds")

    @classmethod
    def parse(cls, tree: Any) -> Self:
        """An experiment from a JSON-like tree; SpecError with the path of the first thing wrong."""
        try:
            return cls.model_validate_json(json.dumps(tree))
        except ValidationError as error:
            raise SpecError.from_validation(error) from error
        except (TypeError, ValueError, RecursionError) as error:
            raise SpecError(f"the spec is not JSON: {error}") from error

    def patched(self, patch: Any, settle: Callable[[Any], Any] = lambda tree: tree) -> Self:
        """This experiment with the fields of `patch` put in its place; SpecError if the result cannot be. `settle`
        fills in what a table decides."""
        if not isinstance(patch, dict):
            raise SpecError(f"a spec is an object, not {type(patch).__name__}")
        tree = settle(merge(self.model_dump(mode="json"), patch))
        network = patch.get("network")
        if self.network.frozen and not (isinstance(network, dict) and "frozen" in network):
            tree = self._with_frozen_that_fit(tree)
        return self.parse(tree)

    def _with_frozen_that_fit(self, tree: Any) -> Any:
        """`tree` without the frozen places that its network no longer has: nobody asked for them there. A weight from
        an input stays with that input, wherever it comes to stand."""
        if not isinstance(tree.get("network"), dict):
            return tree
        bare = self.parse(tree | {"network": tree["network"] | {"frozen": []}})
        followed = (self._followed(place, bare.input_names) for place in self.network.frozen)
        fitting = [place.model_dump() for place in followed if place and bare.misplaced(place) is None]
        return tree | {"network": tree["network"] | {"frozen": fitting}}

    def _followed(self, place: FrozenSpec, inputs: tuple[str, ...]) -> FrozenSpec | None:
        """A frozen place among other `inputs`; None where its own is gone."""
        if place.layer or place.input is None:
            return place
        name = self.input_names[place.input]
        return place.model_copy(update={"input": inputs.index(name)}) if name in inputs else None

    def misplaced(self, place: FrozenSpec) -> tuple[str, int, int] | None:
        """What of a frozen place the network does not have, as (field, asked, how many there are); None if all is
        there."""
        units = [layer.units for layer in self.network.layers] + [self.output_units]
        if place.layer >= len(units):
            return "layer", place.layer, len(units)
        fan_in = [len(self.input_names), *units][place.layer]
        if place.unit is not None and place.unit >= units[place.layer]:
            return "unit", place.unit, units[place.layer]
        if place.input is not None and place.input >= fan_in:
            return "input", place.input, fan_in
        return None

    @property
    def features(self) -> tuple[Feature, ...]:
        """The inputs that the network sees of points: all that were asked for, but on a curve those that need no x2."""
        if not self.data.is_curve:
            return self.inputs
        return tuple(feature for feature in self.inputs if feature in CURVE_FEATURES)

    @property
    def input_names(self) -> tuple[str, ...]:
        """The inputs of the network by name, a table's or those of points."""
        return self.data.table.encoded if self.data.source is Source.TABLE else self.features

    @property
    def task(self) -> Task:
        """Classification or regression."""
        return self.data.resolved_task

    @property
    def output(self) -> Output:
        """The output function after `auto` is decided."""
        if self.network.output != "auto":
            return Output(self.network.output)
        if self.task is Task.REGRESSION:
            return Output.LINEAR
        if self.training.loss != "auto":
            return OUTPUT_OF_LOSS.get(Loss(self.training.loss), Output.SIGMOID)
        if self.training.optimizer.name is Optimizer.PERCEPTRON:
            return Output.STEP
        return Output.SIGMOID if self.data.classes == 2 else Output.SOFTMAX

    @property
    def loss(self) -> Loss:
        """The loss after `auto` is decided."""
        if self.training.loss != "auto":
            return Loss(self.training.loss)
        if self.task is Task.REGRESSION:
            return Loss.MEAN_SQUARED_ERROR
        if self.training.optimizer.name is Optimizer.PERCEPTRON:
            return Loss.PERCEPTRON
        return LOSS_OF_OUTPUT[self.output]

    @property
    def output_units(self) -> int:
        """Units of the output layer: 1 for regression and for two classes without softmax, else one a class."""
        if self.task is Task.REGRESSION:
            return 1
        return 1 if self.data.classes == 2 and self.output is not Output.SOFTMAX else self.data.classes

    @property
    def parameters(self) -> int:
        """Weights, biases, and batch norm's gamma and beta."""
        layers = self.network.layers
        sizes = [len(self.input_names), *(layer.units for layer in layers), self.output_units]
        blocks = sum((fan_in + 1) * fan_out for fan_in, fan_out in pairwise(sizes))
        return blocks + sum(2 * layer.units for layer in layers if layer.batch_norm)

    def check_update(self, rows: int) -> None:
        """SpecError where a single update on so many training points would keep a server too long."""
        batch = min(self.training.batch_size or rows, rows)
        if self.parameters * batch > BOUNDS.update:
            message = (
                f"an update of {self.parameters} parameters on a batch of {batch} points is too long; "
                f"allowed: at most {BOUNDS.update // self.parameters} points a batch with this network "
                f"(parameters times points at most {BOUNDS.update})"
            )
            where = "training", "batch_size"
            raise SpecError(message, where)

    @model_validator(mode="after")
    def _check_update(self) -> Self:
        self.check_update(self.data.training_points)
        return self

    @model_validator(mode="after")
    def _check_inputs(self) -> Self:
        for row, feature in enumerate(self.inputs):
            if feature in self.inputs[:row]:
                raise SpecError(f"{feature} is named twice; each input once", ("inputs", row))
        if not self.features:
            allowed = ", ".join(sorted(CURVE_FEATURES))
            raise SpecError(f"a curve has one coordinate, x1; allowed inputs: {allowed}", ("inputs", 0))
        return self

    @model_validator(mode="after")
    def _check_output(self) -> Self:
        if self.output not in OUTPUTS_OF_LOSS[self.loss]:
            allowed = ", ".join(sorted(OUTPUTS_OF_LOSS[self.loss]))
            message = f"{self.loss} cannot be computed on a {self.output} output; allowed: {allowed}"
            raise SpecError(message, ("network", "output"))
        if self.task is Task.REGRESSION and self.output is Output.SOFTMAX:
            raise SpecError(
                "softmax needs classes, this is regression; allowed: linear, tanh, sigmoid",
                ("network", "output"),
            )
        if self.task is Task.REGRESSION and self.loss in CLASS_LOSSES:
            allowed = ", ".join(sorted(set(Loss) - CLASS_LOSSES))
            raise SpecError(
                f"{self.loss} needs classes, this is regression; allowed: {allowed}", ("training", "loss")
            )
        return self

    @model_validator(mode="after")
    def _check_frozen(self) -> Self:
        for row, place in enumerate(self.network.frozen):
            if place.unit is None and place.input is not None:
                message = f"input {place.input} of no unit was asked for; name its unit too"
                raise SpecError(message, ("network", "frozen", row, "unit"))
            if wrong := self.misplaced(place):
                name, asked, count = wrong
                raise SpecError(
                    f"there is no {name} {asked} to freeze; allowed: 0 to {count - 1}",
                    ("network", "frozen", row, name),
                )
        return self

    @model_validator(mode="after")
    def _check_perceptron(self) -> Self:
        rule = self.training.optimizer.name is Optimizer.PERCEPTRON
        if rule and self.loss is not Loss.PERCEPTRON:
            raise SpecError(
                f"the perceptron rule needs the perceptron loss, not {self.loss}",
                ("training", "optimizer", "name"),
            )
        for row, layer in enumerate(self.network.layers):
            if layer.activation is Activation.STEP and not rule:
                raise SpecError(
                    "step has no slope to learn by; allowed with the perceptron rule only",
                    ("network", "layers", row, "activation"),
                )
        return self
