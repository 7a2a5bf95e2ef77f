"""The report of a session in every format that leaves the room."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

from .figures import Figure
from .session_report import Report
from .sheets import figure_csv, report_csv, report_xlsx

# Charts and printing are large: only a format that draws imports them.


def _pdf(report: Report) -> bytes:
    from .session_pdf import report_pdf

    return report_pdf(report)


def _zip(report: Report) -> bytes:
    """Every frozen picture as SVG, PNG and numbers, with its description in words."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as bundle:
        described = []
        for shown in report.results:
            for number, figure in enumerate(shown.figures, start=1):
                name = shown.file(number)
                for ending in PICTURES:
                    content = picture(figure, ending, report.words)
                    bundle.writestr(f"{name}.{ending}", content)
                described.append(f"{name}\n{figure.alt}\n")
        about = [report.title, report.day, *report.facts, "", *described]
        about += [report.words["cannot"], *report.cannot, ""]
        bundle.writestr(f"{report.words['read_me']}.txt", "\n".join(about))
    return buffer.getvalue()


FORMATS: dict[str, Callable[[Report], bytes]] = {
    "pdf": _pdf,
    "xlsx": report_xlsx,
    "csv": report_csv,
    "zip": _zip,
}
PICTURES = ("svg", "png", "csv")


def printed(report: Report, ending: str) -> bytes:
    """The whole report as a file."""
    return FORMATS[ending](report)


def picture(figure: Figure, ending: str, words: dict[str, str]) -> bytes:
    """One figure as a file."""
    if ending == "csv":
        return figure_csv(figure, words)
    from . import charts

    return charts.svg(figure).encode() if ending == "svg" else charts.png(figure)
