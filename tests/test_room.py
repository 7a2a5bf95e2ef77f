"""Which room a kernel is in: alone, or served and then never alone."""

import asyncio
import os

import pytest
from room_server import served

from widgets import room as rooms
from widgets.line import LineError


@pytest.fixture
def server(tmp_path):
    with served(tmp_path) as server:
        yield server


@pytest.fixture
def nowhere(monkeypatch, tmp_path):
    monkeypatch.setenv("WORKBOOK_DATA", str(tmp_path / "mine"))
    for name in ("WORKBOOK_ROOM", "WORKBOOK_CAPABILITY"):
        monkeypatch.delenv(name, raising=False)
    kept = {name: list(getattr(rooms, name)) for name in ("_here", "_trainer")}
    rooms._here.clear()
    rooms._trainer.clear()
    yield monkeypatch
    for name, found in kept.items():
        getattr(rooms, name)[:] = found


def test_without_a_server_one_is_alone(nowhere, tmp_path):
    here = rooms.here()
    assert here.alone is True
    assert here.folder == tmp_path / "mine"
    assert rooms.here() is here
    with pytest.raises(LineError):
        rooms.trainer()


@pytest.mark.parametrize("is_there", [True, False])
def test_a_served_kernel_never_becomes_alone(nowhere, server, tmp_path, is_there):
    place = server.lines.address if is_there else f"unix:{tmp_path}/gone"
    nowhere.setenv("WORKBOOK_ROOM", place)
    nowhere.setenv("WORKBOOK_CAPABILITY", "not-a-capability")
    for _ in range(2):
        with pytest.raises((LineError, OSError)):
            rooms.here()


def test_the_capability_leaves_the_environment(nowhere, server):
    nowhere.setenv("WORKBOOK_ROOM", server.lines.address)
    nowhere.setenv("WORKBOOK_CAPABILITY", server.capability(server.join()))

    async def enter():
        return rooms.here()

    assert asyncio.run(enter()).alone is False
    assert "WORKBOOK_CAPABILITY" not in os.environ
