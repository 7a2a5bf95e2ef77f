"""What the tests of the server share."""

import pytest
from plain_server import Server


@pytest.fixture
def server(request, tmp_path):
    server = Server(tmp_path, getattr(request, "param", "/"))
    yield server
    server.close()
