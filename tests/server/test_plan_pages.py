"""What a session does together: chosen, printed and explained, over HTTP."""

import io
import re

import pytest
from plain_server import KEY, anywhere, said
from pypdf import PdfReader

from widgets.content import load
from widgets.programme import planned, total
from widgets.server.trainer import running_order

WORKBOOK = load()
HALF = list(WORKBOOK.variants["half-day"].exercises)
SORTING, DRIVE = "difference/sorting", "strengths/drive"


def trainer(server, language="nl"):
    browser = server.browser(language)
    assert browser.post("trainer", data={"key": KEY}).status_code == 200
    return browser


def again(server, row):
    return server.run(server.desk.session(row.code))


def ticked(page):
    return re.findall(r'name="exercise" value="([^"]+)"[^>]* checked', page)


@anywhere
def test_the_list_begins_with_what_the_variant_does(server):
    row = server.session()
    page = trainer(server).get(f"trainer/{row.code}/programme").text
    assert ticked(page) == HALF
    boxes = re.findall(r'name="exercise" value="([^"]+)"', page)
    assert boxes == list(WORKBOOK.exercises)
    assert "Samen 210 van de 210 minuten." in page
    assert "nabespreken (14 min) en pauze (15 min)" in page


def test_a_choice_is_kept_and_the_room_follows(server):
    row = server.session()
    browser = trainer(server)
    data = {"exercise": [DRIVE, SORTING, "no/such"]}
    page = browser.post(f"trainer/{row.code}/programme", data=data).text
    assert ticked(page) == [WORKBOOK.agreement, SORTING, DRIVE]
    assert said("nl", "trainer", "is_saved") in page
    kept = again(server, row)
    assert running_order(server.desk, kept) == [SORTING, DRIVE]
    states = server.run(server.desk.states(kept))
    assert not states[DRIVE].is_open
    assert states["opening/first_moved"].is_open
    contents = server.participant(row).get("nl/").text
    together, _, home = contents.partition(said("nl", "contents", "for_home"))
    for slug, module in WORKBOOK.modules.items():
        is_together = slug in ("opening", "difference", "strengths")
        listed = f'href="{server.base_url}nl/{slug}">\n      <strong>'
        assert (listed in together, listed in home) == (is_together, not is_together)
        assert module.title.nl in contents


def test_too_much_is_said_and_kept_all_the_same(server):
    row = server.session()
    data = {"exercise": list(WORKBOOK.exercises)}
    page = trainer(server).post(f"trainer/{row.code}/programme", data=data).text
    spent = total(
        WORKBOOK.variants["half-day"],
        planned(WORKBOOK, "half-day", WORKBOOK.exercises),
    )
    assert said("nl", "trainer", "programme_over", n=spent - 210) in page
    assert again(server, row).programme == list(WORKBOOK.exercises)


@pytest.mark.parametrize("data", [{"usual": "yes"}, {"exercise": HALF}])
def test_the_usual_programme_is_that_of_the_variant_again(server, data):
    row = server.session()
    server.run(server.desk.change_session(row, programme=[DRIVE]))
    trainer(server).post(f"trainer/{row.code}/programme", data=data)
    assert again(server, row) == row


def test_alone_there_is_nothing_to_choose(server):
    row = server.session(variant="self-study")
    page = trainer(server).get(f"trainer/{row.code}/programme").text
    assert said("nl", "trainer", "programme_alone") in page
    assert 'name="exercise"' not in page


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_guide_is_printed_for_the_hour_that_was_asked(server, language):
    row = server.session(title="Teamdag mei")
    browser = trainer(server)
    assert 'value="09:00"' in browser.get(f"trainer/{row.code}/guide").text
    server.run(server.desk.change_session(row, programme=[DRIVE]))
    asked = {"start": "13:15", "language": language}
    answer = browser.get(f"trainer/{row.code}/guide.pdf", params=asked)
    assert answer.headers["Content-Type"] == "application/pdf"
    assert said(language, "guide", "file") in answer.headers["Content-Disposition"]
    pages = PdfReader(io.BytesIO(answer.content)).pages
    text = " ".join(page.extract_text() for page in pages)
    assert "Teamdag mei" in text
    assert "13:15" in text
    assert WORKBOOK.exercise(DRIVE).title.in_(language) in text
    assert len(pages) <= 5  # a page, the two modules, and what is for home


@pytest.mark.parametrize("start", ["25:00", "nine", "9"])
def test_an_hour_that_does_not_exist_is_refused(server, start):
    row = server.session()
    path = f"trainer/{row.code}/guide.pdf"
    answer = trainer(server).get(path, params={"start": start})
    assert answer.status_code == 400


def places(page):
    """Per idea the exercises with whether they are done together."""
    found = re.findall(r'<li class="card">(.*?)</ul>', page, re.S)
    row = r"<a [^>]*>([^<]*)</a>\s*<span class=\"tag( together)?\""
    return [re.findall(row, idea) for idea in found]


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_idea_says_where_it_comes_back(server, language):
    browser = trainer(server, language)
    page = browser.get("trainer/ideas?variant=full-day").text
    found = places(page)
    assert len(found) == len(WORKBOOK.concepts) == 25
    full = WORKBOOK.variants["full-day"].exercises
    for name, shown in zip(sorted(WORKBOOK.concepts), found, strict=True):
        assert WORKBOOK.concepts[name].in_(language) in page
        expected = [
            (
                f"{module.title.in_(language)}: "
                f"{WORKBOOK.exercise(id).title.in_(language)}",
                " together" if id in full else "",
            )
            for module in WORKBOOK.modules.values()
            for id in module.exercises
            if name in WORKBOOK.exercise(id).concepts
        ]
        assert shown == expected


def test_the_ideas_of_a_session_follow_its_own_programme(server):
    row = server.session()
    server.run(server.desk.change_session(row, programme=[DRIVE]))
    page = trainer(server).get(f"trainer/{row.code}/ideas").text
    together = {title for idea in places(page) for title, is_it in idea if is_it}
    titles = {
        f"{WORKBOOK.modules[id.split('/')[0]].title.nl}: "
        f"{WORKBOOK.exercise(id).title.nl}"
        for id in (DRIVE, WORKBOOK.agreement)
        if WORKBOOK.exercise(id).concepts
    }
    assert together == titles


def test_an_unknown_length_has_no_ideas(server):
    assert trainer(server).get("trainer/ideas?variant=week").status_code == 404
    stranger = server.browser().get("trainer/ideas")
    assert said("nl", "trainer", "key") in stranger.text
