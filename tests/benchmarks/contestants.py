"""Who is measured: stock Voilà with a notebook, and the workbook with the same page."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import psutil
from e2e.house import wait_for_pages
from e2e.serving import KEY, ROOT, WORKBOOK, Server, free_port, stop, wait_for

PAGE = "opening"
EXERCISE = f"{PAGE}/first_moved"
ANSWER = {"first_moved": "self"}


@dataclass(frozen=True)
class Contestant:
    """A server that runs, and where a participant's page is."""

    name: str
    url: str
    path: str
    root: psutil.Process
    code: str = ""  # of the session to join first; stock Voilà has none
    folder: Path = Path()  # where it keeps what it keeps
    step: str = ""  # on a phone the workbook shows one at a time; this has the exercise

    def at(self, url: str) -> Contestant:
        """Return the same server, reached at another address."""
        return replace(self, url=url)

    def tree(self) -> list[psutil.Process]:
        """The processes of the server."""
        return [self.root, *self.root.children(recursive=True)]

    def cpu(self) -> float:
        """CPU seconds that the living processes of the server took so far."""
        return sum(_cpu(one) for one in self.tree())

    def memory(self) -> float:
        """MiB of the whole tree; what processes share is counted once."""
        return sum(_mib(one.pid, "Pss:") for one in self.tree())

    def private(self) -> float:
        """MiB that the middle one of the kernels shares with nobody."""
        own = [_mib(one.pid, "Private_") for one in self.kernels()]
        return statistics.median(own) if own else 0.0

    def kernels(self) -> list[psutil.Process]:
        """The processes of the kernels that live."""
        return [
            one
            for one in self.tree()
            if one.name().startswith("wb-") or "ipykernel" in " ".join(one.cmdline())
        ]

    def commits(self) -> int:
        """How many transactions changed the database so far, as SQLite counts them."""
        index = (self.folder / "workbook.db-shm").read_bytes()
        return int.from_bytes(index[8:12], sys.byteorder)  # iChange of its header


def _cpu(process: psutil.Process) -> float:
    try:
        times = process.cpu_times()
    except psutil.NoSuchProcess:
        return 0.0
    return float(times.user + times.system)


def _mib(pid: int, kind: str) -> float:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0.0  # gone meanwhile
    return sum(int(it.split()[1]) for it in lines if it.startswith(kind)) / 1024


@contextmanager
def stock() -> Iterator[Contestant]:
    """Stock Voilà with nothing set, and the notebook as it is."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"http://127.0.0.1:{free_port()}"
        notebook = str(ROOT / f"notebooks/nl/{PAGE}.ipynb")
        command = [sys.executable, "-m", "voila", notebook, "--no-browser"]
        command += ["--port", url.rpartition(":")[2], "--Voila.ip=127.0.0.1"]
        with _run(
            command, Path(folder), f"{url}/voila/templates/lab/static/voila.js"
        ) as root:
            yield Contestant("stock Voilà", url, "/", root)


@contextmanager
def workbook(variant: str = "self-study") -> Iterator[Contestant]:
    """The workbook as a trainer starts it, with a session in which all is open.

    With another variant one exercise is open, and the projector shows it.
    """
    with tempfile.TemporaryDirectory(prefix="wb-") as folder:
        url = f"http://127.0.0.1:{free_port()}"
        command = [*WORKBOOK, "serve", "--no-browser", "--trainer-key", KEY]
        command += ["--host", "127.0.0.1", "--port", url.rpartition(":")[2]]
        command += ["--data-dir", folder]
        with _run(command, Path(folder), f"{url}/healthz") as root:
            wait_for_pages(url)
            server = Server(url, Path(folder))
            code = server.session(variant)
            if variant != "self-study":
                server.workbook("session", "open", code, EXERCISE)
            at = f"#{EXERCISE.removeprefix(f'{PAGE}/')}"
            place = Path(folder)
            yield Contestant("workbook", url, f"/nl/{PAGE}", root, code, place, at)


@contextmanager
def _run(command: list[str], folder: Path, url: str) -> Iterator[psutil.Process]:
    with (folder / "log.txt").open("wb") as log:
        process = subprocess.Popen(
            command,
            cwd=ROOT,
            env=os.environ | {"WORKBOOK_DATA": str(folder), "HOME": str(folder)},
            stdout=log,
            stderr=subprocess.STDOUT,
        )
    try:
        wait_for(url, process)
        yield psutil.Process(process.pid)
    finally:
        for kernel in psutil.Process(process.pid).children(recursive=True)[::-1]:
            if process.poll() is None and kernel.is_running():
                kernel.kill()
        stop(process)
