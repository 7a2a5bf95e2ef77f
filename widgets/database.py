"""The database under the store: SQLite or PostgreSQL, its transactions and versions."""

import secrets
import sqlite3
import threading
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Any, TypeVar

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import SQLAlchemyError

from . import replicas
from .addresses import with_driver
from .copies import Copies, CopyError
from .replicas import Listener, Topic
from .schema import VERSION_TABLE, metadata
from .statements import put
from .trouble import StoreError, StoreTooNew, explained

T = TypeVar("T")
MIGRATIONS = Path(__file__).parent / "migrations"
TABLES = ", ".join(metadata.tables)
# Any number: replicas that start together take turns at migrating.
MIGRATION_LOCK = 7_315_862

PRAGMAS = (
    "busy_timeout=10000",
    "journal_mode=WAL",
    "synchronous=FULL",
    "foreign_keys=ON",
    "secure_delete=ON",
)


class Database:
    """One database by its URL: one connection, one commit at a time."""

    def __init__(self, url: str, *, migrations: Path = MIGRATIONS) -> None:
        """Prepare the connection; raises `StoreError` when it cannot work."""
        self._url = with_driver(url)
        self._migrations = migrations
        self._lock = threading.RLock()
        self._db: sa.Connection | None = None
        # What this transaction has read already, by table and key.
        self._read: dict[sa.Table, dict[str, Any]] = {}
        self._erased = False
        self._anew = False
        self._told: dict[Topic, None] = {}
        self._replica = secrets.token_hex(4)
        self._outdated = False
        self.changes = 0  # how often something was written; a copy may be older
        self._is_sqlite = self._url.get_backend_name() == "sqlite"
        self.copies: Copies | None = None
        if self._is_sqlite:
            self._make_file()
            self.copies = Copies(Path(self._name))
        # PostgreSQL may have been started anew since a connection was used.
        self._engine = sa.create_engine(self._url, pool_pre_ping=not self._is_sqlite)
        if self._is_sqlite:
            sa.event.listen(self._engine, "connect", _prepare)
            sa.event.listen(self._engine, "begin", _begin)

    @property
    def _name(self) -> str:
        if self._is_sqlite:
            return str(self._url.database)
        return self._url.render_as_string(hide_password=True)

    def _make_file(self) -> None:
        path = Path(self._url.database or "")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            # Private answers, even sealed, are nobody else's business.
            path.touch(mode=0o600)
            path.open("r+b").close()
        except OSError as error:
            reason = error.strerror or error
            raise StoreError(
                f"{path} cannot be written ({reason}); choose another folder"
            ) from error

    def migrate(self) -> None:
        """Bring the tables to today's version; raises `StoreTooNew`, `StoreError`."""
        config = Config()
        path = str(self._migrations).replace("%", "%%")
        config.set_main_option("script_location", path)
        with self.transaction():
            db = self._now()
            if not self._is_sqlite:
                db.execute(sa.select(sa.func.pg_advisory_xact_lock(MIGRATION_LOCK)))
            known = ScriptDirectory.from_config(config)
            revision = self._revision(db, known)
            if self.copies and revision not in (None, known.get_current_head()):
                self._copy_first(self.copies)
            config.attributes["connection"] = db
            command.upgrade(config, "head")

    def _revision(self, db: sa.Connection, known: ScriptDirectory) -> str | None:
        options = {"version_table": VERSION_TABLE}
        revision = MigrationContext.configure(db, opts=options).get_current_revision()
        if revision is None and sa.inspect(db).get_table_names():
            raise StoreError(
                f"{self._name} belongs to another program; "
                "give the workbook a database of its own"
            )
        if revision not in {None, *(one.revision for one in known.walk_revisions())}:
            raise StoreTooNew(
                f"{self._name} was made by a newer version of the workbook; "
                "install that version, or choose another database"
            )
        return revision

    def _copy_first(self, copies: Copies) -> None:
        # The way back to the older workbook, should the newer one not please.
        try:
            copies.make("before-upgrade")
        except (CopyError, OSError) as error:
            raise StoreError(
                f"{self._name} is not upgraded without a copy of it: {error}"
            ) from error

    def close(self) -> None:
        """Let go of the database."""
        with self._lock:
            self._engine.dispose()

    @contextmanager
    def transaction(self) -> Iterator[Collection[Topic]]:
        """Make all inside one commit, or nothing; joins an outer one. Gives topics."""
        with self._lock:
            if self._db is not None:
                yield self._told.keys()
                return
            with self._explained():
                try:
                    with self._engine.begin() as self._db:
                        yield self._told.keys()
                        if self._told and not self._is_sqlite:
                            replicas.tell(self._db, self._replica, self._told)
                finally:
                    self._db = None
                    self._told = {}
                    self._read.clear()
                    erased, self._erased = self._erased, False
                    anew, self._anew = self._anew, False
                    outdated, self._outdated = self._outdated, False
                if self.copies and outdated:
                    self.copies.forget()
                if anew:
                    self._write_anew()
                elif erased:
                    self._wipe()

    def tell(self, *topics: Topic) -> None:
        """Say that this transaction changes something of these topics."""
        with self.transaction():
            self._told.update(dict.fromkeys(topics))

    @contextmanager
    def turn(self, name: str) -> Iterator[None]:
        """Let no other replica take this turn until the block ends; waits for it."""
        alone = nullcontext() if self._is_sqlite else replicas.turn(self._url, name)
        with self._explained(), alone:
            yield

    def listener(
        self, mark: int, heard: Callable[[Topic], None], missed: Callable[[], None]
    ) -> Listener | None:
        """Return what hears other replicas, None where there can be no other."""
        who = self._replica, mark
        return None if self._is_sqlite else Listener(self._url, who, heard, missed)

    def has_strangers(self, mark: int) -> bool:
        """Tell whether a replica listens that bears another mark."""
        return not self._is_sqlite and bool(self._rows(replicas.strangers(mark)))

    def _now(self) -> sa.Connection:
        if self._db is None:
            raise StoreError("outside a transaction")
        return self._db

    def _run(self, statement: sa.Executable, **values: Any) -> int:
        """Write in the current transaction or one of its own; gives rows touched."""
        with self.transaction():
            if getattr(statement, "table", None) in self._read:
                self._read.clear()
            counted = {"preserve_rowcount": True}
            result: Any = self._now().execute(
                statement, values, execution_options=counted
            )
            self.changes += result.rowcount > 0
            return int(result.rowcount)

    def _rows(self, statement: sa.Executable, **values: Any) -> list[sa.Row[Any]]:
        with self.transaction():
            return list(self._now().execute(statement, values))

    def _once(self, table: sa.Table, key: str, read: Callable[[], T]) -> T:
        """Read, unless this transaction did and has not written to the table since."""
        with self.transaction():
            known: dict[str, T] = self._read.setdefault(table, {})
            if key not in known:
                known[key] = read()
            return known[key]

    @property
    def _insert(self) -> Callable[[sa.Table], sqlite.Insert | postgresql.Insert]:
        return sqlite.insert if self._is_sqlite else postgresql.insert

    def _put(
        self,
        table: sa.Table,
        key: dict[str, Any],
        rest: dict[str, Any],
        owner: sa.Column[str],
        known: str,
    ) -> bool:
        """Insert or replace one row, if the `owner` it belongs to is `known`."""
        statement = put(self._insert, owner, table, tuple(key), tuple(rest))
        values = {f"new_{name}": value for name, value in (key | rest).items()}
        return self._run(statement, known=known, **values) > 0

    def _erase(self, statement: sa.Executable) -> int:
        """Delete rows, and after the commit their bytes."""
        with self.transaction():
            touched = self._run(statement)
            self._erased |= touched > 0
            return touched

    def _wipe(self) -> None:
        # SQLite overwrites what is deleted (secure_delete), but the log still holds
        # it. PostgreSQL's own log and backups are in the hands of who runs it.
        self._outside("PRAGMA wal_checkpoint(TRUNCATE)", f"VACUUM {TABLES}")

    def vacuum(self) -> None:
        """Write the database anew after the commit: nothing deleted is left in it."""
        with self.transaction():
            self._anew = True
            self.forget_copies()

    def forget_copies(self) -> None:
        """Remove our copies after the commit: what was taken back stands in them."""
        with self.transaction():
            self._outdated = True

    def _write_anew(self) -> None:
        self._outside("VACUUM", f"VACUUM FULL {TABLES}")
        self._wipe()

    def _outside(self, sqlite: str, postgresql: str) -> None:
        with self._lock, self._explained(), self._engine.connect() as db:
            if self._is_sqlite:
                raw: Any = db.connection.driver_connection
                raw.execute(sqlite).fetchall()
            else:
                alone = db.execution_options(isolation_level="AUTOCOMMIT")
                alone.exec_driver_sql(postgresql)

    @contextmanager
    def _explained(self) -> Iterator[None]:
        try:
            yield
        except SQLAlchemyError as error:
            raise explained(self._name, error, is_sqlite=self._is_sqlite) from error


def _prepare(raw: sqlite3.Connection, _record: object) -> None:
    # We begin transactions ourselves: the driver would begin too late.
    raw.isolation_level = None
    for pragma in PRAGMAS:
        raw.execute(f"PRAGMA {pragma}").fetchall()


def _begin(db: sa.Connection) -> None:
    db.exec_driver_sql("BEGIN IMMEDIATE")
