import asyncio
import json
import time

import pytest
from memory_room import Room
from room_server import keep, served, until

from widgets import content
from widgets.frame import Frame
from widgets.sealed import OwnAnswers
from widgets.versions import Stored, dated, merge

EXERCISES = content.load().exercises
WISH, FORM, CARDS = "opening/learning_wish", "plan/one_page", "difference/sorting"
CHOICE = "opening/first_moved"
PLAN = EXERCISES[FORM]
TEXT, OTHER = [field.key for field in PLAN.fields.values() if field.kind == "text"][:2]
EARLY, LATE = 1000.0, 2000.0  # seconds


def joined(sent, before, stored, *, typed=EARLY, written=LATE, last=None, of=PLAN):
    """What is kept and what gave way; `typed` and `written` say when."""
    basis = {"value": before, "typed": dict.fromkeys(sent, 1000 * typed)}
    kept = Stored(stored, dict.fromkeys(stored, written), last or {})
    return merge(of, sent, basis, kept)


def test_each_field_keeps_what_only_one_device_changed():
    sent, stored = {TEXT: "hier", OTHER: "oud"}, {TEXT: "oud", OTHER: "daar"}
    before = {TEXT: "oud", OTHER: "oud"}
    assert joined(sent, before, stored) == ({TEXT: "hier", OTHER: "daar"}, {})


@pytest.mark.parametrize(
    ("typed", "kept", "gave_way"),
    [(LATE, "hier getypt", "daar getypt"), (EARLY, "daar getypt", "hier getypt")],
)
def test_the_newest_of_two_texts_wins_and_the_other_is_offered(typed, kept, gave_way):
    sent, stored = {TEXT: "hier getypt"}, {TEXT: "daar getypt"}
    found = joined(sent, {}, stored, typed=typed, written=1500.0)
    assert found == ({TEXT: kept}, {TEXT: gave_way})


def test_the_newest_of_two_choices_wins():
    of = EXERCISES[CHOICE]
    (field,) = of.fields
    sent, stored = {field: "self"}, {field: "other"}
    assert joined(sent, {}, stored, of=of) == (stored, {})
    assert joined(sent, {}, stored, typed=3000.0, of=of) == (sent, {})


def test_a_text_that_only_grew_is_not_offered():
    sent, stored = {TEXT: "Ik bel op maandag"}, {TEXT: "Ik bel"}
    assert joined(sent, {}, stored, typed=3000.0) == (sent, {})


def test_what_this_page_saved_itself_is_no_other_version():
    sent, stored = {TEXT: "tweede"}, {TEXT: "eerste"}
    assert joined(sent, {}, stored, last={TEXT: "eerste"}) == (sent, {})
    assert joined({}, {}, stored, last={TEXT: "eerste"}) == ({}, {})


def test_white_space_is_no_difference():
    sent, stored = {TEXT: "klaar", OTHER: "daar  "}, {OTHER: "daar"}
    assert joined(sent, {OTHER: "daar  "}, stored) == ({TEXT: "klaar", **stored}, {})


def test_an_empty_text_never_wins_silently():
    assert joined({}, {TEXT: "oud"}, {TEXT: "nieuw"}, typed=3000.0)[1] == {
        TEXT: "nieuw"
    }


def test_the_cards_of_one_form_never_mix_with_those_of_another():
    of = EXERCISES[CARDS]
    one, two = of.start(), of.start()
    here = {**one, "placed": {one["order"][0]: "L"}}
    there = {**two, "placed": {two["order"][1]: "P"}}
    for typed in (EARLY, 3000.0):
        kept, _ = joined(here, one, there, typed=typed, of=of)
        assert kept in (here, there)


def test_who_does_not_say_what_they_began_with_is_taken_at_their_word():
    assert merge(PLAN, {TEXT: "a"}, {}, Stored({TEXT: "b"}, {}, {})) == (
        {TEXT: "a"},
        {},
    )


@pytest.mark.parametrize(
    "basis",
    [
        {"value": 5},
        {"value": {}, "typed": 5},
        {"value": {TEXT: [{}]}, "typed": {TEXT: "x", OTHER: True}},
        {"value": {"__proto__": {}}, "typed": {TEXT: 10**400}},
    ],
)
def test_no_hostile_basis_breaks_an_answer(basis):
    room = Room()
    room.answers[FORM] = {TEXT: "daar"}
    room.dates[FORM] = {TEXT: LATE}
    frame = Frame.for_(PLAN, room, "nl")
    frame.set_state({"value": {TEXT: "hier"}, "seq": 1, "basis": basis})
    assert frame.kept == 1
    assert frame.problem == {}


def test_a_page_hears_what_was_kept_and_what_gave_way():
    room = Room()
    frame = Frame.for_(PLAN, room, "nl")
    room.answers[FORM] = {TEXT: "daar getypt", OTHER: "ook daar"}
    room.dates[FORM] = {TEXT: LATE, OTHER: LATE}
    basis = {"value": {}, "typed": {TEXT: 1000 * EARLY}}
    frame.set_state({"value": {TEXT: "hier getypt"}, "seq": 1, "basis": basis})
    assert frame.kept == 1
    assert frame.value == room.answers[FORM] == room.kept[-1][0]
    assert frame.value == {TEXT: "daar getypt", OTHER: "ook daar"}
    assert frame.versions == {TEXT: "hier getypt"}
    basis["typed"] = {TEXT: 2000 * LATE}
    frame.set_state({"value": {TEXT: "nieuwer"}, "seq": 2, "basis": basis})
    assert room.answers[FORM] == {TEXT: "nieuwer", OTHER: "ook daar"}


def test_only_what_changed_gets_a_new_date():
    before, after = {"a": 1, "b": 2, "c": 3}, {"a": 1, "b": 9}
    assert dated(after, before, {"a": 5.0}, 7.0) == {"a": 5.0, "b": 7.0, "c": 7.0}


def test_when_a_field_was_written_is_sealed_and_part_of_no_answer():
    own = OwnAnswers(bytes(32), "s")
    blob = own.seal(FORM, {TEXT: "a"}, {TEXT: EARLY})
    assert own.open(FORM, blob) == {TEXT: "a"}
    assert own.open_dated(FORM, blob) == ({TEXT: "a"}, {TEXT: EARLY})
    assert own.open_dated(FORM, own.seal(FORM, {TEXT: "a"})) == ({TEXT: "a"}, {})
    assert b"written" not in blob


def test_another_room_knows_when_a_field_was_written(tmp_path):
    async def story(server):
        secret = server.join()
        one, two = server.room(secret), server.room(secret)
        began = time.time()
        await keep(one, WISH, {"wish": "rustig"})
        await until(lambda: two.written(WISH))
        assert began <= two.written(WISH)["wish"] <= time.time()
        assert two.answer(WISH) == {"wish": "rustig"}
        assert "~" not in json.dumps(two.answer(WISH))

    with served(tmp_path) as server:
        asyncio.run(story(server))
