"""Bringing a database's schema up to date, by Alembic."""

from alembic import command
from alembic.config import Config
from alembic.util import CommandError
from sqlalchemy import Connection

from app.store.database import MIGRATIONS


def configured(connection: Connection) -> Config:
    """How Alembic is to work on this connection."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    return config


def migrate(connection: Connection) -> None:
    """Run the migrations that this database has not seen. OSError where it is of a newer program than this one."""
    try:
        command.upgrade(configured(connection), "head")
    except CommandError as error:
        raise OSError(f"it was made by a newer version of the playground ({error})") from error
