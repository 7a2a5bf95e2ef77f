"""The command `workbook rehearse`, against a real server: people who are not there."""

import asyncio
import signal
import subprocess
import sys
import threading
import time
from collections import defaultdict
from contextlib import closing, contextmanager

import pytest
from e2e.house import house
from e2e.serving import ROOT, Server, free_port

from widgets import cli, rehearsal
from widgets.content import load
from widgets.invented import Person
from widgets.server import door
from widgets.store import Store

PEOPLE = 5
FIRST, CLAIM, CARD = "opening/first_moved", "influence/claim", "influence/card"
AGREEMENT = load().agreement
# As somebody types it, but with people who are quick.
QUICK = """import signal, sys; from widgets import cli, rehearsal
signal.signal(signal.SIGINT, signal.default_int_handler)
rehearsal.THINKS = rehearsal.GLANCE = 0.1
sys.exit(cli.main())"""


@pytest.fixture(scope="module")
def served():
    with house() as served:
        yield served


@pytest.fixture
def server(served):
    return Server(served.url, served.folder / "data")


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    monkeypatch.setattr(rehearsal, "THINKS", 0.1)
    monkeypatch.setattr(rehearsal, "GLANCE", 0.1)


@contextmanager
def store_of(server):
    with closing(Store(f"sqlite:///{server.folder / 'workbook.db'}")) as store:
        yield store


def ask(server, action, **words):
    """What `workbook session` asks, without a process of its own."""
    database = f"sqlite:///{server.folder / 'workbook.db'}"
    return asyncio.run(door.ask(server.folder, database, {"do": action, **words}))


def made(server, variant="full-day", rehearsal=True):
    about = {"title": "Proef", "language": "nl", "rehearsal": rehearsal}
    return ask(server, "new", variant=variant, **about)["session"]["code"]


def opens(server, code, exercise):
    ask(server, "open", code=code, exercise=exercise)


def rehearse(server, code, *options):
    """Run the command; its exit status."""
    place = ["--data-dir", str(server.folder)]
    try:
        return cli.main(["rehearse", code, *options, *place])
    except SystemExit as exited:
        return exited.code


def counted(server, code):
    """All that was counted of a session, the agreement at the door left out."""
    with store_of(server) as store:
        id = store.session(code).id
        return {
            (exercise, field): sorted(values)
            for exercise in load().exercises
            for field, values in store.values(id, exercise).items()
            if exercise != AGREEMENT
        }


def expected(*names, people=PEOPLE, seed=1):
    """What the invented people of a seed think of these exercises."""
    found = defaultdict(list)
    for exercise in map(load().exercise, names):
        for person in (Person(number, seed) for number in range(people)):
            answer = exercise.check(person.answer(exercise), {})
            for field, value in exercise.counted(answer).items():
                found[exercise.id, field].append(value)
    return {field: sorted(values) for field, values in found.items()}


def here(server, code):
    with store_of(server) as store:
        return store.participants_count(store.session(code).id)


def until(is_so, seconds=60):
    end = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < end, "it did not come about in time"
        time.sleep(0.1)


def one_line(capsys, *words):
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.count("\n") == 1
    assert said.err.startswith("workbook")
    for word in words:
        assert word in said.err


def test_they_follow_the_room_until_the_session_ends(capsys, server, served):
    code, other = made(server), made(server)
    opens(server, code, FIRST)
    opens(server, other, FIRST)
    ended = []
    thread = threading.Thread(
        target=lambda: ended.append(rehearse(server, code, "--people", "5")),
        daemon=True,
    )
    thread.start()
    opened = [FIRST]
    for name in (CLAIM, CARD):
        until(lambda: counted(server, code) == expected(*opened))
        for kernel in served.kernels():  # phones that lose their page open it again
            kernel.kill()
        opens(server, code, name)
        opened.append(name)
    until(lambda: counted(server, code) == expected(*opened))
    time.sleep(1)  # who left something out may be slower
    assert not ended
    ask(server, "end", code=code)
    thread.join(30)
    assert ended == [0]
    assert capsys.readouterr().out == "5 people, 15 answers\n"
    assert here(server, code) == PEOPLE
    assert counted(server, code) == expected(*opened)
    assert (here(server, other), counted(server, other)) == (0, {})


def test_the_same_seed_gives_the_same_answers(server):
    for seed in (7, 7, 8):
        code = made(server)
        for name in (CLAIM, CARD):
            opens(server, code, name)
        options = ("--people", "8", "--seed", str(seed), "--once")
        assert rehearse(server, code, *options) == 0
        found = expected(CLAIM, CARD, people=8, seed=seed)
        assert counted(server, code) == found != {}


def test_alone_they_go_through_all_of_it(server):
    code = made(server, "self-study")
    assert rehearse(server, code, "--people", "5") == 0
    with store_of(server) as store:
        done = store.complete_count(store.session(code).id)
    assert len(done) > len(load().exercises) - 4  # each skips a thing now and then
    assert 0 < done["follow_up/next_plan"] <= done[FIRST] == PEOPLE


def test_ctrl_c_lets_everybody_leave(server, served):
    code = made(server)
    opens(server, code, FIRST)
    place = ["--people", "5", "--data-dir", str(server.folder)]
    process = subprocess.Popen(
        [sys.executable, "-c", QUICK, "rehearse", code, *place],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    until(lambda: counted(server, code) == expected(FIRST))
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=30)
    assert (process.returncode, out) == (0, "5 people, 5 answers\n")
    assert err.count("\n") == 1
    assert served.kernels() == []


def test_invented_people_stay_away_from_real_ones(capsys, server):
    code = made(server, rehearsal=False)
    opens(server, code, FIRST)
    assert rehearse(server, code, "--people", "5", "--once") == 2
    one_line(capsys, code, "session new --rehearsal", "Prepare")
    assert (here(server, code), counted(server, code)) == (0, {})


def test_what_cannot_be_rehearsed_is_one_clear_line(capsys, server):
    code = made(server)
    assert rehearse(server, "NOPE") == 2
    one_line(capsys, "unknown session")
    nowhere = f"http://127.0.0.1:{free_port()}"
    assert rehearse(server, code, "--url", nowhere) == 2
    one_line(capsys, nowhere, "--url", "serve")
    ask(server, "end", code=code)
    assert rehearse(server, code) == 2
    one_line(capsys, "ended", "--rehearsal")


@pytest.mark.parametrize(
    "options",
    [
        ("--people", "4"),
        ("--people", "31"),
        ("--people", "many"),
        ("--seed", "x"),
        ("--url", "here"),
    ],
    ids=" ".join,
)
def test_wrong_use_is_one_clear_line(capsys, server, options):
    assert rehearse(server, "ABCDEF", *options) == 2
    one_line(capsys, options[0])
