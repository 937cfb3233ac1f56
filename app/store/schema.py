"""The tables of the database, as SQLAlchemy knows them; `migrations/` brings an older one here, and a test compares.

Times are whole seconds since 1970, UTC. A session's and an owner's key never stands here, only its SHA-256.
"""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
)

NAMING = {
    "pk": "pk_%(table_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "ix": "ix_%(table_name)s_%(column_0_name)s",
}
METADATA = MetaData(naming_convention=NAMING)

DIGEST, NAME, ID = 64, 18, 32
"""Characters of a SHA-256 in hexadecimal, of an uploaded table's name, of a link's or an experiment's id."""

SESSIONS = Table(
    "sessions",
    METADATA,
    Column("digest", String(DIGEST), primary_key=True),
    Column("opening", LargeBinary, nullable=False),
    Column("is_snapshot", Boolean, nullable=False),
    Column("sequence", BigInteger, nullable=False),
    Column("seen_at", BigInteger, nullable=False),
    Index("ix_sessions_seen_at", "seen_at"),
)
"""`opening`: the last snapshot, or the spec as JSON until there is one; `sequence`: the last command in it."""

COMMANDS = Table(
    "commands",
    METADATA,
    Column("digest", ForeignKey("sessions.digest", ondelete="CASCADE"), primary_key=True),
    Column("sequence", BigInteger, primary_key=True, autoincrement=False),
    Column("payload", LargeBinary, nullable=False),
)
"""The acknowledged commands that no stored snapshot holds yet."""

TABLES = Table(
    "tables",
    METADATA,
    Column("name", String(NAME), primary_key=True),
    Column("data", LargeBinary, nullable=False),
    Column("told", LargeBinary, nullable=False),
    Column("count", Integer, nullable=False),
)
"""Uploaded tables, each once: its name is made from its bytes."""

HOLDERS = Table(
    "holders",
    METADATA,
    Column("table_name", ForeignKey("tables.name", ondelete="CASCADE"), primary_key=True),
    Column("kind", String(12), primary_key=True),
    Column("id", String(DIGEST), primary_key=True),
    Index("ix_holders_id", "kind", "id"),
)
"""Who holds a table: a `session` by its digest, an `experiment` or a `link` by its id. One that nobody holds goes."""

LINKS = Table(
    "links",
    METADATA,
    Column("id", String(ID), primary_key=True),
    Column("text", Text, nullable=False),
    Column("made_at", BigInteger, nullable=False),
    Column("used_at", BigInteger, nullable=False),
    Column("kept", Boolean, nullable=False),
    Index("ix_links_used_at", "used_at"),
)
"""Experiments too long for an address. `kept`: somebody copied the link, so it stays."""

EXPERIMENTS = Table(
    "experiments",
    METADATA,
    Column("id", String(ID), primary_key=True),
    Column("owner", String(DIGEST), nullable=False),
    Column("title", String(200), nullable=False),
    Column("notes", Text, nullable=False),
    Column("made_at", BigInteger, nullable=False),
    Column("changed_at", BigInteger, nullable=False),
    Column("deleted_at", BigInteger, nullable=True),
    Column("card", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("picture", LargeBinary, nullable=False),
    Column("snapshot", LargeBinary, nullable=False),
    Index("ix_experiments_owner", "owner", "changed_at"),
)
"""Saved experiments. `text`: what a link with weights holds, as VERSION.JSON; `snapshot`: the whole session; `card`:
spec, figures and curves as JSON; `picture`: a PNG of the boundary. What is long stands last: SQLite reads past whatever
stands before a column."""
