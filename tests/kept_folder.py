"""A data folder with something in it, and the commands that copy it, for the tests."""

import pytest
from saved_data import fill

from widgets import cli
from widgets.server.keys import keys


@pytest.fixture
def data(tmp_path):
    """A data folder with a session, a participant and an answer in it."""
    folder = tmp_path / "data"
    folder.mkdir(mode=0o700)
    keys(folder, None)
    fill(f"sqlite:///{folder}/workbook.db")
    return folder


@pytest.fixture
def other(tmp_path):
    """Another machine: its data folder, that is not there yet."""
    return tmp_path / "other machine" / "data"


@pytest.fixture
def workbook(capsys, tmp_path, monkeypatch):
    """One command: exit status, standard output and standard error."""
    monkeypatch.chdir(tmp_path)

    def run(*words, database=None):
        more = ["--database", database] if database else []
        status = cli.main([str(word) for word in (*words, *more)])
        said = capsys.readouterr()
        return status, said.out, said.err

    return run


@pytest.fixture
def saved(workbook, data, tmp_path):
    """A backup of the data folder."""
    file = tmp_path / "saved.zip"
    assert workbook("backup", "--output", file, "--data-dir", data)[0] == 0
    return file
