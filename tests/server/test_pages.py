"""Coming in, choosing, the contents: over HTTP."""

import re

import pytest
from plain_server import anywhere, said

from widgets import session as rules


def test_health_is_json(server):
    answer = server.browser().get("healthz")
    assert answer.status_code == 200
    assert answer.json() == {"ok": True, "prepared": 0}


@anywhere
def test_a_typed_code_leads_to_the_choice(server):
    row = server.session("Teamdag <b>mei</b>")
    typed = f" {row.code[:3].lower()}-{row.code[3:]} "
    page = server.browser().post("", data={"code": typed})
    assert page.url.path == f"{server.base_url}join/{row.code}"
    assert "Teamdag &lt;b&gt;mei&lt;/b&gt;" in page.text
    assert said("nl", "join", "data_title") in page.text


def test_the_choice_is_between_two_equal_buttons(server):
    page = server.browser("en").get(f"join/{server.session().code}").text
    buttons = re.findall(r"<button(.*?)>", page)
    assert buttons.pop(0) == " disabled hidden"  # what Enter presses: no choice
    assert buttons == [' name="counting" value="yes"', ' name="counting" value="no"']


def test_an_empty_code_is_asked_again(server):
    page = server.browser().post("", data={"code": " - "})
    assert page.status_code == 422
    assert said("nl", "join", "no_code") in page.text


@pytest.mark.parametrize("code", ["BBBBBB", "%3Cscript%3E", "x" * 500, "%00", "٣"])
def test_an_unknown_code_is_answered_kindly(server, code):
    page = server.browser("en").get(f"join/{code}")
    assert page.status_code == 404
    assert said("en", "errors", "unknown_code_title") in page.text
    assert "<script>" not in page.text


def test_many_unknown_codes_have_to_wait(server):
    browser = server.browser()
    codes = [browser.get("join/BBBBBB").status_code for _ in range(121)]
    assert codes[:120] == [404] * 120
    assert codes[120] == 429


def test_an_ended_session_takes_nobody_more(server):
    row = server.session()
    inside = server.participant(row)
    server.run(server.desk.end(row.code))
    for answer in (
        server.browser().get(f"join/{row.code}"),
        server.browser().post(f"join/{row.code}", data={"counting": "yes"}),
    ):
        assert answer.status_code == 410
        assert said("nl", "errors", "ended_title") in answer.text
    assert said("nl", "contents", "ended_title") in inside.get(f"join/{row.code}").text


@anywhere
@pytest.mark.parametrize(
    ("counting", "badge"), [("yes", "counting"), ("no", "only_me")]
)
@pytest.mark.parametrize("language", ["nl", "en"])
def test_joining_leads_to_the_contents(server, counting, badge, language):
    row = server.session()
    browser = server.browser()
    data = {"language": language, "counting": counting}
    answer = browser.post(f"join/{row.code}", data=data, follow_redirects=False)
    assert answer.status_code == 303
    assert answer.headers["Location"] == f"{server.base_url}{language}/"
    cookie = next(
        each for each in answer.headers.get_list("Set-Cookie") if "workbook=" in each
    )
    assert {"HttpOnly", f"Path={server.base_url}", "SameSite=Lax"} <= set(
        re.split("; *", cookie)
    )
    page = browser.get(f"{language}/")
    assert f'<html lang="{language}">' in page.text
    assert said(language, "pages", f"badge_{badge}") in page.text
    assert said(language, "contents", "wait_title") in page.text
    assert said(language, "contents", "done", done=1, total=4) in page.text


@pytest.mark.parametrize(
    "data", [{}, {"counting": "maybe"}, {"counting": "yes", "language": "fr"}]
)
def test_without_a_choice_nobody_is_in(server, data):
    row = server.session()
    assert server.browser().post(f"join/{row.code}", data=data).status_code == 400
    assert server.run(server.desk.run(server.store.participants_count, row.id)) == 0


def test_a_double_click_joins_once(server):
    row = server.session()
    page = server.browser().get(f"join/{row.code}").text
    token = re.search(r'name="token" value="(.+?)"', page)[1]
    data = {"counting": "yes", "language": "nl", "token": token}
    for _ in range(2):
        answer = server.browser().post(f"join/{row.code}", data=data)
        assert answer.status_code == 200
    assert server.run(server.desk.run(server.store.participants_count, row.id)) == 1


@anywhere
def test_who_is_in_goes_on_and_is_not_counted_twice(server):
    row = server.session()
    browser = server.participant(row)
    for answer in (
        browser.get(f"join/{row.code}"),
        browser.post(f"join/{row.code}", data={"counting": "no"}),
    ):
        assert answer.url.path == f"{server.base_url}nl/"
    assert server.run(server.desk.run(server.store.participants_count, row.id)) == 1


@anywhere
def test_who_is_in_elsewhere_is_warned(server):
    browser = server.participant(server.session("Maandag"))
    page = browser.get(f"join/{server.session('Dinsdag').code}")
    assert page.status_code == 409
    assert "Maandag" in page.text
    assert "Dinsdag" in page.text
    assert f'href="{server.base_url}me"' in page.text


@pytest.mark.parametrize("path", ["nl/", "en/", "me", "me/delete", "leave"])
def test_a_stranger_goes_to_the_first_page(server, path):
    answer = server.browser().get(path, follow_redirects=False)
    assert answer.status_code == 303
    assert answer.headers["Location"] == server.base_url


@anywhere
def test_the_contents_say_what_is_open_now(server):
    row = server.session()
    browser = server.participant(row)
    state = rules.open(rules.State())
    server.run(server.desk.set_state(row, "difference/sorting", state))
    page = browser.get("nl/").text
    assert said("nl", "contents", "open_now") in page
    assert page.count(said("nl", "contents", "open_tag")) == 1
    assert f'href="{server.base_url}nl/difference">{said("nl", "contents", "go_open")}'


def test_self_study_has_its_own_pace(server):
    page = server.participant(server.session(variant="self-study")).get("nl/").text
    assert said("nl", "contents", "own_pace") in page
    assert said("nl", "contents", "open_tag") not in page


def test_who_lost_their_session_is_told(server):
    row = server.session()
    browser = server.participant(row)
    server.run(server.desk.delete(row.code))
    assert said("nl", "join", "lost") in browser.get("nl/").text
