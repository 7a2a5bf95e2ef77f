"""The command `workbook`: what it prints, and one clear line when it cannot."""

import json
import os
import re
import stat
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import closing
from datetime import timedelta

import pytest
from e2e.serving import ROOT, WORKBOOK, free_port, stop, wait_for

from widgets import cli
from widgets.store import Store

MOVED = "opening/first_moved"


def workbook(capsys, *arguments):
    """Exit status, standard output and standard error of one command."""
    try:
        status = cli.main([str(argument) for argument in arguments])
    except SystemExit as exited:
        status = exited.code
    said = capsys.readouterr()
    return status, said.out, said.err


def test_the_module_is_the_command():
    run = [sys.executable, "-m", "widgets.cli", "--help"]
    said = subprocess.run(run, cwd=ROOT, capture_output=True, text=True, check=True)
    assert said.stdout.startswith("usage: workbook")


@pytest.fixture
def data(tmp_path):
    return tmp_path / "data"


@pytest.fixture
def session(capsys, data):
    def run(action, *rest):
        return workbook(capsys, "session", action, *rest, "--data-dir", data)

    return run


def made(session, *rest):
    status, out, _ = session("new", "--json", *rest)
    assert status == 0
    return json.loads(out)


def wrong(result, *words):
    status, out, err = result
    assert (status, out) == (2, "")
    assert err.count("\n") == 1
    assert err.startswith("workbook")
    assert "Traceback" not in err
    for word in words:
        assert word in err
    return err


# Sessions, without a running server


def test_a_session_is_made_as_one_json_object(session):
    row = made(session, "--title", "Teamdag één", "--language", "en")
    assert re.fullmatch("[A-Z0-9]{6}", row["code"])
    assert (row["title"], row["language"]) == ("Teamdag één", "en")
    assert row["join_url"].endswith(f"/join/{row['code']}")
    assert f"/trainer/{row['code']}" in row["trainer_url"]


def test_a_rehearsal_is_marked_and_stays_for_a_day(session, data):
    assert not made(session)["invented"]
    row = made(session, "--rehearsal")
    assert row["invented"]
    marks = {
        line[:6]: "(rehearsal)" in line for line in session("list")[1].splitlines()
    }
    assert sorted(marks.values()) == [False, True]
    assert marks[row["code"]]
    with closing(Store(f"sqlite:///{data / 'workbook.db'}")) as store:
        kept = store.session(row["code"])
    assert kept.keep_answers_until - kept.created_at == timedelta(days=1)


def test_the_list_holds_every_session(session):
    assert session("list")[:2] == (0, "")
    codes = {made(session)["code"], made(session)["code"]}
    status, out, _ = session("list", "--json")
    assert status == 0
    found = json.loads(out)
    rows = found["sessions"] if isinstance(found, dict) else found
    assert {row["code"] for row in rows} == codes
    status, out, _ = session("list")
    assert len(out.splitlines()) == 2
    assert all(code in out for code in codes)


def test_an_exercise_is_opened_and_closed(session, data):
    code = made(session, "--variant", "full-day")["code"]
    for action, is_open in (("open", True), ("open", True), ("close", False)):
        assert session(action, code.lower(), MOVED) == (0, "", "")
        store = Store(f"sqlite:///{data / 'workbook.db'}")
        state = store.states(store.session(code).id)[MOVED]
        store.close()
        assert state.is_open is is_open


def test_a_session_is_ended_and_deleted(session):
    code = made(session)["code"]
    assert session("end", code)[0] == 0
    assert "ended" in session("list")[1]
    wrong(session("open", code, MOVED), "session open")
    assert session("delete", code)[0] == 0
    assert session("list")[1] == ""
    wrong(session("delete", code), "session")


def test_keys_and_answers_are_for_this_user_only(session, data):
    made(session)
    assert stat.S_IMODE(data.stat().st_mode) == 0o700
    for file in data.iterdir():
        assert stat.S_IMODE(file.stat().st_mode) == 0o600


# Wrong use


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["dance"],
        ["session"],
        ["session", "dance"],
        ["session", "open"],
        ["session", "open", "CODE"],
        ["session", "new", "--language", "de"],
        ["session", "new", "--title"],
        ["session", "new", "extra"],
        ["serve", "--port", "many"],
        ["serve", "--port", "99999"],
        ["serve", "--port", "-1"],
        ["serve", "--proxy", "nginx"],
        ["serve", "--proxy", "10.0.0.1/8"],
        ["serve", "--unknown"],
        ["check", "everything"],
    ],
    ids=" ".join,
)
def test_wrong_use_is_one_clear_line(capsys, arguments):
    wrong(workbook(capsys, *arguments))


def test_what_does_not_exist_is_one_clear_line(session):
    code = made(session)["code"]
    wrong(session("new", "--variant", "week"), "variant")
    wrong(session("open", "NOPE", MOVED), "session")
    wrong(session("open", code, "no/such"), "exercise")
    wrong(session("show", code, MOVED), "not enough")


@pytest.mark.parametrize(
    "database",
    ["mysql://localhost/x", "nonsense", "sqlite://", "sqlite:////proc/no/such.db"],
)
def test_a_database_that_cannot_be_used_is_one_clear_line(capsys, data, database):
    place = ["--data-dir", data, "--database", database]
    wrong(workbook(capsys, "session", "list", *place))


def test_a_database_of_something_else_is_left_alone(capsys, data, tmp_path):
    file = tmp_path / "letters.db"
    file.write_bytes(b"Dear Anna, " * 500)
    place = ["--data-dir", data, "--database", f"sqlite:///{file}"]
    err = wrong(workbook(capsys, "session", "list", *place), "letters.db")
    assert "not a database" in err
    assert file.read_bytes() == b"Dear Anna, " * 500


@pytest.mark.parametrize("command", [["session", "list"], ["serve", "--no-browser"]])
@pytest.mark.parametrize("place", ["a-file", "a-file/deeper", "/proc/nowhere"])
def test_a_data_folder_that_cannot_be_written_is_one_clear_line(
    capsys, tmp_path, command, place
):
    (tmp_path / "a-file").write_text("in the way")
    folder = tmp_path / place
    err = wrong(workbook(capsys, *command, "--data-dir", folder))
    assert str(folder) in err or "a-file" in err
    assert (tmp_path / "a-file").read_text() == "in the way"


# Content


def test_check_is_content_with_the_workbook_as_it_is(capsys):
    status, out, err = workbook(capsys, "check")
    assert (status, err) == (0, "")
    assert out.count("\n") == 1


# With a running server


@pytest.fixture(scope="module")
def running(tmp_path_factory):
    """A server in a process of its own: its data folder and its address."""
    folder, port = tmp_path_factory.mktemp("running"), free_port()
    place = ["--host", "127.0.0.1", "--port", str(port), "--data-dir", str(folder)]
    command = [*WORKBOOK, "serve", "--no-browser", *place]
    with (folder / "log").open("wb") as log:
        environment = os.environ | {"TMPDIR": "/tmp"}
        process = subprocess.Popen(
            command, cwd=ROOT, stderr=log, stdout=log, env=environment
        )
    try:
        wait_for(f"http://127.0.0.1:{port}/healthz", process)
        while not (folder / "server.json").exists():
            time.sleep(0.1)
        yield folder, f"http://127.0.0.1:{port}"
    finally:
        stop(process)
    assert not (folder / "server.json").exists()
    assert "Traceback" not in (folder / "log").read_text()


def test_the_running_server_is_asked(capsys, running):
    folder, address = running

    def session(action, *rest):
        return workbook(capsys, "session", action, *rest, "--data-dir", folder)

    row = made(session)
    assert row["join_url"] == f"{address}/join/{row['code']}"
    assert urllib.request.urlopen(row["join_url"]).status == 200
    assert session("open", row["code"], MOVED) == (0, "", "")
    wrong(session("show", row["code"], MOVED), "not enough")
    wrong(session("open", "NOPE", MOVED), "session")
    assert row["code"] in session("list")[1]
    for _ in range(300):  # more than fits in one read
        made(session, "--title", "x" * 120)
    status, out, err = session("list")
    assert (status, err, len(out.splitlines())) == (0, "", 301)
    assert session("delete", row["code"])[0] == 0
    with pytest.raises(urllib.error.HTTPError, match="404"):
        urllib.request.urlopen(row["join_url"])


def test_a_port_in_use_is_one_clear_line(running, tmp_path):
    _, address = running
    port = address.rpartition(":")[2]
    place = ["--host", "127.0.0.1", "--port", port, "--data-dir", str(tmp_path)]
    command = [*WORKBOOK, "serve", "--no-browser", *place]
    environment = os.environ | {"TMPDIR": str(tmp_path / "t")}
    (tmp_path / "t").mkdir()
    done = subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, timeout=60, env=environment
    )
    err = wrong((done.returncode, done.stdout, done.stderr), port, "in use", "--port")
    assert "Error" not in err
    assert list((tmp_path / "t").iterdir()) == []


def test_a_server_that_died_leaves_no_door_that_hangs(capsys, data, session):
    data.mkdir(mode=0o700)
    door = {"address": f"unix:{data}/gone.sock", "capability": "x"}
    (data / "server.json").write_text(json.dumps(door))
    assert made(session)["code"]
    (data / "server.json").write_text("{")
    assert made(session)["code"]
