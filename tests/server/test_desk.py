"""What pages and kernels may ask: sessions, choices, counts, texts, and forgetting."""

import asyncio

import pytest
from room_server import counted_now, served

from widgets.sealed import OwnAnswers, counted
from widgets.server.desk import Desk, DeskError, UnknownSession
from widgets.session import State

WISH, MOVED = "opening/learning_wish", "opening/first_moved"
FIELD, TEXT = f"{MOVED}.first_moved", f"{WISH}.wish"
SHUT = State(is_open=False, was_opened=True)


@pytest.fixture
def server(tmp_path):
    with served(tmp_path) as server:
        yield server


@pytest.fixture
def live(tmp_path):
    with served(tmp_path, variant="full-day") as server:
        yield server


def keep(server, secret, exercise, answer, counts=None):
    who, keys = server.who(secret)
    sealed = OwnAnswers(keys.seal, who.session.id).seal(exercise, answer)
    kept = {"complete": True, "counts": answer if counts is None else counts}
    server.run(server.desk.keep(who, exercise, sealed, **kept))


def opened(server, secret):
    """All answers of a participant, as only they can read them."""
    who, keys = server.who(secret)
    blobs = server.run(server.desk.own(who)).answers
    return OwnAnswers(keys.seal, who.session.id).open_all(blobs)


def refused(server, coroutine):
    with pytest.raises(DeskError) as caught:
        server.run(coroutine)
    return caught.value.code


# Sessions


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


def test_nobody_joins_what_has_ended_and_who_is_in_stays_in(server):
    secret = server.join()
    keep(server, secret, MOVED, {"first_moved": "self"})
    server.run(server.desk.end(server.row.code))
    server.run(server.desk.end(server.row.code))
    assert refused(server, server.desk.join(server.row.code, "nl", True)) == "ended"
    visitor = server.run(server.desk.visitor(secret))
    assert visitor.session.ended_at is not None
    assert opened(server, secret)[MOVED] == {"first_moved": "self"}


def test_deleting_takes_everything_along_also_the_bytes(server):
    secret = server.join()
    who, keys = server.who(secret)
    keep(server, secret, MOVED, {"first_moved": "self"})
    server.run(server.desk.post(who, TEXT, "een-tekst-voor-de-muur"))
    other = server.run(server.desk.new_session("Blijft", "nl", "teaser"))
    staying = server.run(server.desk.join(other.code, "nl", True))
    server.run(server.desk.delete(server.row.code))
    assert server.run(server.desk.visitor(secret)) is None
    assert counted_now(server) == {}
    disk = server.on_disk()
    for gone in (who.participant_id, "een-tekst-voor-de-muur", server.row.id):
        assert gone.encode() not in disk
    assert server.run(server.desk.visitor(staying)) is not None
    assert server.run(server.desk.sessions()) == [other]


def test_what_needs_no_trainer_is_open(server, live):
    assert all(one.is_open for one in server.run(server.desk.states(server.row)).values())
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


# Participants


@pytest.mark.parametrize("counting", [True, False])
def test_joining_keeps_the_choice(server, counting):
    visitor = server.run(server.desk.visitor(server.join(counting)))
    assert visitor.counting is counting
    assert bool(counted_now(server)) is counting
    assert visitor.progress == {server.desk.workbook.agreement: True}


@pytest.mark.parametrize("code", ["", "x", "ABCD-" * 5, "é" * 20, "0" * 20])
def test_a_stranger_is_nobody(server, code):
    assert server.run(server.desk.visitor(code)) is None
    assert server.run(server.desk.admit(code)) is None
    server.run(server.desk.forget(code))
    assert refused(server, server.desk.set_counting(code, True)) == "unknown_participant"


def test_counts_follow_the_choice_back_and_forth(server):
    secret, other = server.join(False), server.join(True)
    keep(server, other, MOVED, {"first_moved": "both"})
    keep(server, secret, MOVED, {"first_moved": "self"}, {})
    keep(server, secret, WISH, {"wish": "geheim"}, {})
    for _ in range(2):
        server.run(server.desk.set_counting(secret, True))
        assert counted_now(server)[FIELD] == ["both", "self"]
    for _ in range(2):
        server.run(server.desk.set_counting(secret, False))
        assert counted_now(server)[FIELD] == ["both"]
    assert opened(server, secret)[WISH] == {"wish": "geheim"}
    assert server.run(server.desk.visitor(secret)).counting is False


def test_a_changed_answer_replaces_the_counted_one(server):
    secret = server.join()
    for option in ("self", "other", "other"):
        keep(server, secret, MOVED, {"first_moved": option})
        assert counted_now(server)[FIELD] == [option]
    keep(server, secret, MOVED, {"first_moved": "self"}, {})
    assert FIELD not in counted_now(server)


def test_an_answer_is_kept_whole_or_not_at_all(server):
    secret = server.join()
    keep(server, secret, MOVED, {"first_moved": "self"})
    for counts in ({"first_moved": "odd"}, {"wish": "self"}, {"../x": "self"}):
        with pytest.raises(DeskError, match="unknown_option"):
            keep(server, secret, MOVED, {"first_moved": "other"}, counts)
    assert opened(server, secret)[MOVED] == {"first_moved": "self"}
    assert counted_now(server)[FIELD] == ["self"]
    with pytest.raises(DeskError, match="unknown_exercise"):
        keep(server, secret, "no/such", {}, {})


def test_what_is_closed_or_was_never_open_is_kept_but_not_counted(live):
    secret = live.join()
    keep(live, secret, MOVED, {"first_moved": "self"})
    assert FIELD not in counted_now(live)
    live.run(live.desk.set_state(live.row, MOVED, State(True, True)))
    keep(live, secret, MOVED, {"first_moved": "other"})
    assert counted_now(live)[FIELD] == ["other"]
    live.run(live.desk.set_state(live.row, MOVED, SHUT))
    keep(live, secret, MOVED, {"first_moved": "both"})
    assert counted_now(live)[FIELD] == ["other"]
    assert opened(live, secret)[MOVED] == {"first_moved": "both"}
    live.run(live.desk.set_counting(secret, False))
    assert FIELD not in counted_now(live)


def test_many_at_once_are_all_kept(server):
    people = [server.who(server.join()) for _ in range(12)]

    async def everybody():
        tasks = []
        for who, keys in people:
            own = OwnAnswers(keys.seal, who.session.id)
            for option in ("self", "other", "both"):
                answer = {"first_moved": option}
                sealed = own.seal(MOVED, answer)
                kept = {"complete": True, "counts": answer}
                tasks.append(server.desk.keep(who, MOVED, sealed, **kept))
        await asyncio.gather(*tasks)

    server.run(everybody())
    assert counted_now(server)[FIELD] == ["both"] * 12


def test_forgetting_leaves_nothing_behind(server):
    secret, other = server.join(), server.join()
    who, _ = server.who(secret)
    for one in (secret, other):
        keep(server, one, MOVED, {"first_moved": "self"})
    server.run(server.desk.post(who, TEXT, "vergeet-mij"))
    ended = []

    async def end(participant_id):
        ended.append(participant_id)

    server.desk.on_forget = end
    server.run(server.desk.forget(secret))
    server.run(server.desk.forget(secret))
    assert ended == [who.participant_id]
    assert server.run(server.desk.visitor(secret)) is None
    assert counted_now(server)[FIELD] == ["self"]
    assert who.participant_id.encode() not in server.on_disk()
    assert b"vergeet-mij" not in server.on_disk()
    assert server.run(server.desk.visitor(other)) is not None


def test_a_kernel_that_outlives_its_participant_leaves_no_trace(server):
    secret = server.join()
    who, _ = server.who(secret)
    server.run(server.desk.forget(secret))
    desk, one = server.desk, {FIELD: "self"}
    late = {"complete": True, "counts": {"first_moved": "self"}}
    assert refused(server, desk.keep(who, MOVED, b"x", **late)) == "unknown_participant"
    assert refused(server, desk.choose(who, b"x", one)) == "unknown_participant"
    assert refused(server, desk.post(who, TEXT, "te laat"))
    assert counted_now(server) == {}
    assert server.run(desk.texts(server.row)) == []


# The wall


def test_a_text_waits_is_judged_shown_and_stays(server):
    desk, people = server.desk, [server.who(server.join())[0] for _ in range(5)]
    for number, who in enumerate(people):
        server.run(desk.post(who, TEXT, f"oud {number}"))
        server.run(desk.post(who, TEXT, f"tekst {number}"))
    texts = server.run(desk.texts(server.row))
    assert sorted(one["text"] for one in texts) == [f"tekst {n}" for n in range(5)]
    assert {one["state"] for one in texts} == {"queued"}
    for one in texts[:4]:
        server.run(desk.judge(server.row, one["id"], "approved"))
    server.run(desk.show_wall(server.row, WISH))
    assert "shown" not in {one["state"] for one in server.run(desk.texts(server.row))}
    server.run(desk.judge(server.row, texts[4]["id"], "approved"))
    server.run(desk.show_wall(server.row, WISH))
    assert {one["state"] for one in server.run(desk.texts(server.row))} == {"shown"}
    for one in texts:
        server.run(desk.judge(server.row, one["id"], "approved"))
    assert {one["state"] for one in server.run(desk.texts(server.row))} == {"shown"}
    assert refused(server, desk.withdraw(people[0], TEXT))
    assert refused(server, desk.post(people[0], TEXT, "iets anders"))


def test_a_text_is_taken_back(server):
    who, _ = server.who(server.join())
    server.run(server.desk.post(who, TEXT, "toch-maar-niet"))
    assert server.run(server.desk.own(who)).wall == {TEXT: "queued"}
    server.run(server.desk.withdraw(who, TEXT))
    assert server.run(server.desk.own(who)).wall == {}
    assert b"toch-maar-niet" not in server.on_disk()


def test_only_a_text_for_the_wall_is_taken(server):
    who, _ = server.who(server.join())
    for field in (FIELD, "difference/chain.self", "x", ""):
        assert refused(server, server.desk.post(who, field, "x")) == "unknown_field"
    for text in ("", " \n", "x" * 1001):
        assert refused(server, server.desk.post(who, TEXT, text)) == "wrong_text"


def test_a_text_of_another_session_is_not_judged(server):
    who, _ = server.who(server.join())
    server.run(server.desk.post(who, TEXT, "van hier"))
    (text,) = server.run(server.desk.texts(server.row))
    other = server.run(server.desk.new_session("Andere", "nl", "teaser"))
    late = server.desk.judge(other, text["id"], "approved")
    assert refused(server, late) == "unknown_text"


def test_the_desk_is_open_again_after_a_restart(server):
    secret = server.join()
    keep(server, secret, MOVED, {"first_moved": "self"})
    server.desk.close()
    again = Desk(server.store, server.desk.workbook, server.desk.base_url)
    server.desk = again
    assert server.run(again.visitor(secret)).counting is True
    assert counted(again.workbook, opened(server, secret))[FIELD] == "self"
