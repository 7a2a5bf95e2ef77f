"""Hostile messages over a real web socket to real kernels, for every exercise there is.

Whatever is sent: no code runs, nothing but an answer changes, nobody else sees it, no
log quotes it, and the next honest answer is saved.
"""

import asyncio
import copy
import json
import random
from pathlib import Path

import pytest
from hostile import ALL, MARK, SHAPES
from page_wire import PageWire, saves_what_is_honest

from widgets.content import load
from widgets.frames import CONTROL_TARGET
from widgets.server.channel import MAX_FRAME
from widgets.server.forks import Forks

pytestmark = pytest.mark.skipif(
    not Forks.is_possible(), reason="this system starts every kernel the ordinary way"
)
WORKBOOK = load()
RAN = "/tmp/workbook-ran"
CODE = [
    f"__import__('os').system('touch {RAN}')",
    f"{{{{ ''.__class__.__mro__[1].__subclasses__() }}}}; touch {RAN}",
    f"$(touch {RAN})",
]
TEXTS = [MARK + text for text in [*ALL.values(), *CODE] if len(text) < MAX_FRAME / 4]
UNKNOWN = "0" * 32
MANY = 200  # messages; many more at once are a flood


def odd(chance, depth=0):
    """Any JSON at all, with numbers that are none and keys that mean something."""
    kind = chance.randrange(9 if depth < 4 else 6)
    if kind < 3:
        return chance.choice(TEXTS)[:2000]
    if kind == 3:
        return chance.choice([10**300, -(2**63), 1e308, 0, -1])
    if kind < 6:
        return copy.deepcopy(chance.choice(SHAPES))
    few = range(chance.randrange(4))
    if kind == 6:
        return [odd(chance, depth + 1) for _ in few]
    keys = [
        "value",
        "seq",
        "basis",
        "typed",
        "__proto__",
        "id",
        "placed",
        "order",
        "skipped",
        MARK,
    ]
    return {chance.choice(keys): odd(chance, depth + 1) for _ in few}


def nested(depth):
    value = {MARK: "x"}
    for _ in range(depth):
        value = {"value": [value]}
    return value


def answers(exercise, chance):
    """Hostile answers: parts of a good one spoiled, and any JSON at all."""
    good = exercise.invent(chance)
    for key in good:
        yield good | {key: chance.choice(TEXTS)}
        yield good | {key: odd(chance)}
        yield good | {MARK + key: odd(chance)}
    yield {MARK: "x" * 200_000}
    yield nested(200)
    for _ in range(6):
        yield odd(chance)


def is_json(value):
    """NaN is none: it closes the line, see below."""
    try:
        return bool(json.dumps(value, allow_nan=False))
    except ValueError:
        return False


def unsafe(state):
    """What of a widget nobody but Python may set, and Python does not change."""
    moving = {"value", "seq", "kept", "problem", "feedback", "status", "exercise"}
    moving |= {"recalled", "wall", "day", "result", "mail", "basis", "versions"}
    return {name: value for name, value in state.items() if name not in moving}


async def everything_at(wire, chance):
    """Every hostile answer to every exercise of a page, `MANY` messages at the most."""
    sent = 0
    for exercise, model in wire.exercises().items():
        for value in answers(WORKBOOK.exercise(exercise), chance):
            if not is_json(value):
                continue
            seq = chance.choice([*[sent + 1] * 6, -1, 2**60, 0.5, MARK, None, True])
            await wire.update(model, value=value, seq=seq)
            sent += 1
            if sent % 20 == 0:
                assert await wire.settle()
            if sent == MANY:
                return
    assert await wire.settle()


@pytest.mark.parametrize("slug", WORKBOOK.modules)
def test_no_answer_that_is_none_breaks_a_page_or_shows_elsewhere(served, slug):
    chance = random.Random(slug)
    evil = served.participant()
    kernel = served.open(evil, f"nl/{slug}")

    async def story():
        other = await PageWire.open(served, served.bram, served.bram_s)
        wire = await PageWire.open(served, evil, kernel)
        before = copy.deepcopy(wire.states)
        await everything_at(wire, chance)
        await wire.ask_states()
        for model, state in before.items():
            assert unsafe(wire.states[model]) == unsafe(state)
        await saves_what_is_honest(wire, chance)
        await other.settle()
        assert MARK.encode() not in other.heard

    asyncio.run(story())
    is_quiet(served, kernel)


def is_quiet(served, kernel):
    """The kernel lives and started nothing; no log quotes anybody."""
    process = served.house.kernel(kernel)
    assert process.children() == []
    assert not Path(RAN).exists()
    assert MARK not in served.house.log


# What is refused


async def refused(served, browser, kernel, *message):
    """Whether the line on which something was said is closed for it."""
    wire = await PageWire.bare(served, browser, kernel)
    await wire.say(*message)
    return await wire.is_closed()


@pytest.mark.parametrize("slug", WORKBOOK.modules)
def test_no_other_trait_of_any_widget_is_set(served, slug):
    chance = random.Random(slug)
    hostile = [MARK, *filter(is_json, SHAPES), *(odd(chance) for _ in range(20))]
    evil = served.participant()
    kernel = served.open(evil, f"nl/{slug}")

    async def story():
        wire = await PageWire.open(served, evil, kernel)
        before = copy.deepcopy(wire.states)
        kinds = {frozenset(state): model for model, state in before.items()}
        for model in kinds.values():  # a frame, a frame with cards, a layout
            wrong = before[model].keys() - {"value", "seq", "basis"}
            for name in [*wrong, "__class__", "comm", "observe", MARK, "valu\u00e9"]:
                value = chance.choice(hostile)
                data = {"method": "update", "state": {name: value}}
                message = ("comm_msg", {"comm_id": model, "data": data})
                assert await refused(served, evil, kernel, *message), name
        await wire.ask_states()
        assert wire.states == before
        assert MARK.encode() not in wire.heard
        await saves_what_is_honest(wire, random.Random(1))

    asyncio.run(story())
    is_quiet(served, kernel)


def strange(model):
    """Messages that no page sends: kind, content, metadata and buffers."""
    update = {"method": "update", "state": {"value": {}}}
    for paths in ([["value"]], [["_view_module"]], [[]], [MARK], MARK, {"a": 1}, 7):
        data = update | {"buffer_paths": paths}
        yield "comm_msg", {"comm_id": model, "data": data}, {}, b"x" * 1000
    for target in ("jupyter.widget", "jupyter.widget.version", MARK, None, [MARK]):
        yield "comm_open", {"comm_id": MARK, "target_name": target, "data": {}}
    for kind in ("execute_request", "shutdown_request", "debug_request", MARK):
        yield kind, {"code": CODE[0]}
    for id in (MARK, "", None, [MARK], {MARK: 1}, 7, "x" * 100_000):
        for kind in ("comm_open", "comm_msg", "comm_close"):
            rest = {"target_name": CONTROL_TARGET, "data": {"method": "request_state"}}
            yield kind, {"comm_id": id, **rest}
    wrong = [None, [], MARK, {"method": MARK}, {"method": "update"}]
    wrong += [{"method": "update", "state": MARK}, {"method": "custom"}]
    wrong += [{"method": "update", "state": {"value": {"x": float("nan")}}}]
    for data in wrong:
        yield "comm_msg", {"comm_id": model, "data": data}


def unheard(model):
    """Messages that may pass, and to which nothing happens."""
    for kind in ("comm_msg", "comm_close"):
        yield kind, {"comm_id": UNKNOWN, "data": {"method": "request_state"}}
    # In the place of a widget, as another version, and with strange metadata:
    target = {"target_name": CONTROL_TARGET, "data": {}}
    yield "comm_open", {"comm_id": model, **target}, {"version": "1.0.0"}
    for version in ("2", MARK, None, [MARK], 7):
        yield "comm_open", {"comm_id": UNKNOWN, **target}, {"version": version}
    yield "comm_open", {"comm_id": UNKNOWN, **target}, {"version": "1.0.0", MARK: 1}
    empty = {"method": "update", "state": {}}
    for data in (
        empty,
        {"method": "custom", "content": {}},
        {"method": "request_state"},
    ):
        yield "comm_msg", {"comm_id": UNKNOWN, "data": data}
        yield "comm_msg", {"comm_id": model, "data": data}
    acts = ["ping", "post", "withdraw", "choose", "invite", "uninvite", "find", "give"]
    for do in [*acts, MARK, None, [MARK]]:
        for rest in (MARK, None, [MARK], {MARK: 1}):
            said = {"do": do} | dict.fromkeys(("field", "code", "counting"), rest)
            data = {"method": "custom", "content": said}
            yield "comm_msg", {"comm_id": model, "data": data}
    yield "comm_msg", {"comm_id": model, "data": empty}, {MARK: 1}, b"x" * 99_999


def test_strange_messages_close_their_own_line_and_change_nothing(served):
    evil = served.participant()
    kernel = served.open(evil)

    async def story():
        wire = await PageWire.open(served, evil, kernel)
        before = copy.deepcopy(wire.states)
        for message in strange(next(iter(before))):
            assert await refused(served, evil, kernel, *message), message
        await wire.ask_states()
        assert wire.states == before
        await saves_what_is_honest(wire, random.Random(2))

    asyncio.run(story())
    is_quiet(served, kernel)


@pytest.mark.parametrize("exercise", ["opening/learning_wish", "mirror/words"])
def test_messages_about_nothing_are_not_heard_and_nowhere_quoted(served, exercise):
    evil = served.participant()
    kernel = served.open(evil, f"nl/{exercise.partition('/')[0]}")

    async def story():
        wire = await PageWire.open(served, evil, kernel)
        model = wire.exercises()[exercise]
        before = copy.deepcopy(wire.states)
        for message in unheard(model):
            await wire.say(*message)
        assert await wire.settle()
        await wire.ask_states()
        assert wire.states.keys() == before.keys()
        for id, state in before.items():
            assert unsafe(wire.states[id]) == unsafe(state)
        await saves_what_is_honest(wire, random.Random(3))

    asyncio.run(story())
    is_quiet(served, kernel)


def test_who_closes_the_widgets_of_a_page_closes_their_own_page(served):
    evil = served.participant()

    async def story(kernel, harm):
        wire = await PageWire.open(served, evil, kernel)
        if harm:
            for model in wire.states:
                await wire.say("comm_close", {"comm_id": model, "data": {}})
            assert await wire.settle()
        else:
            await saves_what_is_honest(wire, random.Random(4))

    asyncio.run(story(served.open(evil), True))
    asyncio.run(story(served.open(evil), False))
    assert MARK not in served.house.log
