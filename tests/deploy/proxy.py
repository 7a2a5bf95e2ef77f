"""The nginx that tests put before replicas: found, or brought here from Debian.

`python tests/deploy/proxy.py` makes sure that there is one.
"""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest
from e2e.serving import ROOT, free_port, stop

CONF = ROOT / "deploy" / "nginx.conf"
HINT = "the tests need nginx: apt-get install nginx-light"


def found() -> str | None:
    """Where nginx is; Debian keeps it out of the PATH of ordinary users."""
    return shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/sbin")


def bring() -> bool:
    """Install nginx where that can be done; tell whether there is one."""
    if found() is None and shutil.which("apt-get") and os.geteuid() == 0:
        quiet = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
        install = ["install", "-y", "--no-install-recommends", "nginx-light"]
        for words in (["update"], install):
            subprocess.run(["apt-get", "-qq", *words], env=quiet, check=False)
    return found() is not None


def configured(folder: Path, port: int, replicas: Sequence[str]) -> str:
    """The configuration that is shipped, with the addresses of this test in it."""
    text = CONF.read_text("utf-8")
    servers = "\n".join(f"server {one} max_fails=0;" for one in replicas)
    own = f"access_log off;\nclient_body_temp_path {folder}/body;\n"
    changes = [
        (r"server replica-1:8866 max_fails=0;\s+server replica-2\S+ \S+;", servers),
        (r"server \{\s+listen 80;.*?\n    \}\n", ""),
        (r"listen 443 ssl;\s+listen \[::\]:443 ssl;", f"listen 127.0.0.1:{port} ssl;"),
        (r"/etc/nginx/certificate", f"{folder}/certificate"),
        (r"access_log off;\n", own + f"proxy_temp_path {folder}/proxy;\n"),
    ]
    for old, new in changes:
        text, times = re.subn(old, new, text, flags=re.DOTALL)
        assert times, f"deploy/nginx.conf has no {old}"
    return f"pid {folder}/nginx.pid;\ndaemon off;\n{text}"


@contextmanager
def proxied(folder: Path, replicas: Sequence[str]) -> Iterator[str]:
    """Run nginx before these replicas; gives its address, which is HTTPS."""
    program = found()
    assert program, HINT
    port, conf = free_port(), folder / "nginx.conf"
    _make_certificate(folder)
    conf.write_text(configured(folder, port, replicas), encoding="utf-8")
    process = subprocess.Popen([program, "-p", folder, "-c", conf, "-e", "stderr"])
    try:
        with pytest.raises(subprocess.TimeoutExpired):  # it tells what it does not like
            process.wait(0.5)
        yield f"https://127.0.0.1:{port}"
    finally:
        stop(process)


def _make_certificate(folder: Path) -> None:
    names = ["-subj", "/CN=test", "-addext", "subjectAltName=IP:127.0.0.1"]
    one = folder / "certificate"
    files = ["-keyout", f"{one}-key.pem", "-out", f"{one}.pem"]
    made = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"]
    subprocess.run([*made, *names, *files], check=True, capture_output=True)


if __name__ == "__main__":
    if not bring():
        print(HINT, file=sys.stderr)
        sys.exit(1)
