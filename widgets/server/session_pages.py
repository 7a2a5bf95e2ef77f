"""Preparing a session: its name, how long it is kept, a copy of it, and a rehearsal."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from http import HTTPStatus
from typing import Any

from ..invented import PEOPLE
from ..programme import total
from ..store import SessionRow
from .demo import Cohort
from .forms import Once
from .sessions import REHEARSAL_STAYS, TITLE_LENGTH, one_line
from .trainer_pages import TrainerPage

HOURS = range(2, 169)  # a week
USUAL_PEOPLE = 12
MOST_DAYS = 2 * 365


class SessionPage(TrainerPage):
    """A page about one session."""

    def show_session(self, template: str, row: SessionRow, **values: Any) -> None:
        """Answer with a page about this session."""
        variant = self.desk.workbook.variants[row.variant]
        values = {"variant": variant, "problem": "", **values}
        if values["problem"]:
            self.set_status(HTTPStatus.UNPROCESSABLE_ENTITY)
        self.show(template, is_trainer=True, session=row, **values)

    def number(self, name: str) -> int:
        """Return a whole number of the form, -1 when it is none."""
        given = self.get_body_argument(name, "")[:10].strip()
        return int(given) if given.isascii() and given.isdecimal() else -1


class Prepare(SessionPage):
    """GET and POST /trainer/<CODE>/prepare: all that is done before the day."""

    async def get(self, code: str) -> None:
        """Show what is set, and what can be prepared."""
        await self._ask(await self.session(code))

    async def post(self, code: str) -> None:
        """Take name and terms, unless one of them cannot be."""
        row = await self.session(code)
        title = one_line(self.get_body_argument("title", ""))
        until, hours = self._until(), self.number("group_hours")
        problem = await self._problem(row, title, until, hours)
        if problem or until is None:
            await self._ask(row, problem)
            return
        values = {"title": title, "group_hours": hours}
        if until.date() != _until(row):  # else it stays the hour that it is
            values["keep_answers_until"] = until
        await self.desk.change_session(row, **values)
        self.go(f"trainer/{row.code}/prepare?saved=yes")

    def _until(self) -> datetime | None:
        try:
            day = date.fromisoformat(self.get_body_argument("until", "")[:10])
        except ValueError:
            return None
        return datetime.combine(day, time(), UTC)

    async def _problem(
        self, row: SessionRow, title: str, until: datetime | None, hours: int
    ) -> str:
        if not title:
            return "no_title"
        days = (until - datetime.now(UTC)).days + 1 if until else 0
        if until is None or not 0 < days <= MOST_DAYS:
            return "wrong_until"
        if hours not in HOURS:
            return "wrong_hours"
        is_longer = until.date() > _until(row) or hours > row.group_data_hours
        return "longer" if is_longer and await self.desk.here(row) else ""

    async def _ask(self, row: SessionRow, problem: str = "") -> None:
        given = self.get_body_argument
        programme = self.desk.programme(row)
        self.show_session(
            "prepare.html",
            row,
            problem=problem,
            title=given("title", row.title),
            until=given("until", _until(row).isoformat()),
            group_hours=given("group_hours", str(row.group_data_hours)),
            title_length=TITLE_LENGTH,
            first_day=(datetime.now(UTC) + timedelta(days=1)).date().isoformat(),
            hours=HOURS,
            minutes=total(self.desk.workbook.variants[row.variant], programme),
            done=self.get_query_argument("saved", ""),
            token=Once.token(),
        )


def _until(row: SessionRow) -> date:
    return (row.keep_answers_until or row.created_at).date()


class Copy(SessionPage):
    """POST /trainer/<CODE>/copy: the same session again, for other people."""

    async def post(self, code: str) -> None:
        """Make it once, and go there to give it a name."""
        row = await self.session(code)
        name = self.words["copy_named"].format(title=row.title)[:TITLE_LENGTH]
        made: SessionRow = await self.shared("copied", Once()).do(
            self.get_body_argument("token", "")[:64],
            lambda: self.desk.again(row, title=name, invented=False),
        )
        self.go(f"trainer/{made.code}/prepare?saved=copied")


class Rehearsal(SessionPage):
    """GET and POST /trainer/<CODE>/rehearsal: the same session with invented people."""

    async def get(self, code: str) -> None:
        """Ask how many."""
        self._ask(await self.session(code))

    async def post(self, code: str) -> None:
        """Make a session of its own, let them in, and show it among the others."""
        row = await self.session(code)
        people = self.number("people")
        if people not in PEOPLE:
            self._ask(row, "wrong_people")
            return
        made: SessionRow = await self.shared("rehearsed", Once()).do(
            self.get_body_argument("token", "")[:64], lambda: self._begin(row, people)
        )
        self.go(f"trainer?new={made.code}")

    async def _begin(self, row: SessionRow, people: int) -> SessionRow:
        name = self.words["rehearse_named"].format(title=row.title)[:TITLE_LENGTH]
        invented = await self.desk.again(
            row,
            title=name,
            invented=True,
            keep_answers_until=datetime.now(UTC) + REHEARSAL_STAYS,
        )
        await Cohort(self.desk, people, seed=people, like_people=True).join(invented)
        return invented

    def _ask(self, row: SessionRow, problem: str = "") -> None:
        self.show_session(
            "rehearsal.html",
            row,
            problem=problem,
            people=self.get_body_argument("people", str(USUAL_PEOPLE)),
            allowed=PEOPLE,
            token=Once.token(),
        )
