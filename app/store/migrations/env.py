"""How Alembic runs the migrations: on the connection that `app.store.database.upgrade` gives it."""

from alembic import context

from app.store.schema import METADATA

context.configure(
    connection=context.config.attributes["connection"], target_metadata=METADATA, render_as_batch=True
)
with context.begin_transaction():
    context.run_migrations()
