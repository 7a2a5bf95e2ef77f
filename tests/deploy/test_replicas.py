"""More than one machine, for real: replicas, PostgreSQL and the shipped nginx."""

import asyncio
import subprocess
import time

import httpx
import psycopg
import pytest
import sqlalchemy as sa
from deploy.fleet import DRAIN, Replica, fleet
from deploy.guest import Guest

MOVED, WISH = "opening/first_moved", "opening/learning_wish"
PEOPLE = 12


@pytest.fixture(scope="module")
def running():
    with fleet() as one:
        yield one


@pytest.fixture
def whole(running):
    """Both replicas, also when the test before this one ended them."""
    for one in running.replicas:
        if one.process.poll() is not None:
            one.start(running.url)
    for one in running.replicas:
        one.wait()
    return running


async def room(running, code, exercise):
    """Let people in, one page each, spread over both replicas."""
    guests = [Guest(running.url, exercise) for _ in range(PEOPLE)]
    await asyncio.gather(*(one.come_in(code) for one in guests))
    assert all(one.kernels() > 0 for one in running.replicas)
    return guests


async def leave(guests):
    await asyncio.gather(*(one.leave() for one in guests))


def test_a_room_spread_over_both_sees_one_group_result(whole):
    code = whole.session("full-day")
    whole.workbook("session", "open", code, MOVED)

    async def story():
        guests = await room(whole, code, MOVED)
        values = ["self", "other"] * (PEOPLE // 2)
        answers = zip(guests, values, strict=True)
        await asyncio.gather(*(one.insist({"first_moved": v}) for one, v in answers))
        await asyncio.to_thread(whole.workbook, "session", "show", code, MOVED)
        results = await asyncio.gather(*(one.until("result") for one in guests))
        await leave(guests)
        return results

    results = asyncio.run(story())
    assert str(PEOPLE) in str(results[0])
    assert all(one == results[0] for one in results)


def test_who_was_at_a_replica_that_is_killed_goes_on_at_the_other(whole):
    code = whole.session("self-study")
    first = whole.replicas[0]

    async def story():
        guests = await room(whole, code, WISH)
        texts = [{"wish": f"Wens van {number}"} for number in range(PEOPLE)]
        pairs = list(zip(guests, texts, strict=True))
        await asyncio.gather(*(one.insist(text) for one, text in pairs))
        await asyncio.to_thread(first.kill)
        later = [(one, text | {"wish": text["wish"] + "!"}) for one, text in pairs]
        await asyncio.gather(*(one.insist(text) for one, text in later))
        assert sum(one.times_lost for one in guests) > 0
        assert whole.replicas[1].kernels() >= PEOPLE
        await leave(guests)

    asyncio.run(story())


def test_a_rolling_restart_loses_nothing(whole):
    code = whole.session("self-study")

    async def story():
        guests = await room(whole, code, WISH)
        is_over = asyncio.Event()

        async def write(one, number):
            for turn in range(10_000):
                await one.insist({"wish": f"{number} schrijft {turn}"})
                if is_over.is_set():
                    return
                await asyncio.sleep(0.3)

        writing = [
            asyncio.ensure_future(write(one, number))
            for number, one in enumerate(guests)
        ]
        for one in whole.replicas:
            await asyncio.sleep(2)
            await restart(one, whole.url)
        is_over.set()
        await asyncio.gather(*writing)
        await asyncio.gather(*(one.come_back() for one in guests))
        found = [one.state["value"] for one in guests]
        assert found == [one.acknowledged for one in guests]
        assert all(one.times_told + one.times_lost for one in guests)
        assert sum(one.times_told for one in guests) >= PEOPLE
        await leave(guests)

    asyncio.run(story())


async def restart(replica, url):
    """End a replica kindly, and start it again."""
    began = time.monotonic()
    replica.tell_to_go()
    assert await asyncio.to_thread(replica.process.wait, DRAIN + 10) == 0
    assert time.monotonic() - began < DRAIN + 8
    replica.start(url)
    await asyncio.to_thread(replica.wait)


def test_who_goes_is_not_ready_and_takes_nobody_in(whole):
    first = whole.replicas[0]
    code = whole.session("self-study")

    async def told():
        guest = Guest(f"http://{first.address}", WISH)
        await guest.come_in(code)
        cookies = dict(guest._cookies)
        first.tell_to_go()
        assert await guest.until("day", "moving")
        with httpx.Client(base_url=f"http://{first.address}", cookies=cookies) as asks:
            paths = ("healthz", "nl/opening", "events", "livez", "nl/")
            return [asks.get(path).status_code for path in paths]

    assert asyncio.run(told()) == [503, 503, 503, 200, 200]
    assert first.process.wait(DRAIN + 10) == 0


def test_pages_hear_each_other_again_after_postgresql_cut_them_off(whole):
    code = whole.session("full-day")

    async def story():
        guests = await room(whole, code, MOVED)
        await asyncio.to_thread(cut_everybody_off, whole.database)
        await asyncio.to_thread(whole.workbook, "session", "open", code, MOVED)
        await asyncio.gather(*(one.until("status", "open") for one in guests))
        await asyncio.gather(*(one.insist({"first_moved": "self"}) for one in guests))
        await leave(guests)

    asyncio.run(story())


def cut_everybody_off(database):
    url = sa.make_url(database).set(drivername="postgresql")
    others = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE "
    mine = "datname = current_database() AND pid <> pg_backend_pid()"
    with psycopg.connect(url.render_as_string(hide_password=False)) as db:
        db.execute(others + mine)


def test_a_replica_with_other_keys_is_refused_with_a_clear_line(whole, tmp_path):
    stranger = Replica(tmp_path / "c", whole.database)
    stranger.start("/", "--trainer-key", "another")
    assert stranger.process.wait(60) == 2
    assert "other keys" in stranger.log
    assert "--secrets" in stranger.log
    assert "Traceback" not in stranger.log


def test_a_session_s_addresses_are_those_of_the_proxy_and_cookies_are_secure(whole):
    code = whole.session("self-study")
    with httpx.Client(base_url=whole.url, verify=False) as visitor:
        page = visitor.post(f"join/{code}", data={"language": "nl", "counting": "no"})
        assert page.status_code == 303
        assert page.headers["location"] == "/nl/"
        assert "strict-transport-security" in page.headers
        cookies = page.headers.get_list("set-cookie")
        assert all("Secure" in one for one in cookies)
    assert all(f"{whole.url}/trainer\n" in one.log for one in whole.replicas)


def test_what_a_visitor_says_of_itself_is_not_believed(whole):
    headers = {"X-Forwarded-For": "203.0.113.9", "X-Real-IP": "203.0.113.9"}
    with httpx.Client(base_url=whole.url, verify=False, headers=headers) as guesser:
        tries = [
            guesser.get(f"join/{number:06}", headers={"X-Real-IP": f"192.0.2.{number}"})
            for number in range(125)
        ]
    assert tries[-1].status_code == 429


def test_the_database_s_address_is_in_no_list_of_processes(whole):
    listed = subprocess.run(["ps", "axww"], capture_output=True, text=True, check=True)
    assert whole.database not in listed.stdout
