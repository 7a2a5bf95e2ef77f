"""What participants may ask of the desk: choices, counts, texts, and forgetting."""

import asyncio

import pytest
from room_server import counted_now, served

from widgets.sealed import OwnAnswers, counted
from widgets.server.desk import Desk, DeskError
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


# Participants


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
    who, _keys = server.who(secret)
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
    assert (
        refused(server, server.desk.set_counting(code, True)) == "unknown_participant"
    )


def test_counts_follow_the_choice_back_and_forth(server):
    secret, other = server.join(False), server.join(True)
    keep(server, other, MOVED, {"first_moved": "both"})
    keep(server, secret, MOVED, {"first_moved": "self"}, {})
    keep(server, secret, WISH, {"wish": "geheim"}, {})
    for _ in range(2):
        server.run(server.desk.set_counting(secret, True))
        assert counted_now(server)[FIELD] == ["both", "self"]
    assert server.store.copies.make("automatic")
    for _ in range(2):
        server.run(server.desk.set_counting(secret, False))
        assert counted_now(server)[FIELD] == ["both"]
    assert server.store.copies.made("automatic") == []
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


def test_choosing_the_same_again_takes_nothing_away(live):
    secret = live.join()
    live.run(live.desk.set_state(live.row, MOVED, State(True, True)))
    keep(live, secret, MOVED, {"first_moved": "self"})
    live.run(live.desk.set_state(live.row, MOVED, SHUT))
    before = counted_now(live)
    live.run(live.desk.set_counting(secret, True))
    assert counted_now(live) == before
    live.run(live.desk.end(live.row.code))
    live.run(live.desk.set_counting(secret, True))
    assert counted_now(live) == before
    live.run(live.desk.set_counting(secret, False))
    assert counted_now(live) == {}


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
    for _ in range(2):  # a double click is no error
        server.run(server.desk.withdraw(who, TEXT))
    assert server.run(server.desk.own(who)).wall == {}
    assert b"toch-maar-niet" not in server.on_disk()


def test_only_a_text_for_the_wall_is_taken(server):
    who, _ = server.who(server.join())
    for field in (FIELD, "difference/chain.self", "x", ""):
        assert refused(server, server.desk.post(who, field, "x")) == "unknown_field"
    for text in ("", " \n", "x" * 1001):
        assert refused(server, server.desk.post(who, TEXT, text)) == "wrong_text"


def test_the_desk_is_open_again_after_a_restart(server):
    secret = server.join()
    keep(server, secret, MOVED, {"first_moved": "self"})
    server.desk.close()
    again = Desk(server.store, server.desk.workbook, server.desk.base_url)
    server.desk = again
    assert server.run(again.visitor(secret)).counting is True
    assert counted(again.workbook, opened(server, secret))[FIELD] == "self"
