"""A calendar file (iCalendar, RFC 5545) for the moments that a participant plans."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime

FOLD = 75  # bytes to a line
ENDS = "\r\n"


@dataclass(frozen=True, kw_only=True)
class Moment:
    """One entry: a date for the whole day, or a time on the participant's own clock.

    The title and the web address stand in calendars that others read along: no words of
    the participant, no personal code.
    """

    key: str
    title: str
    start: date
    minutes: int = 30
    address: str = ""


def calendar(moments: Iterable[Moment], owner: str, now: datetime) -> bytes:
    """The file; the same `owner` and keys replace what was imported before."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//leadership-workbook//NL"]
    for moment in moments:
        lines += _event(moment, owner, now)
    lines.append("END:VCALENDAR")
    return "".join(part + ENDS for line in lines for part in _folded(line)).encode()


def _event(moment: Moment, owner: str, now: datetime) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{moment.key}-{owner}@leadership-workbook"
    yield f"DTSTAMP:{now.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    if isinstance(moment.start, datetime):
        # Without a time zone: nine o'clock is nine o'clock where its owner is.
        yield f"DTSTART:{_digits(moment.start.isoformat(timespec='seconds'))}"
        yield f"DURATION:PT{moment.minutes}M"
    else:
        yield f"DTSTART;VALUE=DATE:{_digits(moment.start.isoformat())}"
    yield f"SUMMARY:{_escaped(moment.title)}"
    if moment.address:
        yield f"URL:{moment.address}"
    yield "CLASS:PRIVATE"
    yield "END:VEVENT"


def _digits(iso: str) -> str:
    return iso.replace("-", "").replace(":", "")


def _escaped(text: str) -> str:
    return re.sub(r"\r?\n", r"\\n", re.sub(r"([\\;,])", r"\\\1", text))


def _folded(line: str) -> Iterator[str]:
    """The line in parts that are short enough, never cut inside a character."""
    part = ""
    for character in line:
        if len((part + character).encode()) > FOLD:
            yield part
            part = " "
        part += character
    yield part
