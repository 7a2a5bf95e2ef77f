"""Copies of a database and its keys, each one file: made whole, or not at all."""

from __future__ import annotations

import contextlib
import logging
import os
import shutil
import sqlite3
import tempfile
import threading
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import IO, Literal

from .schema import VERSION_TABLE

Kind = Literal["automatic", "before-upgrade"]
DATABASE, KEYS = "workbook.db", "secrets.json"
KEEP = 6
UNFINISHED = "unfinished-"
# A copy never takes the last room on a disk: answers need it more.
SPARE = 64 * 2**20
log = logging.getLogger("workbook")


class CopyError(Exception):
    """A copy cannot be made or is not whole; the message says why."""


def stamp() -> str:
    """Return this moment as it stands in the name of a file."""
    return f"{datetime.now():%Y-%m-%d-%H%M%S}"


def write(database: Path, keys: Path, target: Path) -> None:
    """Make one copy under its own name; raises `CopyError`, OSError."""
    with draft(database, keys, target.parent) as packed:
        packed.replace(target)
    settle(target.parent)


@contextlib.contextmanager
def draft(database: Path, keys: Path, folder: Path) -> Iterator[Path]:
    """Copy a database while it is used: one file, that is renamed or goes again."""
    # First beside the database: on a slow stick it would be held for too long.
    with _unfinished(folder_of(database)) as near, _unfinished(folder) as far:
        whole, packed = near / DATABASE, far / "packed"
        _copy(database, whole)
        check(whole)
        with (
            private(packed) as file,
            zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as made,
        ):
            made.write(whole, DATABASE)
            if keys.exists():
                made.write(keys, KEYS)
        yield packed


def folder_of(database: Path) -> Path:
    """Return the folder of the copies that we make of a database; raises OSError."""
    folder = database.with_name("backups")
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder


@contextlib.contextmanager
def _unfinished(folder: Path) -> Iterator[Path]:
    with tempfile.TemporaryDirectory(
        prefix=UNFINISHED, dir=folder, ignore_cleanup_errors=True
    ) as name:
        yield Path(name)


def _copy(database: Path, whole: Path) -> None:
    whole.touch(mode=0o600)
    source = f"{database.resolve().as_uri()}?mode=rw"
    try:
        with (
            closing(sqlite3.connect(source, uri=True, timeout=10)) as busy,
            closing(sqlite3.connect(whole)) as copy,
        ):
            copy.execute("PRAGMA synchronous=OFF")  # the packed file is what counts
            # In one step: in several it begins again whenever somebody saves.
            busy.backup(copy)
            copy.execute("PRAGMA journal_mode=DELETE")
    except sqlite3.Error as error:
        raise CopyError(str(error)) from error


def check(database: Path) -> None:
    """Look whether a database is whole and ours; raises `CopyError`."""
    try:
        with closing(sqlite3.connect(database)) as db:
            (found,) = db.execute("PRAGMA integrity_check(1)").fetchone()
            ours = "SELECT 1 FROM sqlite_master WHERE name = ?"
            is_ours = db.execute(ours, [VERSION_TABLE]).fetchone() is not None
    except sqlite3.DatabaseError as error:
        raise CopyError(str(error)) from error
    if found != "ok":
        raise CopyError("the database is damaged")
    if not is_ours:
        raise CopyError("it holds no database of the workbook")


def unpack(source: Path, folder: Path) -> None:
    """Unpack a copy into a folder, every byte checked; raises `CopyError`, OSError."""
    if not zipfile.is_zipfile(source):
        raise CopyError("it is no backup of the workbook, or only a part of one")
    try:
        with zipfile.ZipFile(source) as packed:
            names = packed.namelist()
            if not {DATABASE} <= set(names) <= {DATABASE, KEYS}:
                raise CopyError("it is no backup of the workbook")
            for name in names:
                with packed.open(name) as one, private(folder / name) as file:
                    shutil.copyfileobj(one, file)
    # What zipfile raises when bytes were changed, is not all of one kind.
    except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError) as error:
        raise CopyError("it is damaged") from error
    check(folder / DATABASE)


@contextlib.contextmanager
def private(path: Path) -> Iterator[IO[bytes]]:
    """Open a new file for this user only; it is on disk when the block ends."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    with os.fdopen(os.open(path, flags, 0o600), "wb") as file:
        yield file
        file.flush()
        os.fsync(file.fileno())


def settle(folder: Path) -> None:
    """Put the names in a folder on disk, where the system can."""
    with contextlib.suppress(OSError):
        opened = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(opened)
        finally:
            os.close(opened)


class Copies:
    """The copies that we made of one database, in a folder beside it."""

    def __init__(self, database: Path) -> None:
        self.database = database
        self.keys = database.with_name(KEYS)
        self.folder = database.with_name("backups")
        self._lock = threading.Lock()
        # How often copies had to go, because something was deleted.
        self.forgotten = 0

    def make(self, kind: Kind) -> Path | None:
        """Make one more, keep the last few; None when it held what just went.

        Raises `CopyError` and OSError.
        """
        seen = self.forgotten
        self._require_room()
        target = self.folder / f"{kind}-{self.database.stem}-{stamp()}.zip"
        try:
            with draft(self.database, self.keys, self.folder) as packed, self._lock:
                if self.forgotten != seen:
                    return None
                packed.replace(target)
        except (CopyError, OSError):
            if self.forgotten != seen:
                return None  # it was taken away while it was made
            raise
        settle(self.folder)
        with self._lock:
            for old in self.made(kind)[KEEP:]:
                old.unlink(missing_ok=True)
        return target

    def made(self, kind: Kind) -> list[Path]:
        """List the copies of one kind, the newest first."""
        found = self.folder.glob(f"{kind}-{self.database.stem}-*.zip")
        return sorted(found, key=lambda one: one.stat().st_mtime_ns, reverse=True)

    def forget(self) -> None:
        """Remove all copies: they hold what was just deleted."""
        with self._lock:
            self.forgotten += 1
            for one in self.folder.glob(f"{UNFINISHED}*"):
                shutil.rmtree(one, ignore_errors=True)
            for one in (*self.made("automatic"), *self.made("before-upgrade")):
                try:
                    one.unlink(missing_ok=True)
                except OSError:
                    log.error("%s holds what was deleted; remove it by hand", one)

    def _require_room(self) -> None:
        # The database once as it is and once packed, for a moment.
        needed = 2 * self.database.stat().st_size + SPARE
        if shutil.disk_usage(self.database.parent).free < needed:
            raise CopyError("there is too little room on the disk for a copy")
