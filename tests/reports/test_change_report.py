"""A change with its interval, to the digit: in words, in the PDF and in the sheet."""

import io
import zipfile
from xml.etree import ElementTree as ET

import pytest
from invented_results import WORKBOOK, found
from printed_workbook import squeezed
from pypdf import PdfReader

from widgets import session as rules
from widgets.reports.session_files import printed
from widgets.reports.session_report import session_report
from widgets.server.overview import field_rules

BEFORE = (2.0, 2.5, 3.0, 3.25, 2.75, 3.5, 2.25, 4.0)
AFTER = (2.75, 3.0, 3.0, 3.75, 3.5, 3.25, 3.0, 4.25)
PAIRS = tuple(zip(BEFORE, AFTER, strict=True))
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
SAID = {
    "nl": "Gemiddelde verandering 0,41 punt (95%-interval 0,09 tot 0,72), 8 mensen met "
    "voor- én nameting van 9 aanwezigen.",
    "en": "Mean change 0.41 points (95% interval 0.09 to 0.72), 8 people with both "
    "measurements out of 9 present.",
}


def report(language="nl", pairs=PAIRS):
    """A report of one part of the scale, for a group of nine."""
    exercise = WORKBOOK.exercise("plan/where_now")
    rule = field_rules(exercise)["L"]
    steps = [f"{round(old * rule.size)}:{round(new * rule.size)}" for old, new in pairs]
    picture = rules.picture({"L": rule}, {"L": steps}, present=9)
    drawn = exercise.result(picture, language)
    about = found(language, ids=())
    return session_report(WORKBOOK, about | {"results": {"plan/where_now": drawn}})


@pytest.mark.parametrize("language", SAID)
def test_the_sentence_and_the_reasons_not_to_believe_it(language):
    [shown] = report(language).results
    [figure] = shown.figures
    assert figure.form == "change"
    assert SAID[language] in figure.remarks
    assert SAID[language] in figure.alt
    said = {"nl": "Waarom kan dit misleiden?", "en": "Why can this mislead?"}[language]
    assert any(remark.startswith(said) for remark in figure.remarks)


@pytest.mark.parametrize("language", SAID)
def test_the_pdf_says_it_to_the_digit(language):
    pages = PdfReader(io.BytesIO(printed(report(language), "pdf"))).pages
    text = squeezed("".join(page.extract_text() for page in pages))
    assert squeezed(SAID[language]) in text


def test_the_sheet_has_the_numbers_as_numbers():
    with zipfile.ZipFile(io.BytesIO(printed(report(), "xlsx"))) as book:
        sheet = ET.fromstring(book.read("xl/worksheets/sheet2.xml"))
    numbers = [
        float(cell.find(f"{MAIN}v").text)
        for cell in sheet.iter(f"{MAIN}c")
        if cell.get("r").startswith("F")
        and cell.get("t") is None
        and cell.find(f"{MAIN}v") is not None
    ]
    # Then, now, the change and its interval, and who went up; one person each stayed
    # or fell, so those numbers are hidden.
    assert numbers == [2.91, 3.31, 0.41, 0.09, 0.72, 6]


def test_below_ten_there_is_no_effect_size_and_below_five_nothing():
    [shown] = report().results
    labels = [cell.label for row in shown.figures[0].rows for cell in row.cells]
    assert "g" not in labels
    exercise = WORKBOOK.exercise("plan/where_now")
    rule = field_rules(exercise)["L"]
    steps = [
        f"{round(old * rule.size)}:{round(new * rule.size)}" for old, new in PAIRS[:4]
    ]
    assert rules.picture({"L": rule}, {"L": steps}, present=9) is None


def test_where_a_mean_would_give_people_away_there_is_none():
    [shown] = report(pairs=((2.0, 3.0),) * 8).results
    [figure] = shown.figures
    assert figure.rows[0].change is None
    assert "2,00" not in str(figure)
    assert figure.rows[0].said
    assert printed(report(pairs=((2.0, 3.0),) * 8), "pdf")
