"""A database that is locked, closed or away: it is said, and saved later."""

import os
import subprocess
import sys
import tempfile
import threading
from contextlib import contextmanager
from pathlib import Path

import postgres
import pytest
from e2e.serving import ROOT
from kept_rows import filled

from widgets import database
from widgets.store import Store, StoreError, StoreTrouble

LOCK = """
import sqlite3, sys
db = sqlite3.connect(sys.argv[1], isolation_level=None)
db.execute("BEGIN EXCLUSIVE")
print("locked", flush=True)
sys.stdin.read()
db.execute("COMMIT")
"""
SAVE = """
import sys
from widgets.store import Store
store = Store(sys.argv[1])
for number in range(10_000):
    store.keep_answer("p1", f"a/{number}", b"x" * 300, True)
    print(number, flush=True)
"""


@contextmanager
def locked(file):
    """Another program that has the database for itself; yields the way to end it."""
    command = [sys.executable, "-c", LOCK, str(file)]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe) as other:
        assert other.stdout.readline() == b"locked\n"
        yield other.stdin.close
        other.stdin.close()


def test_an_answer_waits_for_another_program(tmp_path):
    with filled(f"sqlite:///{tmp_path}/workbook.db") as store:
        with locked(tmp_path / "workbook.db") as let_go:
            threading.Timer(0.7, let_go).start()
            store.keep_answer("p1", "a/b", b"waited", True)
        assert store.answers("p1") == {"a/b": b"waited"}


def test_a_database_that_stays_locked_is_said_and_saved_to_later(tmp_path, monkeypatch):
    hasty = ("busy_timeout=200", *database.PRAGMAS[1:])
    monkeypatch.setattr(database, "PRAGMAS", hasty)
    with filled(f"sqlite:///{tmp_path}/workbook.db") as store:
        with locked(tmp_path / "workbook.db"):
            with pytest.raises(StoreTrouble, match="in use by another program") as said:
                store.keep_answer("p1", "a/b", b"later", True)
            assert said.value.kind == "other"
        store.keep_answer("p1", "a/b", b"later", True)
        assert store.answers("p1") == {"a/b": b"later"}


def as_nobody(act):
    """Root may write anywhere, so a child that is nobody acts; gives what it said."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            if os.geteuid() == 0:
                os.setuid(65534)
            said = act()
        except BaseException as error:
            said = f"{type(error).__name__}: {error}"
        os.write(writing, said.encode())
        os._exit(0)
    os.close(writing)
    os.waitpid(child, 0)
    with os.fdopen(reading) as said:
        return said.read()


@pytest.fixture
def folder():
    """A folder of nobody's own, that nobody reaches."""
    with tempfile.TemporaryDirectory(dir="/tmp") as name:
        if os.geteuid() == 0:
            os.chown(name, 65534, 65534)
        yield Path(name)


def test_a_folder_that_is_closed_is_said_and_saved_to_later(folder):
    url = f"sqlite:///{folder}/workbook.db"

    def act():
        with filled(url) as store:
            store.keep_answer("p1", "a/b", b"kept", True)
            folder.chmod(0o500)  # under the feet of a store at work: it goes on
            store.keep_answer("p1", "a/c", b"kept too", True)
            folder.chmod(0o700)
        folder.chmod(0o500)
        said = []
        closed = Store(url)
        try:
            closed.migrate()
        except StoreTrouble as error:
            said.append(f"{error.kind}: {error}")
        folder.chmod(0o700)
        closed.migrate()
        said.append(f"{sorted(closed.answers('p1'))}")
        return "\n".join(said)

    said = as_nobody(act)
    assert "readonly: " in said
    assert "choose a folder that you may write in" in said
    assert "['a/b', 'a/c']" in said


def test_a_file_that_may_not_be_written_is_said(folder):
    def act():
        file = folder / "workbook.db"
        with filled(f"sqlite:///{file}"):
            pass
        file.chmod(0o400)
        try:
            Store(f"sqlite:///{file}")
        except StoreError as error:
            return str(error)
        return "it was opened"

    assert "workbook.db cannot be written" in as_nobody(act)


def test_what_was_acknowledged_is_there_after_a_kill(tmp_path):
    url = f"sqlite:///{tmp_path}/workbook.db"
    with filled(url):
        pass
    command = [sys.executable, "-c", SAVE, url]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE) as saving:
        said = [saving.stdout.readline() for _ in range(200)]
        saving.kill()
        said += saving.stdout.readlines()
    store = Store(url)
    saved = store.answers("p1")
    store.close()
    assert {f"a/{int(number)}" for number in said} <= set(saved)
    assert all(answer == b"x" * 300 for answer in saved.values())


def test_postgresql_that_starts_again_is_said_and_saved_to_later():
    with filled(postgres.fresh_database()) as store:
        store.keep_answer("p1", "a/b", b"before", True)
        postgres.stop()
        try:
            for _ in range(2):
                with pytest.raises(StoreTrouble) as said:
                    store.keep_answer("p1", "a/c", b"after", True)
                assert said.value.kind == "other"
        finally:
            postgres.start()
        store.keep_answer("p1", "a/c", b"after", True)
        assert store.answers("p1") == {"a/b": b"before", "a/c": b"after"}


def test_postgresql_that_started_again_unseen_costs_nothing():
    with filled(postgres.fresh_database()) as store:
        postgres.stop()
        postgres.start()
        store.keep_answer("p1", "a/b", b"kept", True)
        assert store.answers("p1") == {"a/b": b"kept"}
