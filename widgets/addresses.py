"""The address of a database: which there are, and what it is for other programs."""

from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.exc import SQLAlchemyError

from .trouble import StoreError


def file_of(url: str) -> Path | None:
    """Return the file of a database, None when it is PostgreSQL; raises StoreError."""
    made = with_driver(url)
    return Path(made.database or "") if made.get_backend_name() == "sqlite" else None


def address_of(url: str) -> str:
    """Return the address of a PostgreSQL for its own programs, without a password."""
    shown = with_driver(url)._replace(drivername="postgresql", password=None)
    return shown.render_as_string()


def with_driver(url: str) -> sa.URL:
    """Return an address with the driver that we use; raises StoreError."""
    try:
        made = sa.make_url(url)
    except SQLAlchemyError as error:
        raise StoreError("the address of the database cannot be read") from error
    if made.drivername in {"postgres", "postgresql"}:
        return made.set(drivername="postgresql+psycopg")
    if made.drivername == "sqlite" and made.database not in {None, "", ":memory:"}:
        return made
    if made.drivername == "postgresql+psycopg":
        return made
    raise StoreError("the workbook keeps its data in a SQLite file or in PostgreSQL")
