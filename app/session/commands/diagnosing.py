"""Commands that examine the network and change nothing."""

from typing import Literal

from app.session.commands.base import BaseCommand


class CheckGradient(BaseCommand):
    """Compare every parameter's derivative with a finite difference, told by one `gradient_check` event."""

    type: Literal["check_gradient"] = "check_gradient"
