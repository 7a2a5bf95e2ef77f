"""What is kept of whom, as participants and privacy officers read it."""

import re

import pytest
from markupsafe import escape
from plain_server import anywhere, said

from widgets.content import load, words
from widgets.server import privacy_pages

BOTH = pytest.mark.parametrize("language", ["nl", "en"])
WORKBOOK = load()


def text_of(page):
    return re.sub(r"\s+", " ", page.text)


@anywhere
@BOTH
def test_every_kind_of_answer_is_explained_to_anybody(server, language):
    page = text_of(server.browser(language).get("privacy"))
    for code in privacy_pages.CODES:
        assert said(language, "privacy", code) in page
        for question in privacy_pages.QUESTIONS:
            key = f"{code}_{question}"
            told = said(language, "privacy_page", key, **privacy_pages.FACTS)
            assert str(escape(told)) in page
    for key in (*privacy_pages.OTHER, *privacy_pages.LIMITS):
        told = said(language, "privacy_page", key, **privacy_pages.FACTS)
        assert str(escape(told)) in page
    assert 'href="' + server.base_url + 'privacy/data-sheet"' in page


@BOTH
def test_the_sheet_names_every_question_with_its_kind(server, language):
    page = server.browser(language).get("privacy/data-sheet").text
    rows = re.findall(r"<br>(.*?)</td><td>(\w) · ", page)
    assert rows == [
        (str(escape(field.label.in_(language) if field.label else "")), field.privacy)
        for exercise in WORKBOOK.exercises.values()
        for field in exercise.fields.values()
    ]


@BOTH
def test_the_periods_are_those_that_the_program_keeps(server, language):
    page = text_of(server.browser(language).get("privacy"))
    known = {"days": 90, "hours": 24, "cookie": 120, "copies": 6}
    assert known == privacy_pages.FACTS
    word = words(language)["privacy_page"]["A_how_long"].split("{days}")[1][:6]
    assert f"90{word}" in page


def test_it_is_one_step_away_from_the_choice_and_from_ones_own_page(server):
    row = server.session()
    link = f'href="{server.base_url}privacy"'
    assert link in server.browser().get(f"join/{row.code}").text
    assert link in server.participant(row).get("me").text
