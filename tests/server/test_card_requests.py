"""What a kernel may say about cards on its line, and what it hears."""

import pytest
from kept_rows import NOON
from room_server import served
from wire import inside

from widgets import vault
from widgets.schema import InvitationRow
from widgets.sealed import from_text, to_text
from widgets.server.card_requests import _place

CARD = {"do": "card", "exercise": "mirror/card"}


@pytest.fixture
def server(tmp_path):
    with served(tmp_path) as server:
        yield server


def asking(server, secret):
    public = vault.public_key(server.who(secret)[1].seal)
    return {**CARD, "act": "invite", "public": to_text(public)}


def test_a_card_goes_over_two_lines(server):
    mine, theirs = server.join(), server.join()
    _, read = inside(
        server, server.capability(mine), asking(server, mine), {"do": "read"}
    )
    (invitation,) = read["ok"]["mail"]["invitations"]
    code = invitation["code"]
    assert len(code) == 9
    assert code[4] == "-"
    assert set("".join(invitation["qr"])) == {"0", "1"}
    find = {**CARD, "act": "find", "code": code}
    give = {**CARD, "act": "give", "code": code, "sealed": to_text(b"sealed")}
    found, given, again = inside(server, server.capability(theirs), find, give, give)
    _, keys = server.who(mine)
    assert from_text(found["ok"]["public"]) == vault.public_key(keys.seal)
    assert set(found["ok"]) == {"public"}
    assert (given["ok"], again["error"]) == ({}, "no_invitation")
    (read,) = inside(server, server.capability(mine), {"do": "read"})
    ((card, sealed),) = read["ok"]["mail"]["cards"].items()
    assert from_text(sealed) == b"sealed"
    taken = {**CARD, "act": "taken", "card": card}
    _, read = inside(server, server.capability(mine), taken, {"do": "read"})
    assert read["ok"]["mail"] == {"invitations": [], "cards": {}}


def test_an_invitation_is_taken_back(server):
    mine = server.join()
    ask, read = asking(server, mine), {"do": "read"}
    _, found = inside(server, server.capability(mine), ask, read)
    (invitation,) = found["ok"]["mail"]["invitations"]
    back = {**CARD, "act": "uninvite", "code": invitation["code"]}
    _, found = inside(server, server.capability(mine), back, read)
    assert found["ok"]["mail"]["invitations"] == []


@pytest.mark.parametrize(
    ("odd", "code"),
    [
        ({"act": "peek"}, "unknown_request"),
        ({"act": "invite", "public": "%%"}, "wrong_message"),
        ({"act": "invite"}, "wrong_message"),
        ({"act": "give", "code": "X"}, "wrong_message"),
        ({"act": "find", "code": "X" * 5000}, "no_invitation"),
        ({}, "unknown_request"),
    ],
)
def test_odd_requests_are_refused(server, odd, code):
    (said,) = inside(server, server.capability(server.join()), CARD | odd)
    assert said["error"] == code


def test_a_code_leads_to_its_own_exercise():
    row = InvitationRow("CDFHJKMN", "p1", "s1", b"", NOON, "mirror/words")
    assert _place(row) == "mirror?words=CDFHJKMN#words"
