"""Coming back with the personal code: on any device, and to a later session."""

import pytest
from plain_server import anywhere, personal_code, said
from taken_home import MINE, MOVED, WISH, answers_in, give

BACK = "nl/follow_up"


@pytest.fixture
def anna(server):
    browser = server.participant(server.session("Maandag"), counting="no")
    give(server, browser, MINE)
    return browser


@anywhere
def test_the_way_back_opens_the_module_where_one_is_known(server, anna):
    answer = anna.get("follow-up", follow_redirects=False)
    assert answer.headers["Location"] == f"{server.base_url}{BACK}"


@anywhere
def test_on_another_device_the_way_back_asks_for_the_code_first(server, anna):
    other = server.browser()
    page = other.get("follow-up")
    assert said("nl", "join", "follow_up_title") in page.text
    data = {"personal": personal_code(anna), "to": "follow_up"}
    answer = other.post("resume", data=data, follow_redirects=False)
    assert answer.headers["Location"] == f"{server.base_url}{BACK}"
    assert answers_in(other) == answers_in(anna)


def test_a_wrong_code_does_not_lose_the_way(server):
    data = {"personal": "kort", "to": "follow_up"}
    page = server.browser().post("resume", data=data)
    assert page.status_code == 422
    assert 'name="to" value="follow_up"' in page.text


@pytest.mark.parametrize("to", ["//evil.example/", "nowhere", "../trainer"])
def test_the_way_leads_to_modules_only(server, anna, to):
    data = {"personal": personal_code(anna), "to": to}
    answer = server.browser().post("resume", data=data, follow_redirects=False)
    assert answer.headers["Location"] == f"{server.base_url}nl/"


@anywhere
def test_an_earlier_workbook_comes_along_and_stays_where_it_was(server, anna):
    later = server.session("Juni", variant="follow-up")
    other = server.browser()
    data = {"counting": "yes", "language": "nl", "personal": personal_code(anna)}
    page = other.post(f"join/{later.code}", data=data)
    assert page.url.path == f"{server.base_url}nl/"
    assert answers_in(other)[WISH] == answers_in(anna)[WISH] == MINE[WISH]
    assert personal_code(other) != personal_code(anna)
    assert answers_in(other)["opening/agreement"] == {"counting": "yes"}


def test_what_comes_along_counts_nothing_here(server):
    earlier = server.participant(server.session())
    give(server, earlier, {MOVED: {"first_moved": "self"}})
    later = server.session("Juni", variant="follow-up")
    data = {"counting": "yes", "language": "nl", "personal": personal_code(earlier)}
    other = server.browser()
    other.post(f"join/{later.code}", data=data)
    assert answers_in(other)[MOVED] == {"first_moved": "self"}
    assert server.run(server.desk.values(later, MOVED)) == {}


@pytest.mark.parametrize(
    ("typed", "problem"), [("kort", "bad_personal"), ("0" * 20, "unknown_personal")]
)
def test_nobody_comes_in_with_a_code_that_is_wrong(server, typed, problem):
    row = server.session()
    browser = server.browser()
    data = {"counting": "yes", "language": "nl", "personal": typed}
    page = browser.post(f"join/{row.code}", data=data)
    assert page.status_code == 422
    assert said("nl", "join", problem) in page.text
    assert server.run(server.desk.here(row)) == 0
    assert browser.post(f"join/{row.code}", data=data | {"personal": " "}).is_success


@anywhere
def test_who_is_in_elsewhere_may_come_over_with_everything(server, anna):
    code, later = personal_code(anna), server.session("Juni")
    warned = anna.get(f"join/{later.code}")
    assert 'href="?bring=yes"' in warned.text
    page = anna.get(f"join/{later.code}?bring=yes")
    assert said("nl", "join", "brings", title="Maandag") in page.text
    data = {"counting": "no", "language": "nl", "bring": "yes"}
    anna.post(f"join/{later.code}", data=data)
    assert answers_in(anna)[WISH] == MINE[WISH]
    assert personal_code(anna) != code
    other = server.browser()
    other.post("resume", data={"personal": code})
    assert answers_in(other)[WISH] == MINE[WISH]


def test_bringing_without_a_workbook_is_joining(server):
    row = server.session()
    data = {"counting": "no", "language": "nl", "bring": "yes"}
    browser = server.browser()
    assert browser.post(f"join/{row.code}", data=data).is_success
    assert server.run(server.desk.here(row)) == 1
