"""What a link holds: a spec where it differs from the defaults, and by choice points and weights."""

import base64
import binascii
import json
import sys
from array import array
from collections.abc import Iterable
from typing import Annotated, Any

from pydantic import AfterValidator, Field, ValidationError

from app.links.codec import LinkError, pack, split, unpack
from app.links.versions import CURRENT, check_version, upgraded
from app.session.commands import Load
from app.spec import SpecError
from app.spec.base import Model

NUMBER_BYTES = 8
DAMAGED = "is no base64 of little-endian float64"


def pack_numbers(numbers: Iterable[float]) -> str:
    """Numbers as base64 of little-endian float64."""
    return base64.b64encode(_swapped(array("d", numbers)).tobytes()).decode()


def unpack_numbers(text: str) -> tuple[float, ...]:
    """The numbers that `pack_numbers` made `text` of; ValueError where it did not."""
    try:
        data = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise ValueError(DAMAGED) from error
    if len(data) % NUMBER_BYTES:
        raise ValueError(DAMAGED)
    return tuple(_swapped(array("d", data)))


def _swapped(numbers: "array[float]") -> "array[float]":
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers


def _checked_numbers(text: str) -> str:
    unpack_numbers(text)
    return text


Numbers = Annotated[str, AfterValidator(_checked_numbers)]


class Payload(Model):
    """One experiment. Points are [x1, x2, label, part] as the command `load` takes them, and there only where they are
    not those that the spec draws; `weights` are all parameters in the order of a frame's `theta`."""

    spec: dict[str, Any] = Field(default_factory=dict)
    points: tuple[tuple[float, float, float, int], ...] | None = None
    weights: Numbers | None = None
    statistics: Numbers | None = None

    @property
    def is_plain(self) -> bool:
        """All of it is drawn by the spec."""
        return self.points is None and self.weights is None

    def load(self) -> Load:
        """The command that makes a session this experiment; SpecError where it cannot be one."""
        fields: dict[str, Any] = {"id": 0, "spec": self.spec, "points": self.points}
        if self.weights is not None:
            fields["weights"] = unpack_numbers(self.weights)
        if self.statistics is not None:
            fields["statistics"] = unpack_numbers(self.statistics)
        try:
            return Load.model_validate(fields)
        except ValidationError as error:
            raise SpecError.from_validation(error, "bad_link") from error


def write_link(payload: Payload) -> str:
    """`payload` as the text of a link of the current version; LinkError where it is too long for one."""
    return pack(payload.model_dump(mode="json", exclude_none=True), CURRENT)


def read_link(text: str) -> Payload:
    """What a link's text of any version holds; SpecError where that is nothing."""
    version, word = split(text)
    check_version(version)
    try:
        return Payload.model_validate_json(_as_json(upgraded(unpack(word), version)))
    except ValidationError as error:
        raise SpecError.from_validation(error, "bad_link") from error


def _as_json(tree: Any) -> str:
    """Strict models take lists for tuples from JSON alone."""
    try:
        return json.dumps(tree)
    except (ValueError, RecursionError) as error:
        raise LinkError("the link is damaged: what it unpacks to is not JSON") from error
