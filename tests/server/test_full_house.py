"""When there are as many kernels as fit: who gets one, and who waits."""

import asyncio

import psutil
import pytest
from room_server import served
from sleeping_kernels import run

from widgets.server import kernels as kernels_module
from widgets.server.forks import Forks
from widgets.server.identity import TRAINER
from widgets.server.kernels import kernel_limit
from widgets.server.waiting_line import TooManyKernels


@pytest.fixture
def server(tmp_path):
    with served(tmp_path) as server:
        yield server


@pytest.fixture
def hurried(monkeypatch):
    """A page that has not reached its kernel at once never will."""
    monkeypatch.setattr(kernels_module, "OPENING", 0.0)


async def full_house(house, *people):
    """As many kernels as fit, each with a page."""
    house.made.limit = len(people)
    made = [await house.start(person) for person in people]
    for kernel in made:
        house.made.notify_connect(kernel)
    return made


def test_a_full_machine_makes_room_or_says_so(server, folder, hurried):
    async def story(house):
        made = await full_house(house, "anna", "bram", "cor")
        house.made.notify_disconnect(made[0])
        newest = await house.start("late")
        assert house.made.owner(made[0]) is None  # nobody looked at it
        house.made.notify_connect(newest)
        with pytest.raises(TooManyKernels):
            await house.start("later")
        assert len(house.made.list_kernels()) == 3
        house.made.notify_disconnect(made[1])
        assert house.made.owner(await house.start("later")) == "later"
        assert house.made.owner(made[1]) is None

    run(server, folder, story)
    assert server.lines._roles == {}


def test_who_waits_is_let_in_in_the_order_of_coming(server, folder, hurried):
    async def story(house):
        made = await full_house(house, "anna", "bram")
        ahead = []
        for person in ("cor", "daan", "eva"):
            with pytest.raises(TooManyKernels) as caught:
                await house.start(person)
            ahead.append(caught.value.ahead)
        assert ahead == [0, 1, 2]
        house.made.notify_disconnect(made[0])
        assert house.made.ahead("eva") == 1
        with pytest.raises(TooManyKernels):
            await house.start("daan")
        assert house.made.ahead("cor") is None
        assert house.made.owner(await house.start("cor")) == "cor"
        assert (house.made.ahead("daan"), house.made.ahead("eva")) == (None, 0)

    run(server, folder, story)


def test_a_page_that_is_opening_keeps_its_kernel(server, folder):
    async def story(house):
        house.made.limit = 1
        mine = await house.start("anna")
        with pytest.raises(TooManyKernels):
            await house.start("bram")
        assert house.made.owner(mine) == "anna"

    run(server, folder, story)


def test_the_trainer_never_waits(server, folder):
    async def story(house):
        made = await full_house(house, "anna")
        with pytest.raises(TooManyKernels):
            await house.start("bram")
        assert house.made.owner(await house.start(TRAINER)) == TRAINER
        assert house.made.owner(made[0]) == "anna"

    run(server, folder, story)


def test_the_limit_holds_when_many_come_at_once(server, folder):
    async def story(house):
        house.made.limit = 3
        starts = (house.start(f"person {n}") for n in range(6))
        await asyncio.gather(*starts, return_exceptions=True)
        assert len(house.made.list_kernels()) <= 3

    run(server, folder, story)


def test_there_is_room_for_some_on_any_machine():
    assert kernel_limit() >= 4
    assert kernel_limit() * 30 * 2**20 < psutil.virtual_memory().total or (
        kernel_limit() == 4
    )


def test_there_is_room_for_fewer_where_every_kernel_is_started(monkeypatch):
    forked = kernel_limit()
    monkeypatch.setenv("WORKBOOK_FORK", "no")
    assert kernel_limit() < forked / 3 or not Forks.is_possible()
