"""My workbook: code, choice, leaving and deleting, over HTTP."""

import re

import pytest
from plain_server import anywhere, personal_code, said


@pytest.mark.parametrize(
    "written", [str, str.lower, lambda code: code.replace("-", " ")]
)
def test_the_personal_code_opens_the_workbook_elsewhere(server, written):
    first = server.participant(server.session("Maandag"))
    code = personal_code(first)
    assert re.fullmatch(r"(\w{4}-){4}\w{4}", code)
    second = server.browser("en")
    page = second.post("resume", data={"personal": written(code)})
    assert page.url.path == f"{server.base_url}en/"
    assert personal_code(second) == code


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ("kort", "bad_personal"),
        ("0" * 20, "unknown_personal"),
        ("é" * 900, "bad_personal"),
    ],
)
def test_a_wrong_personal_code_is_asked_again(server, typed, problem):
    page = server.browser().post("resume", data={"personal": typed})
    assert page.status_code == 422
    assert said("nl", "join", problem) in page.text
    assert typed not in page.text


@anywhere
def test_the_choice_changes_and_comes_back(server):
    browser = server.participant(server.session(), counting="yes")
    data = {"counting": "no", "back": f"{server.base_url}nl/"}
    page = browser.post("choice", data=data)
    assert page.url.path == f"{server.base_url}nl/"
    assert 'data-choice="yes" hidden' in page.text
    assert 'data-choice="no" hidden' not in page.text
    assert said("nl", "me", "choice_only_me") in browser.get("me").text


@anywhere
@pytest.mark.parametrize(
    "back", ["https://evil.example/", "//evil.example/", "/\\evil.example", "/\n/evil"]
)
def test_no_way_back_leads_off_the_site(server, back):
    browser = server.participant(server.session())
    answer = browser.post(
        "choice", data={"counting": "no", "back": back}, follow_redirects=False
    )
    assert answer.headers["Location"] == f"{server.base_url}me"


def test_leaving_keeps_the_answers(server):
    browser = server.participant(server.session())
    code = personal_code(browser)
    assert code.split("-")[0] in browser.get("leave").text
    assert said("nl", "me", "bye_left") in browser.post("leave").text
    assert browser.get("me").url.path == server.base_url
    page = browser.post("resume", data={"personal": code})
    assert page.url.path == f"{server.base_url}nl/"


@anywhere
def test_deleting_is_asked_first_and_then_complete(server):
    row = server.session()
    browser = server.participant(row)
    code = personal_code(browser)
    assert said("nl", "me", "delete_ask") in browser.get("me/delete").text
    assert personal_code(browser) == code
    assert said("nl", "me", "bye_deleted") in browser.post("me/delete").text
    assert "workbook" not in browser.cookies
    page = browser.post("resume", data={"personal": code})
    assert said("nl", "join", "unknown_personal") in page.text
    assert server.run(server.desk.run(server.store.participants_count, row.id)) == 0
