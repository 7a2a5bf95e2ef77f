"""Sessions at the desk: made, found, ended, and what is open in them."""

import pytest
from room_server import served

from widgets.server.desk import DeskError, UnknownSession

WISH, MOVED = "opening/learning_wish", "opening/first_moved"
TEXT = f"{WISH}.wish"


@pytest.fixture
def server(tmp_path):
    with served(tmp_path) as server:
        yield server


@pytest.fixture
def live(tmp_path):
    with served(tmp_path, variant="full-day") as server:
        yield server


def refused(server, coroutine):
    with pytest.raises(DeskError) as caught:
        server.run(coroutine)
    return caught.value.code


def test_a_session_is_made_found_and_listed(server):
    row = server.run(server.desk.new_session("  Teamdag  ", "en", "half-day"))
    assert (row.title, row.language, row.ended_at) == ("Teamdag", "en", None)
    typed = f" {row.code[:3].lower()}-{row.code[3:].lower()} "
    assert server.run(server.desk.session(typed)) == row
    rows = server.run(server.desk.sessions())
    assert [one.id for one in rows] == [row.id, server.row.id]


def test_a_title_is_never_empty_and_never_endless(server):
    for title in ("", "   ", "x" * 5000):
        row = server.run(server.desk.new_session(title, "nl", "teaser"))
        assert 0 < len(row.title) <= 120


def test_what_cannot_be_is_said(server):
    desk = server.desk
    assert refused(server, desk.new_session("", "nl", "week")) == "unknown_variant"
    assert refused(server, desk.new_session("", "de", "teaser")) == "unknown_language"
    for act in (desk.session, desk.end, desk.delete):
        for code in ("", "NOPE", "é" * 1000, "'; DROP TABLE sessions"):
            with pytest.raises(UnknownSession):
                server.run(act(code))
    assert refused(server, desk.join("NOPE", "nl", True)) == "unknown_session"


def test_what_needs_no_trainer_is_open(server, live):
    assert all(
        one.is_open for one in server.run(server.desk.states(server.row)).values()
    )
    states = live.run(live.desk.states(live.row))
    assert states[live.desk.workbook.agreement].is_open
    assert not states[MOVED].is_open


def test_whoever_listens_hears_of_their_own_session(server):
    heard = []
    other = server.run(server.desk.new_session("Andere", "nl", "teaser"))
    leave = server.desk.subscribe(server.row.id, lambda: heard.append(True))
    server.run(server.desk.set_focus(other, "blank", None))
    assert heard == []
    server.run(server.desk.set_focus(server.row, "blank", None))
    assert heard == [True]
    leave()
    server.run(server.desk.end(server.row.code))
    assert heard == [True]


def test_a_text_of_another_session_is_not_judged(server):
    who, _ = server.who(server.join())
    server.run(server.desk.post(who, TEXT, "van hier"))
    (text,) = server.run(server.desk.texts(server.row))
    other = server.run(server.desk.new_session("Andere", "nl", "teaser"))
    late = server.desk.judge(other, text["id"], "approved")
    assert refused(server, late) == "unknown_text"
