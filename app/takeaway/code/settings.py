"""The numbers of an experiment by name, its learning rate's course, and what else is the same in every framework."""

from collections.abc import Iterator

from app.assemble import make_recipe
from app.takeaway.portrait import Portrait
from app.vocabulary import Clipping, Optimizer, Schedule

EPOCHS = 20
"""Updates that a program does when it is started."""

HYPER = {
    "momentum": ("MOMENTUM", "share of the last velocity that is kept"),
    "alpha": ("ALPHA", "memory of the average of squared gradients"),
    "beta1": ("BETA1", "memory of the average of gradients"),
    "beta2": ("BETA2", "memory of the average of squared gradients"),
    "eps": ("EPS", "keeps the division away from zero"),
    "weight_decay": ("WEIGHT_DECAY", "share of each weight lost in an update, times the rate"),
}
SCHEDULE_HYPER = {
    "k": ("K", "how the learning rate falls"),
    "gamma": ("GAMMA", "factor of the learning rate at each count"),
    "every": ("EVERY", "counts between two drops of the learning rate"),
    "length": ("LENGTH", "counts until the learning rate is at its floor"),
    "floor": ("FLOOR", "the last learning rate"),
}
RATES = {
    Schedule.CONSTANT: "LEARNING_RATE",
    Schedule.INVERSE_TIME: "LEARNING_RATE / (1 + K * count)",
    Schedule.EXPONENTIAL: "LEARNING_RATE * GAMMA**count",
    Schedule.INVERSE_SQRT: "LEARNING_RATE * K / math.sqrt(count + 1)",
    Schedule.STEP: "LEARNING_RATE * GAMMA ** (count // EVERY)",
    Schedule.COSINE: "FLOOR + (LEARNING_RATE - FLOOR) * (1 + math.cos(math.pi * min(count / LENGTH, 1))) / 2",
}
OPTIMIZER_NAMES = {
    Optimizer.SGD: "gradient descent",
    Optimizer.MOMENTUM: "gradient descent with momentum",
    Optimizer.NESTEROV: "gradient descent with Nesterov's momentum",
    Optimizer.ADAGRAD: "Adagrad",
    Optimizer.RMSPROP: "RMSprop",
    Optimizer.ADAM: "Adam",
    Optimizer.ADAMW: "AdamW",
    Optimizer.PERCEPTRON: "the perceptron rule",
}


def settings(portrait: Portrait) -> str:
    """A line for each number that learning has, named and explained."""
    lines = [f"{name} = {value}" for name, value, _ in _numbers(portrait)]
    width = max(map(len, lines)) + 2
    comments = [comment for *_, comment in _numbers(portrait)]
    return "\n".join(f"{line:{width}}# {comment}" for line, comment in zip(lines, comments, strict=True))


def _numbers(portrait: Portrait) -> Iterator[tuple[str, str, str]]:
    training, recipe = portrait.spec.training, make_recipe(portrait.spec)
    yield "EPOCHS", str(EPOCHS), "updates, each with all training points, when this file is started"
    yield "LEARNING_RATE", repr(training.optimizer.learning_rate), "how far one update goes"
    for name, (written, comment) in HYPER.items():
        if name in recipe.hyper:
            yield written, repr(recipe.hyper[name]), comment
    for name, (written, comment) in SCHEDULE_HYPER.items():
        if name in recipe.schedule.hyper:
            yield written, repr(recipe.schedule.hyper[name]), comment
    if recipe.schedule.warmup:
        yield "WARMUP", str(recipe.schedule.warmup), "updates over which the learning rate rises at first"
    if training.l1:
        yield "L1", repr(training.l1), "weight of the sum of absolute weights"
    if training.l2:
        yield "L2", repr(training.l2), "weight of half the sum of squared weights"
    if training.clipping.name is not Clipping.NONE:
        what = (
            "norm of the gradient"
            if training.clipping.name is Clipping.GLOBAL_NORM
            else "entry of the gradient"
        )
        yield "CLIP", repr(training.clipping.limit), f"the largest {what} that an update is made of"


def flags(portrait: Portrait) -> set[str]:
    """What the experiment has, for the templates: optimiser and schedule by name among it."""
    spec, network, training = portrait.spec, portrait.network, portrait.spec.training
    several = network.fan_out > 1
    found = {
        "several" if several else "single": True,
        "classes": bool(portrait.state.labels),
        "table": portrait.prepared is not None,
        "curve": spec.data.is_curve,
        "hidden": bool(network.hidden),
        "norm": any(layer.batch_norm for layer in network.hidden),
        "dropout": any(layer.dropout for layer in network.hidden),
        "l1": training.l1 > 0,
        "l2": training.l2 > 0,
        "frozen": bool(make_recipe(spec).frozen),
        "clip_norm": training.clipping.name is Clipping.GLOBAL_NORM,
        "clip_value": training.clipping.name is Clipping.VALUE,
        "scheduled": not make_recipe(spec).schedule.constant,
        "warmup": training.schedule.warmup > 0,
        "untrained": not (portrait.part == 0).any(),
        "scaled_target": (portrait.state.target.shift, portrait.state.target.scale) != (0.0, 1.0),
        "inverse_sqrt": training.schedule.name is Schedule.INVERSE_SQRT,
        "cosine": training.schedule.name is Schedule.COSINE,
        f"by_{training.optimizer.name}": True,
        f"loss_{spec.loss}": True,
        f"output_{spec.output}": True,
    }
    found["second"] = not found.keys().isdisjoint({"by_adagrad", "by_rmsprop", "by_adam", "by_adamw"})
    return {name for name, is_there in found.items() if is_there}


def rate_expression(portrait: Portrait) -> str:
    """The learning rate after `count` updates, without warm-up."""
    return RATES[portrait.spec.training.schedule.name]
