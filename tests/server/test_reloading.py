"""Whoever writes content sees it on every page, also on those that no kernel draws."""

import time

import httpx
import psutil
import pytest
from e2e.house import edition, house

from widgets.server.forks import Forks

BEFORE, AFTER = "Aanmelden als trainer", "Wie is de trainer?"


def sign_in(served):
    try:
        return httpx.get(
            f"{served.url}/trainer", headers={"Accept-Language": "nl"}
        ).text
    except httpx.TransportError:  # it is starting anew
        return ""


def makers(process):
    """What makes kernels and lives."""
    return [
        one.pid
        for one in process.children(recursive=True)
        if one.status() != psutil.STATUS_ZOMBIE and "fork_server" in str(one.cmdline())
    ]


@pytest.fixture
def served(tmp_path):
    with house("--reload", root=edition(tmp_path)) as running:
        yield running


def test_a_word_that_was_changed_is_read_again(served, tmp_path):
    process = psutil.Process(served.process.pid)
    began, made = process.create_time(), makers(process)
    assert BEFORE in sign_in(served)
    words = tmp_path / "data" / "interface" / "nl.toml"
    words.write_text(words.read_text("utf-8").replace(BEFORE, AFTER), "utf-8")
    until = time.monotonic() + 60
    while AFTER not in sign_in(served):
        assert time.monotonic() < until, served.log
        time.sleep(0.2)
    assert process.create_time() == began  # the same process: Ctrl-C still ends it
    if Forks.is_possible():
        assert made and not set(made) & set(makers(process))
