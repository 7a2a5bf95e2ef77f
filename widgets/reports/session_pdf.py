"""The report of a session as a PDF that screen readers can read too (PDF/UA-1)."""

from __future__ import annotations

from pathlib import Path

from ..content import words
from .charts import svg
from .pdf import printed
from .session_report import Report

TEMPLATE = Path(__file__).with_name("session.typ")


def report_pdf(report: Report) -> bytes:
    """Print the report; typst refuses what is not accessible."""
    drawn = [[svg(figure) for figure in shown.figures] for shown in report.results]
    own = {"name": words(report.language)["pages"]["name"]}
    typed = report.model_dump() | {"words": report.words | own}
    return printed(TEMPLATE, typed, {"drawn": drawn})
