"""What may be asked in which phase, as a table, and the words of a refusal."""

from app.session.events import Phase
from app.spec import SpecError

PAUSED, PLAYING, DIVERGED = Phase.PAUSED, Phase.PLAYING, Phase.DIVERGED

TRANSITIONS: dict[Phase, dict[str, Phase]] = {
    PAUSED: {
        "play": PLAYING,
        "pause": PAUSED,
        "step": PLAYING,
        "reset": PAUSED,
        "new_weights": PAUSED,
        "set_spec": PAUSED,
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
    },
    PLAYING: {
        "play": PLAYING,
        "pause": PAUSED,
        "step": PLAYING,
        "reset": PAUSED,
        "new_weights": PLAYING,
        "set_spec": PLAYING,
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
    },
    DIVERGED: {
        "pause": DIVERGED,
        "reset": PAUSED,
        "new_weights": PAUSED,
        "set_spec": PAUSED,
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
    },
}
"""(phase, command) -> the phase after it. A command that a phase does not list is refused there. A `step` plays until
its updates are done, and an event may decide otherwise: divergence, or the last training point deleted."""


def next_phase(phase: Phase, command: str) -> Phase:
    """The phase after `command`; SpecError (code `not_allowed`) where the table has none."""
    allowed = TRANSITIONS[phase]
    if command not in allowed:
        raise SpecError(f"cannot {command} while {phase}; allowed: {', '.join(allowed)}", (), "not_allowed")
    return allowed[command]
