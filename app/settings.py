"""What whoever runs the server may set, by environment variables of the same names in capitals."""

import os
import re
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, Field
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict


def split_at_commas(value: object) -> object:
    """`a, b` as a list."""
    return [part.strip() for part in value.split(",") if part.strip()] if isinstance(value, str) else value


Names = Annotated[tuple[str, ...], NoDecode, BeforeValidator(split_at_commas)]


FRAMING_SITE = re.compile(r"(https?://)?(\*\.)?[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:(\d{1,5}|\*))?", re.IGNORECASE)
"""A host source as Content Security Policy writes it: `https://a.b`, `https://*.a.b`, `a.b:8080`."""


def framing_site(name: str) -> str:
    """`name` if it may stand among the frame ancestors; raises ValueError otherwise."""
    if name in {"self", "none", "*"} or FRAMING_SITE.fullmatch(name):
        return name
    raise ValueError(f"{name!r} is no site; allowed: self, none, * or sites such as https://school.example")


FramingSite = Annotated[str, AfterValidator(framing_site)]
FramingSites = Annotated[tuple[FramingSite, ...], NoDecode, BeforeValidator(split_at_commas)]


def default_engines() -> int:
    """One engine process for each core."""
    return os.cpu_count() or 1


def default_database() -> str:
    """A file of the project's own, wherever the server is started."""
    return f"sqlite+aiosqlite:///{Path(__file__).parents[1] / 'var' / 'playground.db'}"


class Settings(BaseSettings):
    """HOST, PORT, ENGINES, ... from the environment."""

    model_config = SettingsConfigDict(frozen=True, extra="ignore")

    host: str = Field("127.0.0.1", description="Address to listen on; 0.0.0.0 for the whole network.")
    port: int = Field(8000, ge=0, le=65535, description="Port to listen on; 0 takes a free one.")
    engines: int = Field(
        default_factory=default_engines,
        ge=0,
        le=64,
        description="Engine processes; 0 trains inside the web process.",
    )
    frames_per_second: float = Field(60.0, gt=0, le=240, description="Most frames a viewer gets in a second.")
    max_sessions: int = Field(400, ge=1, description="Sessions at once.")
    idle_seconds: float = Field(
        1800.0,
        gt=0,
        description="How long a session that nobody looks at stays in memory; the database keeps it longer.",
    )
    database_url: str = Field(
        default_factory=default_database,
        description="Where sessions, links and saved experiments are kept, as SQLAlchemy writes it, such as "
        "sqlite+aiosqlite:///kept.db or postgresql+psycopg://user:password@host/name; none given: the file "
        "var/playground.db of the project.",
    )
    keep_days: float = Field(
        30.0, gt=0, le=36_500, description="How many days a session is kept after it was last looked at."
    )
    hang_seconds: float = Field(
        10.0,
        ge=1,
        description="An engine process that answers nothing for so long is killed, and its sessions go on in another.",
    )
    silent_seconds: float = Field(
        3600.0, gt=0, description="A viewer that says nothing for so long is let go."
    )
    open_seconds: float = Field(
        10.0, gt=0, description="How long a new socket may wait before its first message."
    )
    max_message_bytes: int = Field(262_144, ge=1024, description="Largest message from a browser.")
    commands_per_second: float = Field(300.0, gt=0, description="Commands of a viewer, on average.")
    command_burst: int = Field(600, ge=1, description="Commands of a viewer, at once.")
    tables_mb: int = Field(
        512, ge=0, description="Megabytes that the uploaded tables of all sessions may take; 0 allows none."
    )
    sessions_mb: int = Field(
        4000,
        ge=1,
        description="Megabytes that all kept sessions may take; those that nobody has looked at longest go first.",
    )
    links_mb: int = Field(
        256,
        ge=0,
        description="Megabytes that short links may take, with the uploaded tables they are about; 0 keeps none.",
    )
    allowed_origins: Names = Field(
        (), description="Other sites whose pages may connect, such as https://a.b, separated by commas."
    )
    frame_ancestors: FramingSites = Field(
        ("self",),
        description="Sites whose pages may show this one in a frame, such as https://school.example, separated by "
        "commas; `self` is this site, `none` nobody, `*` everybody.",
    )
    allowed_hosts: Names = Field(
        (),
        description="Names by which browsers may call the server, separated by commas; none given: localhost and its "
        "addresses if it listens only there, else any.",
    )
