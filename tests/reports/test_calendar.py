"""The calendar file, by the rules of RFC 5545."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from widgets.reports.calendar import Moment, calendar

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
NINE = datetime(2026, 12, 1, 9, 5)
FIRST = Moment(key="first", title="Mijn eerste moment", start=NINE)
BACK = "http://192.168.1.20:8866/follow-up"
CHECK = Moment(key="check", title="Hoe ging het?", start=date(2027, 1, 4), address=BACK)


def unfolded(content: bytes) -> list[str]:
    assert content.endswith(b"\r\n")
    assert b"\n" not in content.replace(b"\r\n", b"")
    return content.decode().replace("\r\n ", "").split("\r\n")[:-1]


def test_two_moments():
    assert unfolded(calendar([FIRST, CHECK], "p1", NOW)) == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//leadership-workbook//NL",
        "BEGIN:VEVENT",
        "UID:first-p1@leadership-workbook",
        "DTSTAMP:20261124T120000Z",
        "DTSTART:20261201T090500",
        "DURATION:PT30M",
        "SUMMARY:Mijn eerste moment",
        "CLASS:PRIVATE",
        "END:VEVENT",
        "BEGIN:VEVENT",
        "UID:check-p1@leadership-workbook",
        "DTSTAMP:20261124T120000Z",
        "DTSTART;VALUE=DATE:20270104",
        "SUMMARY:Hoe ging het?",
        f"URL:{BACK}",
        "CLASS:PRIVATE",
        "END:VEVENT",
        "END:VCALENDAR",
    ]


def test_the_stamp_is_in_universal_time():
    there = NOW.astimezone(timezone(timedelta(hours=2)))
    assert calendar([FIRST], "p1", there) == calendar([FIRST], "p1", NOW)


def test_what_means_something_in_a_calendar_is_escaped():
    moment = Moment(key="x", title="a, b; c\\ d\nBEGIN:VEVENT\r\nx", start=CHECK.start)
    lines = unfolded(calendar([moment], "p1", NOW))
    assert r"SUMMARY:a\, b\; c\\ d\nBEGIN:VEVENT\nx" in lines
    assert lines.count("BEGIN:VEVENT") == 1


@pytest.mark.parametrize("title", ["é" * 200, "😀" * 90, "x" * 66, "x" * 67, "x" * 68])
def test_long_lines_are_folded_between_characters(title):
    moment = Moment(key="x", title=title, start=CHECK.start)
    content = calendar([moment], "p1", NOW)
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    assert f"SUMMARY:{title}" in unfolded(content)


@pytest.mark.parametrize(
    ("start", "line"),
    [
        (date(1, 1, 1), "DTSTART;VALUE=DATE:00010101"),
        (date(9999, 12, 31), "DTSTART;VALUE=DATE:99991231"),
        (datetime(9999, 12, 31, 23, 59), "DTSTART:99991231T235900"),
    ],
)
def test_any_day_that_a_browser_can_send(start, line):
    moment = Moment(key="x", title="x", start=start)
    assert line in unfolded(calendar([moment], "p1", NOW))
