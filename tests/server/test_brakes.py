"""Guessing is slowed down, and a room behind one router is not."""

import math
from concurrent.futures import ThreadPoolExecutor

import pytest
from plain_server import KEY, said

from widgets.server import forms, pages
from widgets.server.session_pages import MOST_DAYS
from widgets.server.sessions import KEEP_ANSWERS
from widgets.session import CODE_ALPHABET, CODE_LENGTH

CHOICE = {"language": "nl", "counting": "yes"}


@pytest.fixture
def outside(server, monkeypatch):
    """A server that everybody reaches directly: there is no proxy to believe."""
    monkeypatch.setattr("widgets.server.page.THIS_MACHINE", ())
    return server


def wrong(browser, times=1, **headers):
    asked = (browser.get("join/BBBBBB", headers=headers) for _ in range(times))
    return [answer.status_code for answer in asked]


def test_a_whole_room_behind_one_router_comes_in(outside):
    row = outside.session()

    def come(_):
        browser = outside.browser()
        mistaken = wrong(browser)  # everybody mistypes once
        browser.get(f"join/{row.code}")
        return mistaken, browser.post(f"join/{row.code}", data=CHOICE).status_code

    with ThreadPoolExecutor(12) as room:
        assert list(room.map(come, range(60))) == [([404], 200)] * 60


def test_nobody_fills_a_session_alone(outside, monkeypatch):
    moment = 0.0
    monkeypatch.setattr(forms.time, "monotonic", lambda: moment)
    assert pages.NEWCOMERS >= 2 * 300  # a big room behind one router
    monkeypatch.setattr(pages, "NEWCOMERS", 5)
    row, other = outside.session(), outside.session()

    def come(row):
        return outside.browser().post(f"join/{row.code}", data=CHOICE).status_code

    assert [come(row) for _ in range(6)] == [200] * 5 + [429]
    told = outside.browser("en").post(f"join/{row.code}", data=CHOICE)
    assert said("en", "errors", "newcomers_text") in told.text
    assert come(other) == 200
    moment = 3601.0
    assert come(row) == 200


def test_who_guesses_is_slowed_down_also_as_somebody_else_each_time(outside):
    guesser = outside.browser()
    for n in range(pages.A_MINUTE):
        told = {"X-Forwarded-For": f"198.51.100.{n}", "X-Real-Ip": f"203.0.113.{n}"}
        assert wrong(guesser, **told) == [404]
    assert wrong(guesser, **{"X-Forwarded-For": "198.51.100.250"}) == [429]
    for n in range(10):
        told = {"X-Forwarded-For": f"198.51.100.{n}"}
        guess = guesser.post("trainer", data={"key": "x"}, headers=told)
        assert guess.status_code == 403
    assert guesser.post("trainer", data={"key": KEY}).status_code == 429


def test_who_is_in_goes_on_while_somebody_else_guesses(outside):
    person = outside.participant(outside.session())
    assert wrong(outside.browser(), pages.A_MINUTE + 1)[-1] == 429
    assert person.get("nl/").status_code == 200
    assert person.get("me").status_code == 200


def test_behind_a_proxy_everybody_has_a_count_of_their_own(server):
    browser = server.browser()
    one, other = ({"X-Forwarded-For": f"198.51.100.{n}"} for n in (1, 2))
    assert wrong(browser, pages.A_MINUTE + 1, **one)[-1] == 429
    assert wrong(browser, **other) == [404]


def test_who_guesses_all_day_has_to_wait_until_the_next(server, monkeypatch):
    moment = 0.0
    monkeypatch.setattr(forms.time, "monotonic", lambda: moment)
    browser = server.browser()
    tried = []
    for minute in range(12):
        moment = minute * 61.0
        tried += wrong(browser, 110)
    assert tried.count(404) == pages.A_DAY
    assert set(tried[pages.A_DAY :]) == {429}
    moment = 25 * 3600.0
    assert wrong(browser) == [404]


def test_a_join_code_outlives_those_who_guess_it():
    """One address guesses as long as a session can stand, at the pace of the brakes."""
    codes = len(set(CODE_ALPHABET)) ** CODE_LENGTH
    assert math.log2(codes) > 26
    assert pages.A_DAY * KEEP_ANSWERS.days / codes < 1 / 1000
    assert pages.A_DAY * MOST_DAYS / codes < 1 / 100
