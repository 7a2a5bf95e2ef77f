"""What replicas on one PostgreSQL say to each other, with a real one in between."""

import asyncio
import threading
import time

import psycopg
import pytest
import sqlalchemy as sa
from kept_rows import filled
from postgres import fresh_database
from room_server import stays, until

from widgets.server.writer import Writer
from widgets.state import State
from widgets.store import Store

TOPICS = [("states", "s1"), ("participant", "p 1")]


@pytest.fixture
def url():
    return fresh_database()


@pytest.fixture
def near(url):
    with filled(url) as store:
        yield store


@pytest.fixture
def far(url, near):
    store = Store(url)
    yield store
    store.close()


class Ear:
    """Listens as a replica does, and notes what it hears."""

    def __init__(self, store, mark=1):
        self.heard, self.missed = [], 0
        self.listener = store.listener(mark, self.heard.append, self.miss)

    def miss(self):
        self.missed += 1

    async def __aenter__(self):
        self.listener.start()
        await until(lambda: self.missed)
        return self

    async def __aexit__(self, *_):
        self.listener.stop()


def test_a_replica_hears_what_another_commits_once_per_transaction(near, far):
    async def story():
        async with Ear(far) as ear:
            with near.transaction():
                near.tell(*TOPICS)
                near.tell(*TOPICS)
                near.set_state("s1", "a/b", State(is_open=True))
                assert await stays(lambda: ear.heard == [])
            await until(lambda: len(ear.heard) >= 2)
            assert await stays(lambda: ear.heard == TOPICS)
            assert far.states("s1")["a/b"].is_open

    asyncio.run(story())


def test_what_is_not_committed_is_not_told(near, far):
    async def story():
        async with Ear(far) as ear:
            with pytest.raises(KeyError), near.transaction():
                near.tell(*TOPICS)
                raise KeyError("half way")
            near.tell(("counts", "s1"))
            await until(lambda: ear.heard)
            assert ear.heard == [("counts", "s1")]

    asyncio.run(story())


def test_a_replica_does_not_hear_itself(near):
    async def story():
        async with Ear(near) as ear:
            near.tell(*TOPICS)
            assert await stays(lambda: ear.heard == [])

    asyncio.run(story())


def test_who_was_cut_off_comes_back_and_knows_that_it_missed_something(near, far):
    async def story():
        async with Ear(far) as ear:
            await asyncio.to_thread(cut_everybody_off, near._url)
            near.tell(("counts", "lost"))  # a new connection, made without a fault
            await until(lambda: ear.missed == 2)
            near.tell(("counts", "s1"))
            await until(lambda: ("counts", "s1") in ear.heard)

    asyncio.run(story())


def cut_everybody_off(url):
    others = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
    mine = "WHERE datname = current_database() AND pid <> pg_backend_pid()"
    plain = url.set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(plain, autocommit=True) as db:
        db.execute(others + mine)


def test_a_file_has_no_other_replicas(tmp_path):
    with filled(f"sqlite:///{tmp_path}/workbook.db") as store:
        assert store.listener(1, print, print) is None
        store.tell(*TOPICS)
        with store.turn("s1"), store.turn("s1"):
            pass


def test_a_turn_is_one_replica_s_and_keeps_no_write_waiting(near, far):
    done = []

    def wait():
        with far.turn("s1"):
            done.append("far")

    with near.turn("s1"):
        waiting = threading.Thread(target=wait)
        waiting.start()
        with far.turn("s2"):
            done.append("another")
        far.set_state("s1", "a/b", State(is_open=True))
        time.sleep(0.3)
        done.append("near")
    waiting.join(5)
    assert done == ["another", "near", "far"]


def test_two_replicas_that_want_each_other_s_rows_both_get_them(near, far):
    both_began = threading.Barrier(2)
    begun = []

    def cross(store, first, second):
        store.set_state("s1", first, State(is_open=True))
        begun.append(first)
        if begun.count(first) == 1:  # who tries again meets nobody any more
            both_began.wait(5)
        store.set_state("s1", second, State(is_open=True))

    async def story():
        writers = [Writer(near), Writer(far)]
        await asyncio.gather(
            writers[0].run(cross, near, "a/a", "a/b"),
            writers[1].run(cross, far, "a/b", "a/a"),
        )
        for writer in writers:
            writer.close()

    asyncio.run(story())
    assert set(near.states("s1")) == {"a/a", "a/b"}
    assert len(begun) == 3


def test_a_notice_holds_no_more_than_a_topic(near):
    told = []

    @sa.event.listens_for(near._engine, "before_cursor_execute")
    def note(conn, cursor, statement, parameters, context, many):
        if "pg_notify" in statement:
            told.append(parameters["told"])

    with near.transaction():
        near.keep_answer("p1", "a/b", b"sealed", True)
        near.tell(("participant", "p1"))
    assert told == [[f"{near._replica} participant p1"]]


def test_a_replica_with_other_keys_is_seen_while_it_is_there(near, far):
    async def story():
        async with Ear(near, mark=7):
            assert not far.has_strangers(7)
            assert far.has_strangers(8)
        await until(lambda: not far.has_strangers(8))

    asyncio.run(story())
