"""Pictures: every form is drawn, says what it shows, and asks nobody for anything."""

import re
from xml.etree import ElementTree as ET

import altair as alt
import pytest
from invented_results import WORKBOOK, result

from widgets.reports import charts
from widgets.reports.chart_theme import SIGNS, TEXT, wrapped
from widgets.reports.document import GROUPS
from widgets.reports.figures import figure, figures, pages

SVG = "{http://www.w3.org/2000/svg}"
ONE_OF_EACH = {
    "stacked": "difference/sorting",
    "histogram": "patterns/how_hard",
    "pairs": "exchange/card",
    "cloud": "strengths/talents",
    "bars": "influence/rota_gap",
    "change": "plan/where_now",
    "run": "exchange/simulator",
}


def of_form(form, people=12):
    title = WORKBOOK.exercise(ONE_OF_EACH[form]).title.nl
    drawn = figures(title, result(ONE_OF_EACH[form], people=people), "nl")
    return next(one for one in drawn if one.form == form)


def texts(svg):
    return [one.text or "" for one in ET.fromstring(svg).iter(f"{SVG}text")]


def test_every_form_that_a_figure_has_can_be_drawn():
    assert set(charts.FORMS) == set(ONE_OF_EACH)


@pytest.mark.parametrize("form", ONE_OF_EACH)
def test_a_picture_says_in_words_what_it_shows(form):
    drawn = of_form(form)
    root = ET.fromstring(charts.svg(drawn))
    assert root.get("role") == "img"
    assert root.get("aria-label") == drawn.alt
    assert root.find(f"{SVG}title").text == drawn.title
    assert root.find(f"{SVG}desc").text == drawn.alt


@pytest.mark.parametrize("form", ONE_OF_EACH)
def test_every_number_stands_in_the_picture_and_no_other(form):
    drawn = of_form(form)
    found = " ".join(texts(charts.svg(drawn)))
    shown = {cell.shown for row in drawn.rows for cell in row.cells if not row.said}
    for text in shown - {"0"}:
        assert text in found


@pytest.mark.parametrize("form", ONE_OF_EACH)
def test_what_we_write_is_what_altair_knows(form):
    with alt.theme.enable("workbook"):
        charts.FORMS[form](of_form(form)).to_dict()  # raises what is wrong


@pytest.mark.parametrize("form", ONE_OF_EACH)
def test_text_is_large_and_nothing_comes_from_elsewhere(form):
    drawn = charts.svg(of_form(form))
    sizes = [int(size) for size in re.findall(r'font-size="(\d+)', drawn)]
    assert sizes and min(sizes) >= 36
    addresses = set(re.findall(r"https?://[^\s\"'<]+", drawn))
    assert addresses <= {"http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"}


def test_a_png_is_large_enough_for_a_slide():
    drawn = charts.png(of_form("bars"))
    assert drawn.startswith(b"\x89PNG")
    assert int.from_bytes(drawn[16:20]) >= 1920


def test_a_sentence_takes_the_place_of_numbers_that_stay_hidden():
    page = pages(result("influence/card"))[0]
    row = page["rows"][0]
    cells = [cell | {"count": None, "share": None} for cell in row["cells"]]
    hidden = page | {"rows": [row | {"cells": cells, "almost_all_same": True}]}
    found = texts(charts.svg(figure("Titel", hidden, "nl")))
    assert "Bijna iedereen koos hetzelfde." in found


def test_colour_is_never_the_only_sign():
    assert set(SIGNS) == set(GROUPS)
    assert len(set(SIGNS.values())) == len(SIGNS)
    found = texts(charts.svg(of_form("stacked")))
    assert any(text.startswith(SIGNS["L"]) for text in found)


def test_long_words_are_not_cut():
    assert wrapped("verantwoordelijkheid nemen", 8) == "verantwoordelijkheid\nnemen"
    assert TEXT >= 36
