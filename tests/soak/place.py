"""The server under fire: killed and started again on one place, and counted."""

from __future__ import annotations

import re
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import httpx
import psutil
from deploy.fleet import Replica
from e2e.serving import Server

from widgets.copies import DATABASE
from widgets.server.kernels import UNREACHED

LONGEST = UNREACHED + 60.0  # seconds until whatever nobody looks at is gone
COPIES = "data/backups"  # of which the server keeps some, on purpose
A_SERVER_S = re.compile(r"(?<=voila)_\w+")  # each has a folder of its own


@dataclass(frozen=True)
class Left:
    """What is there of a server: all of it goes when the people do."""

    kernels: int
    processes: int
    open: Counter[str]  # sockets, files and handles, by kind
    files: frozenset[str]

    def more_than(self, before: Left) -> dict[str, object]:
        """What there is more of than there was."""
        opened = self.open - before.open
        for kind in [kind for kind in opened if kind.endswith(DATABASE)]:
            # SQLite keeps the handle of the first copy, and takes it for all others.
            opened[kind] -= 1
        more: dict[str, object] = {
            "kernels": max(0, self.kernels - before.kernels),
            "processes": max(0, self.processes - before.processes),
            "open": dict(+opened),
            "files": sorted(self.files - before.files),
        }
        return {name: found for name, found in more.items() if found}


class Place(Replica):
    """One server on SQLite, in a folder where everything that it writes stands."""

    def __init__(self, folder: Path, *options: str) -> None:
        super().__init__(folder, f"sqlite:///{folder / 'data' / 'workbook.db'}")
        self.url = f"http://{self.address}"
        self.options = options

    def begin(self) -> None:
        """Start it (again), and wait until it can serve."""
        self.start("/", *self.options)
        self.wait()

    def wait(self) -> None:
        """Wait until it can serve, on a machine that does much else."""
        until = time.monotonic() + 180
        while not self._is_ready():
            assert time.monotonic() < until, self.log
            time.sleep(0.3)

    def _is_ready(self) -> bool:
        try:
            answer = httpx.get(f"{self.url}/healthz", timeout=60)
        except httpx.HTTPError:  # it is not there yet
            return False
        return answer.is_success and bool(answer.json()["prepared"])

    def session(self) -> str:
        """Make a session in which all is open; returns its code."""
        return Server(self.url, self.folder / "data").session("self-study")

    @property
    def root(self) -> psutil.Process:
        """The process of the server."""
        assert self.process
        return psutil.Process(self.process.pid)

    def processes(self) -> list[psutil.Process]:
        """All processes of this place, also those that lost their parent."""
        mine = str(self.folder / "tmp")
        return [one for one in psutil.process_iter() if _folder_of(one) == mine]

    def room(self) -> list[psutil.Process]:
        """The processes of all kernels."""
        return [one for one in self.processes() if _is_kernel(one)]

    def fork_servers(self) -> list[psutil.Process]:
        """What makes the kernels: one process, and a copy that takes over from it."""
        return [one for one in self.processes() if _makes_kernels(one)]

    def left(self) -> Left:
        """Count what is there now."""
        files = (path for name in ("data", "tmp", "home") for path in self._under(name))
        files = (path for path in files if not path.startswith(COPIES))
        # There are one or two that make kernels, as they come and go.
        everybody = [one for one in self.processes() if not _makes_kernels(one)]
        return Left(
            kernels=len(self.room()),
            processes=len(everybody),
            open=Counter(kind for one in everybody for kind in _open(one)),
            files=frozenset(files),
        )

    def left_when_quiet(self, before: Left) -> Left:
        """Count once nothing is more than it was, or it has had its time."""
        until = time.monotonic() + LONGEST
        while (found := self.left()).more_than(before) and time.monotonic() < until:
            time.sleep(1)
        return found

    def _under(self, name: str) -> list[str]:
        found = (self.folder / name).rglob("*")
        names = (str(path.relative_to(self.folder)) for path in found)
        return [A_SERVER_S.sub("", name) for name in names]


def _folder_of(process: psutil.Process) -> str:
    try:
        return str(process.environ().get("TMPDIR", ""))
    except psutil.Error:  # gone, or somebody else's
        return ""


def _is_kernel(process: psutil.Process) -> bool:
    is_started = "ipykernel" in " ".join(_command(process))
    return is_started or is_forked(process)


def _makes_kernels(process: psutil.Process) -> bool:
    return not _is_kernel(process) and "widgets.fork_server" in _command(process)


def is_forked(process: psutil.Process) -> bool:
    """Whether it is a kernel that shares its memory with all others."""
    return _name(process).startswith("wb-")


def _name(process: psutil.Process) -> str:
    try:
        return str(process.name())
    except psutil.Error:
        return ""


def _command(process: psutil.Process) -> list[str]:
    try:
        return list(process.cmdline())
    except psutil.Error:
        return []


def _open(process: psutil.Process) -> Iterator[str]:
    """The kind of everything that a process has open, numbers left out."""
    for one in Path(f"/proc/{process.pid}/fd").glob("*"):
        with suppress(OSError):  # closed meanwhile
            yield re.sub(r"\d+|voila_\w+", "", str(one.readlink()))
