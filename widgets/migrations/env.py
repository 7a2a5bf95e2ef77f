"""Alembic runs this; the connection comes from `Store.migrate`."""

from alembic import context

from widgets.schema import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    version_table="workbook_schema",
    render_as_batch=True,
)
context.run_migrations()
