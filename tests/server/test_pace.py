"""How much one page may send."""

from widgets.server.channel import MAX_FRAME
from widgets.server.pace import BURST, BYTES, PER_SECOND, Bucket, Pace


def at(monkeypatch, moment):
    monkeypatch.setattr("widgets.server.pace.time.monotonic", lambda: moment)


def test_what_was_taken_comes_back_with_time(monkeypatch):
    at(monkeypatch, 100.0)
    bucket = Bucket(10, 2)
    assert [bucket.take(4) for _ in range(3)] == [True, True, False]
    at(monkeypatch, 101.0)
    assert [bucket.take(4), bucket.take(1)] == [True, False]
    at(monkeypatch, 9_000.0)
    assert [bucket.take(10), bucket.take(1)] == [True, False]


def test_a_page_that_types_for_an_hour_is_never_stopped(monkeypatch):
    at(monkeypatch, 0.0)
    pace = Pace()
    for tick in range(3600 * 4):
        at(monkeypatch, tick / 4)
        assert pace.allows(b"x" * 4_000)


def test_a_page_that_opens_may_send_much_at_once():
    pace = Pace()
    assert all(pace.allows(b"x" * 200) for _ in range(100))
    assert pace.allows(b"x" * MAX_FRAME)


def test_a_flood_is_stopped(monkeypatch):
    at(monkeypatch, 0.0)
    pace = Pace()
    assert sum(pace.allows(b"x") for _ in range(5000)) == BURST
    at(monkeypatch, 1.0)
    assert sum(pace.allows(b"x") for _ in range(5000)) == PER_SECOND


def test_few_but_large_ones_are_stopped_too(monkeypatch):
    at(monkeypatch, 0.0)
    pace = Pace()
    assert sum(pace.allows(b"x" * MAX_FRAME) for _ in range(100)) == BYTES // MAX_FRAME
