"""What may be asked in which phase, as a table, and the words of a refusal."""

from app.session.events import Phase
from app.spec import SpecError

PAUSED, PLAYING, DIVERGED = Phase.PAUSED, Phase.PLAYING, Phase.DIVERGED
SEEKING, BENCHING = Phase.SEEKING, Phase.BENCHING

LOOKING = frozenset(
    {
        "set_view",
        "set_speed",
        "inspect",
        "rows",
        "check",
        "check_gradient",
        "name_branch",
        "drop_branch",
        "compare",
    }
)
"""Commands that leave training, points and weights as they are, and whoever is on the way to a step on the way."""

CHANGING = (
    "pause",
    "reset",
    "new_weights",
    "set_spec",
    "load",
    "add_points",
    "move_points",
    "relabel_points",
    "delete_points",
    "set_part",
    "undo",
    "redo",
    "set_weight",
    "walk",
)
"""Commands that end what a session is on the way to, and let it stand."""


def _on_the_way(phase: Phase) -> dict[str, Phase]:
    """What may be asked while slices of work lead somewhere: looking lets them go on, all else ends them."""
    left = {"play": PLAYING, "step": PLAYING, "seek": SEEKING, "switch_branch": SEEKING}
    return {**left, **dict.fromkeys(CHANGING, PAUSED), **dict.fromkeys(sorted(LOOKING), phase)}


TRANSITIONS: dict[Phase, dict[str, Phase]] = {
    PAUSED: {
        "play": PLAYING,
        "pause": PAUSED,
        "step": PLAYING,
        "reset": PAUSED,
        "new_weights": PAUSED,
        "set_spec": PAUSED,
        "load": PAUSED,
        "add_points": PAUSED,
        "move_points": PAUSED,
        "relabel_points": PAUSED,
        "delete_points": PAUSED,
        "set_part": PAUSED,
        "undo": PAUSED,
        "redo": PAUSED,
        "set_weight": PAUSED,
        "set_speed": PAUSED,
        "set_view": PAUSED,
        "inspect": PAUSED,
        "rows": PAUSED,
        "check_gradient": PAUSED,
        "check": PAUSED,
        "bench": BENCHING,
        "seek": SEEKING,
        "switch_branch": SEEKING,
        "name_branch": PAUSED,
        "drop_branch": PAUSED,
        "compare": PAUSED,
        "walk": PAUSED,
        "chain": PAUSED,
    },
    PLAYING: {
        "play": PLAYING,
        "pause": PAUSED,
        "step": PLAYING,
        "reset": PAUSED,
        "new_weights": PLAYING,
        "set_spec": PLAYING,
        "load": PAUSED,
        "add_points": PLAYING,
        "move_points": PLAYING,
        "relabel_points": PLAYING,
        "delete_points": PLAYING,
        "set_part": PLAYING,
        "undo": PLAYING,
        "redo": PLAYING,
        "set_weight": PLAYING,
        "set_speed": PLAYING,
        "set_view": PLAYING,
        "inspect": PLAYING,
        "rows": PLAYING,
        "check_gradient": PLAYING,
        "check": PLAYING,
        "bench": BENCHING,
        "seek": SEEKING,
        "switch_branch": SEEKING,
        "name_branch": PLAYING,
        "drop_branch": PLAYING,
        "compare": PLAYING,
        "walk": PAUSED,
    },
    DIVERGED: {
        "pause": DIVERGED,
        "reset": PAUSED,
        "new_weights": PAUSED,
        "set_spec": PAUSED,
        "load": PAUSED,
        "add_points": PAUSED,
        "move_points": PAUSED,
        "relabel_points": PAUSED,
        "delete_points": PAUSED,
        "set_part": PAUSED,
        "undo": PAUSED,
        "redo": PAUSED,
        "set_weight": PAUSED,
        "set_speed": DIVERGED,
        "set_view": DIVERGED,
        "inspect": DIVERGED,
        "rows": DIVERGED,
        "check_gradient": DIVERGED,
        "check": DIVERGED,
        "seek": SEEKING,
        "switch_branch": SEEKING,
        "name_branch": DIVERGED,
        "drop_branch": DIVERGED,
        "compare": DIVERGED,
    },
    SEEKING: _on_the_way(SEEKING),
    BENCHING: {**_on_the_way(BENCHING), "bench": BENCHING},
}
"""(phase, command) -> the phase after it. A command that a phase does not list is refused there. A `step` plays until
its updates are done, and an event may decide otherwise: divergence, the last training point deleted, or arrival at
the step that was sought."""


def next_phase(phase: Phase, command: str) -> Phase:
    """The phase after `command`; SpecError (code `not_allowed`) where the table has none."""
    allowed = TRANSITIONS[phase]
    if command not in allowed:
        raise SpecError(f"cannot {command} while {phase}; allowed: {', '.join(allowed)}", (), "not_allowed")
    return allowed[command]
