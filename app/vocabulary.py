"""The names that the engine, the data layer and the spec share: each a StrEnum whose values travel on the wire.

Adding an activation, a loss or a data set begins with one entry here; registries map each member to a function and
a test compares the two. This module knows no number, no formula and no default.
"""

from enum import StrEnum


class Task(StrEnum):
    """What the network is asked to predict."""

    CLASSIFICATION = "classification"
    REGRESSION = "regression"


class Source(StrEnum):
    """Where the data points come from."""

    CIRCLE = "circle"
    XOR = "xor"
    GAUSS = "gauss"
    SPIRAL = "spiral"
    MOONS = "moons"
    RINGS = "rings"
    BLOBS = "blobs"
    SPIRALS = "spirals"
    CHECKERBOARD = "checkerboard"
    SINE = "sine"
    CUBIC = "cubic"
    ABSOLUTE = "absolute"
    GATE_AND = "gate_and"
    GATE_OR = "gate_or"
    GATE_NAND = "gate_nand"
    GATE_XOR = "gate_xor"
    GATE_NOT = "gate_not"
    PLANE = "plane"
    MULTI_GAUSS = "multi_gauss"
    CURVE_SINE = "curve_sine"
    CURVE_CUBIC = "curve_cubic"
    CURVE_STEP = "curve_step"
    TABLE = "table"
    POINTS = "points"


CURVE_SOURCES = frozenset({Source.CURVE_SINE, Source.CURVE_CUBIC, Source.CURVE_STEP})
"""Sources of regression with one input, x1."""

REGRESSION_SOURCES = frozenset({Source.PLANE, Source.MULTI_GAUSS}) | CURVE_SOURCES
"""Sources whose target is a real number."""

MULTI_CLASS_SOURCES = frozenset({Source.RINGS, Source.BLOBS, Source.SPIRALS})
"""Sources that can be drawn with more than two classes."""


class Part(StrEnum):
    """What a point is used for; its number on the wire is its place here."""

    TRAIN = "train"
    VALIDATION = "validation"
    TEST = "test"


PARTS = tuple(Part)
"""In the order of their numbers."""


class BundledTable(StrEnum):
    """The real data sets that come with the playground."""

    IRIS = "iris"
    WINE = "wine"
    BREAST_CANCER = "breast_cancer"
    DIABETES = "diabetes"
    DIGITS = "digits"


class ColumnKind(StrEnum):
    """What a table's column holds."""

    NUMBER = "number"
    TEXT = "text"


class FirstLine(StrEnum):
    """What the first line of a text file with a table holds: `found` is what it looks like."""

    FOUND = "found"
    HEADER = "header"
    DATA = "data"


class Missing(StrEnum):
    """What becomes of a row with a missing input; one without a target is always left out."""

    DROP = "drop"
    MEAN = "mean"
    MEDIAN = "median"
    MOST_FREQUENT = "most_frequent"


class Scaling(StrEnum):
    """How the inputs of a table are scaled, by figures of its training part alone."""

    NONE = "none"
    STANDARDISE = "standardise"
    MIN_MAX = "min_max"


class Feature(StrEnum):
    """An input of the network, computed from the two coordinates of a point."""

    X1 = "x1"
    X2 = "x2"
    X1_SQUARED = "x1^2"
    X2_SQUARED = "x2^2"
    X1_TIMES_X2 = "x1*x2"
    SIN_X1 = "sin(x1)"
    SIN_X2 = "sin(x2)"
    COS_X1 = "cos(x1)"
    COS_X2 = "cos(x2)"
    RADIUS = "radius"


CURVE_FEATURES = frozenset({Feature.X1, Feature.X1_SQUARED, Feature.SIN_X1, Feature.COS_X1})
"""Inputs that can be computed where there is no x2."""


class Activation(StrEnum):
    """The function applied to a unit's weighted sum."""

    LINEAR = "linear"
    STEP = "step"
    SIGMOID = "sigmoid"
    TANH = "tanh"
    RELU = "relu"
    LEAKY_RELU = "leaky_relu"
    ELU = "elu"
    SOFTPLUS = "softplus"
    SILU = "silu"
    GELU = "gelu"
    SINE = "sine"


class Output(StrEnum):
    """The function applied to the output layer; `softmax` couples its units, the others act on each alone."""

    LINEAR = "linear"
    STEP = "step"
    SIGMOID = "sigmoid"
    SOFTMAX = "softmax"
    TANH = "tanh"


class Loss(StrEnum):
    """What training makes small."""

    BINARY_CROSS_ENTROPY = "binary_cross_entropy"
    CROSS_ENTROPY = "cross_entropy"
    MEAN_SQUARED_ERROR = "mean_squared_error"
    HALF_SQUARED_ERROR = "half_squared_error"
    HINGE = "hinge"
    HUBER = "huber"
    MEAN_ABSOLUTE_ERROR = "mean_absolute_error"
    PERCEPTRON = "perceptron"


class Optimizer(StrEnum):
    """How a gradient becomes an update."""

    SGD = "sgd"
    MOMENTUM = "momentum"
    NESTEROV = "nesterov"
    ADAGRAD = "adagrad"
    RMSPROP = "rmsprop"
    ADAM = "adam"
    ADAMW = "adamw"
    PERCEPTRON = "perceptron"


class Schedule(StrEnum):
    """How the learning rate changes while training."""

    CONSTANT = "constant"
    INVERSE_TIME = "inverse_time"
    EXPONENTIAL = "exponential"
    INVERSE_SQRT = "inverse_sqrt"
    STEP = "step"
    COSINE = "cosine"


class ScheduleUnit(StrEnum):
    """What a schedule counts."""

    EPOCH = "epoch"
    STEP = "step"


class Initializer(StrEnum):
    """How the first weights are drawn."""

    ZEROS = "zeros"
    NORMAL = "normal"
    UNIFORM = "uniform"
    FAN_IN = "fan_in"
    XAVIER_UNIFORM = "xavier_uniform"
    XAVIER_NORMAL = "xavier_normal"
    HE_UNIFORM = "he_uniform"
    HE_NORMAL = "he_normal"


class Clipping(StrEnum):
    """How a gradient is bounded before the optimiser sees it."""

    NONE = "none"
    GLOBAL_NORM = "global_norm"
    VALUE = "value"


class Surface(StrEnum):
    """A height over two parameters, on which optimisers race."""

    BOWL = "bowl"
    RAVINE = "ravine"
    SADDLE = "saddle"
    TWO_VALLEYS = "two_valleys"
    ROSENBROCK = "rosenbrock"


class Ending(StrEnum):
    """How a race on a surface ended for one who ran: at a minimum, on a level place that is none, out of all bounds, or
    somewhere on the way."""

    REACHED = "reached"
    STUCK = "stuck"
    DIVERGED = "diverged"
    WANDERING = "wandering"
