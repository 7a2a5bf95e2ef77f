import json

import pytest
from live_room import LiveRoom

from widgets.trainer_screen import Screen, projected

CARDS = "difference/sorting"
START = "opening/first_moved"
CHAIN = "difference/chain"


@pytest.fixture
def room(tmp_path):
    return LiveRoom(tmp_path)


@pytest.fixture
def screen(room):
    return Screen.for_(room, "nl")


def wall(room, n):
    for number, person in enumerate(room.people(n)):
        room.post(person, "difference/chain.chain", f"Zin nummer {number}")
    for text in room.overview()["wall"]:
        room.command(do="approve", id=text["id"])
    room.command(do="focus", view="wall", exercise=CHAIN)


def test_it_begins_with_the_way_in(screen, room):
    assert screen.view["view"] == "join"
    assert screen.view["code"] == room.row.code
    assert screen.view["qr"].startswith("<svg")


def test_it_follows_the_control_by_itself(screen, room):
    room.command(do="next")
    assert screen.view["view"] == "exercise"
    assert screen.view["state"] == "open"
    assert "mezelf" in screen.view["options"]
    room.command(do="close", exercise=START)
    assert screen.view["state"] == "closed"


@pytest.mark.parametrize(("n", "pages"), [(4, 0), (5, 4), (7, 4), (8, 4)])
def test_nothing_below_five_and_three_statements_a_page(screen, room, n, pages):
    room.sort_cards(room.people(n))
    if pages:
        room.command(do="show", exercise=CARDS)
    else:
        room.command(do="focus", view="result", exercise=CARDS)
    assert screen.view["view"] == "result"
    assert len(screen.view["pages"]) == pages
    assert [len(page["rows"]) for page in screen.view["pages"]] == [3] * pages
    assert screen.view.get("few", False) is (n < 5)


def test_the_most_disputed_statement_comes_first(screen, room):
    room.sort_cards(room.people(8))
    room.command(do="show", exercise=CARDS)
    rows = [row for page in screen.view["pages"] for row in page["rows"]]
    largest = [max(cell["share"] for cell in row["cells"]) for row in rows]
    assert largest == sorted(largest)
    assert largest[0] < largest[-1]


def test_a_hidden_result_leaves_no_number_behind(screen, room):
    room.sort_cards(room.people(8))
    room.command(do="show", exercise=CARDS)
    room.command(do="hide", exercise=CARDS)
    room.command(do="focus", view="result", exercise=CARDS)
    assert screen.view["pages"] == []
    assert screen.view["few"] is False


def test_the_wall_waits_for_five_texts(screen, room):
    wall(room, 4)
    assert screen.view["pages"] == []
    assert screen.view["few"] is True
    assert "Zin" not in json.dumps(screen.view)


def test_five_texts_appear_together_and_keep_their_place(screen, room):
    wall(room, 5)
    before = screen.view
    [page] = before["pages"]
    assert sorted(page) == [f"Zin nummer {number}" for number in range(5)]
    room.changed()
    assert screen.view == before


def test_the_order_of_the_wall_is_one_of_chance(room):
    wall(room, 6)
    overview = room.overview()
    seen = {json.dumps(projected(overview, bytes([salt]))) for salt in range(20)}
    assert len(seen) > 10


def test_long_texts_get_more_room(room):
    for person in room.people(6):
        room.post(person, "difference/chain.chain", "woord " * 40)
    for text in room.overview()["wall"]:
        room.command(do="approve", id=text["id"])
    room.command(do="focus", view="wall", exercise=CHAIN)
    assert [len(page) for page in projected(room.overview())["pages"]] == [3, 3]


@pytest.mark.parametrize("state", ["queued", "declined"])
def test_the_projector_never_gets_what_the_trainer_did_not_approve(screen, room, state):
    wall(room, 5)
    [person] = room.people(1)
    room.post(person, "difference/chain.chain", "Geheim voor de zaal")
    [text] = [t for t in room.overview()["wall"] if t["state"] == "queued"]
    if state == "declined":
        room.command(do="decline", id=text["id"])
    for view in ("wall", "exercise", "result", "join", "blank"):
        room.command(do="focus", view=view, exercise=CHAIN)
        assert "Geheim" not in json.dumps(screen.view)


def test_another_exercises_texts_are_not_mixed_in(screen, room):
    wall(room, 5)
    room.command(do="focus", view="wall", exercise="opening/learning_wish")
    assert screen.view["pages"] == []


def test_every_view_holds_only_what_it_shows(screen, room):
    wall(room, 5)
    head = {"view", "ref", "title", "prompt", "code"}
    shows = {
        "join": {"view", "title", "code", "address", "qr", "here"},
        "exercise": head | {"state", "ready", "options"},
        "result": head | {"pages", "few"},
        "wall": head | {"pages"},
        "blank": {"view"},
    }
    for view, keys in shows.items():
        room.command(do="focus", view=view, exercise=CHAIN)
        assert set(screen.view) == keys


def test_keys_on_the_projector_steer_the_session(screen, room):
    screen._handle_custom_msg({"do": "step"}, [])
    assert screen.view["state"] == "open"
    screen._handle_custom_msg({"do": "step"}, [])
    assert screen.view["state"] == "closed"
    room.command(do="focus", view="join")
    screen._handle_custom_msg({"do": "back"}, [])
    assert screen.view["title"] == "Startvraag"
    screen._handle_custom_msg({"do": "end"}, [])
    assert screen.view["view"] == "exercise"


def test_a_black_screen_holds_nothing_and_goes_away_again(screen, room):
    room.command(do="next")
    room.command(do="timer", act="start", minutes=5)
    before = screen.view
    screen._handle_custom_msg({"do": "dark"}, [])
    assert screen.view == {"view": "black"}
    screen._handle_custom_msg({"do": "dark"}, [])
    assert screen.view | {"timer": None} == before | {"timer": None}


def test_the_countdown_is_on_every_screen_but_the_black_one(screen, room):
    room.command(do="next")
    room.command(do="timer", act="start", minutes=5)
    for view in ("join", "exercise", "result", "wall", "blank"):
        room.command(do="focus", view=view, exercise=START)
        assert screen.view["timer"]["total"] == 300


def test_the_trainer_s_notes_never_reach_the_projector(screen, room):
    notes = [m["notes"] for m in room.overview()["modules"]]
    texts = [text for note in notes for kind in note.values() for text in kind]
    evidence = [
        e["evidence"] for m in room.overview()["modules"] for e in m["exercises"]
    ]
    for view in ("join", "exercise", "result", "wall", "blank"):
        room.command(do="focus", view=view, exercise=START)
        said = json.dumps(screen.view, ensure_ascii=False)
        assert not any(text in said for text in (*texts, *evidence))


def test_the_end_thanks_the_room(screen, room):
    room.command(do="end")
    assert screen.view == {"view": "ended", "title": room.row.title}


def test_a_ping_gets_an_answer(screen, monkeypatch):
    sent = []
    monkeypatch.setattr(screen, "send", sent.append)
    screen._handle_custom_msg({"do": "ping"}, [])
    assert sent == [{"pong": True}]
