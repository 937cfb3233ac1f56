"""The experiment's settings as a file, from which `python -m app train` begins the same run."""

import json
from collections.abc import Mapping

from app.session.session import Session


def make_settings(session: Session, options: Mapping[str, str]) -> bytes:
    """The whole spec as indented JSON."""
    return (json.dumps(session.spec.model_dump(mode="json"), indent=2, ensure_ascii=False) + "\n").encode()
