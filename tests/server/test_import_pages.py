"""Answers that come in from a file: all that fits or nothing, and gently."""

import json

import pytest
from plain_server import personal_code, said
from printed_workbook import invented
from taken_home import MINE, MOVED, WISH, answers_in, file_of, give, read_in, secret_of

from widgets.reports import own_file


@pytest.fixture
def me(server):
    return server.participant(server.session("Teamdag mei"))


def test_what_i_take_along_comes_back_elsewhere(server):
    mine = invented()
    del mine["opening/agreement"]
    anna = server.participant(server.session("Maandag"), counting="no")
    give(server, anna, mine)
    taken = anna.get("me/workbook.json").content
    assert personal_code(anna) not in taken.decode()
    later = server.participant(server.session("Dinsdag"), counting="no")
    page = read_in(later, taken)
    assert said("nl", "take_home", "taken", n=len(mine)) in page.text
    assert answers_in(later) == answers_in(anna)
    progress = server.run(server.desk.visitor(secret_of(later))).progress
    assert all(progress[id] for id in mine)


def test_what_is_here_stays_unless_i_say_otherwise(server, me):
    give(server, me, MINE)
    content = file_of({WISH: {"wish": "van elders"}, MOVED: {"first_moved": "self"}})
    page = read_in(me, content)
    assert said("nl", "take_home", "taken", n=1) in page.text
    assert said("nl", "take_home", "stayed", n=1) in page.text
    assert answers_in(me)[WISH] == MINE[WISH]
    read_in(me, content, replace="yes")
    assert answers_in(me)[WISH] == {"wish": "van elders"}


@pytest.mark.parametrize("counting", ["yes", "no"])
def test_what_comes_in_counts_as_if_it_was_typed(server, counting):
    row = server.session(variant="self-study")
    me = server.participant(row, counting=counting)
    read_in(me, file_of({MOVED: {"first_moved": "self"}}))
    values = server.run(server.desk.values(row, MOVED))
    assert values == ({"first_moved": ["self"]} if counting == "yes" else {})


def test_the_choice_to_be_counted_does_not_come_in(server):
    row = server.session()
    me = server.participant(row, counting="no")
    read_in(me, file_of({"opening/agreement": {"counting": "yes"}}), replace="yes")
    assert said("nl", "me", "choice_only_me") in me.get("me").text


def test_open_pages_hear_of_it(server, me):
    who, _ = server.run(server.desk.admit(secret_of(me)))
    heard = []
    topic = ("participant", who.participant_id)
    server.desk.bell.listen(topic, lambda: heard.append(1))
    read_in(me, file_of(MINE))
    assert heard


def test_all_of_it_comes_in_or_nothing(server, me, monkeypatch):
    store, keep = server.store, server.store.keep_answer

    def full(participant, exercise, *rest):
        if exercise == MOVED:
            raise OSError("the disk is full")
        return keep(participant, exercise, *rest)

    monkeypatch.setattr(store, "keep_answer", full)
    both = MINE | {MOVED: {"first_moved": "self"}}
    assert read_in(me, file_of(both)).status_code == 500
    monkeypatch.setattr(store, "keep_answer", keep)
    assert set(answers_in(me)) == {"opening/agreement"}


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", "no_file"),
        (b"%PDF-1.7", "not_ours"),
        (b"[" * 9_000, "not_ours"),
        (json.dumps({"format": "leadership-workbook"}).encode(), "other_version"),
        (b" " * (own_file.MOST_BYTES + 1), "too_large"),
    ],
)
def test_a_file_of_something_else_is_refused_kindly(server, language, content, problem):
    me = server.participant(server.session(), language=language)
    give(server, me, MINE)
    page = read_in(me, content, replace="yes")
    assert page.status_code == 422
    assert said(language, "take_home", problem) in page.text
    assert 'aria-invalid="true"' in page.text
    assert answers_in(me)[WISH] == MINE[WISH]


def test_a_form_without_a_file_is_refused_kindly(me):
    page = me.post("me/import", data={"replace": "yes"})
    assert page.status_code == 422
    assert said("nl", "take_home", "no_file") in page.text
    assert me.get("me/import").status_code == 200


def test_another_site_brings_nothing_in(server, me):
    foreign = {"Origin": "https://evil.example"}
    files = {"file": ("x.json", file_of(MINE))}
    assert me.post("me/import", files=files, headers=foreign).status_code == 403
    assert WISH not in answers_in(me)


def test_a_stranger_brings_nothing_in(server):
    answer = read_in(server.browser(), file_of(MINE))
    assert answer.url.path == server.base_url


@pytest.mark.parametrize("query", ["taken=-1", "taken=<b>", "taken=9999999", "taken=²"])
def test_odd_numbers_in_the_address_say_nothing(me, query):
    page = me.get(f"me?{query}").text
    assert said("nl", "take_home", "taken", n=0) in page
    assert f": {query.partition('=')[2]}" not in page


def test_an_empty_file_is_said_to_be_empty(me):
    page = read_in(me, file_of({})).text
    assert said("nl", "take_home", "taken", n=0) in page
    assert said("nl", "take_home", "taken", n=0) not in me.get("me").text
