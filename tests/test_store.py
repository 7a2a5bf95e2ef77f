"""What a session keeps, on SQLite and on PostgreSQL alike."""

import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
import sqlalchemy as sa
from kept_rows import NOON, filled, row
from postgres import fresh_database

from widgets.schema import metadata
from widgets.state import State
from widgets.store import CodeTaken, Store, StoreError, WallRow


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/new/workbook.db"
    return fresh_database()


@pytest.fixture
def store(url: str) -> Iterator[Store]:
    with filled(url) as made:
        yield made


def read(store: Store, statement: str) -> list[tuple]:
    return [tuple(found) for found in store._rows(sa.text(statement))]


def test_a_session_comes_back_as_it_was(store):
    amsterdam = timezone(timedelta(hours=2))
    until = datetime(2030, 8, 1, 0, 30, tzinfo=amsterdam)
    made = row("s2", "ABC234", invented=True, keep_answers_until=until)
    store.add_session(made)
    assert store.session("ABC234") == store.session_by_id("s2") == made
    assert store.session("ABC234").keep_answers_until.tzinfo == UTC
    assert store.session("NOPE") is None
    assert {one.id for one in store.sessions()} == {"s1", "s2"}


def test_a_join_code_is_given_once(store):
    with pytest.raises(CodeTaken, match="CODE23"):
        store.add_session(row("s2", "CODE23"))
    assert len(store.sessions()) == 1


def test_focus_and_end(store):
    seen = {"view": "exercise", "exercise": "opening/agreement"}
    store.change_session("s1", focus=seen)
    store.end_session("s1", NOON)
    store.end_session("s1", NOON + timedelta(days=1))
    kept = store.session_by_id("s1")
    assert kept.focus["exercise"] == "opening/agreement"
    assert kept.ended_at == NOON


def test_what_the_trainer_sets_anew_is_kept(store):
    store.change_session("s1", title="Anders", programme=["difference/sorting"])
    store.change_session("s1", group_hours=48)
    kept = store.session("CODE23")
    assert (kept.title, kept.programme) == ("Anders", ["difference/sorting"])
    assert kept.group_data_stay == timedelta(hours=48)
    store.change_session("s1", programme=None, group_hours=None)
    assert store.session("CODE23") == row("s1", "CODE23", title="Anders")


def test_states(store):
    state = State(True, True, False, {"n": 5, "fields": {"é": None}}, 5)
    store.set_state("s1", "opening/first_moved", State())
    store.set_state("s1", "opening/first_moved", state)
    assert store.states("s1") == {"opening/first_moved": state}
    store.set_state("gone", "opening/first_moved", state)
    assert store.states("gone") == {}


def test_participants_and_answers(store):
    store.add_participant("p2", "s1", b"x")
    store.set_profile("p2", b"y")
    assert store.participant("p2").profile == b"y"
    assert store.participant("p3") is None
    assert store.participants_count("s1") == 2
    assert store.keep_answer("p1", "opening/learning_wish", b"\x00one", False)
    assert store.keep_answer("p1", "opening/learning_wish", b"\x00two", True)
    assert store.keep_answer("p2", "opening/learning_wish", b"three", True)
    assert store.keep_answer("p2", "difference/chain", b"four", False)
    assert store.answers("p1") == {"opening/learning_wish": b"\x00two"}
    assert store.complete_count("s1") == {"opening/learning_wish": 2}


def test_nothing_is_kept_for_whoever_is_gone(store):
    assert not store.keep_answer("p9", "opening/learning_wish", b"x", True)
    assert not store.put_count("t", "s9", "opening/first_moved.choice", "self")
    assert not store.put_text("w", "t", "s9", "difference/chain.chain", "text")
    with pytest.raises(StoreError, match="does not exist"):
        store.add_participant("p9", "s9", b"x")


def test_a_changed_value_replaces_the_one_before(store):
    for value in ("self", "other"):
        assert store.put_count("t1", "s1", "opening/first_moved.choice", value)
    store.put_count("t2", "s1", "opening/first_moved.choice", "self")
    store.put_count("t3", "s1", "opening/first_moved2.choice", "self")
    found = store.values("s1", "opening/first_moved")
    assert sorted(found["choice"]) == ["other", "self"]
    assert store.drop_counts(["t1", "unknown"]) == 1
    assert store.values("s1", "opening/first_moved") == {"choice": ["self"]}


def test_values_come_in_any_order(store):
    with store.transaction():
        for n in range(8):
            store.put_count(f"t{n}", "s1", "a/b.c", str(n))
    orders = {tuple(store.values("s1", "a/b")["c"]) for _ in range(40)}
    assert len(orders) > 20


def test_a_text_is_approved_only_as_it_was_read(store):
    store.put_text("w1", "t1", "s1", "difference/chain.chain", "first")
    store.put_text("w2", "t1", "s1", "difference/chain.chain", "second")
    assert not store.set_text_state("w1", "approved")
    expected = WallRow("w2", "difference/chain.chain", "second", "queued")
    assert store.texts("s1") == [expected]
    assert store.set_text_state("w2", "shown")
    assert not store.put_text("w3", "t1", "s1", "difference/chain.chain", "third")
    assert not store.withdraw_text("t1")
    assert store.text_state("t1") == "shown"
    store.put_text("w4", "t4", "s1", "difference/chain.chain", "other")
    assert store.withdraw_text("t4")
    assert store.text_state("t4") is None


@pytest.mark.parametrize(
    "text", ["<b>&'\"; DROP TABLE wall", "\u202eright to left", "👩‍👩‍👧", "x" * 100_000]
)
def test_any_text_is_kept_as_typed(store, text):
    store.put_text("w1", "t1", "s1", "difference/chain.chain", text)
    assert store.texts("s1")[0].text == text


def test_many_writes_are_one_commit_or_none(store):
    with store.transaction():
        store.keep_answer("p1", "a/b", b"x", True)
        store.put_count("t1", "s1", "a/b.c", "v")
    with pytest.raises(ZeroDivisionError), store.transaction():
        store.keep_answer("p1", "a/b", b"changed", True)
        store.put_count("t1", "s1", "a/b.c", str(1 / 0))
    assert store.answers("p1") == {"a/b": b"x"}
    assert store.values("s1", "a/b") == {"c": ["v"]}


def test_threads_wait_for_each_other(store):
    def write(who: str) -> None:
        for n in range(20):
            with store.transaction():
                store.put_count(f"{who}{n}", "s1", "a/b.c", "v")

    threads = [threading.Thread(target=write, args=(who,)) for who in "xyz"]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert len(store.values("s1", "a/b")["c"]) == 60


def test_two_programs_share_a_database(store, url):
    other = Store(url)
    other.migrate()
    other.change_session("s1", focus={"view": "join"})
    store.keep_answer("p1", "a/b", b"x", True)
    assert other.answers("p1") == {"a/b": b"x"}
    assert store.session_by_id("s1").focus == {"view": "join"}
    other.close()


def test_whoever_leaves_is_gone(store):
    store.keep_answer("p1", "a/b", b"x", True)
    store.put_count("t1", "s1", "a/b.c", "v")
    store.put_text("w1", "t2", "s1", "a/b.c", "text")
    store.set_text_state("w1", "shown")
    store.put_count("t3", "s1", "a/b.c", "somebody else's")
    store.delete_participant("p1", ["t1", "t2"])
    assert store.participant("p1") is None
    assert store.answers("p1") == {}
    assert store.texts("s1") == []
    assert store.values("s1", "a/b") == {"c": ["somebody else's"]}


def fill(store: Store, session_id: str = "s1") -> None:
    store.set_state(session_id, "a/b", State(picture={"n": 5}))
    store.keep_answer("p1", "a/b", b"x", True)
    store.put_count("t1", session_id, "a/b.c", "v")
    store.put_text("w1", "t2", session_id, "a/b.c", "text")


def test_a_deleted_session_leaves_no_row(store):
    fill(store)
    store.delete_session("s1")
    for table in metadata.tables:
        assert read(store, f"SELECT * FROM {table}") == []


def test_group_data_goes_a_day_after_the_end(store):
    fill(store)
    store.end_session("s1", NOON)
    assert store.expire(NOON + timedelta(hours=23)) == []
    assert store.values("s1", "a/b")
    assert store.expire(NOON + timedelta(hours=24)) == ["s1"]
    assert store.values("s1", "a/b") == {}
    assert store.texts("s1") == []
    assert store.states("s1") == {}
    assert store.answers("p1") == {"a/b": b"x"}
    assert store.expire(NOON + timedelta(hours=25)) == []


def test_answers_go_on_the_day_that_was_said(store):
    store.add_session(row("s2", "ABC234", keep_answers_until=NOON))
    store.add_participant("p2", "s2", b"x")
    assert store.expire(NOON - timedelta(seconds=1)) == []
    assert store.expire(NOON) == ["s2"]
    assert store.participant("p2") is None
    assert store.participant("p1") is not None


def test_nothing_tells_who_came_when(store):
    private = {"participants", "answers", "counts", "wall"}
    kinds = [c.type for t in private for c in metadata.tables[t].columns]
    assert not any(
        isinstance(kind.as_generic(), sa.DateTime | sa.Integer)
        and not isinstance(kind, sa.Boolean)
        for kind in kinds
    )
    if store._is_sqlite:
        for table in private:
            with pytest.raises(StoreError, match="rowid"):
                read(store, f"SELECT rowid FROM {table}")


def test_a_closed_exercise_hides_which_count_came_with_which_answer(store):
    for n in range(9):
        with store.transaction():
            store.keep_answer("p1", "a/b", b"x", True)
            store.put_count(f"t{n}", "s1", "a/b.c", str(n))
    before = sorted(store.values("s1", "a/b")["c"])
    store.set_state("s1", "a/b", State(is_open=False, was_opened=True))
    assert sorted(store.values("s1", "a/b")["c"]) == before
    if not store._is_sqlite:
        written = read(store, "SELECT DISTINCT xmin::text FROM counts")
        assert len(written) == 1
        assert written != read(store, "SELECT xmin::text FROM answers")
