"""A module's page where kernels are started the ordinary way."""

import time
from concurrent.futures import ThreadPoolExecutor

from e2e.house import house
from guests import Running


def new_kernel(room, known):
    """The process of a kernel that was not there before."""
    until = time.monotonic() + 30
    while time.monotonic() < until:
        for one in room.house.kernels():
            if one.pid not in known:
                return one
        time.sleep(0.02)
    raise AssertionError("no kernel was started")


def test_a_kernel_that_dies_before_it_is_ready_keeps_nobody_waiting(monkeypatch):
    monkeypatch.setenv("WORKBOOK_FORK", "no")
    with house() as served, ThreadPoolExecutor(1) as elsewhere:
        room = Running(served, None)
        person, known = room.participant(), room.kernels()
        asked = elsewhere.submit(person.get, "nl/opening")
        new_kernel(room, known).kill()
        found = asked.result(timeout=40)
        assert found.status_code == 200
        assert '<p class="wb-broken" role="alert">' in found.text
        assert "location.reload()" in found.text
        again = room.open(person)
        assert room.alive(person, again) == 200
        assert '<p class="wb-broken"' not in room.page.text
