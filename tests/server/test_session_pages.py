"""Preparing a session, over HTTP: name, terms, a copy, a rehearsal."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from plain_server import KEY, anywhere, said

from widgets.server import demo

DAY = timedelta(days=1)
PAGES = ["prepare", "programme", "guide", "guide.pdf", "ideas", "rehearsal", "copy"]


def trainer(server, language="nl"):
    browser = server.browser(language)
    assert browser.post("trainer", data={"key": KEY}).status_code == 200
    return browser


def day(after):
    return (datetime.now(UTC) + after).date().isoformat()


def terms(**other):
    return {"title": "Anders", "until": day(30 * DAY), "group_hours": "12"} | other


def again(server, row):
    return server.run(server.desk.session(row.code))


@anywhere
def test_name_and_terms_are_kept(server):
    row = server.session()
    page = trainer(server).post(f"trainer/{row.code}/prepare", data=terms())
    assert said("nl", "trainer", "is_saved") in page.text
    kept = again(server, row)
    assert (kept.title, kept.group_data_hours) == ("Anders", 12)
    assert kept.keep_answers_until.date().isoformat() == day(30 * DAY)


def test_saving_what_is_there_changes_nothing(server):
    row = server.session()
    browser = trainer(server)
    page = browser.get(f"trainer/{row.code}/prepare").text
    fields = {
        name: re.search(rf'name="{name}"[^>]* value="([^"]*)"', page)[1]
        for name in ("title", "until", "group_hours")
    }
    browser.post(f"trainer/{row.code}/prepare", data=fields)
    kept = again(server, row)
    assert kept.group_hours == 24
    assert (kept.title, kept.keep_answers_until) == (row.title, row.keep_answers_until)


@pytest.mark.parametrize(
    ("wrong", "problem"),
    [
        ({"title": "  "}, "no_title"),
        ({"until": ""}, "wrong_until"),
        ({"until": "31-12-2030"}, "wrong_until"),
        ({"until": day(0 * DAY)}, "wrong_until"),
        ({"until": day(800 * DAY)}, "wrong_until"),
        ({"group_hours": "0"}, "wrong_hours"),
        ({"group_hours": "169"}, "wrong_hours"),
        ({"group_hours": "veel"}, "wrong_hours"),
    ],
)
def test_what_cannot_be_is_said_and_not_kept(server, wrong, problem):
    row = server.session()
    answer = trainer(server).post(f"trainer/{row.code}/prepare", data=terms(**wrong))
    assert answer.status_code == 422
    assert said("nl", "trainer", problem) in answer.text
    assert again(server, row) == row


@pytest.mark.parametrize(
    "longer", [{"until": day(120 * DAY)}, {"group_hours": "48"}], ids=["until", "hours"]
)
def test_who_joined_is_not_kept_longer_than_they_were_told(server, longer):
    row = server.session()
    browser = trainer(server)
    server.participant(row)
    answer = browser.post(f"trainer/{row.code}/prepare", data=terms(**longer))
    assert answer.status_code == 422
    assert said("nl", "trainer", "longer") in answer.text
    assert again(server, row) == row
    assert browser.post(f"trainer/{row.code}/prepare", data=terms()).status_code == 200
    assert again(server, row).group_data_hours == 12


def test_participants_read_the_terms_that_are_set(server):
    row = server.session()
    trainer(server).post(f"trainer/{row.code}/prepare", data=terms(group_hours="7"))
    assert "uiterlijk 7 uur" in server.browser().get(f"join/{row.code}").text
    assert "na 7 uur" in trainer(server).get(f"trainer/{row.code}/end").text


def test_a_copy_has_the_settings_and_none_of_the_people(server):
    row = server.session()
    server.run(server.desk.change_session(row, programme=["strengths/drive"]))
    server.participant(row)
    browser = trainer(server)
    for _ in range(2):  # a double click makes one
        page = browser.post(f"trainer/{row.code}/copy", data={"token": "once"})
    copy, old = server.run(server.desk.sessions())
    assert old == again(server, row)
    assert said("nl", "trainer", "is_copied", code=copy.code) in page.text
    assert copy.title == said("nl", "trainer", "copy_named", title=row.title)
    assert (copy.variant, copy.programme) == (row.variant, ["strengths/drive"])
    assert server.run(server.desk.here(copy)) == 0
    stays = copy.keep_answers_until - copy.created_at
    assert stays == row.keep_answers_until - row.created_at


def test_a_rehearsal_is_a_marked_session_of_its_own(server, monkeypatch):
    monkeypatch.setattr(demo, "PAUSE", 0.001)
    row = server.session()
    data = {"people": "6", "token": "once"}
    page = trainer(server).post(f"trainer/{row.code}/rehearsal", data=data)
    invented, old = server.run(server.desk.sessions())
    assert old == row
    assert server.run(server.desk.here(row)) == 0
    assert server.run(server.desk.here(invented)) == 6
    assert invented.invented
    assert invented.title == said("nl", "trainer", "rehearse_named", title=row.title)
    assert said("nl", "trainer", "invented") in page.text
    ready = said(
        "nl", "trainer", "is_rehearsal", title=invented.title, code=invented.code
    )
    assert ready in page.text
    assert invented.keep_answers_until - invented.created_at < 2 * DAY


@pytest.mark.parametrize("people", ["4", "31", "", "-7", "zes"])
def test_too_few_or_too_many_do_not_rehearse(server, people):
    row = server.session()
    data = {"people": people}
    answer = trainer(server).post(f"trainer/{row.code}/rehearsal", data=data)
    assert answer.status_code == 422
    assert said("nl", "trainer", "wrong_people") in answer.text
    assert server.run(server.desk.sessions()) == [row]


@pytest.mark.parametrize("page", PAGES)
def test_only_the_trainer_prepares(server, page):
    row = server.session()
    browser = server.participant(row)
    send = browser.post if page == "copy" else browser.get
    assert said("nl", "trainer", "key") in send(f"trainer/{row.code}/{page}").text
    assert server.run(server.desk.sessions()) == [row]


@pytest.mark.parametrize("page", ["prepare", "programme", "rehearsal", "copy"])
def test_another_site_prepares_nothing(server, page):
    row = server.session()
    answer = trainer(server).post(
        f"trainer/{row.code}/{page}",
        data=terms(people="6"),
        headers={"Origin": "https://evil.example"},
    )
    assert answer.status_code == 403
    assert server.run(server.desk.sessions()) == [row]


@pytest.mark.parametrize("page", [page for page in PAGES if page != "copy"])
def test_a_session_that_is_gone_is_said_kindly(server, page):
    answer = trainer(server).get(f"trainer/BBBBBB/{page}")
    assert answer.status_code == 404
    assert said("nl", "errors", "trainer_unknown_title") in answer.text
