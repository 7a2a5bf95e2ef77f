"""What is wrong with a database: a word for pages, and a line for a person."""

import re

from sqlalchemy.exc import DBAPIError, SQLAlchemyError

# What SQLite says: what kind of trouble it is, and what a person can do about it.
EXPLAINED = {
    "not a database": (
        "other",
        "is not a database of the workbook; choose another file",
    ),
    "unable to open": (
        "readonly",
        "cannot be opened; choose a folder that you may write in",
    ),
    "readonly": (
        "readonly",
        "cannot be written; choose a folder that you may write in",
    ),
    "disk is full": ("full", "cannot grow: the disk is full; make room on it"),
    "locked": ("other", "is in use by another program"),
    "malformed": ("other", "is damaged; put a copy of it back, or choose another file"),
}


# Two replicas wanted each other's rows: PostgreSQL lets one of them try again.
CROSSED = {"40P01", "40001"}


class StoreError(Exception):
    """The store cannot do its work; the message says why, for a person."""


class StoreCrossed(StoreError):
    """Another replica was in between; the same may well work now."""


class StoreTooNew(StoreError):
    """The database was made by a newer workbook than this one."""


class StoreTrouble(StoreError):
    """The database itself fails; what could not be saved may be saved later."""

    def __init__(self, kind: str, message: str) -> None:
        super().__init__(message)
        self.kind = kind


def explained(name: str, error: SQLAlchemyError, *, is_sqlite: bool) -> StoreError:
    """Return what an error of this database means."""
    cause = error.orig if isinstance(error, DBAPIError) else error
    said = re.sub(r"\s+", " ", str(cause)).strip()
    for sign, (kind, meaning) in EXPLAINED.items():
        if is_sqlite and sign in said:
            return StoreTrouble(kind, f"{name} {meaning}")
    if getattr(cause, "sqlstate", None) in CROSSED:
        return StoreCrossed(f"{name}: {said}")
    return StoreTrouble("other", f"{name}: {said}")
