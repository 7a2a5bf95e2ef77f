"""Every address that is served, found in the application itself, is closed alike.

A new route fails here until somebody says how it is asked.
"""

import re
from http.cookies import SimpleCookie
from types import SimpleNamespace

import pytest
from e2e.serving import KEY
from guests import knock
from tornado.web import RequestHandler

from widgets.content import load
from widgets.server.app import WorkbookServer

# How each handler is asked; {code} and {kernel} are filled in.
ASKED = {
    "OwnKernel": ["api/kernels/{kernel}"],
    "OwnChannel": ["api/kernels/{kernel}/channels"],
    "OwnShutdown": ["voila/api/shutdown/{kernel}"],
    "ModulePage": ["nl/opening"],
    "TrainerPage": ["trainer/{code}/control", "trainer/{code}/screen"],
    "Enter": [""],
    "Health": ["healthz"],
    "Alive": ["livez"],
    "Join": ["join/{code}"],
    "Resume": ["resume"],
    "FollowUp": ["follow-up"],
    "ToContents": ["contents", "nl"],
    "Contents": ["nl/"],
    "Events": ["events"],
    "Me": ["me"],
    "Waiting": ["waiting"],
    "Delete": ["me/delete"],
    "Printed": ["me/workbook.pdf", "me/workbook.docx"],
    "OwnFile": ["me/workbook.json"],
    "Moments": ["me/moments.ics"],
    "Import": ["me/import"],
    "Choice": ["choice"],
    "PrivacyPage": ["privacy"],
    "DataSheet": ["privacy/data-sheet"],
    "Leave": ["leave"],
    "Goodbye": ["goodbye"],
    "Trainer": ["trainer"],
    "NewSession": ["trainer/sessions"],
    "SignOut": ["trainer/sign-out"],
    "Close": ["trainer/{code}/end", "trainer/{code}/delete"],
    "Ideas": ["trainer/ideas"],
    "Prepare": ["trainer/{code}/prepare"],
    "Copy": ["trainer/{code}/copy"],
    "Rehearsal": ["trainer/{code}/rehearsal"],
    "Programme": ["trainer/{code}/programme"],
    "AskGuide": ["trainer/{code}/guide"],
    "PrintedGuide": ["trainer/{code}/guide.pdf"],
    "SessionIdeas": ["trainer/{code}/ideas"],
    "Asset": ["static/tokens.css"],
    "ReportPage": ["trainer/{code}/report"],
    "ReportFile": ["trainer/{code}/report.csv", "trainer/{code}/report.zip"],
    "Picture": ["trainer/{code}/report/opening/first_moved/1.svg"],
    "NotFound": ["no/such/page"],
}
SOCKETS = {"OwnChannel"}
BY_TOKEN = {"OwnShutdown"}  # its page sends a token too: a beacon has no other sign
READABLE = {"_xsrf"}  # by the page's own script, which sends it back
FOREIGN = [
    {"Origin": "https://evil.example"},
    {"Origin": "null"},
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
]
WRITES = ("POST", "PUT", "PATCH", "DELETE")


def routes():
    """The handlers of every route of the application, by name, with their patterns."""
    stand_in = SimpleNamespace(
        server_url="/", desk=SimpleNamespace(workbook=load()), _for_pages=dict
    )
    found = {}
    for pattern, handler, *_ in WorkbookServer.init_handlers(stand_in):
        found.setdefault(handler.__name__, []).append((pattern, handler))
    return found


ROUTES = routes()


def methods(name):
    """What a handler has an answer to."""
    nothing = RequestHandler._unimplemented_method
    known = RequestHandler.SUPPORTED_METHODS
    handlers = [handler for _, handler in ROUTES.get(name, [])]
    return [m for m in known for h in handlers if getattr(h, m.lower()) is not nothing]


def test_every_route_is_known_here():
    assert set(ROUTES) | {"NotFound"} == set(ASKED)
    for name, found in ROUTES.items():
        for pattern, _ in found:
            example = [
                one.format(code="BCDFGH", kernel="a-b-c-d-e") for one in ASKED[name]
            ]
            assert any(re.fullmatch(pattern, f"/{path}") for path in example), pattern


@pytest.fixture(scope="module")
def people(served):
    nobody, participant = served.browser(), served.participant()
    return {"nobody": nobody, "participant": participant, "trainer": served.trainer}


def paths(served, name):
    known = {"code": served.code, "kernel": served.anna_s}
    return [path.format(**known) for path in ASKED[name]]


def head(browser, method, path, **headers):
    """The beginning of an answer: some streams have no end."""
    headers = {"X-Forwarded-Proto": "https"} | headers
    with browser.stream(method, path, headers=headers) as answer:
        return answer


def is_closed(answer):
    policy = answer.headers["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in policy
    assert "object-src 'none'" in policy
    assert "unsafe-eval" not in policy
    assert "*" not in policy
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Referrer-Policy"] == "same-origin"
    assert "Access-Control-Allow-Origin" not in answer.headers
    for line in answer.headers.get_list("Set-Cookie"):
        ((name, cookie),) = SimpleCookie(line).items()
        assert cookie["samesite"] in ("Lax", "Strict"), line
        assert cookie["secure"], line
        assert cookie["httponly"] or name in READABLE, line


@pytest.mark.parametrize("name", ASKED)
@pytest.mark.parametrize("who", ["nobody", "participant", "trainer"])
def test_every_route_is_closed_to_everybody_it_is_not_for(served, people, who, name):
    for path in paths(served, name):
        for method in ("GET", "OPTIONS"):
            answer = head(people[who], method, f"{path}?language=en")
            assert answer.status_code < 500
            is_closed(answer)


@pytest.mark.parametrize("name", [name for name in ASKED if methods(name)])
@pytest.mark.parametrize("who", ["nobody", "participant", "trainer"])
def test_no_write_comes_from_elsewhere(served, people, who, name):
    for path in paths(served, name):
        for method in WRITES:
            is_answered = method in methods(name)
            for foreign in FOREIGN if is_answered else FOREIGN[:1]:
                answer = head(people[who], method, path, **foreign)
                refused = (403, 404) if is_answered else (403, 404, 405)
                assert answer.status_code in refused, (method, foreign)
                is_closed(answer)
                assert not answer.headers.get_list("Set-Cookie")


@pytest.mark.parametrize("name", sorted(SOCKETS))
def test_no_socket_is_opened_from_elsewhere(served, name):
    assert ROUTES[name]
    for headers in FOREIGN[:2]:
        assert knock(served, served.anna, served.anna_s, **headers) == 403
    for stranger in (served.browser(), served.bram, served.trainer):
        assert knock(served, stranger, served.anna_s) == 403


@pytest.mark.parametrize("name", sorted(BY_TOKEN))
def test_a_good_bye_without_its_token_is_refused(served, name):
    own = {"Origin": served.url}
    for path in paths(served, name):
        for data in ({}, {"_xsrf": ""}, {"_xsrf": "x"}, {"_xsrf": KEY}):
            assert served.anna.post(path, data=data, headers=own).status_code == 403
    assert served.alive(served.anna, served.anna_s) == 200
