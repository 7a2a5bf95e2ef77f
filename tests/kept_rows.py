"""A store with one session and one participant in it, for the tests."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from widgets.store import SessionRow, Store

NOON = datetime(2030, 5, 17, 12, 0, tzinfo=UTC)


def row(session_id: str, code: str, **more: object) -> SessionRow:
    fixed = {"title": "Training", "language": "nl", "variant": "half-day"}
    return SessionRow(session_id, code, created_at=NOON, **(fixed | more))


@contextmanager
def filled(url: str) -> Iterator[Store]:
    made = Store(url)
    made.migrate()
    made.add_session(row("s1", "CODE23"))
    made.add_participant("p1", "s1", b"profile")
    yield made
    made.close()
