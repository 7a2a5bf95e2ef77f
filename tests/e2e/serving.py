"""A real server for a test: its own process, folder and port, stopped at the end."""

import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

KEY = "a-key-for-tests"
ROOT = Path(__file__).parents[2]
WORKBOOK = [sys.executable, "-m", "widgets.cli"]


@dataclass(frozen=True)
class Server:
    """A workbook that runs: where it is and where its data stand."""

    url: str
    folder: Path

    def session(self, variant: str = "self-study", title: str = "Proef") -> str:
        """Make a session; returns its code."""
        more = ["--variant", variant, "--title", title, "--json"]
        return str(json.loads(self.workbook("session", "new", *more))["code"])

    def workbook(self, *words: str) -> str:
        """Run one command beside the server; returns what it printed."""
        asked = [*WORKBOOK, *words, "--data-dir", str(self.folder)]
        return subprocess.run(
            asked, cwd=ROOT, check=True, capture_output=True, text=True
        ).stdout


def free_port() -> int:
    """A port that nobody uses now."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def wait_for(url: str, process: subprocess.Popen[bytes], seconds: float = 60) -> None:
    """Wait until a page answers; raises AssertionError with what the process said."""
    end = time.monotonic() + seconds
    while time.monotonic() < end and process.poll() is None:
        try:
            urllib.request.urlopen(url, timeout=5)
            return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.3)
    raise AssertionError(f"{url} does not answer")


@contextmanager
def running(command: list[str], url: str, **environment: str) -> Iterator[None]:
    """Run a command until the block ends; it must answer at this address first."""
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(
            command,
            cwd=ROOT,
            env={**os.environ, **environment},
            stdout=said,
            stderr=subprocess.STDOUT,
        )
        try:
            wait_for(url, process)
            yield
        except AssertionError as error:
            said.seek(0)
            raise AssertionError(f"{error}\n{said.read().decode()[-4000:]}") from error
        finally:
            stop(process)


def stop(process: subprocess.Popen[bytes]) -> None:
    """End a server as its owner would, and wait for it."""
    process.send_signal(signal.SIGTERM)
    try:
        process.wait(8)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


@contextmanager
def serving() -> Iterator[Server]:
    """Serve the workbook from an empty folder."""
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    with tempfile.TemporaryDirectory(prefix="workbook-") as folder:
        command = [*WORKBOOK, "serve", "--no-browser"]
        command += ["--data-dir", folder, "--port", str(port), "--host", "127.0.0.1"]
        with running([*command, "--trainer-key", KEY], f"{url}/healthz"):
            yield Server(url, Path(folder))
