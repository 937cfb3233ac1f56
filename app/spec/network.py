"""Which network: its hidden layers, its output and how its first weights are drawn."""

from typing import Literal, Self

from pydantic import Field, model_validator

from app.spec.base import Model
from app.spec.bounds import BOUNDS
from app.spec.errors import SpecError
from app.vocabulary import Activation, Initializer

OutputChoice = Literal["auto", "linear", "step", "sigmoid", "softmax", "tanh"]


class LayerSpec(Model):
    """One hidden layer."""

    units: int = Field(4, ge=1, le=BOUNDS.units, title="Units", description="Neurons in this layer.")
    activation: Activation = Field(
        Activation.TANH, title="Activation", description="The function applied to each unit's weighted sum."
    )
    dropout: float = Field(
        0.0, ge=0, le=0.9, title="Dropout", description="Chance that a unit is left out of a training step."
    )
    batch_norm: bool = Field(
        False,
        title="Batch norm",
        description="Standardise the weighted sums over the batch before the activation.",
    )
    initializer: Initializer | None = Field(
        None,
        title="Initialiser",
        description="How this layer's first weights are drawn; empty: as the network says.",
    )


class FrozenSpec(Model):
    """What does not learn: a layer, a weight or a bias. Layers count from 0; the output layer is the last."""

    layer: int = Field(0, ge=0, le=BOUNDS.layers, title="Layer", description="Which layer.")
    unit: int | None = Field(
        None, ge=0, le=BOUNDS.units - 1, title="Unit", description="Which unit of it; empty: the whole layer."
    )
    input: int | None = Field(
        None,
        ge=0,
        le=BOUNDS.units - 1,
        title="Input",
        description="Which input of the unit; empty: its bias.",
    )


class NetworkSpec(Model):
    """Hidden layers from input to output, then the output layer."""

    layers: tuple[LayerSpec, ...] = Field(
        (LayerSpec(units=4), LayerSpec(units=2)),
        max_length=BOUNDS.layers,
        title="Hidden layers",
        description="From the inputs to the output.",
    )
    output: OutputChoice = Field(
        "auto",
        title="Output",
        description="The output layer's function; auto takes the one that fits task and loss.",
    )
    initializer: Initializer = Field(
        Initializer.XAVIER_UNIFORM, title="Initialiser", description="How the first weights are drawn."
    )
    initializer_std: float = Field(
        1.0, ge=0, le=100, title="Standard deviation", description="Spread of the `normal` initialiser."
    )
    initial_bias: float = Field(0.0, ge=-10, le=10, title="First bias", description="Every bias starts here.")

    frozen: tuple[FrozenSpec, ...] = Field(
        (),
        max_length=BOUNDS.frozen,
        title="Frozen",
        description="Weights, biases and layers that training leaves as they are.",
    )

    @model_validator(mode="after")
    def _check_size(self) -> Self:
        units = sum(layer.units for layer in self.layers)
        if units > BOUNDS.hidden_units:
            raise SpecError(
                f"{units} hidden units were asked for; allowed: at most {BOUNDS.hidden_units} in all layers together",
                ("network", "layers"),
            )
        return self
