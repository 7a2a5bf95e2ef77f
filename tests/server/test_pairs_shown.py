"""Before and after on the trainer's line: the group's change goes out, no pair does."""

import asyncio
import json
import re

import pytest

from widgets.content import load
from widgets.server import demo
from widgets.server.demo import PEOPLE, Cohort
from widgets.server.desk import Desk
from widgets.server.overview import field_rules, overview
from widgets.server.trainer import TrainerRole
from widgets.session import PairRule
from widgets.store import Store
from widgets.trainer_screen import projected

START, NOW = "opening/starting_point", "plan/where_now"
SORTED, AGAIN = "difference/sorting", "plan/sorting_again"
PAIR = re.compile(r'"\d+:\d+"')


@pytest.fixture
def desk(tmp_path, monkeypatch):
    monkeypatch.setattr(demo, "PAUSE", 0.001)
    store = Store(f"sqlite:///{tmp_path / 'workbook.db'}")
    store.migrate()
    desk = Desk(store, load(), "http://127.0.0.1")
    yield desk
    desk.close()
    store.close()


async def asked_twice(desk, people):
    """Invented people answer both times; gives all that leaves the server."""
    cohort = Cohort(desk, people)
    row = await cohort.begin()
    role = TrainerRole(desk, row)
    for name in (START, SORTED, NOW, AGAIN):
        await role.command({"do": "open", "exercise": name})
        while cohort._tasks:
            await asyncio.gather(*cohort._tasks)
        if name in (NOW, AGAIN) and people > PEOPLE / 2:
            await role.command({"do": "show", "exercise": name})
    return await desk.session(row.code)


def test_every_part_and_the_total_count_as_pairs(desk):
    async def story():
        row = await asked_twice(desk, PEOPLE)
        for name, keys in ((NOW, {"L", "R", "Z"}), (AGAIN, {"total"})):
            values = await desk.values(row, name)
            assert set(values) == keys
            for key, given in values.items():
                assert len(given) <= PEOPLE - 1  # one is not counted
                possible = desk.workbook.countable()[f"{name}.{key}"]
                assert set(given) <= set(possible)

    asyncio.run(story())


def test_no_pair_leaves_the_server(desk):
    async def story():
        row = await asked_twice(desk, PEOPLE)
        given = [value for one in (NOW, AGAIN) for value in await values_of(row, one)]
        assert given
        trainer = await overview(desk, row)
        states = {key: one.picture for key, one in (await desk.states(row)).items()}
        for leaving in (trainer, projected(trainer), states):
            sent = json.dumps(leaving)
            assert not PAIR.search(sent)
            assert not [pair for pair in given if f'"{pair}"' in sent]
        assert projected(trainer)["pages"][0]["rows"][0]["change"]["n"] == PEOPLE - 1

    async def values_of(row, name):
        found = await desk.values(row, name)
        return [value for given in found.values() for value in given]

    asyncio.run(story())


def test_four_pairs_show_nothing(desk):
    async def story():
        row = await asked_twice(desk, 4)
        trainer = await overview(desk, row)
        both = [
            one
            for module in trainer["modules"]
            for one in module["exercises"]
            if one["id"] in (NOW, AGAIN)
        ]
        for one in both:
            assert (one["can_show"], one["new"], one["result"]) == (False, 0, {})
            assert one["options"] == []
        assert not PAIR.search(json.dumps(trainer))

    asyncio.run(story())


@pytest.mark.parametrize("name", [NOW, AGAIN])
def test_a_pair_has_a_rule_of_its_own(name):
    exercise = load().exercise(name)
    for key, rule in field_rules(exercise).items():
        assert isinstance(rule, PairRule)
        assert rule.own_situation
        assert rule.size == exercise.fields[key].size
