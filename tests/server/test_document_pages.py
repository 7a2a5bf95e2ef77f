"""What a participant takes home, over HTTP: only their own, and only for them."""

import io
import threading
import time

import docx
import httpx
import pytest
from e2e.house import house
from guests import Running, xsrf
from plain_server import anywhere, personal_code, said
from printed_workbook import squeezed
from pypdf import PdfReader
from taken_home import MINE, WISH, answers_in, file_of, give

from widgets.server import document_pages

ENDINGS = ["pdf", "docx", "json"]


@pytest.fixture
def me(server):
    return server.participant(server.session("Teamdag mei"))


@anywhere
def test_my_page_leads_to_every_file(server):
    me = server.participant(server.session())
    page = me.get("me").text
    for ending in ENDINGS:
        address = f"{server.base_url}me/workbook.{ending}"
        assert f'href="{address}"' in page
        assert me.get(f"{server.origin}{address}").status_code == 200


@pytest.mark.parametrize(("language", "name"), [
    ("nl", "werkboek-leiderschap"), ("en", "leadership-workbook"),
])  # fmt: skip
@pytest.mark.parametrize("ending", ENDINGS)
def test_a_file_is_saved_and_never_shown_or_kept_by_others(
    server, language, name, ending
):
    me = server.participant(server.session(), language=language)
    headers = me.get(f"me/workbook.{ending}").headers
    assert headers["Content-Disposition"] == f'attachment; filename="{name}.{ending}"'
    assert headers["Cache-Control"] == "no-store"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"


def test_the_pdf_has_my_answer_and_my_code(server, me):
    give(server, me, MINE)
    pages = PdfReader(io.BytesIO(me.get("me/workbook.pdf").content)).pages
    text = "".join(page.extract_text() for page in pages)
    assert squeezed(MINE[WISH]["wish"]) in squeezed(text)
    assert "Teamdag mei" in text
    last = pages[-1].extract_text()
    assert personal_code(me) in last
    assert squeezed(f"{server.desk.base_url}/follow-up") in squeezed(last)


def test_the_word_document_has_my_answer_in_my_language(server):
    me = server.participant(server.session(), language="en")
    give(server, me, MINE)
    word = docx.Document(io.BytesIO(me.get("me/workbook.docx").content))
    texts = [one.text for one in word.paragraphs]
    assert MINE[WISH]["wish"] in texts
    assert "Your learning wish" in texts
    assert personal_code(me) in texts


def test_my_moments_come_as_a_calendar_without_my_words(server, me):
    assert me.get("me/moments.ics").status_code == 404
    plan = {
        "first_moment": "2030-01-08T10:00",
        "checkin": "2030-02-12",
        "step": "Geheim",
    }
    give(server, me, {"plan/one_page": plan})
    reply = me.get("me/moments.ics")
    assert reply.headers["Content-Type"].startswith("text/calendar")
    assert "DTSTART:20300108T100000" in reply.text
    assert "DTSTART;VALUE=DATE:20300212" in reply.text
    assert f"URL:{server.desk.base_url}/follow-up" in reply.text
    assert personal_code(me) not in reply.text
    assert "Geheim" not in reply.text


def test_everybody_gets_their_own(server):
    row = server.session()
    anna, bram = server.participant(row), server.participant(row)
    give(server, anna, MINE)
    assert answers_in(anna)[WISH] == MINE[WISH]
    assert WISH not in answers_in(bram)
    page = PdfReader(io.BytesIO(bram.get("me/workbook.pdf").content)).pages[-1]
    assert personal_code(anna) not in page.extract_text()


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_stranger_gets_nothing(server, ending):
    answer = server.browser().get(f"me/workbook.{ending}", follow_redirects=False)
    assert (answer.status_code, answer.headers["Location"]) == (303, server.base_url)


@pytest.mark.parametrize("ending", ENDINGS)
@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_another_site_cannot_ask_for_it(me, ending, site):
    answer = me.get(f"me/workbook.{ending}", headers={"Sec-Fetch-Site": site})
    assert answer.status_code == 403
    assert said("nl", "errors", "foreign_title") in answer.text


def test_many_documents_have_to_wait(server, me, monkeypatch):
    monkeypatch.setattr(document_pages, "A_MINUTE", 2)
    statuses = [me.get("me/workbook.json").status_code for _ in range(3)]
    assert statuses == [200, 200, 429]
    page = me.get("me/workbook.pdf")
    assert said("nl", "errors", "many_documents_title") in page.text
    other = server.participant(server.session("Dinsdag"))
    assert other.get("me/workbook.json").status_code == 200


class Press:
    """A press that waits to be let go, and counts who is at it."""

    def __init__(self):
        self.go, self.now, self.most, self.made = threading.Event(), 0, 0, 0

    def __call__(self, document):
        self.now += 1
        self.most = max(self.most, self.now)
        assert self.go.wait(10)
        self.now -= 1
        self.made += 1
        return b"%PDF"


@pytest.fixture
def press(monkeypatch):
    press = Press()
    slow = document_pages.FORMATS["pdf"]._replace(make=press)
    monkeypatch.setitem(document_pages.FORMATS, "pdf", slow)
    return press


def until(is_so):
    end = time.monotonic() + 10
    while not is_so():
        assert time.monotonic() < end
        time.sleep(0.01)


def asked(browser, times):
    """Threads that each ask for the PDF and wait for it."""
    found = [
        threading.Thread(target=browser.get, args=("me/workbook.pdf",))
        for _ in range(times)
    ]
    for one in found:
        one.start()
    return found


def test_the_room_goes_on_while_few_documents_are_printed(
    server, me, press, monkeypatch
):
    monkeypatch.setattr(document_pages, "PRESSES", 2)
    waiting = asked(me, 5)
    until(lambda: press.now == 2)
    assert me.get("healthz").json()["ok"]
    press.go.set()
    for one in waiting:
        one.join()
    assert (press.made, press.most) == (5, 2)


def test_nothing_is_printed_for_who_is_gone(server, me, press, monkeypatch):
    monkeypatch.setattr(document_pages, "PRESSES", 1)
    (waiting,) = asked(me, 1)
    until(lambda: press.now == 1)
    with pytest.raises(httpx.ReadTimeout):
        me.get("me/workbook.pdf", timeout=0.3)
    press.go.set()
    waiting.join()
    assert me.get("me/workbook.pdf").content == b"%PDF"
    assert press.made == 2


def test_the_real_server_prints_and_leaves_no_trace():
    with house() as running:
        served = Running(running, None)
        content = file_of({WISH: {"wish": "een-heel-eigen-wens"}})
        files = {"file": ("x.json", content)}
        answer = served.anna.post("me/import", files=files, data=xsrf(served.anna))
        assert answer.status_code == 303
        for browser, is_mine in ((served.anna, True), (served.bram, False)):
            pages = PdfReader(io.BytesIO(browser.get("me/workbook.pdf").content)).pages
            text = "".join(page.extract_text() for page in pages)
            assert personal_code(browser) in pages[-1].extract_text()
            assert ("een-heel-eigen-wens" in text) is is_mine
            assert browser.get("me/workbook.docx").status_code == 200
        assert running.traces("een-heel-eigen-wens") == []
