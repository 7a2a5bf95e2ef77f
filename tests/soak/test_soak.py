"""A short soak: nothing lost, nothing grown, nothing left; too many people wait."""

import asyncio
from collections import Counter

import pytest
from soak.crowd import crowd
from soak.faults import CUT, FORKS, KERNELS, SERVER, planned
from soak.ledger import Ledger
from soak.memory import Sample, trends
from soak.place import Left
from soak.room import Outcome, place, soak
from soak.table import wrong, wrong_with

from widgets.server.forks import Forks

PEOPLE, SECONDS, SEED, PACE = 12, 75.0, 1, 2.0
PAGES = 4

pytestmark = pytest.mark.skipif(not Forks.is_possible(), reason="kernels are forked")


def test_nothing_is_lost_grows_or_stays_while_everything_fails():
    with place() as where:
        found = asyncio.run(soak(where, PEOPLE, SECONDS, SEED, PACE))
    assert list(wrong(found)) == []
    assert found.acknowledged >= found.stored == found.to_keep > PEOPLE
    assert set(found.faults) == {CUT, FORKS, KERNELS, SERVER}


def test_more_people_than_fit_wait_and_all_come_in():
    with place("--max-pages", str(PAGES)) as where:
        found = asyncio.run(crowd(where, PEOPLE, PAGES, SEED))
    assert list(wrong_with(found)) == []
    assert found.inside == PEOPLE
    assert found.waited >= PEOPLE - PAGES


def test_the_same_seed_plans_the_same_faults():
    assert planned(1, SECONDS) == planned(1, SECONDS) != planned(2, SECONDS)
    kinds = [kind for _, kind in planned(1, 1800)]
    assert set(kinds) == {CUT, FORKS, KERNELS, SERVER}
    assert max(at for at, kind in planned(1, 1800) if kind == SERVER) < 900


def test_an_older_answer_that_comes_back_is_lost():
    ledger, old, new = Ledger(), {"wish": "a"}, {"wish": "ab"}
    ledger.sends("x/y", old)
    ledger.look("x/y", {})
    ledger.acknowledge("x/y", old)
    ledger.sends("x/y", new)
    for found in (old, new):
        ledger.look("x/y", found)
    assert ledger.lost == []
    ledger.acknowledge("x/y", new)
    ledger.look("x/y", old)
    assert len(ledger.lost) == 1


def test_a_page_that_never_answered_is_told():
    found = Outcome(people=1, silent=["3: opening/first_moved: seq 5, kept 4"])
    assert [one for one in wrong(found) if "opening/first_moved" in one]


def growing(server=0.0, kernel=0.0, aged=0.0):
    """Nine samples of a server with new kernels every three, and two that stay."""
    return [
        Sample(
            server=150 + server * n,
            kernels={
                1: 7 + aged * n,
                2: 7 + aged * n,
                **dict.fromkeys(
                    range(10 * (n // 3), 10 * (n // 3) + 5), 7 + kernel * n
                ),
            },
        )
        for n in range(9)
    ]


@pytest.mark.parametrize(
    ("grows", "told"),
    [
        ({}, []),
        ({"server": 10.0}, ["server"]),
        ({"kernel": 0.6}, ["a kernel"]),
        ({"aged": 0.6}, ["a kernel as it lives"]),
    ],
)
def test_memory_that_grows_is_told(grows, told):
    found = trends(growing(**grows))
    assert [one.name for one in found if not one.is_flat] == told


def test_too_few_samples_tell_nothing():
    assert trends(growing()[:2]) == []


def test_a_copy_s_handle_and_files_are_no_orphans_and_others_are():
    def left(**opened):
        return Left(kernels=0, processes=1, open=Counter(opened), files=frozenset())

    database = "/tmp/wb-x/data/workbook.db"
    before = left(**{database: 1})
    assert left(**{database: 2}).more_than(before) == {}
    assert left(**{database: 3}).more_than(before) == {"open": {database: 1}}
    assert left(**{database: 1, "socket": 1}).more_than(before)
