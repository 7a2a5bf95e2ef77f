"""The trainer's sign-in and sessions, over HTTP."""

import re

import pytest
from plain_server import KEY, anywhere, said


def trainer(server):
    browser = server.browser()
    assert browser.post("trainer", data={"key": KEY}).status_code == 200
    return browser


def test_the_trainer_signs_in_and_out(server):
    browser = server.browser()
    wrong = browser.post("trainer", data={"key": "olifant"})
    assert wrong.status_code == 403
    assert said("nl", "trainer", "wrong_key") in wrong.text
    assert said("nl", "trainer", "new") not in browser.get("trainer").text
    assert (
        said("nl", "trainer", "new") in browser.post("trainer", data={"key": KEY}).text
    )
    assert said("nl", "trainer", "key") in browser.post("trainer/sign-out").text


def test_guessing_the_key_is_slowed_down(server):
    browser = server.browser("en")
    codes = [browser.post("trainer", data={"key": "x"}).status_code for _ in range(11)]
    assert codes == [403] * 10 + [429]
    answer = browser.post("trainer", data={"key": KEY})
    assert answer.status_code == 429
    assert said("en", "errors", "trainer_throttled_title") in answer.text


@anywhere
def test_after_signing_in_the_trainer_goes_where_they_wanted(server):
    wanted = f"{server.base_url}trainer/BCDFGH/control"
    data = {"key": KEY, "next": wanted}
    answer = server.browser().post("trainer", data=data, follow_redirects=False)
    assert answer.headers["Location"] == wanted
    data["next"] = "//evil.example/trainer"
    answer = server.browser().post("trainer", data=data, follow_redirects=False)
    assert answer.headers["Location"] == f"{server.base_url}trainer"


@anywhere
def test_the_trainer_makes_a_session_once(server):
    browser = trainer(server)
    token = re.search(r'name="token" value="(.+?)"', browser.get("trainer").text)[1]
    data = {
        "title": "<i>Dag</i>",
        "language": "en",
        "variant": "teaser",
        "token": token,
    }
    pages = [browser.post("trainer/sessions", data=data) for _ in range(2)]
    (row,) = server.run(server.desk.sessions())
    assert (row.title, row.language, row.variant) == ("<i>Dag</i>", "en", "teaser")
    for page in pages:
        assert "<i>Dag" not in page.text
        assert f'href="{server.base_url}trainer/{row.code}/control"' in page.text
        assert f'href="{server.base_url}trainer/{row.code}/screen"' in page.text


@pytest.mark.parametrize(
    ("data", "status"),
    [({"title": "  "}, 422), ({"title": "x", "variant": "y"}, 400),
     ({"title": "x", "language": "fr"}, 400)],
)  # fmt: skip
def test_a_wrong_form_makes_no_session(server, data, status):
    assert trainer(server).post("trainer/sessions", data=data).status_code == status
    assert server.run(server.desk.sessions()) == []


@pytest.mark.parametrize("act", ["end", "delete"])
def test_ending_and_deleting_are_asked_first(server, act):
    row = server.session()
    browser = trainer(server)
    page = browser.get(f"trainer/{row.code}/{act}")
    assert said("nl", "trainer", f"{act}_ask") in page.text
    assert server.run(server.desk.sessions()) == [row]
    for _ in range(2):
        assert browser.post(f"trainer/{row.code}/{act}").status_code == 200
    left = server.run(server.desk.sessions())
    assert [each.ended_at is not None for each in left] == (
        [True] if act == "end" else []
    )


@pytest.mark.parametrize(
    "path", ["trainer/sessions", "trainer/{}/end", "trainer/{}/delete"]
)
def test_nobody_else_does_what_the_trainer_does(server, path):
    row = server.session()
    browser = server.participant(row)
    page = browser.post(path.format(row.code), data={"title": "x"})
    assert said("nl", "trainer", "key") in page.text
    assert server.run(server.desk.sessions()) == [row]


def test_the_sign_in_leads_back_to_what_was_asked(server):
    path = f"{server.base_url}trainer/{server.session().code}/end"
    page = server.browser().get(path)
    assert f'name="next" value="{path}"' in page.text


def test_an_unknown_session_is_answered_kindly_to_the_trainer(server):
    answer = trainer(server).get("trainer/BBBBBB/end")
    assert answer.status_code == 404
    assert said("nl", "errors", "trainer_unknown_title") in answer.text
