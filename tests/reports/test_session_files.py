"""The files of a report: all are whole, accessible, and say the same."""

import io
import zipfile

import pytest
from invented_results import report
from printed_workbook import squeezed
from pypdf import PdfReader

from widgets.content import LANGUAGES
from widgets.reports.session_files import FORMATS, PICTURES, printed


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_pdf_is_accessible_and_has_every_number(language):
    found = report(language)
    reader = PdfReader(io.BytesIO(printed(found, "pdf")))
    root = reader.trailer["/Root"]
    assert root["/Lang"].startswith(language)
    assert root["/MarkInfo"]["/Marked"]
    text = squeezed("".join(page.extract_text() for page in reader.pages))
    for line in found.cannot:
        assert squeezed(line) in text
    for shown in found.results:
        assert squeezed(shown.title) in text


def test_the_zip_has_every_picture_with_its_words():
    found = report(ids=("opening/first_moved", "strengths/talents"))
    with zipfile.ZipFile(io.BytesIO(printed(found, "zip"))) as bundle:
        names = set(bundle.namelist())
        about = bundle.read("LEESMIJ.txt").decode()
    pictures = {
        f"{shown.file(number)}.{ending}"
        for shown in found.results
        for number in range(1, len(shown.figures) + 1)
        for ending in PICTURES
    }
    assert names == pictures | {"LEESMIJ.txt"}
    for shown in found.results:
        assert all(figure.alt in about for figure in shown.figures)


@pytest.mark.parametrize("ending", FORMATS)
def test_a_report_of_nothing_is_a_report(ending):
    assert printed(report(ids=()), ending)
