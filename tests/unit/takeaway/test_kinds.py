"""What can be taken home: the registry, its options, and what files are called."""

import json
import subprocess
import sys

import pytest

from app.session.commands import Step
from app.session.session import Session
from app.spec import Experiment
from app.takeaway.errors import TakeawayError
from app.takeaway.kinds import KINDS, kind_named, of_portrait
from app.takeaway.naming import stem_of
from app.takeaway.options import Option, completed

FRAMES = {
    "frames": Option("Frames", "60", 2, 120, whole=True),
    "theme": Option("Theme", "light", choices=("light", "dark")),
}


@pytest.mark.parametrize("name", KINDS)
def test_every_kind_is_made_of_a_session_that_has_trained(name: str, trained: Session) -> None:
    kind = KINDS[name]
    data = kind.make(trained, completed(kind.options, {}))
    assert isinstance(data, bytes)
    assert data


@pytest.fixture(scope="module")
def trained() -> Session:
    """A small session after two epochs."""
    session = Session.create(
        Experiment.parse({"data": {"samples": 40}, "network": {"layers": [{"units": 3}]}})
    )
    session.handle(Step(id=1, epochs=2))
    session.advance(100)
    return session


@pytest.mark.parametrize("name", KINDS)
def test_every_kind_says_in_a_sentence_what_it_is(name: str) -> None:
    kind = KINDS[name]
    assert kind.text.endswith(".")
    assert 0 < len(kind.title) <= 24
    assert kind.file_name.startswith("{stem}")
    assert completed(kind.options, {}) == {key: option.default for key, option in kind.options.items()}


def test_an_unknown_kind_is_refused_by_name() -> None:
    with pytest.raises(
        TakeawayError, match=r"“model” is nothing that can be taken home; allowed: .*settings"
    ):
        kind_named("model")
    with pytest.raises(TakeawayError, match=r"^this is nothing"):
        kind_named("x" * 41)
    assert kind_named("settings") is KINDS["settings"]


def test_options_are_completed_with_their_defaults() -> None:
    assert completed(FRAMES, {"frames": "2"}) == {"frames": "2", "theme": "light"}


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"frames": "1"}, "frames is “1”; allowed: whole numbers from 2 to 120"),
        ({"frames": "2.5"}, "frames is “2.5”; allowed: whole numbers from 2 to 120"),
        ({"frames": "60.0"}, "frames is “60.0”; allowed: whole numbers from 2 to 120"),
        ({"frames": "nan"}, "frames is “nan”; allowed: whole numbers from 2 to 120"),
        ({"frames": "many"}, "frames is “many”; allowed: whole numbers from 2 to 120"),
        ({"theme": "pink"}, "theme is “pink”; allowed: light, dark"),
        ({"speed": "1"}, "“speed” is no option of it; allowed: frames, theme"),
    ],
)
def test_an_option_out_of_bounds_is_refused_by_name(given: dict[str, str], words: str) -> None:
    with pytest.raises(TakeawayError) as caught:
        completed(FRAMES, given)
    assert (caught.value.code, caught.value.message) == ("bad_option", words)


@pytest.mark.parametrize(
    ("spec", "stem"),
    [
        ({}, "spiral-4-2-tanh"),
        ({"data": {"source": "gate_and"}, "network": {"layers": []}}, "gate-and"),
        ({"network": {"layers": [{"units": 8, "activation": "relu"}, {"units": 3}]}}, "spiral-8-3-mixed"),
        ({"data": {"source": "table", "table": {"name": "breast_cancer"}}}, "breast-cancer-4-2-tanh"),
    ],
)
def test_a_file_is_called_after_data_and_network(spec: dict[str, object], stem: str) -> None:
    assert stem_of(Session.create(Experiment.parse(spec))) == stem


def test_what_is_made_of_the_portrait_gets_it(trained: Session) -> None:
    seen: object = of_portrait("builtins:repr")(trained, {})
    assert str(seen).startswith("Portrait(spec=Experiment(")


def test_making_a_small_file_loads_no_figures() -> None:
    """What draws and what writes models is loaded by what needs it."""
    program = (
        "import sys, app.host.making_process; from app.session.session import Session; from app.spec import Experiment;"
        "from app.takeaway.kinds import KINDS; KINDS['settings'].make(Session.create(Experiment()), {});"
        "import json; print(json.dumps(sorted({'plotly', 'onnx', 'PIL', 'fastapi'} & set(sys.modules))))"
    )
    told = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)  # noqa: S603
    assert json.loads(told.stdout) == []
