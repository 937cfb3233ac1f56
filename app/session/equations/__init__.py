"""What is said at each stop of a walk: a sentence, the formula, and the same with the ledger's numbers."""

from collections.abc import Callable

from app.engine.ledger import Ledger
from app.engine.network import Network
from app.session.equations.backward import tell_backward
from app.session.equations.common import Told, where
from app.session.equations.forward import tell_forward, tell_loss
from app.session.equations.learning import tell_gradient, tell_update
from app.session.walk_events import WalkStop


def stops_of(network: Network) -> tuple[WalkStop, ...]:
    """Forward layer by layer, loss, backward, gradient, update."""
    layers = range(len(network.layers))

    def through(kind: str, layer: int) -> WalkStop:
        return WalkStop(kind=kind, layer=layer, title=f"{kind.capitalize()}: {where(network, layer)}")

    return (
        *(through("forward", layer) for layer in layers),
        WalkStop(kind="loss", layer=None, title="Loss"),
        *(through("backward", layer) for layer in reversed(layers)),
        WalkStop(kind="gradient", layer=None, title="Gradient"),
        WalkStop(kind="update", layer=None, title="Update"),
    )


def tell(ledger: Ledger, stop: WalkStop, column: int) -> Told:
    """What is said at `stop` about the sample at `column` of the batch."""
    return TELLERS[stop.kind](ledger, stop.layer or 0, column)


TELLERS: dict[str, Callable[[Ledger, int, int], Told]] = {
    "forward": tell_forward,
    "loss": tell_loss,
    "backward": tell_backward,
    "gradient": tell_gradient,
    "update": tell_update,
}
