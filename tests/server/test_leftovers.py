"""What a killed server left is removed by the next; what lives is not touched."""

import os
import socket
import tempfile
from pathlib import Path

import pytest

from widgets.server.leftovers import YOUNG, clear


@pytest.fixture
def folder():
    with tempfile.TemporaryDirectory(prefix="wb-") as place:  # a short path
        yield Path(place)


def server(folder, name, age=YOUNG + 1):
    place = folder / name
    place.mkdir()
    (place / "kernel-1.json").write_text("{}")
    one = socket.socket(socket.AF_UNIX)
    one.bind(str(place / "room.sock"))
    one.listen()
    then = (place / "room.sock").stat().st_mtime - age
    os.utime(place / "room.sock", (then, then))
    return one


def test_what_a_killed_server_left_is_removed_and_nothing_else(folder):
    with server(folder, "voila_alive"):
        server(folder, "voila_dead").close()
        server(folder, "voila_starts", age=0).close()
        server(folder, "other").close()
        (folder / "voila_of_somebody").mkdir()
        clear(folder)
    left = {one.name for one in folder.iterdir()}
    assert left == {"voila_alive", "voila_starts", "other", "voila_of_somebody"}
