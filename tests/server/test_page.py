"""What holds for every page: language, headers, origin, kind errors."""

import re

import pytest
from plain_server import KEY, anywhere, said

FOREIGN = [
    {"Origin": "https://evil.example"},
    {"Origin": "null"},
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
]


@anywhere
def test_the_first_page_is_light_and_asks_nobody_else(server):
    browser = server.browser()
    page = browser.get("")
    assert page.status_code == 200
    weight = len(page.content)
    for address in re.findall(r'(?:src|href)="([^"]*static[^"]*)"', page.text):
        asset = browser.get(server.origin + address)
        assert asset.status_code == 200
        assert "immutable" in asset.headers["Cache-Control"]
        weight += len(asset.content)
    assert weight < 50_000
    assert not re.findall(r'(?:src|href|action)="(?:https?:)?//', page.text)


@pytest.mark.parametrize(
    ("accept", "language"),
    [
        ("en-GB,en;q=0.9", "en"),
        ("de,en;q=0.5,nl;q=0.8", "nl"),
        ("de", "nl"),
        ("", "nl"),
    ],
)
def test_the_browser_s_language_is_taken_and_dutch_else(server, accept, language):
    page = server.browser(accept).get("")
    assert f'<html lang="{language}">' in page.text


def test_the_language_switch_is_remembered(server):
    browser = server.browser("nl")
    assert '<html lang="en">' in browser.get("?language=en").text
    assert '<html lang="en">' in browser.get("trainer").text


def test_the_cookie_is_secure_behind_tls(server):
    browser = server.browser(**{"X-Forwarded-Proto": "https"})
    answer = browser.post(
        f"join/{server.session().code}", data={"counting": "no"}, follow_redirects=False
    )
    cookies = answer.headers.get_list("Set-Cookie")
    assert cookies
    assert all("Secure" in each for each in cookies)


@pytest.mark.parametrize("headers", FOREIGN)
@pytest.mark.parametrize(
    "path", ["choice", "leave", "me/delete", "resume", "trainer", "trainer/sessions"]
)
def test_another_site_changes_nothing(server, headers, path):
    browser = server.participant(server.session())
    data = {"counting": "no", "key": KEY}
    answer = browser.post(path, data=data, headers=headers)
    assert answer.status_code == 403
    assert said("nl", "errors", "foreign_title") in answer.text
    assert said("nl", "me", "choice_counting") in browser.get("me").text


def test_our_own_forms_are_let_through(server):
    browser = server.participant(server.session())
    own = {"Origin": server.origin}
    assert browser.post("choice", data={"counting": "no"}, headers=own).is_success


@pytest.mark.parametrize("path", ["", "trainer", "nowhere", "join/BBBBBB"])
def test_every_page_is_closed_to_others(server, path):
    headers = server.browser().get(path).headers
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize(("method", "path", "status"), [
    ("GET", "nowhere", 404), ("GET", "static/none.css", 404), ("PUT", "me", 405),
    ("GET", "choice", 405),
])  # fmt: skip
def test_errors_are_kind_in_both_languages(server, language, method, path, status):
    answer = server.browser(language).request(method, path)
    assert answer.status_code == status
    assert said(language, "errors", f"status_{status}_title") in answer.text


def test_what_breaks_inside_is_not_shown(server, caplog):
    server.store.close()
    server.desk.close()
    server.app.settings.pop("desk")
    answer = server.browser("en").get("healthz")
    assert answer.status_code == 500
    assert said("en", "errors", "status_500_title") in answer.text
    assert "Traceback" not in answer.text
    assert "KeyError" in caplog.text
    server.app.settings["desk"] = server.desk
