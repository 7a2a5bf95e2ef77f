"""Whose kernels there are, how many, and what their environment tells them.

The kernels here are real processes that sleep: nothing of Python's kernel is asked.
"""

import asyncio
import json
import os
from datetime import UTC, datetime, timedelta

import pytest
from room_server import served
from sleeping_kernels import run

from widgets.server.admin import AdminRole
from widgets.server.configuration import Settings, configuration
from widgets.server.forked_kernel import ForkedKernel
from widgets.server.identity import TRAINER
from widgets.server.kernels import OPENING, PER_OWNER, UNREACHED, Kernels
from widgets.server.keys import Keys

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


def test_a_page_that_nobody_holds_goes_before_an_older_one_in_use(server, folder):
    async def story(house):
        mine = [await house.start("anna") for _ in range(PER_OWNER)]
        for kernel_id in mine:
            house.made._started[kernel_id] -= OPENING + 1
        for kernel_id in (mine[0], *mine[2:]):
            house.made.notify_connect(kernel_id)
        newest = await house.start("anna")
        alive = [kernel for kernel in mine if house.made.owner(kernel)]
        assert alive == [mine[0], *mine[2:]]
        assert house.made.owner(newest) == "anna"

    run(server, folder, story)


def test_a_kernel_that_no_page_ever_reached_is_ended(server, folder):
    async def story(house):
        reached, asleep, lost, new = [await house.start("anna") for _ in range(4)]
        for kernel_id in (reached, asleep):
            house.made.notify_connect(kernel_id)
        house.made.notify_disconnect(asleep)  # a phone in a pocket
        for kernel_id in (reached, asleep, lost):
            house.made._started[kernel_id] -= UNREACHED + 1
        house.made.cull_idle_timeout = 5400
        await house.made.cull_kernels()
        assert set(house.made.list_kernel_ids()) == {reached, asleep, new}

    run(server, folder, story)


def test_a_kernel_that_dies_leaves_no_file_behind(server, folder):
    async def story(house):
        mine, other = await house.start("anna"), await house.start("bram")
        house.made.get_kernel(mine)._restarter.restart_limit = 0  # as it is served
        house.process(mine).kill()
        async with asyncio.timeout(60):
            while house.made.owner(mine):  # until it is noticed
                await asyncio.sleep(0.2)
            while list(server.place.glob(f"kernel-{mine}*")):
                await asyncio.sleep(0.2)
        assert list(server.place.glob(f"kernel-{other}*"))

    run(server, folder, story)


def test_trainers_share_a_key_and_have_room_for_several_devices(server, folder):
    async def story(house):
        mine = [await house.start(TRAINER) for _ in range(PER_OWNER + 1)]
        assert all(house.made.owner(kernel) for kernel in mine)

    run(server, folder, story)


def test_tabs_that_open_at_once_are_counted_too(server, folder):
    async def story(house):
        await asyncio.gather(*(house.start("anna") for _ in range(PER_OWNER + 3)))
        owned = [k for k in house.made.list_kernel_ids() if house.made.owner(k)]
        assert len(owned) == len(house.made.list_kernel_ids()) == PER_OWNER

    run(server, folder, story)


def test_only_a_kernel_that_nobody_looks_at_ends_for_being_idle(server, folder):
    """Who is typing has a page, and a page holds its kernel however long it takes."""

    async def story(house):
        made = house.made
        made.cull_idle_timeout = 5400
        ids = [f"kernel-{number}" for number in range(3)]
        for name in ids:
            made._kernels[name] = ForkedKernel(
                name, AdminRole(server.desk), lambda: None
            )
            made._kernel_connections[name] = 0
        made.notify_connect(ids[0])
        for name in ids[:2]:
            long_ago = datetime.now(UTC) - timedelta(hours=2)
            made.get_kernel(name).last_activity = long_ago
        for name in ids:
            await made.cull_kernel_if_idle(name)
        assert made.list_kernel_ids() == [ids[0], ids[2]]

    run(server, folder, story)


def test_a_kernel_that_ends_while_others_are_looked_at_is_no_trouble(
    server, folder, caplog
):
    async def story(house):
        first, second = [await house.start("anna") for _ in range(2)]
        for kernel_id in (first, second):
            house.made._started[kernel_id] -= UNREACHED + 1
        ends = house.made.shutdown_kernel

        async def both_end(kernel_id, now=False, restart=False):
            house.made.shutdown_kernel = ends
            await asyncio.gather(ends(first), ends(second))

        house.made.shutdown_kernel = both_end
        await house.made.cull_kernels()
        assert house.made.list_kernel_ids() == []

    run(server, folder, story)
    assert "idle duration" not in caplog.text


def test_the_server_ends_idle_kernels_so(tmp_path):
    config = configuration(Settings("", 1, "", tmp_path, "", Keys("", b"")))
    made = Kernels(config=config)
    assert (made.cull_idle_timeout, made.cull_connected) == (5400, False)
    assert made.cull_interval > 0


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
