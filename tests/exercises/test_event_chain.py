import json
import random

import pytest
from memory_room import Room

from widgets.content import LANGUAGES, load
from widgets.exercises.event_chain import LINKS, EventChain
from widgets.frame import Frame

CHAIN = load().exercise("steering/moment")
assert isinstance(CHAIN, EventChain)
EVENT = {
    "event": "een collega keek op haar telefoon",
    "thought": "het boeit haar niet",
    "feeling": ["tense", "disappointed"],
    "intensity": 60,
    "behaviour": "ik praatte sneller",
    "consequence": "mijn plan bleef liggen",
}
BIG = EVENT | {"intensity": 81}


def test_every_field_is_only_for_the_participant():
    assert {field.privacy for field in CHAIN.fields.values()} == {"A"}
    assert not any(field.wall for field in CHAIN.fields.values())
    assert CHAIN.counted(EVENT) == {}
    assert list(CHAIN.asked) == list(EVENT)


def test_twelve_words_for_feelings_of_which_one_or_two_fit():
    feeling = CHAIN.asked["feeling"]
    assert len(feeling.options) == 12
    assert feeling.max == 2


def test_complete_when_every_link_is_filled_in():
    assert CHAIN.is_complete(CHAIN.check(EVENT))
    for key in EVENT:
        assert not CHAIN.is_complete(EVENT | {key: [] if key == "feeling" else None})


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_gate_opens_at_eighty_and_is_shut_above_it(language):
    assert "gate" not in CHAIN.feedback(EVENT | {"intensity": 80}, language)
    said = CHAIN.feedback({"intensity": 81}, language)
    text = CHAIN.gate.text.in_(language)
    assert said == {"gate": {"field": "intensity", "text": text}}
    assert CHAIN.feedback(BIG, language) == said


def test_the_words_of_the_gate():
    assert CHAIN.gate.text.nl == (
        "Dit klinkt groot. Kies voor vandaag een kleiner voorbeeld. Wil je erover "
        "praten: trainer, vertrouwenspersoon, bedrijfsarts of huisarts."
    )


def test_what_is_too_big_stays_written_and_is_never_done():
    assert CHAIN.check(BIG) == BIG
    assert not CHAIN.is_complete(BIG)
    assert CHAIN.is_complete(BIG | {"intensity": 80})


def test_what_is_too_big_is_not_read_back_in_a_later_exercise():
    assert CHAIN.in_words(EVENT, "thought", "nl") == EVENT["thought"]
    assert CHAIN.in_words(BIG, "thought", "nl") == ""


def test_on_ones_own_paper_every_link_has_its_heading_and_nothing_is_left_out():
    lines = CHAIN.on_paper(BIG, "nl")
    assert EVENT["thought"] in [line.text for line in lines]
    heads = [(line.heading, line.group) for line in lines if line.heading]
    assert heads == [
        ("Gebeurtenis", None),
        ("Gedachte", "thought"),
        ("Gevoel", "feeling"),
        ("Gedrag", "behaviour"),
        ("Gevolg", None),
    ]


def test_the_words_of_the_gate_wait_until_it_is_shut():
    room = Room()
    frame = Frame.for_(CHAIN, room, "nl")
    before = json.dumps(frame.get_state(), default=str, ensure_ascii=False)
    assert CHAIN.gate.text.nl not in before
    frame.set_state({"value": BIG, "seq": 1})
    assert frame.feedback["gate"]["text"] == CHAIN.gate.text.nl


def test_the_room_hears_only_that_it_is_not_complete(monkeypatch):
    room, told = Room(), []
    monkeypatch.setattr(room, "keep", lambda *_, **facts: told.append(facts))
    Frame.for_(CHAIN, room, "nl").set_state({"value": BIG, "seq": 1})
    (facts,) = told
    assert (facts["complete"], facts["counted"]) == (False, {})


def test_the_event_is_what_a_camera_saw():
    frame = Frame.for_(CHAIN, Room(), "nl")
    frame.set_state({"value": {"event": "hij deed het weer expres"}, "seq": 1})
    (lint,) = frame.feedback["lints"]
    assert (lint["field"], lint["text"]) == ("event", "Is dit wat de camera zag?")
    assert frame.kept == 1


@pytest.mark.parametrize("seed", range(40))
def test_an_invented_event_is_small_enough(seed):
    assert CHAIN.is_complete(CHAIN.invent(random.Random(seed)))


def test_the_browser_gets_the_links_in_order():
    links = CHAIN.public("en", {})["links"]
    assert tuple(link["key"] for link in links) == LINKS
    assert [key for link in links for key in link["fields"]] == list(CHAIN.asked)
    assert links[2] == {
        "key": "feeling",
        "title": "Feeling",
        "fields": ["feeling", "intensity"],
    }


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"link": CHAIN.model_dump()["link"][:4]}, "the links are event, thought"),
        ({"gate": CHAIN.gate.model_dump() | {"field": "event"}}, "event is no number"),
        ({"gate": CHAIN.gate.model_dump() | {"field": "size"}}, "size is no number"),
    ],
)
def test_a_chain_that_is_none_is_refused(change, message):
    with pytest.raises(ValueError, match=message):
        EventChain.model_validate(CHAIN.model_dump() | change)
