"""What a participant takes home: documents, and a file of their own."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import NamedTuple

from ..content import Language, words
from ..reports.calendar import Moment, calendar
from ..reports.document import Document, Pass, document
from ..reports.own_file import own_file
from ..sealed import Answer
from ..vault import grouped
from .desk import Visitor
from .forms import Throttle, is_same_origin
from .markup import in_words, kept_until
from .page import Kind, Page
from .take_home import own_answers

PLAN = "plan/one_page"
FIRST, CHECK = "first_moment", "checkin"

# Printing takes a processor; one is left for the room.
PRESSES = max(1, (os.cpu_count() or 2) - 1)
A_MINUTE = 20  # documents for one participant


def _pdf(whole: Document) -> bytes:
    # What makes documents is large: only who prints waits for it, once.
    from ..reports.pdf import workbook_pdf

    return workbook_pdf(whole)


def _docx(whole: Document) -> bytes:
    from ..reports.word import workbook_docx

    return workbook_docx(whole)


class Format(NamedTuple):
    """A kind of file: its media type, and what makes it of a document."""

    type: str
    make: Callable[[Document], bytes]


FORMATS = {
    "pdf": Format("application/pdf", _pdf),
    "docx": Format(
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        _docx,
    ),
}


class _Own(Page):
    """Something of one participant, as a file that only their own page may ask for."""

    def prepare(self) -> None:
        """Refuse what another site asks for in the participant's name."""
        super().prepare()
        if not is_same_origin(self.request):
            raise Kind(403, "foreign")

    async def _answers(self) -> tuple[str, Visitor, dict[str, Answer]]:
        secret, visitor = await self.participant()
        made = self.shared("documents_made", Throttle(A_MINUTE, 60))
        if made.is_full(visitor.participant_id):
            raise Kind(429, "many_documents")
        made.count(visitor.participant_id)
        return secret, visitor, await own_answers(self.desk, secret)

    def _send(self, content: bytes, type: str, ending: str) -> None:
        name = f"{words(self.language)['documents']['file']}.{ending}"
        self.set_header("Content-Type", type)
        self.set_header("Content-Disposition", f'attachment; filename="{name}"')
        self.set_header("Cross-Origin-Resource-Policy", "same-origin")
        self.finish(content)


class Printed(_Own):
    """GET /me/workbook.pdf and .docx: the whole workbook, to print or to write on."""

    _is_gone = False

    def on_connection_close(self) -> None:
        """Remember that nobody waits for this one any more."""
        self._is_gone = True

    async def get(self, ending: str) -> None:
        """Print in a thread of its own, few at a time: the room never waits."""
        async with self.shared("presses", asyncio.Semaphore(PRESSES)):
            if self._is_gone:
                return
            secret, visitor, answers = await self._answers()
            whole = self._document(secret, visitor, answers)
            content = await asyncio.to_thread(FORMATS[ending].make, whole)
        self._send(content, FORMATS[ending].type, ending)

    def _document(
        self, secret: str, visitor: Visitor, answers: dict[str, Answer]
    ) -> Document:
        code = grouped(secret)
        language: Language = "en" if self.language == "en" else "nl"
        return document(
            self.desk.workbook,
            answers,
            language,
            session=visitor.session.title,
            day=in_words(date.today(), language),
            personal=Pass(
                code=code,
                address=f"{self.desk.base_url}/resume#{code}",
                back=f"{self.desk.base_url}/follow-up",
                until=kept_until(visitor.session, language),
            ),
        )


class OwnFile(_Own):
    """GET /me/workbook.json: everything that is mine, to be read in again."""

    async def get(self) -> None:
        """Send the answers as they are kept."""
        _, visitor, answers = await self._answers()
        day, title = date.today().isoformat(), visitor.session.title
        content = own_file(answers, title, day)
        self._send(content, "application/json", "json")


class Moments(_Own):
    """GET /me/moments.ics: the moments of my plan, for my own calendar."""

    async def get(self) -> None:
        """Send what was planned; 404 while nothing is."""
        _, visitor, answers = await self._answers()
        plan, said = answers.get(PLAN, {}), words(self.language)["documents"]
        moments = []
        if FIRST in plan:
            start = datetime.fromisoformat(plan[FIRST])
            moments.append(Moment(key="first", title=said["moment"], start=start))
        if CHECK in plan:
            day = date.fromisoformat(plan[CHECK])
            back = f"{self.desk.base_url}/follow-up"
            moments.append(
                Moment(key="check", title=said["check"], start=day, address=back)
            )
        if not moments:
            raise Kind(404, "no_moments")
        content = calendar(moments, visitor.participant_id, datetime.now(UTC))
        self._send(content, "text/calendar", "ics")
