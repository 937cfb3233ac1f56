"""What may be asked in which phase: the table is what sessions do."""

from typing import Any

import pytest

from app.session.commands import COMMANDS
from app.session.events import Ok, Phase, PhaseChanged
from app.session.handlers import HANDLERS
from app.session.phases import TRANSITIONS, next_phase
from app.spec import SpecError
from tests.unit.session.building import EXAMPLES, diverged, do, in_phase, ready_for, refused

CHANGING = (
    *("add_points", "move_points", "relabel_points", "delete_points", "set_part"),
    *("undo", "redo", "set_weight"),
)


def known_commands() -> set[Any]:
    """The `type` of every command there is."""
    models = COMMANDS.json_schema()["$defs"].values()
    return {model["properties"]["type"]["const"] for model in models if "type" in model.get("properties", {})}


def test_the_table_speaks_of_every_phase_and_knows_every_command() -> None:
    assert set(TRANSITIONS) == set(Phase)
    assert known_commands() == set(HANDLERS) == set(EXAMPLES) == set().union(*TRANSITIONS.values())


@pytest.mark.parametrize("phase", list(Phase))
@pytest.mark.parametrize("kind", list(EXAMPLES))
def test_every_command_in_every_phase_does_what_the_table_says(phase: Phase, kind: str) -> None:
    session = in_phase(phase, edited=True)
    if kind not in TRANSITIONS[phase]:
        error = refused(session, kind, **EXAMPLES[kind])
        assert error.code == "not_allowed"
        assert error.message == f"cannot {kind} while {phase}; allowed: {', '.join(TRANSITIONS[phase])}"
        return
    answer, *events = do(ready_for(kind, session), kind, **EXAMPLES[kind])
    assert isinstance(answer, Ok)
    # One batch is done, and a short way is gone, while answering.
    at_once = kind in ("step", "seek") or (kind == "switch_branch" and phase is not Phase.SEEKING)
    expected = Phase.PAUSED if at_once else TRANSITIONS[phase][kind]
    assert session.phase is expected
    told = [event.phase for event in events if isinstance(event, PhaseChanged)]
    assert told == ([expected] if expected is not phase or at_once else [])


def test_few_commands_lead_to_another_phase() -> None:
    """While diverged, whatever may mend it leads back to a pause; pausing, speed, view and pointing do not."""
    playing, paused, exploded, seeking = Phase.PLAYING, Phase.PAUSED, Phase.DIVERGED, Phase.SEEKING
    benching = Phase.BENCHING
    leading = {
        (phase, kind): after
        for phase, row in TRANSITIONS.items()
        for kind, after in row.items()
        if after is not phase
    }
    assert leading == {
        (paused, "play"): playing,
        (paused, "step"): playing,
        (playing, "pause"): paused,
        (playing, "reset"): paused,
        (exploded, "reset"): paused,
        (exploded, "new_weights"): paused,
        (exploded, "set_spec"): paused,
        (exploded, "load"): paused,
        (playing, "load"): paused,
        (exploded, "add_points"): paused,
        (exploded, "move_points"): paused,
        (exploded, "relabel_points"): paused,
        (exploded, "delete_points"): paused,
        (exploded, "set_part"): paused,
        (exploded, "undo"): paused,
        (exploded, "redo"): paused,
        (exploded, "set_weight"): paused,
        **{
            (phase, kind): seeking
            for phase in (paused, playing, exploded, benching)
            for kind in ("seek", "switch_branch")
        },
        **{
            (seeking, kind): paused
            for kind in (*CHANGING, "pause", "reset", "new_weights", "set_spec", "load", "walk")
        },
        (playing, "walk"): paused,
        **{(phase, "bench"): benching for phase in (paused, playing)},
        **{
            (benching, kind): paused
            for kind in (*CHANGING, "pause", "reset", "new_weights", "set_spec", "load", "walk")
        },
        **{(benching, kind): playing for kind in ("play", "step")},
        **{(seeking, kind): playing for kind in ("play", "step")},
    }


def test_after_divergence_no_step_can_be_taken_and_chains_need_a_pause() -> None:
    refusals = {(phase, kind) for phase in Phase for kind in EXAMPLES if kind not in TRANSITIONS[phase]}
    assert refusals == {
        *((Phase.DIVERGED, kind) for kind in ("play", "step", "walk", "chain")),
        *((phase, "chain") for phase in (Phase.PLAYING, Phase.SEEKING, Phase.BENCHING)),
        *((phase, "bench") for phase in (Phase.DIVERGED, Phase.SEEKING)),
    }


def test_a_refusal_names_all_that_is_allowed() -> None:
    assert refused(diverged(), "step", batches=1).message == (
        "cannot step while diverged; allowed: pause, reset, new_weights, set_spec, load, add_points, move_points, "
        "relabel_points, delete_points, set_part, undo, redo, set_weight, set_speed, set_view, inspect, "
        "rows, check_gradient, check, seek, switch_branch, name_branch, drop_branch, compare"
    )


def test_what_is_no_command_is_not_allowed_in_any_phase() -> None:
    for phase in Phase:
        with pytest.raises(SpecError, match=f"cannot fly while {phase}; allowed: ") as caught:
            next_phase(phase, "fly")
        assert caught.value.code == "not_allowed"
