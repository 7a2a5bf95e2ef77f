"""The real server with real kernels: what one may reach, and what a kernel knows."""

import asyncio
import json
import re

import httpx
import psutil
import pytest
import sqlalchemy as sa
from e2e.house import house
from e2e.serving import KEY
from guests import V1, Running, connect, end, knock, xsrf
from postgres import fresh_database

from widgets.line import Line, LineError

EXECUTE = {
    "channel": "shell",
    "header": {"msg_type": "execute_request"},
    "content": {},
}
ELSEWHERE = "http://evil.example"


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def served(request):
    database = fresh_database() if request.param == "postgresql" else None
    with pytest.MonkeyPatch.context() as around:
        # As on a machine whose owner keeps such things in the environment.
        around.setenv("WORKBOOK_TRAINER_KEY", KEY)
        around.setenv("DATABASE_URL", database or "sqlite:///data/workbook.db")
        around.setenv("WORKBOOK_FORK", "no" if database else "yes")
        with house(*(["--database", database] if database else [])) as running:
            yield Running(running, database)


@pytest.fixture(scope="module")
def secrets(served):
    """All that only the server may know."""
    data = served.house.folder / "data"
    kept = json.loads((data / "secrets.json").read_text())
    door = json.loads((data / "server.json").read_text())
    known = [KEY, *kept.values(), door["capability"], str(data), "workbook.db"]
    if served.database:
        url = sa.make_url(served.database)
        known += [served.database, str(url.database), f"{url.host}:{url.port}"]
    return known


# What a kernel knows


def test_a_kernel_holds_no_key_and_no_address_of_the_house(served, secrets):
    process = served.house.kernel(served.anna_s)
    told = json.dumps([process.environ(), process.cmdline()])
    assert not [one for one in secrets if one in told]
    assert ("WORKBOOK_ROOM" in told) == (not served.forks)
    cookie = served.anna.cookies["workbook"]
    assert cookie not in told


def test_a_kernel_has_no_database_open(served):
    process = served.house.kernel(served.anna_s)
    files = {one.path for one in process.open_files()}
    data = str(served.house.folder / "data")
    assert not [file for file in files if file.startswith(data) or ".db" in file]
    assert [one for one in process.net_connections("inet") if one.raddr] == []
    mapped = {one.path for one in process.memory_maps()}
    assert not [path for path in mapped if "sqlalchemy" in path or "psycopg" in path]


def test_the_server_itself_has_the_database_open(served):
    """So that the test above looks in the right place."""
    process = psutil.Process(served.house.process.pid)
    if served.database:
        port = sa.make_url(served.database).port
        remote = {one.raddr.port for one in process.net_connections() if one.raddr}
        assert port in remote
    else:
        assert any("workbook.db" in one.path for one in process.open_files())
    mapped = {one.path for one in process.memory_maps()}
    assert any("sqlalchemy" in path for path in mapped)


def test_what_a_kernel_was_given_opens_the_door_no_second_time(served):
    if served.forks:  # what a forked kernel was given, nobody can read
        return
    found = served.house.kernel(served.anna_s).environ()
    with pytest.raises(LineError, match="no_capability"):
        Line(found["WORKBOOK_ROOM"], found["WORKBOOK_CAPABILITY"])


def test_the_page_tells_no_secret(served, secrets):
    served.open(served.bram)
    environment = served.house.kernel(served.bram_s).environ()
    capability = environment.get("WORKBOOK_CAPABILITY", served.bram_s[::-1])
    told = served.page.text
    assert not [one for one in (*secrets, capability) if one in told]
    assert served.bram.cookies["workbook"].split("|")[-2] not in told
    assert "frame-ancestors 'none'" in served.page.headers["Content-Security-Policy"]


# Whose kernel


def test_one_s_own_kernel_is_there(served):
    assert served.alive(served.anna, served.anna_s) == 200
    assert served.alive(served.bram, served.bram_s) == 200


def test_nobody_else_reaches_a_kernel(served):
    stranger = served.browser()
    for browser in (served.anna, served.trainer, stranger):
        browser.get("me")
        assert served.alive(browser, served.bram_s) == 403
        assert end(browser, served.bram_s) == 403
        assert browser.delete(f"api/kernels/{served.bram_s}").status_code >= 403
        assert knock(served, browser, served.bram_s) == 403
        for act in ("interrupt", "restart"):
            path = f"api/kernels/{served.bram_s}/{act}"
            assert browser.post(path, data=xsrf(browser)).status_code in (403, 404)
    assert served.alive(served.bram, served.bram_s) == 200


def test_the_trainer_s_kernel_is_the_trainer_s(served):
    kernel = served.open(served.trainer, f"trainer/{served.code}/control")
    assert served.alive(served.trainer, kernel) == 200
    assert served.alive(served.anna, kernel) == 403
    assert end(served.anna, kernel) == 403
    assert knock(served, served.anna, kernel) == 403


def test_an_unknown_kernel_is_as_closed_as_somebody_else_s(served):
    unknown = "00000000-0000-0000-0000-000000000000"
    assert served.alive(served.anna, unknown) in (403, 404)
    assert knock(served, served.anna, unknown) in (403, 404)
    assert end(served.anna, unknown) != 500


def test_one_s_own_line_opens_and_from_elsewhere_it_does_not(served):
    assert knock(served, served.anna, served.anna_s) == 101
    assert knock(served, served.anna, served.anna_s, Origin=ELSEWHERE) == 403


def test_the_good_bye_of_a_page_ends_its_own_kernel(served):
    person = served.participant()
    kernel = served.open(person)
    process = served.house.kernel(kernel)
    assert person.post(f"voila/api/shutdown/{kernel}").status_code == 403  # no _xsrf
    assert process.is_running()
    assert end(person, kernel) == 204
    assert not process.is_running()
    assert served.alive(person, kernel) in (403, 404)


def test_deleting_everything_ends_the_kernel_too(served):
    person = served.participant()
    process = served.house.kernel(served.open(person))
    done = person.post("me/delete", data=xsrf(person) | {"sure": "yes"})
    assert done.status_code == 303
    assert not process.is_running()
    assert person.get("nl/opening").status_code == 303


@pytest.mark.parametrize(
    "frame",
    [
        b"\xff" * 8,
        b"\x00" * 300,
        "not json",
        json.dumps(EXECUTE),
        "x" * 300_000,
    ],
    ids=range(5),
)
@pytest.mark.parametrize("protocol", [V1, None])
def test_a_bad_frame_closes_one_s_own_line_only(served, frame, protocol):
    async def story():
        line = await connect(served, served.anna, served.anna_s, protocol)
        await line.write_message(frame, binary=isinstance(frame, bytes))
        while await asyncio.wait_for(line.read_message(), 10) is not None:
            pass  # what the kernel says of itself may come first

    asyncio.run(story())
    assert served.browser().get("healthz").status_code == 200
    assert served.alive(served.anna, served.anna_s) == 200


# What is served at all


OTHERS = [
    "api",
    "api/kernels",
    "api/kernelspecs",
    "api/sessions",
    "api/contents",
    "api/contents/nl/opening.ipynb",
    "api/terminals",
    "api/status",
    "api/config/notebook",
    "api/nbconvert",
    "api/me",
    "api/spec.yaml",
    "terminals/websocket/1",
    "terminals/new/1",
    "lab",
    "tree",
    "doc",
    "notebooks/nl/opening.ipynb",
    "edit/x",
    "files/nl/opening.ipynb",
    "view/x",
    "nbconvert/html/nl/opening.ipynb",
    "login",
    "logout",
    "kernelspecs/python3/logo-64x64.png",
    "nbextensions/x",
    "metrics",
    "custom/custom.css",
    "voila",
    "voila/render/nl/opening.ipynb",
    "voila/render/trainer/control.ipynb",
    "voila/files/nl/opening.ipynb",
    "voila/tree",
    "voila/query/x",
    "voila/preview",
    "nl/opening.ipynb",
    "trainer/control.ipynb",
    "nl/../trainer/control",
    "fr/opening",
    "nl/nothing",
    "voila/static/../../../../pyproject.toml",
    "voila/static/%2e%2e/%2e%2e/pyproject.toml",
    "voila/templates/workbook/%2e%2e/%2e%2e/%2e%2e/config.py",
    "voila/templates//etc/passwd",
    "voila/labextensions/%2e%2e/%2e%2e/passwd",
    "static/%2e%2e/app.py",
    "static/..%2fapp.py",
]


@pytest.mark.parametrize("path", OTHERS)
def test_nothing_else_is_served(served, path):
    for browser in (served.anna, served.trainer, served.browser()):
        address = httpx.URL(served.url).copy_with(raw_path=f"/{path}".encode())
        for method in ("GET", "POST"):
            data = xsrf(browser) if method == "POST" else None
            found = browser.request(method, address, data=data)
            assert found.status_code in (403, 404, 405)
            assert "Traceback" not in found.text


# Who gets a page


def test_no_kernel_is_started_for_nobody(served):
    before = served.kernels()
    stranger = served.browser()
    for page in ("nl/opening", "en/difference"):
        found = stranger.get(page)
        assert (found.status_code, found.headers["Location"]) == (303, "/")
    for browser in (stranger, served.anna):
        for page in ("control", "screen"):
            found = browser.get(f"trainer/{served.code}/{page}")
            assert (found.status_code, found.headers["Location"]) == (303, "/trainer")
    assert served.trainer.get("trainer/NOPE00/control").status_code == 404
    for header in ("Sec-Purpose", "Purpose", "X-Moz"):
        for value in ("prefetch", "prefetch;prerender"):
            found = served.anna.get("nl/opening", headers={header: value})
            assert found.status_code == 503
            assert "Retry-After" in found.headers
    assert served.kernels() == before


def test_a_forged_cookie_is_nobody_s(served):
    forged = served.browser(Cookie="workbook=2|1:0|10:1|8:workbook|4:AAAA|" + "0" * 64)
    assert forged.get("nl/opening").status_code == 303
    assert served.alive(forged, served.anna_s) == 403


def test_the_address_of_a_page_changes_nothing_but_the_page(served):
    evil = '"><script>alert(1)</script>'
    query = {"voila-template": "lab", "voila-theme": evil, "token": KEY, "x": evil}
    found = served.anna.get("nl/opening", params=query)
    assert found.status_code == 200
    assert evil not in found.text
    assert "<main" in found.text
    kernel = re.search(r'"kernelId": ?"([\w-]+)"', found.text)[1]
    assert served.house.kernel(kernel).is_running()


def test_a_page_announces_the_scripts_that_its_own_begins_with(served):
    page = served.anna.get("nl/opening").text
    address = re.search(r'<script type="module" src="([^"]+)"', page)[1]
    needed = re.findall(r'from"(\./[^"]+)"', served.anna.get(address).text)
    urls = [httpx.URL(address).join(one) for one in needed]
    assert urls
    assert all(f'<link rel="modulepreload" href="{one}">' in page for one in urls)
