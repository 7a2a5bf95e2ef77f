"""One thread for the database: order, commits together, errors apart."""

import asyncio
import sqlite3
import threading
from datetime import UTC, datetime

import pytest
import sqlalchemy as sa

from widgets.server.writer import Writer
from widgets.store import SessionRow, Store, StoreError


def session(number):
    made = datetime(2030, 5, 17, tzinfo=UTC)
    return SessionRow(f"s{number}", f"CODE{number}", "T", "nl", "half-day", made)


@pytest.fixture
def store(tmp_path):
    store = Store(f"sqlite:///{tmp_path / 'workbook.db'}")
    store.migrate()
    store.add_session(session(0))
    yield store
    store.close()


@pytest.fixture
def writer(store):
    writer = Writer(store)
    yield writer
    writer.close()


@pytest.fixture
def codes(tmp_path):
    """What another program sees: only what is committed."""

    def read():
        db = sqlite3.connect(tmp_path / "workbook.db")
        found = {code for (code,) in db.execute("SELECT code FROM sessions")}
        db.close()
        return found

    return read


class Gate:
    """A call that keeps the store's thread busy until it is let go."""

    def __init__(self):
        self.entered, self.opened = threading.Event(), threading.Event()

    def __call__(self):
        self.entered.set()
        assert self.opened.wait(5)

    async def hold(self, writer):
        task = asyncio.ensure_future(writer.run(self))
        await asyncio.to_thread(self.entered.wait, 5)
        return task


def test_an_answer_comes_after_the_commit(writer, store, codes):
    async def story():
        await writer.run(store.add_session, session(1))
        assert codes() == {"CODE0", "CODE1"}
        assert await writer.run(store.session, "CODE1") == session(1)

    asyncio.run(story())


def test_what_waits_together_is_committed_together(writer, store, monkeypatch):
    begun = []
    transaction = store.transaction

    def counting():
        if store._db is None:
            begun.append(True)
        return transaction()

    async def story():
        gate = Gate()
        held = await gate.hold(writer)
        writes = [writer.run(store.add_session, session(n)) for n in range(1, 41)]
        tasks = [asyncio.ensure_future(write) for write in writes]
        await asyncio.sleep(0.05)
        monkeypatch.setattr(store, "transaction", counting)
        gate.opened.set()
        await asyncio.gather(held, *tasks)

    asyncio.run(story())
    assert len(begun) == 1
    monkeypatch.undo()
    assert len(store.sessions()) == 41


def test_calls_are_carried_out_in_order(writer):
    done = []

    async def story():
        gate = Gate()
        await gate.hold(writer)
        tasks = [asyncio.ensure_future(writer.run(done.append, n)) for n in range(50)]
        gate.opened.set()
        await asyncio.gather(*tasks)

    asyncio.run(story())
    assert done == list(range(50))


def test_one_bad_call_takes_nobody_with_it(writer, store, codes):
    def half():
        store.add_session(session(8))
        raise KeyError("half way")

    async def story():
        gate = Gate()
        await gate.hold(writer)
        calls = [(store.add_session, session(1)), (half,)]
        calls += [(store.add_session, session(0)), (store.add_session, session(2))]
        tasks = [asyncio.ensure_future(writer.run(*call)) for call in calls]
        await asyncio.sleep(0.05)
        gate.opened.set()
        return await asyncio.gather(*tasks, return_exceptions=True)

    first, second, third, fourth = asyncio.run(story())
    assert (first, fourth) == (None, None)
    assert isinstance(second, KeyError)
    assert isinstance(third, StoreError)
    assert codes() == {"CODE0", "CODE1", "CODE2"}


def test_whoever_does_not_wait_any_more_stops_nobody(writer, store, codes):
    async def story():
        gate = Gate()
        await gate.hold(writer)
        tasks = [
            asyncio.ensure_future(writer.run(store.add_session, session(n)))
            for n in (1, 2)
        ]
        await asyncio.sleep(0.05)
        tasks[0].cancel()
        gate.opened.set()
        await tasks[1]
        assert await writer.run(store.session, "CODE2") is not None

    asyncio.run(story())
    assert "CODE2" in codes()


def test_what_waits_is_finished_before_the_end(writer, store, codes):
    async def story():
        gate = Gate()
        held = await gate.hold(writer)
        task = asyncio.ensure_future(writer.run(store.add_session, session(1)))
        await asyncio.sleep(0.05)
        closing = asyncio.create_task(asyncio.to_thread(writer.close))
        gate.opened.set()
        await asyncio.gather(held, task, closing)

    asyncio.run(story())
    assert "CODE1" in codes()


def test_after_the_end_nobody_waits_for_ever(writer, store):
    writer.close()

    async def story():
        with pytest.raises(StoreError):
            await asyncio.wait_for(writer.run(store.sessions), 2)

    asyncio.run(story())


def test_what_the_store_refuses_is_no_trouble(writer, store):
    async def story():
        with pytest.raises(StoreError):
            await writer.run(store.add_session, session(0))

    asyncio.run(story())
    assert writer.trouble() == ""


def test_a_disk_that_is_full_is_said_and_kept_apart(writer, store):
    async def story():
        store._engine.dispose()
        await writer.run(
            lambda: store._now().exec_driver_sql("PRAGMA max_page_count=1")
        )
        gate = Gate()
        held = await gate.hold(writer)
        big = "x" * 1_000_000
        rows = [
            SessionRow(f"b{n}", f"BIG{n}", big, "nl", "half-day", session(0).created_at)
            for n in range(2)
        ]
        tasks = [asyncio.ensure_future(writer.run(store.add_session, r)) for r in rows]
        await asyncio.sleep(0.05)
        gate.opened.set()
        await held
        said = await asyncio.gather(*tasks, return_exceptions=True)
        assert all(isinstance(one, StoreError) for one in said)
        assert all("full" in str(one) for one in said)
        assert await writer.run(store.session, "CODE0") is not None
        assert writer.trouble() == "full"  # as long as nothing was written
        store._rows(sa.text("PRAGMA max_page_count=1000000"))
        await writer.run(store.add_session, session(3))
        assert writer.trouble() == ""

    asyncio.run(story())
