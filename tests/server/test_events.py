"""The contents page hears when it has grown old."""

import contextlib
import re

from widgets import session as rules


def test_the_contents_are_told_when_the_room_moves_on(server):
    row = server.session()
    browser = server.participant(row)
    first = re.search(r'data-version="(\w+)"', browser.get("nl/").text)[1]
    with browser.stream("GET", "events", timeout=5) as stream:
        assert stream.headers["Content-Type"] == "text/event-stream"
        told = (line for line in stream.iter_lines() if line.startswith("data:"))
        assert next(told) == f"data: {first}"
        state = rules.open(rules.State())
        server.run(server.desk.set_state(row, "opening/first_moved", state))
        second = next(told)
    now = re.search(r'data-version="(\w+)"', browser.get("nl/").text)[1]
    assert second == f"data: {now}" != f"data: {first}"


def test_a_stranger_follows_nothing(server):
    assert server.browser().get("events").status_code == 204


def test_nobody_follows_more_than_a_few_times_at_once(server):
    browser = server.participant(server.session())
    with contextlib.ExitStack() as stack:
        codes = [
            stack.enter_context(browser.stream("GET", "events")).status_code
            for _ in range(7)
        ]
    assert codes == [200] * 6 + [204]
