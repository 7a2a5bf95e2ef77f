"""`workbook backup`: all answers and keys in one file, also while somebody works."""

import re
import shlex
import stat
import subprocess

from postgres import fresh_database, program
from saved_data import SEALED, fill, wrong

from widgets.copies import DATABASE, KEYS
from widgets.store import Store

pytest_plugins = ["kept_folder"]


def test_a_backup_is_one_private_file_with_a_clear_name(workbook, data, tmp_path):
    before = set(tmp_path.iterdir())
    status, out, err = workbook("backup", "--data-dir", data)
    assert (status, err) == (0, "")
    assert re.fullmatch(r"workbook-\d{4}-\d\d-\d\d-\d{6}\.zip\n", out)
    (made,) = set(tmp_path.iterdir()) - before
    assert made.name == out.strip()
    assert stat.S_IMODE(made.stat().st_mode) == 0o600


def test_a_backup_goes_into_a_folder_and_over_nothing(workbook, data, tmp_path):
    stick = tmp_path / "stick"
    stick.mkdir()
    workbook("backup", "--output", stick, "--data-dir", data)
    (made,) = stick.iterdir()
    again = workbook("backup", "--output", made, "--data-dir", data)
    wrong(again, "is there already")
    nowhere = tmp_path / "no" / "where.zip"
    wrong(workbook("backup", "--output", nowhere, "--data-dir", data), "no")


def test_without_a_workbook_there_is_no_backup(workbook, tmp_path):
    empty = tmp_path / "empty"
    wrong(workbook("backup", "--data-dir", empty), "no workbook here yet")
    assert list(empty.iterdir()) == []


def test_a_damaged_database_is_no_backup(workbook, data, tmp_path):
    (data / DATABASE).write_bytes(b"Dear Anna, " * 900)
    before = set(tmp_path.iterdir())
    wrong(workbook("backup", "--data-dir", data), "not a database")
    assert set(tmp_path.iterdir()) == before


# PostgreSQL


def test_postgresql_is_copied_by_its_own_programs(workbook, tmp_path):
    """The words that are printed are words that work."""
    url = fresh_database()
    fill(url)
    said = wrong(workbook("backup", "--data-dir", tmp_path, database=url), "pg_dump")
    assert str(tmp_path / KEYS) in said
    file = told(said)
    store = Store(url)
    store.delete_participant("p1", [])
    dump = wrong(
        workbook("restore", file, "--data-dir", tmp_path, database=url), "pg_restore"
    )
    told(dump)
    assert store.answers("p1") == {"a/b": SEALED}
    store.close()


def test_a_password_is_not_printed(workbook, tmp_path):
    url = "postgresql://me:hush@127.0.0.1:1/workbook"
    for words in (("backup",), ("restore", "x.dump")):
        said = wrong(workbook(*words, "--data-dir", tmp_path, database=url))
        assert "hush" not in said
        assert "postgresql://me@127.0.0.1:1/workbook" in said


def told(said):
    """Run the command between the marks; returns the last word of it or its file."""
    name, *words = shlex.split(re.search("`(.+)`", said)[1])
    subprocess.run([program(name), *words], check=True, capture_output=True)
    return next((word[7:] for word in words if word.startswith("--file=")), words[-1])
