"""The invented cohort: marked as such, and following what the trainer opens."""

import asyncio

import pytest

from widgets.content import load
from widgets.server import demo
from widgets.server.demo import PEOPLE, Cohort
from widgets.server.desk import Desk
from widgets.server.steps import running_order
from widgets.server.trainer import TrainerRole
from widgets.store import Store


@pytest.fixture
def desk(tmp_path, monkeypatch):
    monkeypatch.setattr(demo, "PAUSE", 0.001)
    store = Store(f"sqlite:///{tmp_path / 'workbook.db'}")
    store.migrate()
    desk = Desk(store, load(), "http://127.0.0.1")
    yield desk
    desk.close()
    store.close()


async def quiet(cohort):
    while cohort._tasks:
        await asyncio.gather(*cohort._tasks)


def test_they_come_in_marked_as_invented(desk):
    async def story():
        row = await Cohort(desk).begin()
        assert row.invented
        assert (await desk.sessions()) == [row]
        assert await desk.here(row) == PEOPLE
        taking_part = (await desk.values(row, load().agreement))["taking_part"]
        assert len(taking_part) == PEOPLE - 1

    asyncio.run(story())


def test_they_answer_what_is_opened_and_nothing_else(desk):
    async def story():
        cohort = Cohort(desk)
        row = await cohort.begin()
        first, second, *later = running_order(desk, row)
        role = TrainerRole(desk, row)
        for exercise in (first, second):
            await role.command({"do": "open", "exercise": exercise})
            await quiet(cohort)
        ready = await desk.ready(row)
        assert ready[first] == ready[second] == PEOPLE
        assert not set(ready) & set(later)

    asyncio.run(story())


def test_every_exercise_can_be_shown_that_can_be_counted(desk):
    async def story():
        cohort = Cohort(desk)
        row = await cohort.begin()
        role, shown = TrainerRole(desk, row), []
        for name in running_order(desk, row):
            await role.command({"do": "open", "exercise": name})
            await quiet(cohort)
            if load().exercise(name).countable:
                await role.command({"do": "show", "exercise": name})
                shown.append(name)
        states = await desk.states(row)
        assert shown
        assert all(states[name].is_shown for name in shown)

    asyncio.run(story())


def test_a_session_that_is_deleted_under_them_stops_them(desk):
    async def story():
        cohort = Cohort(desk)
        row = await cohort.begin()
        first = running_order(desk, row)[0]
        await TrainerRole(desk, row).command({"do": "open", "exercise": first})
        await desk.delete(row.code)
        await quiet(cohort)

    asyncio.run(story())


def test_the_same_seed_gives_the_same_people(desk):
    async def story():
        found = []
        for _ in range(2):
            cohort = Cohort(desk, seed=7)
            row = await cohort.begin()
            name = running_order(desk, row)[0]
            await TrainerRole(desk, row).command({"do": "open", "exercise": name})
            await quiet(cohort)
            values = await desk.values(row, name)
            found.append({field: sorted(given) for field, given in values.items()})
        assert found[0] == found[1] != {}

    asyncio.run(story())


def test_not_all_are_counted_and_some_skip_a_thing(desk):
    async def story():
        cohort = Cohort(desk, people=30, seed=4, like_people=True)
        row = await desk.new_session("x", "nl", "full-day", invented=True)
        await cohort.join(row)
        visitors = [await desk.visitor(secret) for secret in cohort._secrets]
        assert 0 < sum(not visitor.counting for visitor in visitors) < 10
        order = running_order(desk, row)
        role = TrainerRole(desk, row)
        await role.command({"do": "open", "exercise": order[0]})
        await quiet(cohort)
        ready = await desk.ready(row)
        assert 20 < ready[order[0]] <= 30

    asyncio.run(story())


def test_invented_people_never_join_real_ones(desk):
    async def story():
        row = await desk.new_session("x", "nl", "full-day")
        with pytest.raises(ValueError, match="real"):
            await Cohort(desk).join(row)
        assert await desk.here(row) == 0

    asyncio.run(story())


def test_alone_they_begin_by_themselves(desk):
    async def story():
        row = await desk.new_session("x", "nl", "self-study", invented=True)
        cohort = Cohort(desk, people=1)
        await cohort.join(row)
        await quiet(cohort)
        assert len(await desk.ready(row)) > 30

    asyncio.run(story())
