"""What was learnt, in sentences: the data, the network, how it was trained, how it does."""

import math

from app.session.session import Session
from app.session.verdicts.gap import read_gap
from app.spec import SpecError
from app.takeaway.link_text import link_of
from app.takeaway.portrait import Portrait
from app.takeaway.words import (
    class_name,
    count_text,
    counted,
    data_name,
    in_a_sentence,
    input_names,
    number_text,
    shortened,
    title_of,
)
from app.vocabulary import PARTS, Task

PURPOSE = ("to train on", "to validate with", "to test with")
MOST_NAMED = 10
LONGEST_LINK = 8_000
"""Characters; a longer one goes without the weights."""


def listed(words: list[str]) -> str:
    """ "a, b and c"."""
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


def title_of_report(session: Session) -> str:
    """Such as "Spiral, after 100 epochs"."""
    when = f"after {counted(session.epoch, 'epoch')}" if session.step else "before training"
    return f"{data_name(session)}, {when}"


def sentences(session: Session, portrait: Portrait) -> list[str]:
    """A paragraph each: data, network, training, and what came of it."""
    return [_data(session, portrait), _network(portrait), _training(session, portrait), *_outcome(portrait)]


def _data(session: Session, portrait: Portrait) -> str:
    state = portrait.state
    counts = [int((portrait.part == number).sum()) for number in range(len(PARTS))]
    parts = [f"{count_text(count)} {why}" for count, why in zip(counts, PURPOSE, strict=True) if count]
    if state.task is Task.CLASSIFICATION:
        classes = [class_name(state, label) for label in range(state.spec.data.classes)]
        what = f"The question is which of {counted(len(classes), 'class').replace('classs', 'classes')}"
        what += f" a point belongs to: {listed([shortened(name) for name in classes[:MOST_NAMED]])}."
    else:
        unit = f" in {state.target.unit}" if state.target.unit else ""
        what = f"What is predicted is a number, {state.target.name}{unit}."
    edited = " Points were edited by hand." if state.edited else ""
    points = f"{counted(len(portrait.points), 'point')}, {listed(parts)}" if parts else "no points"
    return f"{data_name(session)}: {points}. {what}{edited}"


def _network(portrait: Portrait) -> str:
    network, names = portrait.network, input_names(portrait.state)
    shown = listed(names) if len(names) <= MOST_NAMED else f"{', '.join(names[:3])} and {len(names) - 3} more"
    hidden = [
        f"{counted(layer.fan_out, 'unit')} ({in_a_sentence(title_of(f'activation.{layer.activation}'))})"
        for layer in network.hidden
    ]
    layers = f"{counted(len(hidden), 'hidden layer')} of {listed(hidden)}" if hidden else "no hidden layer"
    output = f"{counted(network.fan_out, 'output')} ({in_a_sentence(title_of(f'output.{network.output}'))})"
    total = counted(network.parameters, "weight").replace("weights", "weights and biases")
    return f"The network sees {counted(len(names), 'input')}: {shown}. It has {layers} and {output}, {total} in all."


def _training(session: Session, portrait: Portrait) -> str:
    training = portrait.spec.training
    if not portrait.step:
        return "It has not been trained yet."
    size = "all points at once" if training.batch_size is None else f"batches of {training.batch_size}"
    optimizer, loss = (
        title_of(f"optimizer.{training.optimizer.name}"),
        in_a_sentence(title_of(f"loss.{portrait.state.loss}")),
    )
    penalties = [
        f"{name.upper()} {number_text(value)}" for name in ("l1", "l2") if (value := getattr(training, name))
    ]
    more = f", with the penalty {listed(penalties)}" if penalties else ""
    return (
        f"It was trained for {counted(portrait.epoch, 'epoch')}, which is {counted(portrait.step, 'update')}, by "
        f"{optimizer} at a learning rate of {number_text(training.optimizer.learning_rate)} on {size}{more}. "
        f"What training makes small is the loss: {loss}."
    )


def _outcome(portrait: Portrait) -> list[str]:
    """What the diagnosis says of training points and those that judge."""
    now, classes = portrait.frame.now, portrait.state.task is Task.CLASSIFICATION
    if not portrait.step:
        return []
    train, test, validation = (
        math.nan if score is None else score
        for score in (now.train_score, now.test_score, now.validation_score)
    )
    return [reading.text for reading in read_gap(train, test, classes, validation)]


def way_on(session: Session) -> tuple[str, bool]:
    """The text of a link, with the weights where it stays short, and whether it has them; empty where none can hold
    the experiment."""
    for weights in (True, False):
        try:
            text = link_of(session, weights)
        except SpecError:
            continue
        if len(text) <= LONGEST_LINK or not weights:
            return text, weights
    return "", False
