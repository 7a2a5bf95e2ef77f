"""Who somebody is, and whose kernel they may reach."""

import types

import pytest
from tornado.httputil import HTTPHeaders, HTTPServerRequest, RequestStartLine
from tornado.web import Application, RequestHandler, create_signed_value

from widgets import vault
from widgets.server.identity import (
    TRAINER,
    OwnKernelOnly,
    WorkbookIdentity,
    owner_name,
    owners,
    participant_owner,
)

SECRET, KEY = vault.new_secret(), "cookie-secret-of-this-test"
MINE = participant_owner(SECRET)


class Connection:
    """What a request stands on; nothing is sent."""

    context = None

    def set_close_callback(self, callback):
        self.callback = callback


def handler(*cookies, key=KEY, kernel=None, by="kwargs"):
    """A request with these cookies, for this kernel."""
    signed = [(name, create_signed_value(key, name, value)) for name, value in cookies]
    header = "; ".join(f"{name}={value.decode()}" for name, value in signed)
    request = HTTPServerRequest(
        start_line=RequestStartLine("GET", "/", "HTTP/1.1"),
        headers=HTTPHeaders({"Host": "here", "Cookie": header}),
        connection=Connection(),
    )
    found = RequestHandler(Application(cookie_secret=KEY), request)
    found.path_kwargs = {"kernel_id": kernel} if kernel and by == "kwargs" else {}
    found.path_args = [kernel] if kernel and by == "args" else []
    whose = {"k-mine": MINE, "k-other": owner_name("abc"), "k-trainer": TRAINER}
    found.kernel_manager = types.SimpleNamespace(owner=whose.get)
    return found


def may(reached, resource="kernels", action="read"):
    user = WorkbookIdentity().get_user(reached)
    return OwnKernelOnly().is_authorized(reached, user, action, resource)


def test_cookies_make_who_one_is():
    assert owners(handler()) == set()
    assert owners(handler(("workbook", SECRET))) == {MINE}
    assert owners(handler(("workbook-trainer", "trainer"))) == {TRAINER}
    both = handler(("workbook", SECRET), ("workbook-trainer", "trainer"))
    assert owners(both) == {MINE, TRAINER}


def test_the_name_of_an_owner_tells_no_secret():
    assert SECRET not in MINE
    assert owner_name(vault.derive(SECRET).participant_id) == MINE


@pytest.mark.parametrize(
    "cookies",
    [
        [("workbook-trainer", SECRET)],
        [("workbook-trainer", "Trainer")],
        [("workbook-language", "trainer")],
    ],
)
def test_another_cookie_makes_nobody_a_trainer(cookies):
    assert owners(handler(*cookies)) == set()


def test_a_cookie_that_we_did_not_sign_is_nobody_s():
    forged = handler(("workbook", SECRET), ("workbook-trainer", "trainer"), key="else")
    assert owners(forged) == set()
    assert WorkbookIdentity().get_user(forged) is None


@pytest.mark.parametrize("text", ["", "x", "trainer", "é" * 20])
def test_a_signed_cookie_without_a_code_is_nobody_s(text):
    odd = handler(("workbook", text))
    assert WorkbookIdentity().get_user(odd) is None


def test_there_are_no_pages_of_jupyter_to_log_in_and_no_token():
    identity = WorkbookIdentity()
    assert identity.get_handlers() == []
    assert identity.auth_enabled is True
    query = handler()
    query.request.arguments["token"] = [identity.token.encode() or b"x"]
    query.request.headers["Authorization"] = f"token {identity.token}"
    assert identity.get_user(query) is None


@pytest.mark.parametrize("by", ["kwargs", "args"])
@pytest.mark.parametrize(
    ("cookies", "kernel", "expected"),
    [
        ([("workbook", SECRET)], "k-mine", True),
        ([("workbook", SECRET)], "k-other", False),
        ([("workbook", SECRET)], "k-trainer", False),
        ([("workbook", SECRET)], "k-gone", False),
        ([("workbook", SECRET)], None, False),
        ([("workbook-trainer", "trainer")], "k-trainer", True),
        ([("workbook-trainer", "trainer")], "k-mine", False),
        ([], "k-mine", False),
        ([], "k-gone", False),
    ],
)
def test_a_kernel_is_its_owner_s_only(cookies, kernel, expected, by):
    assert may(handler(*cookies, kernel=kernel, by=by)) is expected


@pytest.mark.parametrize("resource", ["contents", "terminals", "sessions", "server"])
def test_nothing_but_kernels_is_reached(resource):
    assert may(handler(("workbook", SECRET), kernel="k-mine"), resource) is False
