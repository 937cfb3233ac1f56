"""Links to playground.tensorflow.org as our experiments. What its keys mean was read from its state.ts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.data.tables import BUNDLED
from app.links import Beginning, checked, read_address
from app.links.tensorflow import HIDDEN, OTHER_CHANCE, SETTINGS
from app.spec import Experiment
from app.vocabulary import Output

WHOLE = (
    "https://playground.tensorflow.org/#activation=relu&regularization=L2&batchSize=12&dataset=spiral&regDataset=reg-plane"
    "&learningRate=0.003&regularizationRate=0.001&noise=25&networkShape=5,3,2&seed=0.49155&showTestData=true"
    "&discretize=true&percTrainData=70&x=true&y=false&xTimesY=true&xSquared=true&ySquared=false&cosX=true&sinX=false"
    "&cosY=false&sinY=true&collectStats=false&problem=classification&initZero=false&hideText=false"
)


def opened(address: str) -> Beginning:
    """What an address begins with."""
    found = read_address(address)
    assert isinstance(found, Beginning)
    return found


def spec_of(address: str) -> Experiment:
    """The experiment of an address."""
    return Experiment().patched(opened(address).payload.spec)


def test_a_whole_link_opens_as_the_same_experiment() -> None:
    """Every setting that a person has made there."""
    spec = spec_of(WHOLE)
    assert (spec.data.source, spec.data.samples, spec.data.noise, spec.data.train_fraction) == (
        "spiral",
        500,
        0.25,
        0.7,
    )
    assert spec.inputs == ("x1", "x1^2", "x1*x2", "sin(x2)", "cos(x1)")
    assert [(layer.units, layer.activation) for layer in spec.network.layers] == [
        (5, "relu"),
        (3, "relu"),
        (2, "relu"),
    ]
    assert (spec.output, spec.loss) == (Output.TANH, "half_squared_error")
    assert (spec.network.initializer, spec.network.initial_bias) == ("uniform", 0.1)
    assert (spec.training.optimizer.name, spec.training.optimizer.learning_rate) == ("sgd", 0.003)
    assert (spec.training.batch_size, spec.training.l1, spec.training.l2) == (12, 0.0, 0.001)
    beginning = opened(WHOLE)
    assert (beginning.tests, beginning.discretise) == (True, True)
    assert beginning.notes == (OTHER_CHANCE,)


def test_what_a_link_leaves_out_is_as_it_is_there() -> None:
    """Circle, 500 clean points, half of them trained on; x and y; 4 and 2 units of tanh; plain descent by 0.03 on
    batches of 10."""
    spec = spec_of("#dataset=circle")
    assert (spec.data.source, spec.data.samples, spec.data.noise, spec.data.train_fraction) == (
        "circle",
        500,
        0.0,
        0.5,
    )
    assert spec.inputs == ("x1", "x2")
    assert [(layer.units, layer.activation) for layer in spec.network.layers] == [(4, "tanh"), (2, "tanh")]
    assert (spec.training.optimizer.name, spec.training.optimizer.learning_rate) == ("sgd", 0.03)
    assert (spec.training.batch_size, spec.training.l1, spec.training.l2) == (10, 0.0, 0.0)
    assert (opened("#dataset=circle").tests, opened("#dataset=circle").discretise) == (False, False)


def test_regression_has_its_own_data_and_a_linear_output() -> None:
    """1200 points there."""
    spec = spec_of("#problem=regression&regDataset=reg-gauss&dataset=xor&initZero=true")
    assert (spec.data.source, spec.data.samples, spec.output, spec.loss) == (
        "multi_gauss",
        1200,
        "linear",
        "half_squared_error",
    )
    assert (spec.network.initializer, spec.network.initial_bias) == ("zeros", 0.0)
    assert spec_of("#problem=regression").data.source == "plane"


def test_an_empty_shape_is_no_hidden_layer() -> None:
    """A perceptron, as there."""
    assert spec_of("#networkShape=&dataset=gauss").network.layers == ()


def test_the_same_seed_gives_the_same_run() -> None:
    """Its text is no number of ours, but stands for one."""
    assert spec_of("#seed=0.5").seeds == spec_of("#seed=0.5&noise=10").seeds
    assert spec_of("#seed=0.5").seeds != spec_of("#seed=0.6").seeds
    assert spec_of("#dataset=xor").seeds == Experiment().seeds


def test_what_cannot_be_carried_over_is_said() -> None:
    """And left as it is there, or as near as it gets."""
    beginning = opened(
        "#activation=swish&regDataset=reg-argmax&problem=regression&learningRate=abc&noise=80&networkShape=4,99"
    )
    assert beginning.notes == (
        "regDataset “reg-argmax” was left at its default: allowed: reg-plane, reg-gauss.",
        "noise 80 became 50: here it is 0 to 50.",
        "activation “swish” was left at its default: allowed: relu, tanh, sigmoid, linear.",
        "networkShape 4,99 became 4,64: here it is at most 10 layers of 1 to 64 units.",
        "learningRate “abc” was left at its default: it is no number.",
        OTHER_CHANCE,
    )
    none = opened("#x=false&y=false")
    assert none.payload.spec["inputs"] == ["x1"]
    assert none.notes[0] == "The link switches all inputs off; x1 was left on, because a network needs one."


def test_hidden_controls_stay_hidden() -> None:
    """By the names of `hide=`; what is no control of its own here is said."""
    beginning = opened(
        "#dataset=xor&playButton_hide=true&noise_hide=true&dataset_hide=false&discretize_hide=true"
    )
    assert beginning.hide == ("play", "data.noise")
    assert beginning.notes[0] == "Not hidden, because it is not a control of its own here: discretize."


KEYS = sorted(SETTINGS | {f"{name}_hide" for name in HIDDEN})
VALUES = st.text(max_size=12) | st.floats().map(str) | st.integers().map(str)


@given(st.dictionaries(st.sampled_from(KEYS), VALUES, min_size=1))
def test_no_link_with_its_keys_is_ever_refused(pairs: dict[str, str]) -> None:
    """Whatever stands behind them: there, too, a bad value is the default."""
    word = "&".join(f"{name}={value}" for name, value in {**pairs, "dataset": "xor"}.items())
    checked(opened(f"#{word}").payload, BUNDLED)


@pytest.mark.parametrize("address", ["#foo=bar", "#tanh", "#e=", "https://playground.tensorflow.org/"])
def test_another_page_s_hash_is_not_one_of_its_links(address: str) -> None:
    """At least one of its keys must be there."""
    with pytest.raises(ValueError, match="link"):
        read_address(address)
