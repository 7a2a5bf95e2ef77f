"""A served workbook in a process of its own, and a wire to it that can be cut."""

import base64
import os
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from socket import SHUT_RDWR, create_connection, create_server, socket

import httpx
import psutil
from e2e.serving import KEY, ROOT, WORKBOOK, free_port, stop, wait_for

from widgets.server.forks import Forks
from widgets.store import Store


@dataclass
class House:
    """A running server: where it is, and where everything that it writes stands."""

    url: str
    folder: Path
    command: list[str]
    process: subprocess.Popen[bytes]

    def start(self, root: Path = ROOT) -> None:
        """Begin (again), on the same data; of another edition where that stands."""
        self.process = began(self.command, self.folder, root)
        wait_for(f"{self.url}/healthz", self.process)
        wait_for_pages(self.url)

    @property
    def log(self) -> str:
        """All that the server said."""
        return (self.folder / "log.txt").read_text(encoding="utf-8")

    def traces(self, text: str) -> list[str]:
        """The files in which a text can be read: plain, wide or in base 64."""
        forms = [text.encode(), text.encode("utf-16-le"), *in_base64(text.encode())]
        return [
            str(path.relative_to(self.folder))
            for path in self.folder.rglob("*")
            if path.is_file() and any(form in path.read_bytes() for form in forms)
        ]

    def session_id(self, code: str) -> str:
        """How the store calls a session."""
        store = Store(f"sqlite:///{self.folder / 'data' / 'workbook.db'}")
        found = store.session(code)
        store.close()
        assert found
        return found.id

    def kernel(self, kernel_id: str) -> psutil.Process:
        """The process of one kernel."""
        name = f"wb-{kernel_id[:12]}"  # of a forked one; a started one has an argument
        until = time.monotonic() + 10  # a page is there before its kernel has a name
        while time.monotonic() < until:
            for one in self.kernels():
                if one.name() == name or kernel_id in " ".join(one.cmdline()):
                    return one
            time.sleep(0.05)
        raise AssertionError(f"there is no kernel {kernel_id}")

    def kernels(self) -> list[psutil.Process]:
        """The processes of all kernels."""
        return [
            one
            for one in psutil.Process(self.process.pid).children(recursive=True)
            if one.name().startswith("wb-") or "ipykernel" in " ".join(one.cmdline())
        ]


@contextmanager
def house(*options: str, root: Path = ROOT) -> Iterator[House]:
    """Serve from an empty folder; a traceback in the log is a failure."""
    port = free_port()
    scheme = "https" if "--certificate" in options else "http"
    url = f"{scheme}://127.0.0.1:{port}"
    # A short path: the address of a local socket has a limit of 107 bytes.
    with tempfile.TemporaryDirectory(prefix="wb-") as place:
        folder = Path(place)
        for name in ("data", "tmp", "home"):
            (folder / name).mkdir()
        command = [*WORKBOOK, "serve", "--no-browser", "--trainer-key", KEY]
        command += ["--host", "127.0.0.1", "--port", str(port), *options]
        command += ["--data-dir", str(folder / "data")]
        served = House(url, folder, command, began(command, folder, root))
        try:
            wait_for(f"{url}/healthz", served.process)
            wait_for_pages(url)
            yield served
        except BaseException:
            print(served.log[-8000:], file=sys.stderr)
            raise
        finally:
            stop(served.process)
        assert not re.search(r"^Traceback", served.log, re.M), served.log


def began(
    command: list[str], folder: Path, root: Path = ROOT
) -> subprocess.Popen[bytes]:
    """Start a server that writes nowhere but in this folder."""
    with (folder / "log.txt").open("ab") as log:
        return subprocess.Popen(
            command,
            cwd=root,
            env=os.environ | homes(folder) | {"PYTHONPATH": str(root)},
            stdout=log,
            stderr=subprocess.STDOUT,
        )


def edition(root: Path) -> Path:
    """The workbook once more, where it can be changed; returns the folder."""
    hidden = shutil.ignore_patterns("node_modules", "__pycache__")
    for name in ("widgets", "data", "notebooks"):
        shutil.copytree(ROOT / name, root / name, ignore=hidden)
    return root


def wait_for_pages(url: str) -> None:
    """Wait until kernels are forked, where they are."""
    until = time.monotonic() + 60
    while Forks.is_possible() and not httpx.get(f"{url}/healthz").json()["prepared"]:
        assert time.monotonic() < until, "the fork server did not come up"
        time.sleep(0.1)


def in_base64(text: bytes) -> list[bytes]:
    """What stays the same of a text in base 64, wherever in the whole it begins."""
    shifted = (base64.b64encode(b"." * shift + text)[4:-4] for shift in range(3))
    return [*shifted]


def homes(folder: Path) -> dict[str, str]:
    """What makes a server write nowhere but in this folder."""
    return {"TMPDIR": str(folder / "tmp"), "HOME": str(folder / "home")}


class Wire:
    """One participant's own way to the server, that can be cut and mended."""

    def __init__(self, target: str) -> None:
        host, _, port = target.removeprefix("http://").partition(":")
        self._target = (host, int(port))
        self._port = free_port()
        self.url = f"http://127.0.0.1:{self._port}"
        self._ends: set[socket] = set()
        self._dead: set[socket] = set()  # open for ever, and nothing comes through
        self._speaks = threading.Event()
        self.received = 0  # bytes that came from the server
        self._speaks.set()
        self.mend()

    def carry(self, size: int) -> None:
        """Take so many bytes from the server along; this wire needs no time for it."""

    def mend(self) -> None:
        """Let connections through (again)."""
        self._door = create_server(("127.0.0.1", self._port))
        threading.Thread(target=self._serve, args=(self._door,), daemon=True).start()

    def cut(self) -> int:
        """End every connection and refuse new ones; returns how many there were."""
        cut = list(self._ends)
        for end in (self._door, *cut):
            hang_up(end)
        return len(cut) // 2

    def silence(self) -> None:
        """Lose what is sent both ways without a word, as out of reach of the wifi."""
        self._speaks.clear()
        self._dead |= self._ends

    def speak(self) -> None:
        """Let new connections through; those from before stay dead, as after a NAT."""
        self._speaks.set()

    def _serve(self, door: socket) -> None:
        while True:
            try:
                near, _ = door.accept()
            except OSError:
                return
            self._speaks.wait()  # a phone goes on asking, and then it is heard
            try:
                far = create_connection(self._target)
            except OSError:  # nobody is there
                hang_up(near)
                continue
            self._ends |= {near, far}
            for pair in ((near, far, 0), (far, near, 1)):
                threading.Thread(target=self._pass, args=pair, daemon=True).start()

    def _pass(self, source: socket, sink: socket, counts: int) -> None:
        try:
            while data := source.recv(65536):
                if source in self._dead:
                    continue
                self.received += counts * len(data)
                self.carry(counts * len(data))
                sink.sendall(data)
        except OSError:
            pass  # cut
        if source in self._dead:
            return  # that one side left is lost as well
        for end in (source, sink):
            self._ends.discard(end)
            hang_up(end)


def hang_up(end: socket) -> None:
    """Close a socket, also for whoever waits for it in another thread."""
    with suppress(OSError):  # was closed already
        end.shutdown(SHUT_RDWR)
    end.close()
