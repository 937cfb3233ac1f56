"""Links of every version there has been, written by the page and by the server, and what each of them holds."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given

from app.assemble import settle
from app.data.tables import BUNDLED
from app.links import (
    CURRENT,
    Payload,
    SavedId,
    checked,
    pack_numbers,
    read_address,
    read_link,
    unpack_numbers,
    write_link,
)
from app.links.beginning import uploaded_table
from app.links.codec import LinkError, pack
from app.links.versions import UPGRADES, check_version, upgraded
from app.session.commands import parse_command
from app.session.session import Session
from app.spec import Experiment, SpecError
from app.takeaway.differences import differing
from app.takeaway.link_text import link_of
from tests.unit.session.building import do, small
from tests.unit.spec.building import Tree, trees

FIXTURES = Path(__file__).parents[2] / "fixtures" / "links"
VERSIONS = [json.loads(path.read_text("utf-8")) for path in sorted(FIXTURES.glob("version-*.json"))]
LINKS = [(kept["version"], link) for kept in VERSIONS for link in kept["links"]]


def named(case: tuple[int, Tree]) -> str:
    """A test's name."""
    return f"{case[0]}: {case[1]['name']}"


def spec_of(patch: Tree) -> Experiment:
    """The experiment that a link's spec stands for."""
    return Experiment().patched(patch, lambda tree: settle(tree, BUNDLED))


def test_every_version_has_its_fixture_and_its_upgrade() -> None:
    """Whoever raises CURRENT adds both."""
    assert [kept["version"] for kept in VERSIONS] == list(range(1, CURRENT + 1))
    assert sorted(UPGRADES) == list(range(1, CURRENT))


@pytest.mark.parametrize("case", LINKS, ids=named)
@pytest.mark.parametrize("writer", ["python", "javascript"])
def test_a_link_of_any_version_is_read_back_for_ever(case: tuple[int, Tree], writer: str) -> None:
    """The whole experiment, whoever wrote it."""
    _, link = case
    payload = read_link(link[writer])
    assert spec_of(payload.spec).model_dump(mode="json") == link["spec"]
    assert json.loads(payload.model_dump_json(exclude_none=True)) == link["payload"] or case[0] < CURRENT
    assert json.loads(checked(payload, BUNDLED).spec) == link["spec"]


def test_the_defaults_stand_as_the_current_version_has_them() -> None:
    """A link holds only what differs from them. Whoever changes one raises CURRENT, and writes an upgrade that puts the
    old default into the links of the version before. A new field may come with a default of its own."""
    _compare(VERSIONS[-1]["defaults"], Experiment().model_dump(mode="json"))


def test_the_page_is_told_the_same_defaults() -> None:
    """It writes links by those of the schema."""
    for name, field in Experiment.model_json_schema()["properties"].items():
        assert field["default"] == Experiment().model_dump(mode="json")[name], name


def _compare(kept: Any, now: Any) -> None:
    if isinstance(kept, dict):
        for name, value in kept.items():
            _compare(value, now[name])
    else:
        assert kept == now


@pytest.mark.parametrize("case", [case for case in LINKS if case[0] == CURRENT], ids=named)
def test_the_server_writes_what_the_page_writes(case: tuple[int, Tree]) -> None:
    """The same tree; the packing may differ."""
    _, link = case
    assert differing(Experiment.parse(link["spec"])) == link["payload"]["spec"]


@given(trees)
def test_any_experiment_comes_back_from_its_link(tree: Tree) -> None:
    """Whatever its source, network and training."""
    spec = Experiment.parse(tree)
    assert spec_of(read_link(write_link(Payload(spec=differing(spec)))).spec) == spec


def test_an_upgrade_is_made_version_by_version() -> None:
    """Seen with versions that there never were."""
    steps = {1: lambda tree: tree | {"second": True}, 2: lambda tree: tree | {"third": tree["second"]}}
    assert upgraded({}, 1, 3, steps) == {"second": True, "third": True}
    assert upgraded({"second": 7}, 2, 3, steps) == {"second": 7, "third": 7}
    assert upgraded({"a": 1}, 3, 3, steps) == {"a": 1}


def test_a_newer_link_is_called_newer_and_not_damaged() -> None:
    """Even where its packing is another."""
    with pytest.raises(LinkError) as caught:
        read_link("2.something-else-altogether")
    assert caught.value.message == (
        "this link was made by a newer playground (version 2); this one reads versions up to 1"
    )
    check_version(1)


@pytest.mark.parametrize(
    ("tree", "message"),
    [
        ([], "a link holds an object"),
        ({"spce": {}}, "spce is not a known field"),
        ({"spec": []}, "spec: "),
        ({"points": [[1, 2, 1]]}, "points.0.3: "),
        ({"points": [[1, 2, 1, 0.5]]}, "points.0.3: "),
        ({"weights": "abc"}, "weights: "),
        ({"weights": "YWJj"}, "is no base64 of little-endian float64"),
    ],
)
def test_a_tree_that_is_none_is_refused_with_its_place(tree: Any, message: str) -> None:
    """In the words of the spec's own refusals."""
    with pytest.raises(SpecError) as caught:
        read_link(pack(tree, 1))
    assert message in caught.value.message
    assert caught.value.code == "bad_link"


def test_numbers_keep_every_bit() -> None:
    """0.5, 1 and -2 in little-endian, by hand."""
    assert pack_numbers([1.0]) == "AAAAAAAA8D8="
    odd = (0.1 + 0.2, -0.0, 5e-324, 1.7976931348623157e308)
    assert pack_numbers(unpack_numbers(pack_numbers(odd))) == pack_numbers(odd)
    assert unpack_numbers("") == ()


GATE: Tree = {"data": {"source": "gate_xor"}, "inputs": ["x1", "x2"], "network": {"layers": [{"units": 2}]}}
NINE, ONE, NAN = pack_numbers([1.0] * 9), pack_numbers([1.0]), pack_numbers([float("nan")] * 9)
UPLOADED: Tree = {"data": {"source": "table", "table": {"name": "t-0123456789abcdef"}}}
WIDE: Tree = {"network": {"layers": [{"units": 64}] * 4}, "training": {"batch_size": None}}
IMPOSSIBLE: list[tuple[Tree, tuple[Any, ...], str]] = [
    ({"spec": {"data": {"noise": 3}}}, ("data", "noise"), "data.noise: "),
    ({"spec": UPLOADED}, ("data", "table", "name"), "there is no table"),
    ({"spec": GATE, "weights": ONE}, ("weights",), "there are 1 weights; this network has 9"),
    ({"spec": GATE, "weights": NAN}, ("weights", 0), "weights.0: "),
    (
        {"spec": GATE, "weights": NINE, "statistics": ONE},
        ("statistics",),
        "there are 1 statistics; this network has 0",
    ),
    ({"spec": GATE, "points": [[1, 2, 2, 0]]}, ("points", 0, 2), "label 2 is no class; allowed: 0 to 1"),
    ({"spec": GATE, "points": [[1, 2, 1, 3]]}, ("points", 0, 3), "points.0.3: "),
    ({"spec": GATE, "points": [[1, 200, 1, 0]]}, ("points", 0, 1), "points.0.1: "),
    (
        {"spec": {"data": {"source": "table"}}, "points": []},
        ("points",),
        "the points of a table are its rows",
    ),
    ({"spec": WIDE, "points": [[0, 0, 0, 0]] * 5000}, ("training", "batch_size"), "is too long"),
]


@pytest.mark.parametrize(("payload", "path", "message"), IMPOSSIBLE)
def test_what_cannot_be_is_refused_before_a_session_begins(
    payload: Tree, path: tuple[Any, ...], message: str
) -> None:
    """With the place and the words."""
    with pytest.raises(SpecError) as caught:
        checked(Payload.model_validate_json(json.dumps(payload)), BUNDLED)
    assert caught.value.path == path
    assert message in caught.value.message


def test_an_experiment_without_points_and_weights_needs_no_command() -> None:
    """Its spec says it all; else one `load` follows."""
    assert checked(Payload(spec=GATE), BUNDLED).commands == ()
    (command,) = checked(Payload(spec=GATE, points=((1.0, 2.0, 1.0, 0),)), BUNDLED).commands
    told = {"type": "load", "id": 0, "spec": GATE, "points": [[1.0, 2.0, 1.0, 0]], "statistics": []}
    assert json.loads(command) == told


def test_a_session_comes_back_from_its_own_link() -> None:
    """Points that a hand has set, their parts, and the weights after some training, batch norm's statistics too."""
    session = small(network={"layers": [{"units": 3, "batch_norm": True}]})
    do(session, "add_points", points=[[0.3, -2.25, 1]], part="test")
    do(session, "step", batches=20)
    found = read_address(link_of(session, weights=True))
    assert not isinstance(found, SavedId)
    ready = checked(found.payload, BUNDLED)
    again = Session.create(Experiment.parse(json.loads(ready.spec)))
    for command in ready.commands:
        again.handle(parse_command(command))
    assert session.theta.tolist() == again.theta.tolist()
    assert session.machine.standing().outputs.tolist() == again.machine.standing().outputs.tolist()
    assert [row[1:] for row in session.points().points] == [row[1:] for row in again.points().points]


def test_only_the_name_of_an_uploaded_table_is_in_a_link() -> None:
    """The table itself goes with a saved one."""
    name = "t-0123456789abcdef"
    assert uploaded_table(Payload(spec={"data": {"source": "table", "table": {"name": name}}})) == name
    assert uploaded_table(Payload(spec={"data": {"source": "table", "table": {"name": "iris"}}})) is None
    assert uploaded_table(Payload(spec={"data": {"source": "xor", "table": {"name": name}}})) is None
    assert uploaded_table(Payload(spec={"data": {"source": "table"}})) is None


def test_an_address_is_told_by_what_stands_behind_its_hash() -> None:
    """Whole or only that part, and with signs that a mail program has escaped."""
    text = write_link(Payload(spec=GATE))
    for address in (f"#e={text}", f"http://a.school/?hide=bar#e={text}", f" #e={text}\n", f"e={text}"):
        found = read_address(address)
        assert not isinstance(found, SavedId)
        assert found.payload.spec == GATE
    assert read_address("https://a.school/#s=abcdefgh-_012345") == SavedId("abcdefgh-_012345")


@pytest.mark.parametrize(
    "address",
    ["", "#", "http://a.school/", "#board", "#a=b", "hello", "#s=short", "#s=../../etc/passwd", "#e="],
)
def test_what_is_no_address_is_refused(address: str) -> None:
    """With what is allowed."""
    with pytest.raises(LinkError):
        read_address(address)
