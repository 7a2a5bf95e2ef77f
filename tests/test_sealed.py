"""What is private is sealed on its whole way to the disk, for every field there is."""

import asyncio
import base64
import uuid

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from room_server import counted_now, keep, served, settled

from widgets import vault
from widgets.content import load
from widgets.exercises.base import (
    LinesField,
    MultiField,
    NumberField,
    SliderField,
    Top3Field,
)
from widgets.exercises.mirror_card import MirrorCard
from widgets.exercises.sort_cards import SortCards
from widgets.sealed import OwnAnswers, counted, from_text, to_text

KEY, OTHER = bytes(range(32)), bytes(32)
BOOK = load()
PRIVATE = [
    f"{name}.{key}"
    for name, exercise in BOOK.exercises.items()
    for key, field in exercise.fields.items()
    if field.privacy != "C"
]

# A place for a card is chosen, not written: there is no mark to look for.
WRITTEN = [
    name
    for name in PRIVATE
    if not isinstance(BOOK.exercise(name.rpartition(".")[0]), SortCards)
]


# The blob


@given(st.dictionaries(st.text(), st.text() | st.integers() | st.booleans()))
def test_what_is_sealed_can_be_opened_again(answer):
    own = OwnAnswers(KEY, "s1")
    text = to_text(own.seal("opening/learning_wish", answer))
    assert text.isascii()
    assert own.open("opening/learning_wish", from_text(text)) == answer


@pytest.mark.parametrize(
    ("key", "session", "exercise"),
    [(OTHER, "s1", "a/b"), (KEY, "s2", "a/b"), (KEY, "s1", "a/c")],
)
def test_a_blob_opens_in_its_own_place_only(key, session, exercise):
    blob = OwnAnswers(KEY, "s1").seal("a/b", {"x": "y"})
    with pytest.raises(vault.WrongKey):
        OwnAnswers(key, session).open(exercise, blob)
    with pytest.raises(vault.WrongKey):
        OwnAnswers(key, session).open_all({exercise: blob})


@pytest.mark.parametrize("text", ["*", "YQ", "é", "YQ==\n"])
def test_a_text_that_is_no_blob_is_refused(text):
    with pytest.raises(ValueError):
        from_text(text)


# What counts


def test_only_what_may_be_counted_is_counted():
    answers = {
        "opening/first_moved": {"first_moved": "self"},
        "opening/learning_wish": {"wish": "geheim"},
        "removed/exercise": {"x": "y"},
        BOOK.agreement: {"counting": "yes"},
    }
    expected = {"opening/first_moved.first_moved": "self"}
    expected[f"{BOOK.agreement}.taking_part"] = "yes"
    assert counted(BOOK, answers) == expected
    skipped = {"opening/first_moved": {"first_moved": "self", "skipped": True}}
    assert counted(BOOK, skipped) == {}


# The way to the disk


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    with served(tmp_path_factory.mktemp("sealed")) as server:
        yield server


def marker():
    return f"geheim-{uuid.uuid4().hex}-secret"


def disguises(secret):
    """The ways in which bytes of a text may stand in a file by oversight."""
    yield secret.encode()
    yield secret.encode("utf-16-le")
    yield secret.encode().hex().encode()
    for shift in range(3):
        encoded = base64.b64encode(b"\0" * shift + secret.encode())
        yield encoded[4:-4]


def filled(exercise, choose):
    """An answer with a mark in every field that is not counted, and the marks."""
    if isinstance(exercise, SortCards):
        dealt = exercise.start()
        placed = {key: value_of(exercise.fields[key], choose) for key in dealt["order"]}
        return dealt | {"placed": placed, "done": True}, []
    answer = {field.key: value_of(field, choose) for field in exercise.to_count}
    marks = {key: marker() for key in exercise.fields if key not in answer}
    # What is counted but not asked follows from the rest.
    answer = {key: value for key, value in answer.items() if key in exercise.asked}
    lines = {
        key: [mark]
        for key, mark in marks.items()
        if isinstance(exercise.fields[key], LinesField)
    }
    return answer | marks | lines, list(marks.values())


def value_of(field, choose):
    """A value that is counted, of whatever kind the field is."""
    if isinstance(field, SliderField | NumberField):
        return choose(range(field.min, field.max + 1))
    chosen = choose(field.option_keys)
    return [chosen] if isinstance(field, MultiField | Top3Field) else chosen


async def story(server, choose, counts_from_start, texts):
    """Answer everything, change the choice, post some texts; gives all marks."""
    room, private, posted = server.room(server.join(counts_from_start)), [], []
    for name, exercise in BOOK.exercises.items():
        answer, marks = filled(exercise, choose)
        private += marks
        assert await keep(room, name, answer) is None
    for choice in (not counts_from_start, True):
        assert await settled(room.choose, choice) is None
    for field_id in texts:
        exercise, field = field_id.rsplit(".", 1)
        posted.append(marker())
        assert await settled(room.post, exercise, field, posted[-1]) is None
    return private, posted


@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(data=st.data())
def test_no_private_field_reaches_the_disk_unsealed(server, data):
    def choose(options):
        return data.draw(st.sampled_from(options))

    texts = data.draw(st.lists(st.sampled_from(BOOK.wall_fields()), unique=True))
    happening = story(server, choose, data.draw(st.booleans()), texts)
    private, posted = asyncio.run(happening)
    assert len(private) == len(WRITTEN)  # all of them were filled in
    disk = server.on_disk()
    for secret in private:
        assert not [one for one in disguises(secret) if one in disk]
    for text in posted:
        assert text.encode() in disk
    countable = BOOK.countable()
    for field_id, values in counted_now(server).items():
        assert set(values) <= set(countable[field_id])


def test_there_are_private_and_counted_fields_to_look_at():
    assert len(PRIVATE) > 10
    assert not set(PRIVATE) & set(BOOK.countable())
    assert set(BOOK.wall_fields()) <= set(PRIVATE)


def test_every_counted_field_gets_counted(server):
    # Two, so that both forms of the cards may come up; all that is counted is C.
    async def twice():
        await story(server, lambda options: options[-1], True, [])

    asyncio.run(twice())
    found = counted_now(server)
    # Of cards each person gets one form; a pair needs both of its answers; a mirror
    # card counts when it is given, not when it is written.
    singles = {
        field_id
        for field_id in BOOK.countable()
        for exercise in [BOOK.exercise(field_id.rsplit(".", 1)[0])]
        if not isinstance(exercise, SortCards | MirrorCard) and exercise.like is None
    }
    assert singles <= set(found) <= set(BOOK.countable())


@pytest.mark.parametrize("field_id", PRIVATE)
def test_the_desk_refuses_to_count_a_private_field(server, field_id):
    exercise, field = field_id.rsplit(".", 1)
    secret = marker()

    async def try_to():
        room = server.room(server.join(True))
        options = {"complete": True, "counted": {field: secret}}
        return await settled(room.keep, exercise, {field: secret}, **options)

    # The agreement is kept as the choice that it is, whatever else comes with it.
    codes = (
        {None, "unknown_option"} if exercise == BOOK.agreement else {"unknown_option"}
    )
    assert asyncio.run(try_to()) in codes
    assert field_id not in counted_now(server)
    assert secret.encode() not in server.on_disk()


def test_rows_do_not_lead_from_one_to_another(server):
    secret = server.join(True)

    async def act():
        room = server.room(secret)
        await keep(room, "opening/first_moved", {"first_moved": "none"})
        await settled(room.post, "opening/learning_wish", "wish", "naar de muur")

    asyncio.run(act())
    who, keys = server.who(secret)
    disk = server.on_disk()
    assert who.participant_id.encode() in disk
    for hidden in (secret, vault.grouped(secret), keys.seal.hex(), keys.count.hex()):
        assert hidden.encode() not in disk
    assert keys.seal not in disk
    assert keys.count not in disk
    tokens = {
        vault.count_token(keys.count, server.row.id, "opening/first_moved.first_moved"),
        vault.wall_token(keys.count, server.row.id, "opening/learning_wish.wish"),
    }
    assert len(tokens) == 2
    assert all(token.encode() in disk for token in tokens)
    assert not [token for token in tokens if who.participant_id in token]
