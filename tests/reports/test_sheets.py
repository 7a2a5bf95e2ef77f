"""Sheets and CSV: the numbers of the report, and never a formula."""

import csv
import io
import re
import zipfile
from xml.etree import ElementTree as ET

import pytest
from hostile import ALL, asks_nobody_and_does_nothing
from invented_results import report

from widgets.reports.session_files import printed
from widgets.reports.session_report import lines
from widgets.reports.sheets import figure_csv, report_csv, report_xlsx
from widgets.server.sessions import one_line

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
EVIL = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "=cmd|' /C calc'!A0"]
EVIL += ["http://example.org", "12"]


def evil(text):
    found = report()
    first = found.results[0]
    figure = first.figures[0].model_copy(update={"title": text})
    shown = first.model_copy(update={"title": text, "figures": (figure,)})
    update = {"title": text, "results": (shown, *found.results[1:])}
    return found.model_copy(update=update)


def rows(content):
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))


def sheets(content):
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        names = [name for name in book.namelist() if "worksheets/sheet" in name]
        return {name: ET.fromstring(book.read(name)) for name in names}


@pytest.mark.parametrize("text", EVIL)
def test_no_text_becomes_a_formula_or_a_link(text):
    for sheet in sheets(report_xlsx(evil(text))).values():
        assert not list(sheet.iter(f"{MAIN}f"))
        assert not list(sheet.iter(f"{MAIN}hyperlink"))


@pytest.mark.parametrize("text", [one for one in EVIL if not one[0].isalnum()])
def test_in_csv_too_a_text_stays_a_text(text):
    cells = [cell for row in rows(report_csv(evil(text))) for cell in row]
    assert f"'{text}" in cells
    assert not [cell for cell in cells if re.match(r"[=+\-@\t\r\n]", cell)]


def test_a_number_is_a_number_in_the_sheet():
    *_, numbers = sheets(report_xlsx(report())).values()
    values = [
        float(cell.find(f"{MAIN}v").text)
        for cell in numbers.iter(f"{MAIN}c")
        if cell.get("t") is None and cell.find(f"{MAIN}v") is not None
    ]
    told = [cell for line in lines(report()) for cell in line if isinstance(cell, int)]
    assert values == told


def test_csv_and_report_say_the_same():
    head, *body = rows(report_csv(report()))
    assert len(head) == 7
    # A text that looks like a formula, such as a dash, has one sign more.
    told = [[str(cell) for cell in line] for line in lines(report())]
    assert [[cell.removeprefix("'") for cell in row] for row in body] == [
        [cell.removeprefix("'") for cell in line] for line in told
    ]


def test_one_picture_has_its_own_numbers():
    found = report()
    figure = found.results[0].figures[0]
    _, *body = rows(figure_csv(figure, found.words))
    told = sum(1 if row.said else len(row.cells) for row in figure.rows)
    assert len(body) == told


# Everything that people type


def written(sheet, strings):
    """The texts of a sheet, as somebody reads them."""
    found = [cell for cell in sheet.iter(f"{MAIN}c") if cell.get("t") == "s"]
    return [strings[int(cell.find(f"{MAIN}v").text)] for cell in found]


def shared(content):
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        root = ET.fromstring(book.read("xl/sharedStrings.xml"))
        parts = {name: book.read(name) for name in book.namelist()}
    for part in parts.values():
        ET.fromstring(part)
    assert not [name for name in parts if "vba" in name or "externalLink" in name]
    return ["".join(one.itertext()) for one in root]


@pytest.mark.parametrize("name", ALL)
def test_hostile_text_is_text_in_the_sheet(name):
    text = one_line(ALL[name])
    book = report_xlsx(evil(text))
    about, *numbers = sheets(book).values()
    strings = shared(book)
    if text:
        assert text in written(about, strings)
        assert text in written(numbers[-1], strings)
    for sheet in (about, *numbers):
        assert not list(sheet.iter(f"{MAIN}f"))
        assert not list(sheet.iter(f"{MAIN}hyperlink"))


@pytest.mark.parametrize("name", ALL)
def test_hostile_text_is_one_cell_of_the_csv(name):
    text = one_line(ALL[name])
    table = rows(report_csv(evil(text)))
    assert {len(row) for row in table} == {7}
    cells = [cell for row in table for cell in row]
    assert text in cells or f"'{text}" in cells
    assert not [cell for cell in cells if re.match(r"[=+\-@\t\r\n]", cell)]


@pytest.mark.parametrize("name", ALL)
def test_hostile_text_does_nothing_in_the_report_s_pdf(name):
    text = one_line(ALL[name]) or "–"  # no exercise and no session is without a title
    asks_nobody_and_does_nothing(printed(evil(text), "pdf"))


IN_A_NAME = ["markup", "headers", "paths", "typst", "shell", "nul", "not characters"]


@pytest.mark.parametrize("name", IN_A_NAME)
def test_hostile_text_names_no_file_of_the_zip(name):
    text = one_line(ALL[name])
    with zipfile.ZipFile(io.BytesIO(printed(evil(text), "zip"))) as bundle:
        names = bundle.namelist()
        assert all(re.fullmatch(r"[\w.-]+(/[\w.-]+)*", one) for one in names), names
        assert not [one for one in names if ".." in one]
        (about,) = (one for one in names if one.endswith(".txt"))
        assert text in bundle.read(about).decode()
        for one in names:
            if one.endswith(".svg"):
                drawing = ET.fromstring(bundle.read(one))
                assert not [tag for tag in drawing.iter() if tag.tag.endswith("script")]
