"""What the tests of the server share."""

import json
import sys

import pytest
from e2e.house import house
from guests import Running
from plain_server import Server


@pytest.fixture(scope="session")
def served():
    """One real server with forked kernels, for all that needs no other."""
    with house() as running:
        yield Running(running, None)


@pytest.fixture(autouse=True)
def pages_are_open(request):
    """A page that no browser reaches is ended after two minutes; tests take longer."""
    if "served" in request.fixturenames:
        served = request.getfixturevalue("served")
        if isinstance(served, Running):
            served.renew()


@pytest.fixture
def server(request, tmp_path):
    server = Server(tmp_path, getattr(request, "param", "/"))
    yield server
    server.close()


@pytest.fixture
def folder(tmp_path):
    """Where Jupyter finds a kernel that sleeps."""
    spec = {
        "argv": [sys.executable, "-S", "-c", "import time; time.sleep(60)"],
        "display_name": "asleep",
        "language": "python",
    }
    place = tmp_path / "kernels" / "python3"
    place.mkdir(parents=True)
    (place / "kernel.json").write_text(json.dumps(spec))
    return place.parent
