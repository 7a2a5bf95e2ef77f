"""The report of a session: a page, its pictures, and the whole as a file."""

from __future__ import annotations

from tornado.web import HTTPError

from ..content import words
from ..reports.figures import Figure
from ..reports.session_report import Report, session_report
from .press import Press, press_of
from .results import report_of
from .trainer_pages import TrainerPage

TYPES = {
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
    "zip": "application/zip",
    "svg": "image/svg+xml",
    "png": "image/png",
}


class _Report(TrainerPage):
    """Something of a report, for a signed-in trainer."""

    @property
    def press(self) -> Press:
        """Where pictures are made; all requests share it."""
        return press_of(self.settings)

    async def report(self, code: str) -> Report:
        """The report of a session; a kind page when there is none."""
        row = await self.session(code)
        return session_report(self.desk.workbook, await report_of(self.desk, row))

    def send(self, content: bytes, ending: str, name: str = "") -> None:
        """Send a file; with a name it is saved, not shown."""
        self.set_header("Content-Type", TYPES[ending])
        self.set_header("Cross-Origin-Resource-Policy", "same-origin")
        if name:
            disposition = f'attachment; filename="{name}.{ending}"'
            self.set_header("Content-Disposition", disposition)
        self.finish(content)


class ReportPage(_Report):
    """GET /trainer/<CODE>/report: every shown result, in the session's language."""

    async def get(self, code: str) -> None:
        """Show pictures, tables and what the report cannot say."""
        report = await self.report(code)
        self.show(
            "report.html", is_trainer=True, report=report, s=words(report.language)
        )


class ReportFile(_Report):
    """GET /trainer/<CODE>/report.pdf, .xlsx, .csv and .zip."""

    async def get(self, code: str, ending: str) -> None:
        """Send the whole report."""
        report = await self.report(code)
        content = await self.press.report(report, ending)
        self.send(content, ending, f"{report.words['file']}-{report.code}")


class Picture(_Report):
    """GET /trainer/<CODE>/report/<module>/<exercise>/<number>.svg, .png and .csv."""

    async def get(self, code: str, id: str, number: str, ending: str) -> None:
        """Send one picture of a shown result; 404 when it is shown no more."""
        report = await self.report(code)
        shown = report.shown(id)
        figure = self._figure(shown.figures if shown else (), int(number))
        content = await self.press.picture(figure, ending, report.words)
        is_file = ending == "csv" or self.get_query_argument("save", "")
        self.send(content, ending, shown.file(int(number)) if shown and is_file else "")

    def _figure(self, figures: tuple[Figure, ...], number: int) -> Figure:
        if not 1 <= number <= len(figures):
            raise HTTPError(404)
        return figures[number - 1]


PAGES: dict[str, type[_Report]] = {
    r"trainer/([A-Za-z0-9]+)/report/?": ReportPage,
    r"trainer/([A-Za-z0-9]+)/report\.(pdf|xlsx|csv|zip)": ReportFile,
    r"trainer/([A-Za-z0-9]+)/report/(\w+/\w+)/(\d{1,3})\.(svg|png|csv)": Picture,
}
