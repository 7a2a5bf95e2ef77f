"""The numbers of a report as a sheet and as CSV, in which no text is ever a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

import xlsxwriter

from .figures import Figure
from .session_report import Report, lines, of

# With these a spreadsheet begins a formula, also behind a tab or a line end.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
COLUMNS = ("module", "exercise", "question", "row", "option", "number", "answers")
WIDTHS = (26, 28, 44, 44, 44, 12, 12)
# Text stays text, also when it looks like a formula, a link or a number.
AS_TYPED = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
Line = tuple[str | float, ...]


def report_csv(report: Report) -> bytes:
    """All numbers of a report, one option a line."""
    return _csv([tuple(report.words[name] for name in COLUMNS), *lines(report)])


def figure_csv(figure: Figure, words: dict[str, str]) -> bytes:
    """The numbers of one picture."""
    return _csv([tuple(words[name] for name in COLUMNS[2:]), *of(figure)])


def _csv(table: Iterable[Line]) -> bytes:
    buffer = io.StringIO(newline="")
    csv.writer(buffer).writerows([_harmless(cell) for cell in line] for line in table)
    return buffer.getvalue().encode("utf-8-sig")  # else Excel reads another alphabet


def _harmless(cell: str | float) -> str | float:
    """Text that no spreadsheet takes for a formula."""
    if isinstance(cell, str) and cell.startswith(FORMULA):
        return f"'{cell}"
    return cell


def report_xlsx(report: Report) -> bytes:
    """A sheet about the report, and one with all numbers as numbers."""
    buffer, say = io.BytesIO(), report.words
    book = xlsxwriter.Workbook(buffer, AS_TYPED)
    book.set_properties({"title": f"{say['title']} · {report.title}"})
    bold = book.add_format({"bold": True})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    about = book.add_worksheet(say["about_sheet"])
    about.set_column(0, 0, 100, wrapped)
    texts = [say["title"], report.title, report.day, *report.facts, ""]
    for at, text in enumerate([*texts, say["cannot"], *report.cannot]):
        about.write_string(
            at, 0, text, bold if text in (say["title"], say["cannot"]) else wrapped
        )
    numbers = book.add_worksheet(say["numbers_sheet"])
    numbers.freeze_panes(1, 0)
    for column, (name, width) in enumerate(zip(COLUMNS, WIDTHS, strict=True)):
        numbers.set_column(column, column, width, wrapped)
        numbers.write_string(0, column, say[name], bold)
    last = 0
    for last, line in enumerate(lines(report), start=1):
        for column, cell in enumerate(line):
            numbers.write(last, column, cell)
    numbers.autofilter(0, 0, last, len(COLUMNS) - 1)
    book.close()
    return buffer.getvalue()
