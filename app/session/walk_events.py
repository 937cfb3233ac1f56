"""What a session says about a step that is walked through: where it stands, all numbers of it, and how they come
about. Numbers that are not finite travel as null."""

from typing import Literal

from pydantic import Field

from app.session.message import Message, Value

Floats = tuple[float, ...]
StopKind = Literal["forward", "loss", "backward", "gradient", "update"]
LineOf = tuple[float, float, float]
"""w1, w2, b of w1 x1 + w2 x2 + b = 0."""


class WalkStop(Value):
    """One stop of the walk. `layer`: hidden layers from 0 on, then the output layer; null where it is about all."""

    kind: StopKind
    layer: int | None
    title: str


class LayerNumbers(Value):
    """One layer's numbers for the chosen sample."""

    inputs: Floats = Field(description="What comes in, without the bias's 1.")
    z: Floats = Field(description="What the activation is applied to: the weighted sum, batch norm included.")
    a: Floats = Field(description="What goes out, dropout included.")
    slope: Floats | None = Field(
        description="da/dz, dropout included; null where the pass does not need it: an output whose loss is taken by "
        "its score, or softmax."
    )
    delta: Floats = Field(description="Slope of the sample's own loss by the weighted sum.")


class StepNumbers(Value):
    """One number for each parameter, as `theta` lies; null where the optimiser has no such thing."""

    before: Floats
    data_gradient: Floats
    penalty_gradient: Floats
    clipped_gradient: Floats = Field(description="What the optimiser sees; 0 where frozen.")
    first_before: Floats | None
    second_before: Floats | None
    first: Floats | None = Field(description="Velocity, or average of the gradient.")
    second: Floats | None = Field(description="Sum or average of the squared gradient.")
    first_corrected: Floats | None
    second_corrected: Floats | None
    decay: Floats | None = Field(description="AdamW takes this away first.")
    update: Floats = Field(description="after = (before - decay) - update, to the bit.")
    after: Floats


class Line(Value):
    """The line of one unit on x1 and x2, before the step and after it."""

    before: LineOf
    after: LineOf


class WalkChanged(Message):
    """Where the walk stands; sent on joining while one is open, and whenever it changes. Closed, all else is empty."""

    type: Literal["walk"] = "walk"
    open: bool
    step: int = Field(description="Updates done before the step that is walked through.")
    stop: int = 0
    stops: tuple[WalkStop, ...] = ()
    sample: int | None = Field(None, description="The chosen point of the batch.")
    applied: bool = Field(False, description="The weights are those after the step.")
    loss: float | None = Field(None, description="Of the batch, without penalty.")
    rate: float | None = Field(None, description="The learning rate of this step.")
    text: str = ""
    symbols: str = Field("", description="MathML: the stop's formula.")
    numbers: tuple[str, ...] = Field((), description="MathML: the same with this step's numbers.")
    layers: tuple[LayerNumbers, ...] = ()
    parameters: StepNumbers | None = Field(
        None, description="At the stops gradient and update; null for networks of more than 2000 parameters."
    )
    line: Line | None = Field(None, description="Null unless the network is one unit on x1 and x2.")


class BatchTold(Message):
    """The batch of the step that is walked through: sent once a step, before its first `walk`, and on joining."""

    type: Literal["batch"] = "batch"
    step: int = Field(description="As the `walk` says it.")
    samples: tuple[int, ...] = Field(description="The points of the batch, in its order.")
    losses: Floats = Field(description="Of each sample; the batch's loss is their mean.")


class ChainTerm(Value):
    """One product of a sum. `sample` is null where all terms belong to the chosen one."""

    label: str
    sample: int | None
    factors: Floats
    product: float


class ChainStep(Value):
    """What is made of the sum, one after the other."""

    label: str
    value: float


class ChainTold(Message):
    """Answers `chain`: a sum of products (for a weight the mean over the batch), and what follows from it."""

    type: Literal["chain"] = "chain"
    layer: int
    unit: int
    input: int | None
    of: Literal["forward", "backward", "weight"]
    symbols: str
    numbers: str
    terms: tuple[ChainTerm, ...]
    total: float
    then: tuple[ChainStep, ...]
