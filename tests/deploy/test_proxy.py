"""The shipped nginx: what it keeps of what passes, and what it says by itself."""

import socket
import ssl
import threading
import time
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import psutil
import pytest
from deploy.fleet import fleet

from widgets.server.assets import imports

PIECE = 64 * 1024


@pytest.fixture(scope="module")
def running():
    with fleet() as one:
        yield one


@pytest.fixture
def person(running):
    """Somebody who came in, through the proxy."""
    with httpx.Client(base_url=running.url, verify=False) as browser:
        form = {"language": "nl", "counting": "yes"}
        code = running.session("self-study")
        assert browser.post(f"/join/{code}", data=form).status_code == 303
        yield browser


def workers(folder: Path) -> list[psutil.Process]:
    """The processes of the nginx that runs from this folder."""
    masters = [
        one
        for one in psutil.process_iter(["cmdline"])
        if str(folder / "nginx.conf") in " ".join(one.info["cmdline"] or ())
    ]
    return [child for one in masters for child in [one, *one.children()]]


@contextmanager
def files_seen(folder: Path):
    """Look all the time which files nginx has open; temporary ones have no name."""
    found, over = set[str](), threading.Event()
    handles = [Path(f"/proc/{one.pid}/fd") for one in workers(folder)]
    assert len(handles) > 1

    def look():
        while not over.is_set():
            for handle in (one for place in handles for one in place.iterdir()):
                try:
                    found.add(str(handle.readlink()))
                except OSError:  # closed meanwhile
                    continue
            time.sleep(0.005)

    looking = threading.Thread(target=look)
    looking.start()
    kept = set[str]()
    try:
        yield kept
    finally:
        over.set()
        looking.join()
        places = tuple(str(folder / name) for name in ("body", "proxy"))
        kept |= {one for one in found if one.startswith(places)}


def test_a_file_that_comes_in_slowly_is_put_in_no_file(running, person):
    upload = {"file": ("x.json", b'{"x": "' + b"geheim" * 100_000 + b'"}')}
    whole = person.build_request("POST", "/me/import", files=upload)
    body = whole.read()

    def slowly():
        for start in range(0, len(body), PIECE):
            yield body[start : start + PIECE]
            time.sleep(0.05)

    with files_seen(running.folder) as kept:
        found = person.post("/me/import", content=slowly(), headers=whole.headers)
    assert found.status_code == 422
    assert kept == set()


def test_what_a_slow_phone_reads_is_put_in_no_file(running):
    at = urlsplit(running.url)
    name = imports("page.js")[0]
    with socket.socket() as line, files_seen(running.folder) as kept:
        line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        line.connect((at.hostname, at.port))
        with ssl._create_unverified_context().wrap_socket(line) as phone:
            ask = f"GET /static/{name} HTTP/1.0\r\nHost: {at.netloc}\r\n\r\n"
            phone.sendall(ask.encode())
            time.sleep(1)
            heard = b"".join(iter(lambda: phone.recv(PIECE), b""))
    assert len(heard) > 300_000
    assert kept == set()


def test_where_nobody_answers_it_says_so_and_asks_to_come_back(running):
    for one in running.replicas:
        one.kill()
    with httpx.Client(base_url=running.url, verify=False) as browser:
        for path in ("/nl/", "/healthz"):
            found = browser.get(path)
            assert (found.status_code, found.headers["Retry-After"]) == (503, "5")
            assert "Even wachten" in found.text
            assert "cannot be reached" in found.text
            assert "nginx" not in found.text
