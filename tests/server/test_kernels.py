"""Whose kernels there are, how many, and what their environment tells them.

The kernels here are real processes that sleep: nothing of Python's kernel is asked.
"""

import asyncio
import contextlib
import json
import os
import sys

import psutil
import pytest
from jupyter_client.kernelspec import KernelSpecManager
from room_server import served
from tornado.web import HTTPError

from widgets.server.admin import AdminRole
from widgets.server.forks import Forks
from widgets.server.kernels import (
    PER_OWNER,
    Guest,
    Kernels,
    TooManyKernels,
    current_guest,
    kernel_limit,
)

# What stands in a server's environment, and may not reach a kernel.
HOUSE_KEYS = {
    "DATABASE_URL": "postgresql://user:sesame-database@db/workbook",
    "PGPASSWORD": "sesame-password",
    "WORKBOOK_TRAINER_KEY": "sesame-trainer",
    "WORKBOOK_DATABASE": "sqlite:////data/sesame.db",
    "COOKIE_SECRET": "sesame-cookie",
    "JUPYTER_TOKEN": "sesame-token",
    "AWS_SECRET_ACCESS_KEY": "sesame-aws",
    "SSH_AUTH_SOCK": "/sesame/agent",
}


@pytest.fixture
def server(tmp_path):
    with served(tmp_path) as server:
        yield server


@pytest.fixture
def folder(tmp_path):
    spec = {
        "argv": [sys.executable, "-S", "-c", "import time; time.sleep(60)"],
        "display_name": "asleep",
        "language": "python",
    }
    place = tmp_path / "kernels" / "python3"
    place.mkdir(parents=True)
    (place / "kernel.json").write_text(json.dumps(spec))
    return place.parent


@contextlib.asynccontextmanager
async def kernels(server, folder):
    specs = KernelSpecManager(kernel_dirs=[str(folder)], ensure_native_kernel=False)
    made = Kernels(kernel_spec_manager=specs, connection_dir=str(server.place))
    made.lines = server.lines
    try:
        yield made
    finally:
        for kernel_id in made.list_kernel_ids():
            with contextlib.suppress(HTTPError):  # one that never came up
                await made.shutdown_kernel(kernel_id, now=True)


class House:
    """A server's kernels, and a way to start one as a request would."""

    def __init__(self, made, server):
        self.made, self.server = made, server

    async def start(self, owner="anna", **options):
        async def request():
            role = AdminRole(self.server.desk)
            current_guest.set(Guest(owner, role))
            return await self.made.start_kernel(kernel_name="python3", **options)

        return await asyncio.create_task(request())

    def process(self, kernel_id):
        return psutil.Process(self.made.get_kernel(kernel_id).provisioner.pid)

    async def end(self, kernel_id):
        await self.made.shutdown_kernel(kernel_id, now=True)


def run(server, folder, story):
    async def whole():
        async with kernels(server, folder) as made:
            return await story(House(made, server))

    return asyncio.run(whole())


def test_a_kernel_knows_the_door_and_none_of_the_keys(server, folder):
    given = {**os.environ, **HOUSE_KEYS, "VOILA_BASE_URL": "/", "LANG": "nl_NL.UTF-8"}

    async def story(house):
        return house.process(await house.start(env=given)).environ()

    found = run(server, folder, story)
    assert "sesame" not in json.dumps(found)
    assert not set(HOUSE_KEYS) & set(found)
    assert found["WORKBOOK_ROOM"] == server.lines.address
    assert len(found["WORKBOOK_CAPABILITY"]) > 30
    assert (found["VOILA_BASE_URL"], found["LANG"]) == ("/", "nl_NL.UTF-8")
    assert found["PATH"] == os.environ["PATH"]


def test_the_keys_do_not_come_in_without_an_environment_either(
    server, folder, monkeypatch
):
    for name, value in HOUSE_KEYS.items():
        monkeypatch.setenv(name, value)

    async def story(house):
        return house.process(await house.start()).environ()

    found = run(server, folder, story)
    assert "sesame" not in json.dumps(found)
    assert "WORKBOOK_CAPABILITY" in found


def test_every_kernel_has_one_owner_and_a_capability_of_its_own(server, folder):
    async def story(house):
        one, two = await house.start("anna"), await house.start("bram")
        assert (house.made.owner(one), house.made.owner(two)) == ("anna", "bram")
        assert house.made.owner("another") is None
        keys = [
            house.process(kernel).environ()["WORKBOOK_CAPABILITY"]
            for kernel in (one, two)
        ]
        assert len(set(keys)) == 2
        await house.end(one)
        assert house.made.owner(one) is None
        known = server.lines._roles
        assert (keys[0] in known, keys[1] in known) == (False, True)

    run(server, folder, story)


def test_without_a_guest_no_kernel_is_started(server, folder):
    async def story(house):
        with pytest.raises(LookupError):
            await asyncio.create_task(house.made.start_kernel(kernel_name="python3"))
        assert house.made.list_kernels() == []

    run(server, folder, story)
    assert server.lines._roles == {}


def test_a_kernel_that_cannot_start_leaves_no_capability(server, folder):
    spec = folder / "python3" / "kernel.json"
    missing = json.loads(spec.read_text()) | {"argv": ["/no/such/program"]}
    spec.write_text(json.dumps(missing))

    async def story(house):
        with pytest.raises(FileNotFoundError):
            await house.start()
        assert house.made.list_kernels() == []

    run(server, folder, story)
    assert server.lines._roles == {}


def test_the_newest_tab_wins(server, folder):
    async def story(house):
        other = await house.start("bram")
        mine = [await house.start("anna") for _ in range(PER_OWNER + 2)]
        alive = [kernel for kernel in mine if house.made.owner(kernel)]
        assert alive == mine[-PER_OWNER:]
        assert house.made.owner(other) == "bram"
        assert len(house.made.list_kernels()) == PER_OWNER + 1

    run(server, folder, story)


def test_tabs_that_open_at_once_are_counted_too(server, folder):
    async def story(house):
        await asyncio.gather(*(house.start("anna") for _ in range(PER_OWNER + 3)))
        owned = [k for k in house.made.list_kernel_ids() if house.made.owner(k)]
        assert len(owned) == len(house.made.list_kernel_ids()) == PER_OWNER

    run(server, folder, story)


def test_a_full_machine_makes_room_or_says_so(server, folder):
    async def story(house):
        house.made.limit = 3
        kernels = [await house.start(f"person {n}") for n in range(3)]
        for kernel in kernels[1:]:
            house.made.notify_connect(kernel)
        newest = await house.start("late")
        assert house.made.owner(kernels[0]) is None  # nobody looked at it
        house.made.notify_connect(newest)
        with pytest.raises(TooManyKernels):
            await house.start("later")
        assert len(house.made.list_kernels()) == 3
        house.made.notify_disconnect(kernels[1])
        assert house.made.owner(await house.start("later")) == "later"
        assert house.made.owner(kernels[1]) is None

    run(server, folder, story)
    assert server.lines._roles == {}


def test_the_limit_holds_when_many_come_at_once(server, folder):
    async def story(house):
        house.made.limit = 3
        starts = (house.start(f"person {n}") for n in range(6))
        await asyncio.gather(*starts, return_exceptions=True)
        assert len(house.made.list_kernels()) <= 3

    run(server, folder, story)


def test_whoever_is_forgotten_loses_every_kernel(server, folder):
    async def story(house):
        mine = [await house.start("anna") for _ in range(2)]
        other = await house.start("bram")
        processes = [house.process(kernel) for kernel in mine]
        house.made.get_kernel(mine[0]).shutdown_wait_time = 0.1
        house.made.get_kernel(mine[1]).shutdown_wait_time = 0.1
        await house.made.shutdown_of("anna")
        assert house.made.list_kernel_ids() == [other]
        assert not [one for one in processes if one.is_running()]

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
