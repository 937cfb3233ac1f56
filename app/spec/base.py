"""What every spec model shares: frozen, closed to unknown fields, strict about types, finite numbers only."""

from pydantic import BaseModel, ConfigDict


class Model(BaseModel):
    """A frozen value object of the vocabulary."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, allow_inf_nan=False)
