"""`workbook restore`: what was saved comes back, and all goes on as before."""

import shutil
import sqlite3
import stat
import zipfile

import httpx
import pytest
from e2e.serving import ROOT, WORKBOOK, free_port, running, serving
from plain_server import personal_code
from saved_data import SEALED, answers, contents, wrong

from widgets.copies import DATABASE, KEYS
from widgets.database import VERSION_TABLE
from widgets.server.keys import Keys
from widgets.server.keys import keys as keys_of
from widgets.store import Store

pytest_plugins = ["kept_folder"]


def keys(folder) -> Keys:
    return keys_of(folder, None)


# There and back


def test_a_backup_goes_on_on_another_machine(workbook, data, saved, other):
    status, out, err = workbook("restore", saved, "--data-dir", other)
    assert (status, err) == (0, "")
    assert str(other) in out
    assert answers(other) == {"a/b": SEALED}
    assert keys(other) == keys(data)
    assert {one.name for one in other.iterdir()} == {DATABASE, KEYS}
    for one in other.iterdir():
        assert stat.S_IMODE(one.stat().st_mode) == 0o600


def test_what_is_here_is_replaced_when_asked_and_set_aside(workbook, data, saved):
    store = Store(f"sqlite:///{data / DATABASE}")
    store.keep_answer("p1", "a/b", b"newer", True)
    store.close()
    here = contents(data)
    refused = workbook("restore", saved, "--data-dir", data)
    wrong(refused, "already", "--replace")
    assert contents(data) == here
    status, out, _ = workbook("restore", saved, "--replace", "--data-dir", data)
    assert status == 0
    assert answers(data) == {"a/b": SEALED}
    (aside,) = data.glob("before-restore-*")
    assert str(aside) in out
    assert stat.S_IMODE(aside.stat().st_mode) == 0o700
    assert answers(aside) == {"a/b": b"newer"}
    assert keys(aside) == keys(data)


def test_a_damaged_workbook_is_replaced(workbook, data, saved):
    (data / DATABASE).write_bytes(b"nothing of it is left" * 400)
    (data / f"{DATABASE}-wal").write_bytes(b"nor of this" * 40)
    assert workbook("restore", saved, "--replace", "--data-dir", data)[0] == 0
    assert answers(data) == {"a/b": SEALED}


def test_a_database_elsewhere_comes_back_there(workbook, data, saved, tmp_path):
    far, folder = tmp_path / "far" / "w.db", tmp_path / "keys"
    place = f"sqlite:///{far}"
    done = workbook("restore", saved, "--data-dir", folder, database=place)
    assert done[0] == 0
    assert {one.name for one in far.parent.iterdir()} == {"w.db"}
    assert keys(folder) == keys(data)
    assert workbook("backup", "--data-dir", folder, database=place)[0] == 0


def test_a_copy_without_keys_leaves_those_that_are_here(workbook, data, saved):
    mine = saved.with_name("mine.zip")
    with zipfile.ZipFile(saved) as old, zipfile.ZipFile(mine, "w") as new:
        new.writestr(DATABASE, old.read(DATABASE))
    before = keys(data)
    assert workbook("restore", mine, "--replace", "--data-dir", data)[0] == 0
    assert keys(data) == before
    assert (data / KEYS).exists()


# What is refused


def changed(saved, name, content):
    """The same backup with one file in it changed."""
    path = saved.with_name("changed.zip")
    with zipfile.ZipFile(saved) as old, zipfile.ZipFile(path, "w") as new:
        for one in (DATABASE, KEYS):
            new.writestr(one, content if one == name else old.read(one))
    return path


def newer(saved, tmp_path):
    """A backup of tomorrow's workbook."""
    file = tmp_path / "newer.db"
    with zipfile.ZipFile(saved) as packed:
        file.write_bytes(packed.read(DATABASE))
    db = sqlite3.connect(file)
    db.execute(f"UPDATE {VERSION_TABLE} SET version_num = 'tomorrow'")
    db.commit()
    db.close()
    return changed(saved, DATABASE, file.read_bytes())


@pytest.mark.parametrize("replace", [(), ("--replace",)], ids=["new", "replace"])
@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda saved, tmp: tmp / "none.zip", "there is no such file"),
        (lambda saved, tmp: tmp, "there is no such file"),
        (lambda saved, tmp: shutil.copy(ROOT / "README.md", tmp), "is no backup"),
        (lambda saved, tmp: changed(saved, DATABASE, b"Dear Anna"), "not a database"),
        (lambda saved, tmp: changed(saved, KEYS, b"Dear Anna"), "its keys"),
        (lambda saved, tmp: changed(saved, KEYS, b'{"cookie_secret": 3}'), "its keys"),
        (newer, "newer version of the workbook"),
    ],
    ids=["none", "folder", "letter", "database", "keys", "other keys", "newer"],
)
def test_what_is_no_backup_changes_nothing(
    workbook, data, saved, other, tmp_path, make, said, replace
):
    folder = data if replace else other
    given = make(saved, tmp_path)
    before = contents(folder)
    result = workbook("restore", given, *replace, "--data-dir", folder)
    wrong(result, said)
    assert contents(folder) == before


def test_a_backup_of_yesterday_is_brought_up_to_date(workbook, saved, other, tmp_path):
    file = tmp_path / "older.db"
    with zipfile.ZipFile(saved) as packed:
        file.write_bytes(packed.read(DATABASE))
    db = sqlite3.connect(file)
    db.execute("ALTER TABLE invitations DROP COLUMN exercise")
    db.execute(f"UPDATE {VERSION_TABLE} SET version_num = 'cards'")
    db.commit()
    db.close()
    older = changed(saved, DATABASE, file.read_bytes())
    assert workbook("restore", older, "--data-dir", other)[0] == 0
    db = sqlite3.connect(other / DATABASE)
    assert db.execute("SELECT exercise FROM invitations").fetchall() == []
    db.close()
    assert answers(other) == {"a/b": SEALED}


def test_a_move_that_fails_half_way_is_taken_back(workbook, data, saved, monkeypatch):
    before, move, moved = set(contents(data)), shutil.move, []

    def fail_once(old, new):
        moved.append(new)
        if len(moved) == 3:
            raise OSError(28, "No space left on device", str(new))
        return move(old, new)

    monkeypatch.setattr(shutil, "move", fail_once)
    result = workbook("restore", saved, "--replace", "--data-dir", data)
    wrong(result, "No space left")
    monkeypatch.undo()
    assert set(contents(data)) == before
    assert list(data.glob("before-restore-*")) == []
    assert answers(data) == {"a/b": SEALED}


# While a server runs


def test_a_running_server_is_copied_and_its_people_go_on_elsewhere(
    workbook, tmp_path, other
):
    saved = tmp_path / "saved.zip"
    with serving() as served:
        place, code = ("--data-dir", served.folder), served.session()
        with httpx.Client(base_url=served.url) as phone:
            phone.post(f"/join/{code}", data={"counting": "yes"})
            cookies = dict(phone.cookies)
            mine = personal_code(phone)
        assert workbook("backup", "--output", saved, *place)[0] == 0
        refused = workbook("restore", saved, "--replace", *place)
        wrong(refused, "a server runs", "stop it first")
        # Also when its door cannot be found, as with a database elsewhere.
        (served.folder / "server.json").unlink()
        wrong(workbook("restore", saved, "--replace", *place), "a server runs")
    assert workbook("restore", saved, "--data-dir", other)[0] == 0
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    command = [*WORKBOOK, "serve", "--no-browser", "--host", "127.0.0.1"]
    command += ["--port", str(port), "--data-dir", str(other)]
    with running(command, f"{url}/healthz"), httpx.Client(base_url=url) as phone:
        phone.cookies.update(cookies)
        assert personal_code(phone) == mine
