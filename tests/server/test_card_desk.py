"""Cards at the desk: who asked for one gets it; every way in which it is refused."""

from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa
from room_server import served

from widgets import vault
from widgets.schema import cards
from widgets.server import card_desk
from widgets.server.desk import DeskError

ID = "mirror/card"
CARD = {"saw": "een geheim moment", "effect": "stilte", "option": "wachten"}


@pytest.fixture
def server(tmp_path):
    with served(tmp_path) as server:
        yield server


@pytest.fixture
def receiver(server):
    who, keys = server.who(server.join())
    return Receiver(server, who, keys)


@pytest.fixture
def giver(server):
    return server.who(server.join())[0]


class Receiver:
    """Somebody who asks for cards."""

    def __init__(self, server, who, keys):
        self.server, self.who, self.keys = server, who, keys

    def invite(self):
        """Ask for a card, and give the code that is new."""
        before = {one.code for one in self.mail().invitations}
        public = vault.public_key(self.keys.seal)
        self.server.run(self.server.desk.cards.invite(self.who, ID, public))
        (code,) = {one.code for one in self.mail().invitations} - before
        return code

    def mail(self):
        return self.server.run(self.server.desk.cards.mail(self.who))


def sealed_for(server, public):
    return vault.seal_to(public, CARD, session=server.row.id, field=ID)


def give(server, giver, code):
    public = server.run(server.desk.cards.find(giver, ID, code))
    server.run(server.desk.cards.give(giver, ID, code, sealed_for(server, public)))


def refused(server, coroutine):
    with pytest.raises(DeskError) as caught:
        server.run(coroutine)
    return caught.value.code


def refusals(server, giver, code):
    """Why a code is refused, both when it is looked up and when a card is sent."""
    cards = server.desk.cards
    first = refused(server, cards.find(giver, ID, code))
    assert refused(server, cards.give(giver, ID, code, b"x")) == first
    return first


def test_a_card_reaches_who_asked_for_it_and_only_they_open_it(server, receiver, giver):
    code = receiver.invite()
    typed = f" {code[:4].lower()}-{code[4:].lower()} "
    give(server, giver, typed)
    mail = receiver.mail()
    (blob,) = mail.cards.values()
    place = {"session": server.row.id, "field": ID}
    assert mail.invitations == []
    assert vault.open_from(receiver.keys.seal, blob, **place) == CARD
    assert CARD["saw"].encode() not in server.on_disk()


def test_no_trace_of_the_giver_is_kept_with_a_card(server, receiver, giver):
    give(server, giver, receiver.invite())
    chosen = sa.select(cards)
    (row,) = server.run(server.desk.run(server.store._rows, chosen))
    assert set(row._mapping) == {"id", "participant_id", "sealed"}
    assert giver.participant_id.encode() not in row.sealed
    assert giver.participant_id not in (row.id, row.participant_id)


def test_the_receiver_hears_of_it_and_takes_it(server, receiver, giver):
    rung = []
    topic = ("participant", receiver.who.participant_id)
    server.desk.bell.listen(topic, lambda: rung.append(1))
    code = receiver.invite()
    rung.clear()
    give(server, giver, code)
    assert rung == [1]
    (card,) = receiver.mail().cards
    server.run(server.desk.cards.taken(giver, card))
    assert list(receiver.mail().cards) == [card]
    server.run(server.desk.cards.taken(receiver.who, card))
    assert receiver.mail().cards == {}


def test_a_code_is_good_once(server, receiver, giver):
    code = receiver.invite()
    give(server, giver, code)
    assert refusals(server, giver, code) == "no_invitation"


def test_a_code_that_was_taken_back_is_refused(server, receiver, giver):
    code = receiver.invite()
    server.run(server.desk.cards.uninvite(giver, code))
    assert [one.code for one in receiver.mail().invitations] == [code]
    for _ in range(2):
        server.run(server.desk.cards.uninvite(receiver.who, code))
    assert receiver.mail().invitations == []
    assert refusals(server, giver, code) == "no_invitation"


def test_a_code_lives_an_hour(server, receiver, giver, monkeypatch):
    code = receiver.invite()
    (row,) = receiver.mail().invitations
    left = row.until - datetime.now(UTC)
    assert timedelta(minutes=58) < left <= timedelta(minutes=60)

    class Later(datetime):
        @classmethod
        def now(cls, tz=None):
            return row.until

    monkeypatch.setattr(card_desk, "datetime", Later)
    assert receiver.mail().invitations == []
    assert refusals(server, giver, code) == "no_invitation"


def test_a_code_of_another_session_is_refused(server, receiver):
    other = server.run(server.desk.new_session("Anders", "nl", "self-study"))
    stranger, _ = server.who(server.run(server.desk.join(other.code, "nl", True)))
    assert refusals(server, stranger, receiver.invite()) == "no_invitation"
    assert receiver.mail().cards == {}


def test_nobody_writes_to_oneself(server, receiver):
    code = receiver.invite()
    assert refusals(server, receiver.who, code) == "own_invitation"
    assert len(receiver.mail().invitations) == 1


def test_three_invitations_at_once_and_no_more(server, receiver):
    codes = {receiver.invite() for _ in range(3)}
    public = vault.public_key(receiver.keys.seal)
    again = server.desk.cards.invite(receiver.who, ID, public)
    assert refused(server, again) == "too_many_invitations"
    assert {one.code for one in receiver.mail().invitations} == codes


def test_who_guesses_has_to_wait_also_with_a_right_code(
    server, receiver, giver, monkeypatch
):
    code = receiver.invite()
    for _ in range(card_desk.WRONG_CODES):
        assert (
            refused(server, server.desk.cards.find(giver, ID, "X")) == "no_invitation"
        )
    assert refusals(server, giver, code) == "too_often"
    other, _ = server.who(server.join())
    assert server.run(server.desk.cards.find(other, ID, code))
    monkeypatch.setattr(card_desk, "PAUSE", 0)
    assert server.run(server.desk.cards.find(giver, ID, code))


def test_nothing_goes_on_after_the_training(server, receiver, giver):
    code = receiver.invite()
    server.run(server.desk.end(server.row.code))
    assert refusals(server, giver, code) == "ended"
    public = vault.public_key(receiver.keys.seal)
    assert (
        refused(server, server.desk.cards.invite(receiver.who, ID, public)) == "ended"
    )


def test_who_is_gone_gives_and_gets_nothing(server, receiver, giver):
    secret = server.join()
    gone, _ = server.who(secret)
    server.run(server.desk.forget(secret))
    assert refusals(server, gone, receiver.invite()) == "unknown_participant"


def test_odd_keys_and_endless_cards_are_refused(server, receiver, giver):
    cards = server.desk.cards
    assert refused(server, cards.invite(receiver.who, ID, b"short")) == "wrong_message"
    public = vault.public_key(receiver.keys.seal)
    odd = cards.invite(receiver.who, "mirror/options", public)
    assert refused(server, odd) == "wrong_message"
    long = bytes(card_desk.LONGEST_CARD + 1)
    assert refused(server, cards.give(giver, ID, receiver.invite(), long)) == "too_long"
    assert len(receiver.mail().invitations) == 1


def test_the_longest_card_fits(server, receiver):
    text = "\U0001f331" * 200
    public = vault.public_key(receiver.keys.seal)
    card = dict.fromkeys(CARD, text)
    blob = vault.seal_to(public, card, session=server.row.id, field=ID)
    assert len(blob) < card_desk.LONGEST_CARD


def test_deleting_takes_cards_and_invitations_along_also_the_bytes(server, giver):
    secret = server.join()
    receiver = Receiver(server, *server.who(secret))
    give(server, giver, receiver.invite())
    code = receiver.invite()
    (blob,) = receiver.mail().cards.values()
    part = blob[100:300]  # a database divides what is long over its pages
    assert part in server.on_disk()
    server.run(server.desk.forget(secret))
    assert part not in server.on_disk()
    assert code.encode() not in server.on_disk()


def test_an_invitation_is_for_one_exercise(server, receiver, giver):
    code = receiver.invite()
    cards = server.desk.cards
    found = cards.find(giver, "mirror/words", code)
    assert refused(server, found) == "other_exercise"
    sent = cards.give(giver, "mirror/words", code, b"sealed")
    assert refused(server, sent) == "other_exercise"
    assert [one.code for one in receiver.mail().invitations] == [code]
    public = vault.public_key(receiver.keys.seal)
    for _ in range(card_desk.AT_MOST):
        server.run(cards.invite(receiver.who, "mirror/words", public))
    assert {one.exercise for one in receiver.mail().invitations} == {
        ID,
        "mirror/words",
    }
