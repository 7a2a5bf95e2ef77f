"""Invitations and the cards that wait, on SQLite and on PostgreSQL alike."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from kept_rows import NOON, filled, row
from postgres import fresh_database

from widgets.schema import InvitationRow
from widgets.store import Store

OPEN = InvitationRow(
    "CDFHJKMN", "p1", "s1", b"k" * 32, NOON + timedelta(hours=1), "mirror/card"
)


@pytest.fixture(params=["sqlite", "postgresql"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    on_disk = request.param == "sqlite"
    url = f"sqlite:///{tmp_path}/workbook.db" if on_disk else fresh_database()
    with filled(url) as made:
        made.add_participant("p2", "s1", b"profile")
        yield made


def test_an_invitation_comes_back_as_it_was(store):
    assert store.invite(OPEN, 3)
    assert store.invitation(OPEN.code) == OPEN
    assert store.invitations("p1") == [OPEN]
    assert (store.invitation("NOPE"), store.invitations("p2")) == (None, [])


def test_there_are_at_most_so_many_at_once(store):
    assert store.invite(OPEN, 2)
    assert store.invite(replace(OPEN, code="second"), 2)
    assert not store.invite(replace(OPEN, code="third"), 2)
    assert store.invite(replace(OPEN, code="theirs", participant_id="p2"), 2)


def test_nobody_who_is_gone_invites(store):
    assert not store.invite(replace(OPEN, participant_id="gone"), 3)


def test_only_who_made_it_takes_an_invitation_back(store):
    store.invite(OPEN, 3)
    assert not store.uninvite("p2", OPEN.code)
    assert store.uninvite("p1", OPEN.code)
    assert not store.uninvite("p1", OPEN.code)


def test_an_invitation_ends_when_its_time_is_over(store):
    store.invite(OPEN, 3)
    store.end_invitations(OPEN.until - timedelta(seconds=1))
    assert store.invitation(OPEN.code)
    store.end_invitations(OPEN.until)
    assert store.invitation(OPEN.code) is None


def test_an_invitation_is_good_for_one_card(store):
    store.invite(OPEN, 3)
    assert store.give_card(OPEN.code, "c1", b"\x00sealed") == "p1"
    assert store.give_card(OPEN.code, "c2", b"another") is None
    assert store.cards("p1") == {"c1": b"\x00sealed"}
    assert store.cards("p2") == {}


def test_only_the_receiver_takes_a_card(store):
    store.invite(OPEN, 3)
    store.give_card(OPEN.code, "c1", b"sealed")
    store.drop_card("p2", "c1")
    assert store.cards("p1") == {"c1": b"sealed"}
    store.drop_card("p1", "c1")
    assert store.cards("p1") == {}


def test_what_is_over_goes_with_the_daily_clearing(store):
    store.invite(OPEN, 3)
    store.expire(OPEN.until)
    assert store.invitations("p1") == []


def with_card_and_invitation(store):
    store.invite(OPEN, 3)
    store.give_card(OPEN.code, "c1", b"sealed")
    store.invite(OPEN, 3)


def test_all_of_it_goes_with_the_participant(store):
    with_card_and_invitation(store)
    store.delete_participant("p1", [])
    assert (store.cards("p1"), store.invitations("p1")) == ({}, [])


def test_all_of_it_goes_with_the_session(store):
    with_card_and_invitation(store)
    store.delete_session("s1")
    assert (store.cards("p1"), store.invitations("p1")) == ({}, [])


def test_a_card_waits_as_long_as_answers_are_kept(store):
    store.add_session(row("s2", "ABC234", keep_answers_until=NOON + timedelta(days=9)))
    store.add_participant("p3", "s2", b"profile")
    theirs = replace(OPEN, participant_id="p3", session_id="s2")
    store.invite(theirs, 3)
    store.give_card(theirs.code, "c1", b"sealed")
    store.invite(theirs, 3)
    store.end_session("s2", NOON)
    store.expire(NOON + timedelta(days=2))
    assert (store.cards("p3"), store.invitations("p3")) == ({"c1": b"sealed"}, [])
    store.expire(NOON + timedelta(days=9))
    assert store.cards("p3") == {}
