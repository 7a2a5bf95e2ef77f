"""Cards in a participant's kernel: sealed here, opened here, and asked for in time."""

import pytest

from widgets import vault
from widgets.mail import Mail
from widgets.sealed import from_text, to_text
from widgets.served_room import ServedRoom

ID, WORDS = "mirror/card", "mirror/words"
KEY, OTHER = bytes(range(32)), bytes(32)
CARD = {"saw": "je vroeg door", "effect": "rust", "option": "wacht even"}
PLACE = {"session": "s1", "field": ID}


class Line:
    """A server in memory that answers as it was told, and keeps what was asked."""

    closed = False

    def __init__(self, cards=(), **replies):
        self.replies, self.asked = replies, []
        mail = {"invitations": [], "cards": dict(cards)}
        own = {"answers": {}, "status": {}, "wall": {}, "day": {}, "mail": mail}
        self.greeting = {"seal_key": KEY.hex(), "session": "s1", "shared": None} | own

    def listen(self, news):
        self.news = news

    def send(self, message, done):
        self.asked.append(message)
        done(self.replies.get(message.get("act"), {"ok": {}}))


def waiting(value=CARD, key=KEY, field=ID):
    place = {"session": "s1", "field": field}
    return to_text(vault.seal_to(vault.public_key(key), value, **place))


def given(line):
    """Give a card over this line; gives what is said of it."""
    said = []
    Mail(line, OTHER, "s1").give(ID, "CODE", CARD, said.append)
    return said


def test_a_card_leaves_sealed_for_its_receiver_alone():
    public = to_text(vault.public_key(KEY))
    line = Line(find={"ok": {"public": public}})
    assert given(line) == [None]
    find, give = line.asked
    assert (find["act"], give["act"]) == ("find", "give")
    assert vault.open_from(KEY, from_text(give["sealed"]), **PLACE) == CARD
    assert set(give) == {"do", "act", "exercise", "code", "sealed"}


@pytest.mark.parametrize(
    ("reply", "code"),
    [
        ({"error": "too_often"}, "too_often"),
        ({"ok": {"public": "%"}}, "no_invitation"),
        ({"ok": {"public": to_text(bytes(32))}}, "no_invitation"),
    ],
)
def test_nothing_leaves_without_a_key_to_seal_it_to(reply, code):
    line = Line(find=reply)
    assert given(line) == [code]
    assert len(line.asked) == 1


def test_what_waits_is_opened_and_what_is_not_ours_is_none():
    mail = Mail(Line(), KEY, "s1")
    sealed = {"mine": waiting(), "theirs": waiting(key=OTHER), "odd": "%"}
    mail.take({"invitations": [], "cards": sealed})
    assert mail.cards(ID) == {"mine": CARD, "theirs": None, "odd": None}


def test_a_card_of_another_exercise_is_left_to_that_one():
    mail = Mail(Line(), KEY, "s1")
    words = {"peer": ["open"]}
    sealed = {"card": waiting(), "words": waiting(words, field=WORDS)}
    mail.take({"invitations": [], "cards": sealed})
    assert mail.cards(ID) == {"card": CARD}
    assert mail.cards(WORDS) == {"words": words}


def test_a_card_that_was_taken_is_not_taken_again():
    mail = Mail(Line(), KEY, "s1")
    mail.take({"invitations": [], "cards": {"c1": waiting()}})
    mail.taken("c1")
    assert not mail.is_waiting
    full = Mail(Line(taken={"error": "not_saved"}), KEY, "s1")
    full.take({"invitations": [], "cards": {"c1": waiting()}})
    full.taken("c1")
    assert full.is_waiting


def test_a_room_in_which_a_card_waits_asks_for_it_when_it_begins():
    for cards, asked in (({"c1": waiting()}, [{"do": "read"}]), ({}, [])):
        line = Line(cards)
        line.replies[None] = {"error": "no_server"}
        ServedRoom(line).begin()
        assert line.asked == asked
