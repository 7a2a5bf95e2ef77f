"""Copies of a database: whole, for nobody else, and gone with what was deleted."""

import os
import shutil
import sqlite3
import stat
import threading
import zipfile
from collections import namedtuple

import pytest
from kept_rows import filled

from widgets import copies
from widgets.copies import DATABASE, KEEP, KEYS, SPARE, CopyError

SECRET = b"nobody-may-ever-find-this-again"


@pytest.fixture
def store(tmp_path):
    (tmp_path / KEYS).write_text('{"trainer_key": "k"}')
    with filled(f"sqlite:///{tmp_path}/workbook.db") as made:
        made.keep_answer("p1", "a/b", SECRET, True)
        yield made


@pytest.fixture
def ours(store):
    return store.copies


def answers(copy, folder):
    """What a copy holds, read from it as somebody else would."""
    folder.mkdir()
    copies.unpack(copy, folder)
    db = sqlite3.connect(folder / DATABASE)
    found = db.execute("SELECT sealed FROM answers").fetchall()
    db.close()
    return [sealed for (sealed,) in found]


def test_a_copy_holds_what_was_saved_and_the_keys(ours, tmp_path):
    made = ours.make("automatic")
    assert answers(made, tmp_path / "other") == [SECRET]
    assert (tmp_path / "other" / KEYS).read_text() == '{"trainer_key": "k"}'
    assert list(ours.folder.iterdir()) == [made]


def test_a_copy_is_for_nobody_else(ours, tmp_path):
    made = ours.make("automatic")
    answers(made, tmp_path / "other")
    assert stat.S_IMODE(ours.folder.stat().st_mode) == 0o700
    for one in (made, *(tmp_path / "other").iterdir()):
        assert stat.S_IMODE(one.stat().st_mode) == 0o600


def test_a_copy_is_whole_while_others_save(store, ours, tmp_path):
    """Both tables of one commit are in it, or neither."""
    ended = threading.Event()

    def save():
        number = 0
        while not ended.is_set():
            number += 1
            with store.transaction():
                store.add_participant(f"n{number}", "s1", b"x" * 2000)
                store.keep_answer(f"n{number}", "a/b", b"y" * 2000, True)

    saving = threading.Thread(target=save)
    saving.start()
    try:
        found = []
        for number in range(5):
            folder = tmp_path / f"at{number}"
            found.append(len(answers(ours.make("automatic"), folder)))
            db = sqlite3.connect(folder / DATABASE)
            assert db.execute("PRAGMA foreign_key_check").fetchall() == []
            people = db.execute("SELECT count(*) FROM participants").fetchone()[0]
            db.close()
            assert people == found[-1]  # the first of all answered too
    finally:
        ended.set()
        saving.join()
    assert found == sorted(set(found))


def test_saving_waits_for_no_copy(store, ours, monkeypatch):
    """A copy that takes long holds nobody up: somebody saves in the middle of it."""
    check = copies.check

    def slowly(database):
        saving = threading.Thread(
            target=store.keep_answer, args=("p1", "a/c", b"meanwhile", True)
        )
        saving.start()
        saving.join(5)
        assert not saving.is_alive()
        check(database)

    monkeypatch.setattr(copies, "check", slowly)
    assert ours.make("automatic")
    assert store.answers("p1")["a/c"] == b"meanwhile"


def test_the_last_few_are_kept(ours, monkeypatch):
    moments = iter(range(1000, 2000))
    monkeypatch.setattr(copies, "stamp", lambda: f"2030-05-17-{next(moments)}")
    before = ours.make("before-upgrade")
    made = [ours.make("automatic") for _ in range(KEEP + 3)]
    assert ours.made("automatic") == made[: -KEEP - 1 : -1]
    assert ours.made("before-upgrade") == [before]


@pytest.mark.parametrize(
    "delete",
    [
        lambda store: store.delete_session("s1"),
        lambda store: store.delete_participant("p1", []),
        lambda store: store.withdraw_text("t1"),
    ],
    ids=["a session", "a participant", "a text"],
)
def test_what_is_deleted_goes_from_our_copies_too(store, ours, delete):
    store.put_text("w1", "t1", "s1", "a/b.c", "a text")
    for kind in ("automatic", "before-upgrade"):
        assert ours.make(kind)
    (ours.folder / "unfinished-x").mkdir()
    (ours.folder / "unfinished-x" / DATABASE).write_bytes(SECRET)
    (ours.folder / "workbook-mine.zip").write_bytes(b"somebody put this here")
    delete(store)
    assert [one.name for one in ours.folder.iterdir()] == ["workbook-mine.zip"]


def test_a_deletion_that_did_not_happen_takes_no_copy(store, ours):
    made = ours.make("automatic")
    with pytest.raises(KeyError), store.transaction():
        store.delete_participant("p1", [])
        raise KeyError
    assert made.exists()
    store.withdraw_text("nobody's")
    assert made.exists()


@pytest.mark.parametrize("stays", [False, True], ids=["goes", "is open and stays"])
@pytest.mark.parametrize("at", ["_copy", "check", "private"])
def test_what_is_deleted_while_a_copy_is_made_does_not_come_back(
    store, ours, monkeypatch, at, stays
):
    act = getattr(copies, at)

    def after_a_deletion(*given):
        found = act(*given)
        with monkeypatch.context() as here:
            if stays:  # as where files that are open cannot be removed
                here.setattr(shutil, "rmtree", lambda *_, **__: None)
            store.delete_participant("p1", [])
        return found

    monkeypatch.setattr(copies, at, after_a_deletion)
    assert ours.make("automatic") is None
    monkeypatch.undo()
    assert list(ours.folder.iterdir()) == []
    made = ours.make("automatic")
    with zipfile.ZipFile(made) as packed:
        assert SECRET not in packed.read(DATABASE)


def test_a_copy_that_fails_leaves_nothing(ours, monkeypatch):
    made = ours.make("automatic")

    def full(path):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(copies, "private", full)
    with pytest.raises(OSError, match="No space"):
        ours.make("automatic")
    assert list(ours.folder.iterdir()) == [made]


def test_a_copy_never_takes_the_last_room(ours, monkeypatch):
    usage = namedtuple("usage", "total used free")(SPARE, 0, SPARE)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage)
    with pytest.raises(CopyError, match="too little room"):
        ours.make("automatic")


def test_a_damaged_database_is_not_copied_over_a_sound_one(store, ours, tmp_path):
    for number in range(200):
        store.keep_answer("p1", f"a/{number}", os.urandom(1000), True)
    store.close()
    with (tmp_path / "workbook.db").open("r+b") as file:
        file.seek(30 * 4096)
        file.write(b"\xff" * 40960)
    with pytest.raises(CopyError, match=r"damaged|malformed"):
        ours.make("automatic")
    assert list(ours.folder.iterdir()) == []


# Reading


def refused(source, folder):
    folder.mkdir()
    with pytest.raises(CopyError) as error:
        copies.unpack(source, folder)
    return str(error.value)


def test_one_changed_byte_anywhere_is_seen_or_changes_nothing(store, ours, tmp_path):
    made = ours.make("automatic")
    whole, size = made.read_bytes(), made.stat().st_size
    other = tmp_path / "changed.zip"
    for number, at in enumerate(range(0, size, size // 40)):
        other.write_bytes(whole[:at] + bytes([whole[at] ^ 0xFF]) + whole[at + 1 :])
        folder = tmp_path / f"at{number}"
        try:
            assert answers(other, folder) == [SECRET]
        except CopyError as error:
            assert "damaged" in str(error) or "no backup" in str(error)


def test_a_part_of_a_copy_is_refused(ours, tmp_path):
    half = tmp_path / "half.zip"
    whole = ours.make("automatic").read_bytes()
    half.write_bytes(whole[: len(whole) // 2])
    assert "only a part" in refused(half, tmp_path / "other")


def test_a_copy_of_something_else_is_refused(tmp_path):
    for number, (name, content) in enumerate(
        [("letter.txt", b"Dear Anna"), (DATABASE, b"Dear Anna"), (DATABASE, b"")]
    ):
        path = tmp_path / f"{number}.zip"
        with zipfile.ZipFile(path, "w") as made:
            made.writestr(name, content)
        said = refused(path, tmp_path / f"at{number}")
        assert "no backup" in said or "not a database" in said or "no database" in said


def test_no_name_in_a_copy_leads_out_of_the_folder(ours, tmp_path):
    made = ours.make("automatic")
    with zipfile.ZipFile(made, "a") as packed:
        packed.writestr("../outside.txt", "here I am")
    assert "no backup" in refused(made, tmp_path / "other")
    assert not (tmp_path / "outside.txt").exists()
