"""Replicas side by side on one PostgreSQL, behind the nginx that is shipped."""

import json
import os
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import httpx
import psutil
import tornado.netutil
from deploy.proxy import proxied
from e2e.house import homes
from e2e.serving import KEY, ROOT, WORKBOOK, free_port, wait_for
from postgres import fresh_database

DRAIN = 8
KEYS = {"trainer_key": KEY, "cookie_secret": "5e" * 32}


class Replica:
    """One server: started, ended or killed, and started again on the same port."""

    def __init__(self, folder: Path, database: str) -> None:
        self.folder, self.port = folder, free_port()
        self.address = f"127.0.0.1:{self.port}"
        for name in ("data", "tmp", "home"):
            (folder / name).mkdir(parents=True)
        (folder / "keys.json").write_text(json.dumps(KEYS), encoding="utf-8")
        given = {"WORKBOOK_DATABASE": database}
        given["WORKBOOK_SECRETS"] = str(folder / "keys.json")
        self.environment = os.environ | homes(folder) | given
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def log(self) -> str:
        """All that it said."""
        return (self.folder / "log.txt").read_text(encoding="utf-8")

    def start(self, base_url: str = "/", *options: str) -> None:
        """Start it, as the manifests do; returns at once."""
        command = [*WORKBOOK, "serve", "--no-browser", "--host", "127.0.0.1"]
        command += ["--port", str(self.port), "--data-dir", str(self.folder / "data")]
        command += ["--base-url", base_url, "--drain", str(DRAIN)]
        with (self.folder / "log.txt").open("ab") as log:
            self.process = subprocess.Popen(
                [*command, *options],
                cwd=ROOT,
                env=self.environment,
                stdout=log,
                stderr=subprocess.STDOUT,
            )

    def wait(self) -> None:
        """Wait until it can serve."""
        assert self.process
        wait_for(f"http://{self.address}/healthz", self.process, 180)
        until = time.monotonic() + 180
        while not httpx.get(f"http://{self.address}/healthz").json()["prepared"]:
            assert time.monotonic() < until, self.log
            time.sleep(0.1)

    def tell_to_go(self) -> None:
        """Say that it should end, as Kubernetes and systemd do."""
        assert self.process
        self.process.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        """End it in the middle of whatever it does; what it started follows."""
        assert self.process
        left = psutil.Process(self.process.pid).children(recursive=True)
        self.process.kill()
        self.process.wait()
        _, alive = psutil.wait_procs(left, timeout=10)
        assert not alive, alive

    def kernels(self) -> int:
        """How many pages have their kernel here."""
        assert self.process
        if self.process.poll() is not None:
            return 0
        children = psutil.Process(self.process.pid).children(recursive=True)
        return sum(one.name().startswith("wb-") for one in children)


class Fleet:
    """Two replicas, and the one address that people know."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.database = folder, fresh_database()
        self.replicas = [Replica(folder / name, self.database) for name in "ab"]
        self.url = ""

    def start(self) -> None:
        """Start both at once; they take turns at making the tables."""
        for one in self.replicas:
            one.start(self.url)
        for one in self.replicas:
            one.wait()

    def workbook(self, *words: str) -> str:
        """Run one command on the database, in a process of its own."""
        asked = [*WORKBOOK, *words, "--data-dir", str(self.folder / "command")]
        given = os.environ | {"WORKBOOK_DATABASE": self.database}
        done = subprocess.run(
            asked, cwd=ROOT, env=given, check=True, capture_output=True, text=True
        )
        return done.stdout

    def session(self, variant: str) -> str:
        """Make a session; returns its code."""
        told = self.workbook("session", "new", "--variant", variant, "--json")
        return str(json.loads(told)["code"])


@contextmanager
def fleet() -> Iterator[Fleet]:
    """Run two replicas behind nginx; a traceback in a log is a failure."""
    with tempfile.TemporaryDirectory(prefix="wb-") as place, ExitStack() as at:
        one = Fleet(Path(place))
        addresses = [replica.address for replica in one.replicas]
        one.url = at.enter_context(proxied(Path(place), addresses))
        certificate = Path(place) / "certificate.pem"
        tornado.netutil._client_ssl_defaults().load_verify_locations(certificate)
        try:
            one.start()
            yield one
        except BaseException:
            print(*(replica.log[-4000:] for replica in one.replicas), sep="\n---\n")
            raise
        finally:
            for replica in one.replicas:
                if replica.process and replica.process.poll() is None:
                    replica.kill()
        for replica in one.replicas:
            assert "Traceback" not in replica.log, replica.log
