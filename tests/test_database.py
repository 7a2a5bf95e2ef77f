"""The file under the store: what is gone from it, who may read it, what it refuses."""

import os
import sqlite3
import stat
import zipfile
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from kept_rows import NOON, filled

from widgets.store import Store, StoreError

SECRET_TEXT = "nobody-may-ever-find-this-again"


def bytes_on_disk(store: Store) -> bytes:
    """The database, its journal, and what stands in the copies that we made."""
    found = [one for one in store.copies.database.parent.rglob("*") if one.is_file()]
    return b"".join(part for one in found for part in parts(one))


def parts(file: Path) -> Iterator[bytes]:
    yield file.read_bytes()
    if file.suffix == ".zip":
        with zipfile.ZipFile(file) as packed:
            yield from map(packed.read, packed.namelist())


@pytest.fixture
def file_store(tmp_path: Path) -> Iterator[Store]:
    with filled(f"sqlite:///{tmp_path}/workbook.db") as made:
        yield made


def write_secret(store: Store) -> None:
    store.keep_answer("p1", "a/b", SECRET_TEXT.encode() * 300, True)
    store.put_count("t1", "s1", "a/b.c", SECRET_TEXT)
    store.put_text("w1", "t2", "s1", "a/b.c", SECRET_TEXT)
    assert SECRET_TEXT.encode() in b"".join(parts(store.copies.make("automatic")))
    assert SECRET_TEXT.encode() in bytes_on_disk(store)


def test_the_bytes_of_whoever_leaves_are_gone(file_store):
    write_secret(file_store)
    file_store.delete_participant("p1", ["t1", "t2"])
    assert SECRET_TEXT.encode() not in bytes_on_disk(file_store)


def test_the_bytes_of_a_session_are_gone(file_store):
    write_secret(file_store)
    file_store.delete_session("s1")
    assert SECRET_TEXT.encode() not in bytes_on_disk(file_store)
    assert b"CODE23" not in bytes_on_disk(file_store)


def test_the_bytes_of_what_expires_are_gone(file_store):
    write_secret(file_store)
    file_store.delete_participant("p1", [])
    file_store.end_session("s1", NOON)
    file_store.expire(NOON + timedelta(days=2))
    assert SECRET_TEXT.encode() not in bytes_on_disk(file_store)


def test_the_bytes_of_what_is_withdrawn_are_gone(file_store):
    file_store.put_count("t1", "s1", "a/b.c", SECRET_TEXT)
    file_store.put_text("w1", "t2", "s1", "a/b.c", SECRET_TEXT)
    file_store.drop_counts(["t1"])
    file_store.put_text("w2", "t2", "s1", "a/b.c", "something else")
    assert SECRET_TEXT.encode() not in bytes_on_disk(file_store)


def test_the_database_is_for_nobody_else(file_store, tmp_path):
    if os.name == "posix":
        for one in tmp_path.iterdir():
            assert stat.S_IMODE(one.stat().st_mode) == 0o600


def test_an_acknowledged_answer_is_on_disk(file_store, tmp_path):
    file_store.keep_answer("p1", "a/b", b"kept", True)
    with sqlite3.connect(f"{tmp_path}/workbook.db") as other:
        assert other.execute("SELECT sealed FROM answers").fetchall() == [(b"kept",)]
    settings = [
        file_store._rows(sa.text(f"PRAGMA {name}"))[0][0]
        for name in ("journal_mode", "synchronous", "foreign_keys", "secure_delete")
    ]
    assert settings == ["wal", 2, 1, 1]


def test_a_file_that_is_no_database_is_left_alone(tmp_path):
    path = tmp_path / "letter.txt"
    path.write_text("Dear reader, " * 500)
    with pytest.raises(StoreError, match=r"letter\.txt is not a database"):
        Store(f"sqlite:///{path}").migrate()
    assert path.read_text() == "Dear reader, " * 500


def test_a_folder_that_cannot_be_made_is_named(tmp_path):
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(StoreError, match=r"file/x/workbook\.db cannot be written"):
        Store(f"sqlite:///{tmp_path}/file/x/workbook.db")


def test_a_folder_that_is_not_ours_is_named(tmp_path):
    """Root may write anywhere, so a child that is nobody tries."""
    tmp_path.chmod(0o500)
    child = os.fork()
    if child == 0:
        if os.geteuid() == 0:
            os.setuid(65534)
        try:
            Store(f"sqlite:///{tmp_path}/workbook.db")
        except StoreError as error:
            os._exit(7 if "cannot be written" in str(error) else 2)
        os._exit(1)
    _, status = os.waitpid(child, 0)
    tmp_path.chmod(0o700)
    assert os.waitstatus_to_exitcode(status) == 7


def test_a_server_that_is_not_there_is_named_without_its_password():
    far = Store("postgresql://me:hush@127.0.0.1:1/workbook")
    with pytest.raises(StoreError, match=r"127\.0\.0\.1:1/workbook") as refused:
        far.migrate()
    assert "hush" not in str(refused.value)


@pytest.mark.parametrize("url", ["", "nonsense", "mysql://x/y", "sqlite://"])
def test_another_kind_of_database_is_refused(url):
    with pytest.raises(StoreError):
        Store(url)


def test_a_full_disk_takes_no_answer_and_loses_none(file_store):
    file_store.keep_answer("p1", "a/b", b"kept", True)
    pages = file_store._rows(sa.text("PRAGMA page_count"))[0][0]
    file_store._rows(sa.text(f"PRAGMA max_page_count={pages}"))
    with pytest.raises(StoreError, match=r"the disk is full; make room"):
        file_store.keep_answer("p1", "a/c", os.urandom(500_000), True)
    rows = file_store._rows(sa.text("SELECT sealed FROM answers"))
    assert rows == [(b"kept",)]
    file_store._rows(sa.text("PRAGMA max_page_count=1000000"))
    file_store.keep_answer("p1", "a/c", b"saved later", True)
