"""Attacks on what a group tells of its people, each on a real desk and a real store.

Most compare two rooms in which people chose differently: whoever sees the same in both
cannot tell which of the two it is.
"""

import asyncio
import io
import json
import zipfile

import pytest
from live_room import LiveRoom
from pypdf import PdfReader

from widgets.reports.session_files import printed
from widgets.reports.session_report import session_report
from widgets.server.lines import ParticipantRole
from widgets.server.results import report_of
from widgets.trainer_screen import projected

MOVED, CLAIM, AGAIN = "opening/first_moved", "influence/claim", "influence/claim_again"
# Two ways in which the same people may have chosen behind the same picture.
WORLDS = (
    ("self",) * 5 + ("other", "other", "both"),
    ("self",) * 5 + ("none", "both", "other"),
)


@pytest.fixture
def rooms(tmp_path):
    made = []

    def make():
        folder = tmp_path / str(len(made))
        folder.mkdir()
        made.append(LiveRoom(folder))
        return made[-1]

    yield make
    for room in made:
        room.desk.close()


def moved(room, people, choices):
    for person, choice in zip(people, choices, strict=True):
        room.answer(person, MOVED, {"first_moved": choice})


def answered(room, choices, shown=True):
    people = room.people(len(choices))
    moved(room, people, choices)
    if shown:
        room.command(do="show", exercise=MOVED)
    return people


def seen(room, found):
    """All that was said, alike for every room: a code differs by chance."""
    return json.dumps(found).replace(room.row.code, "CODE")


def exercise(room, id=MOVED):
    modules = room.overview()["modules"]
    return next(one for part in modules for one in part["exercises"] if one["id"] == id)


def on_projector(room, view, id=MOVED):
    room.command(do="focus", view=view, exercise=id)
    return projected(room.overview())


def sent_to(room, person):
    who, keys = person
    role = ParticipantRole(room.desk, who, keys.seal)
    return asyncio.run(role.do({"do": "read"}))


def test_attack_by_the_difference_of_two_results(rooms):
    room = rooms()
    answered(room, WORLDS[0])
    first = seen(room, exercise(room)["result"])
    for _ in range(2):
        answered(room, ["self"])
        assert seen(room, exercise(room)["result"]) == first
        assert exercise(room)["new"] == 0
    answered(room, ["self"])
    cells = exercise(room)["result"]["rows"][0]["cells"]
    assert [cell["count"] for cell in cells if cell["key"] == "self"] == [8]


def test_attack_by_one_participant_more_or_less(rooms):
    room, told = rooms(), set()
    for _ in range(4):
        answered(room, ["self"], shown=False)
        told.add(seen(room, room.overview()))
    assert len(told) == 1
    answered(room, ["self"], shown=False)
    assert seen(room, room.overview()) not in told


def test_attack_by_a_show_with_too_few(rooms):
    room = rooms()
    answered(room, ["self"] * 4, shown=False)
    problems = []
    room.do({"do": "show", "exercise": MOVED}, problems.append)
    assert problems != [None]
    assert exercise(room)["result"] == {}


@pytest.mark.parametrize("odd", [(), ("both",)])
def test_attack_on_a_group_that_all_chose_the_same(rooms, odd):
    told = set()
    for option in ("self", "other"):
        room = rooms()
        answered(room, [option] * (8 - len(odd)) + list(odd))
        told.add(seen(room, exercise(room)["result"]))
        told.add(seen(room, on_projector(room, "result")))
    assert len(told) == 2  # the same for both options, on both ways out


def test_attack_on_those_who_read_another_language(rooms):
    told = set()
    for language in ("nl", "en"):
        room = rooms()
        people = room.people(7)
        secret = asyncio.run(room.desk.join(room.row.code, language, True))
        people.append(asyncio.run(room.desk.admit(secret)))
        moved(room, people, WORLDS[0])
        room.command(do="show", exercise=MOVED)
        overview = room.overview()
        told.add(seen(room, [overview["here"], overview["modules"]]))
        told.add(seen(room, on_projector(room, "result")))
    assert len(told) == 2


def written(room):
    """Every text and number in every file of the report, without days of making."""
    found = asyncio.run(report_of(room.desk, room.row))
    report = session_report(room.desk.workbook, found)
    pages = PdfReader(io.BytesIO(printed(report, "pdf"))).pages
    yield "".join(page.extract_text() for page in pages)
    yield printed(report, "csv").decode("utf-8-sig")
    for ending in ("xlsx", "zip"):
        with zipfile.ZipFile(io.BytesIO(printed(report, ending))) as bundle:
            for name in bundle.namelist():
                if not name.startswith("docProps"):
                    yield bundle.read(name).decode("latin-1")


def test_attack_on_the_files_of_the_report(rooms):
    told = []
    for choices in WORLDS:
        room = rooms()
        answered(room, choices)
        told.append([text.replace(room.row.code, "CODE") for text in written(room)])
    assert told[0] == told[1]
    assert len(told[0]) > 4


def test_attack_on_the_line_of_a_participant(rooms):
    told = set()
    for choices in WORLDS:
        room = rooms()
        (me,) = room.people(1)
        alone = sent_to(room, me)
        answered(room, choices, shown=False)
        assert sent_to(room, me) == alone  # no count, no answer of another
        room.command(do="show", exercise=MOVED)
        after = sent_to(room, me)
        assert after["answers"] == alone["answers"]
        assert after["status"][MOVED]["picture"]
        told.add(seen(room, after["status"]))
        room.command(do="hide", exercise=MOVED)
        assert sent_to(room, me)["status"][MOVED]["picture"] is None
    assert len(told) == 1


def test_attack_on_the_projector(rooms):
    told = set()
    for choices in WORLDS:
        room = rooms()
        answered(room, choices, shown=False)
        before = on_projector(room, "result")
        assert before["pages"] == []
        told.add(seen(room, [before, on_projector(room, "exercise")]))
        room.command(do="show", exercise=MOVED)
        told.add(seen(room, on_projector(room, "result")))
    assert len(told) == 2  # before and after showing, the same in both rooms


def test_attack_by_joining_the_two_votes_of_one_person(rooms):
    told = set()
    for second in ("122334", "433221"):
        room = rooms()
        people = room.people(6)
        for id, key, votes in (
            (CLAIM, "claim_pre", "555512"),
            (AGAIN, "claim_post", second),
        ):
            for person, vote in zip(people, votes, strict=True):
                room.answer(person, id, {key: vote})
            assert exercise(room, id)["result"] == {}
            room.command(do="show", exercise=id)
        told.add(seen(room, [exercise(room, id)["result"] for id in (CLAIM, AGAIN)]))
        told.add(seen(room, on_projector(room, "result", AGAIN)))
    assert len(told) == 2
