"""The command `workbook restore`: a backup comes back, or all stays as it is."""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import shlex
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from . import copies
from .backup import BackupError, file_of, told_of
from .copies import DATABASE, KEYS

# SQLite's own files beside a database.
BESIDE = ("", "-wal", "-shm", "-journal")


def add(commands: Any) -> argparse.ArgumentParser:
    """Add the command to those of the command line."""
    made: argparse.ArgumentParser = commands.add_parser(
        "restore", help="put a backup back"
    )
    made.add_argument("file", type=Path, help="what workbook backup wrote")
    made.add_argument(
        "--replace", action="store_true", help="set aside the workbook that is here"
    )
    return made


def run(asked: argparse.Namespace, folder: Path, url: str) -> str:
    """Put a copy in the place of what is here; returns what to say about it."""
    source, database = asked.file, file_of(url)
    if database is None:
        raise BackupError(_undump(url, source))
    if not source.is_file():
        raise BackupError(f"{source}: there is no such file")
    here = [Path(f"{database}{end}") for end in BESIDE] + [folder / KEYS]
    if any(one.exists() for one in here) and not asked.replace:
        raise BackupError(
            f"there is a workbook in {folder} already; "
            "with --replace it is set aside, and this one takes its place"
        )
    with _unpacked(source, database.parent) as fresh:
        _require_nobody(folder, database)
        if not (fresh / KEYS).exists():
            here.remove(folder / KEYS)  # those that are here stay
        here = [one for one in here if one.exists()]
        aside = _exchange(fresh, folder, database, here)
    said = f"The workbook of {source.name} is back in {folder}."
    if here:
        said += f" What was there stands in {aside}; delete it when you are sure."
    return said


@contextlib.contextmanager
def _unpacked(source: Path, place: Path) -> Iterator[Path]:
    """Unpack a copy beside the database, and bring it up to date there."""
    from .store import Store, StoreError, StoreTooNew

    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=copies.UNFINISHED, dir=place) as name:
        fresh = Path(name)
        with told_of(source):
            copies.unpack(source, fresh)
        _require_keys(source, fresh / KEYS)
        try:
            store = Store(f"sqlite:///{fresh / DATABASE}")
            try:
                store.migrate()
            finally:
                store.close()
        except StoreTooNew as error:
            raise BackupError(
                f"{source} was made by a newer version of the workbook; "
                "install that version first"
            ) from error
        except StoreError as error:
            raise BackupError(f"{source}: {error}") from error
        yield fresh


def _require_keys(source: Path, keys: Path) -> None:
    from .server.keys import of_file
    from .server.trouble import ServeError

    try:
        if keys.exists():
            of_file(keys)
    except ServeError as error:
        raise BackupError(f"{source}: its keys are damaged") from error


def _require_nobody(folder: Path, database: Path) -> None:
    from .server.door import is_open

    if asyncio.run(is_open(folder)) or _is_in_use(database):
        raise BackupError(f"a server runs on {folder}; stop it first")


def _is_in_use(database: Path) -> bool:
    """Ask SQLite: nobody else may have a database open that leaves its journal."""
    if not database.exists():
        return False
    try:
        with closing(sqlite3.connect(database, timeout=0)) as db:
            db.execute("PRAGMA journal_mode=DELETE").fetchone()
    except sqlite3.DatabaseError as error:
        # A damaged one is no reason not to put a sound one in its place.
        return "locked" in str(error)
    return False


def _exchange(fresh: Path, folder: Path, database: Path, here: list[Path]) -> Path:
    """Set aside what is here and put what is fresh in its place, or leave all as is."""
    aside = database.parent / f"before-restore-{copies.stamp()}"
    moves = [(old, aside / old.name) for old in here]
    moves.append((fresh / DATABASE, database))
    if (fresh / KEYS).exists():
        moves.append((fresh / KEYS, folder / KEYS))
    done: list[tuple[Path, Path]] = []
    if here:
        aside.mkdir(mode=0o700)
    try:
        for old, new in moves:
            shutil.move(old, new)
            done.append((old, new))
    except OSError:
        for old, new in reversed(done):
            shutil.move(new, old)
        shutil.rmtree(aside, ignore_errors=True)
        raise
    copies.settle(database.parent)
    copies.settle(folder)
    return aside


def _undump(url: str, source: Path) -> str:
    from .store import address_of

    command = ["pg_restore", "--clean", "--if-exists", "--single-transaction"]
    command += [f"--dbname={address_of(url)}", str(source)]
    return (
        f"the answers stand in PostgreSQL; put a dump back with `{shlex.join(command)}`"
    )
