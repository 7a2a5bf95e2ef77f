"""The command `workbook backup`: all answers and keys in one file."""

from __future__ import annotations

import argparse
import contextlib
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from . import copies
from .copies import KEYS, CopyError


class BackupError(Exception):
    """It was not done, and all is as it was; the message says why."""


def add(commands: Any) -> argparse.ArgumentParser:
    """Add the command to those of the command line."""
    made: argparse.ArgumentParser = commands.add_parser(
        "backup", help="copy all answers and keys to one file"
    )
    made.add_argument("--output", type=Path, help="the file to write, or its folder")
    return made


def run(asked: argparse.Namespace, folder: Path, url: str) -> str:
    """Write a copy of everything; a server may run meanwhile. Returns where it is."""
    database = file_of(url)
    if database is None:
        raise BackupError(_dump(url, folder))
    if not database.exists():
        raise BackupError(f"{database}: there is no workbook here yet")
    target: Path = asked.output or Path()
    if target.is_dir():
        target /= f"workbook-{copies.stamp()}.zip"
    if target.exists():
        raise BackupError(f"{target} is there already; choose another name")
    with told_of(database):
        copies.write(database, folder / KEYS, target)
    return str(target)


def file_of(url: str) -> Path | None:
    """Return the file of a database, None when it is PostgreSQL."""
    from .store import StoreError, file_of

    try:
        return file_of(url)
    except StoreError as error:
        raise BackupError(str(error)) from error


@contextlib.contextmanager
def told_of(what: Path) -> Iterator[None]:
    """Tell which file it was that is no sound copy."""
    try:
        yield
    except CopyError as error:
        raise BackupError(f"{what}: {error}") from error


def _dump(url: str, folder: Path) -> str:
    from .store import address_of

    file = f"workbook-{copies.stamp()}.dump"
    command = ["pg_dump", "--format=custom", f"--file={file}", address_of(url)]
    return (
        "the answers stand in PostgreSQL; copy them with "
        f"`{shlex.join(command)}`, and keep {folder / KEYS} with it"
    )
