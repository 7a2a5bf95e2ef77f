"""Who waits for a kernel when the machine is full."""

import pytest

from widgets.server.waiting_line import PATIENCE, WaitingLine


class Clock:
    now = 0.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def line(clock):
    return WaitingLine(clock)


def test_with_room_nobody_waits(line):
    assert line.ahead("anna", 1) is None
    line.leave("anna")
    assert len(line) == 0


def test_first_come_first_served(line):
    assert [line.ahead(name, 0) for name in ("anna", "bram", "cor")] == [0, 1, 2]
    assert line.ahead("cor", 2) == 0
    assert line.ahead("bram", 2) is None
    assert line.ahead("anna", 1) is None


def test_who_comes_later_does_not_pass_those_who_wait(line):
    line.ahead("anna", 0)
    assert line.ahead("bram", 1) == 0
    line.leave("anna")
    assert line.ahead("bram", 1) is None


def test_asking_again_keeps_the_place(line, clock):
    line.ahead("anna", 0)
    line.ahead("bram", 0)
    for _ in range(5):
        clock.now += PATIENCE - 1
        assert line.ahead("anna", 0) == 0
        assert line.ahead("bram", 0) == 1


def test_who_went_away_holds_up_nobody(line, clock):
    line.ahead("anna", 0)
    line.ahead("bram", 0)
    clock.now = PATIENCE - 1
    line.ahead("bram", 0)
    clock.now = PATIENCE
    assert line.ahead("bram", 0) == 0
    assert line.ahead("anna", 0) == 1
