"""Alembic runs this; the connection comes from `Store.migrate`."""

from alembic import context

from widgets.schema import VERSION_TABLE, metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    version_table=VERSION_TABLE,
    render_as_batch=True,
)
context.run_migrations()
