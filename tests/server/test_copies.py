"""Copies while a server runs: after a change, not too often, never of what is gone."""

import asyncio
import time
import zipfile

import pytest
from kept_rows import filled

from widgets.copies import DATABASE, KEYS
from widgets.server import copies as copies_module
from widgets.server.copies import AutomaticCopies

MINUTES = 10


class Clock:
    """Time that goes on when a test says so."""

    def __init__(self):
        self.now = 1000.0

    def monotonic(self):
        return self.now


@pytest.fixture
def clock(monkeypatch):
    made = Clock()
    monkeypatch.setattr(copies_module, "time", made)
    return made


@pytest.fixture
def store(tmp_path):
    with filled(f"sqlite:///{tmp_path}/workbook.db") as made:
        yield made


@pytest.fixture
def look(store, tmp_path, clock):
    """Look as the server does, some minutes later; gives how often a copy was made."""
    keys = tmp_path / "keys" / KEYS
    keys.parent.mkdir()
    keys.write_text("the keys")
    automatic = AutomaticCopies(store, keys, MINUTES)
    make, made = store.copies.make, []

    def counted(kind):
        made.append(kind)
        return make(kind)

    store.copies.make = counted

    def go(minutes=0.0):
        clock.now += minutes * 60
        asyncio.run(automatic.look())
        return len(made)

    return go


def copied(store):
    """The newest copy: what is in it, as it stands in the file."""
    with zipfile.ZipFile(store.copies.made("automatic")[0]) as packed:
        return packed.read(DATABASE), packed.read(KEYS)


def test_a_copy_is_made_when_something_changed_and_not_before(store, look):
    assert look(MINUTES) == 0
    store.keep_answer("p1", "a/b", b"an answer", True)
    assert look() == 1
    assert look(MINUTES) == 1
    database, keys = copied(store)
    assert b"an answer" in database
    assert keys == b"the keys"


def test_reading_is_no_change(store, look):
    store.answers("p1")
    store.sessions()
    assert look(MINUTES) == 0


def test_there_are_some_minutes_between_two_copies(store, look):
    for number in range(30):
        store.keep_answer("p1", "a/b", str(number).encode(), True)
        made = look(1)
    assert made == 30 / MINUTES


def test_after_a_deletion_a_new_copy_is_made_at_once(store, look):
    store.add_participant("p2", "s1", b"stays")
    store.keep_answer("p1", "a/b", b"goes at once", True)
    assert look(MINUTES) == 1
    store.delete_participant("p1", [])
    assert store.copies.made("automatic") == []
    assert look() == 2
    database, _ = copied(store)
    assert b"stays" in database
    assert b"goes at once" not in database
    assert look() == 2


def test_a_copy_that_fails_is_said_and_tried_again_later(store, look, caplog):
    store.copies.folder.write_text("in the way")
    store.keep_answer("p1", "a/b", b"an answer", True)
    assert look(MINUTES) == 1
    assert "no copy was made" in caplog.text
    assert look() == 1
    store.copies.folder.unlink()
    assert look(MINUTES) == 2
    assert b"an answer" in copied(store)[0]


def test_who_wants_no_copies_gets_none(store, clock):
    never = AutomaticCopies(store, store.copies.keys, 0)
    store.keep_answer("p1", "a/b", b"an answer", True)
    clock.now += 10**6
    asyncio.run(never.look())
    assert not store.copies.folder.exists()


def test_the_server_answers_while_a_copy_is_made(store, clock, monkeypatch):
    """The loop goes on turning: a copy is made in a thread of its own."""
    automatic = AutomaticCopies(store, store.copies.keys, MINUTES)
    store.keep_answer("p1", "a/b", b"an answer", True)
    clock.now += MINUTES * 60
    monkeypatch.setattr(store.copies, "make", lambda kind: time.sleep(0.5))

    async def story():
        making = asyncio.ensure_future(automatic.look())
        turns = 0
        while not making.done():
            await asyncio.sleep(0.01)
            turns += 1
        return turns

    assert asyncio.run(story()) > 10
