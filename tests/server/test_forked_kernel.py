"""Forked kernels of one person, from a real server."""

import contextlib
import re
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import psutil
import pytest

from widgets import vault
from widgets.limits import KINDNESS, MEMORY, SECONDS
from widgets.schema import InvitationRow
from widgets.sealed import OwnAnswers
from widgets.server.forks import Forks
from widgets.server.kernels import PER_OWNER
from widgets.server.start import FILES
from widgets.store import Store

pytestmark = pytest.mark.skipif(
    not Forks.is_possible(), reason="this system starts every kernel the ordinary way"
)


def test_of_tabs_that_open_at_once_the_newest_stay(served):
    late = served.participant()
    with ThreadPoolExecutor(PER_OWNER + 4) as tabs:
        pages = list(tabs.map(lambda _: served.open(late), range(PER_OWNER + 4)))
    alive = [kernel for kernel in pages if served.alive(late, kernel) == 200]
    assert len(alive) == PER_OWNER


def test_a_card_that_waited_comes_in_with_the_page_of_its_receiver(served):
    late = served.participant()
    me = late.get("me").text
    found = re.search(r'class="personal-code"[^>]*>(.*?)</p>', me, re.S)
    keys = vault.derive(re.sub(r"<[^>]*>|\s", "", found[1]))
    store = Store(f"sqlite:///{served.house.folder / 'data' / 'workbook.db'}")
    session = store.session(served.code).id
    card = {"saw": "je vroeg door", "effect": "rust", "option": "wacht even"}
    public = vault.public_key(keys.seal)
    blob = vault.seal_to(public, card, session=session, field="mirror/card")
    until = datetime.now(UTC) + timedelta(hours=1)
    who = keys.participant_id
    store.invite(
        InvitationRow("CDFHJKMN", who, session, public, until, "mirror/card"), 3
    )
    store.give_card("CDFHJKMN", "c1", blob)
    served.open(late, "nl/mirror")
    end = time.monotonic() + 20
    while store.cards(who) and time.monotonic() < end:
        time.sleep(0.1)
    own = OwnAnswers(keys.seal, session)
    kept = own.open("mirror/card", store.answers(who)["mirror/card"])
    store.close()
    assert kept == {"cards": [{"id": "c1", **card}]}


def test_no_crash_writes_what_people_typed_to_disk(served):
    kernel = served.house.kernel(served.anna_s)
    for process in (psutil.Process(served.house.process.pid), kernel):
        assert process.rlimit(psutil.RLIMIT_CORE) == (0, 0)


def test_a_kernel_has_its_share_and_no_network(served):
    server = psutil.Process(served.house.process.pid)
    kernel = served.house.kernel(served.open(served.anna))
    assert kernel.rlimit(psutil.RLIMIT_CPU) == (SECONDS, SECONDS)
    data, most = kernel.rlimit(psutil.RLIMIT_DATA)
    assert MEMORY < data == most < 2 * MEMORY
    assert kernel.nice() == min(19, server.nice() + KINDNESS)
    maker = next(one for one in kernel.parents() if one.pid != server.pid)
    here, there = (Path(f"/proc/{one.pid}/ns/net") for one in (server, kernel))
    probe = "from widgets.limits import *; print(leave_the_network())"
    told = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True)
    is_allowed = told.stdout == "True\n"
    assert (here.readlink() != there.readlink()) == is_allowed
    assert maker.rlimit(psutil.RLIMIT_CPU) == server.rlimit(psutil.RLIMIT_CPU)


def test_many_people_s_sockets_are_allowed(served):
    limit, most = psutil.Process(served.house.process.pid).rlimit(psutil.RLIMIT_NOFILE)
    assert limit == (FILES if most == psutil.RLIM_INFINITY else min(FILES, most))


def test_pages_that_nobody_waited_for_are_no_more_than_one_s_share(served):
    hasty = served.participant()
    before = served.kernels()
    for _ in range(PER_OWNER + 4):
        with contextlib.suppress(httpx.TimeoutException):
            hasty.get("nl/opening", timeout=0.15)
    kernel = served.open(hasty)
    assert served.alive(hasty, kernel) == 200
    assert served.alive(served.anna, served.anna_s) == 200
    time.sleep(1)  # what is under way when a page is let go
    assert len(served.kernels() - before) <= PER_OWNER
