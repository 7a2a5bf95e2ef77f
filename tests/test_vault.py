"""Private answers: whoever lacks the secret reads nothing and changes nothing."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from widgets.vault import (
    ALPHABET,
    STEP,
    BadBlob,
    BadSecret,
    WrongKey,
    count_token,
    derive,
    grouped,
    new_secret,
    normalise_secret,
    open_from,
    open_sealed,
    public_key,
    seal,
    seal_to,
    shown_secret,
    wall_token,
)

KEY = bytes(range(32))
PLACE = {"session": "s1", "field": "opening/learning_wish"}

any_text = st.text(st.characters(), max_size=600)
any_value = st.recursive(
    st.none() | st.booleans() | st.integers() | any_text,
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(any_text, inner, max_size=4)
    ),
    max_leaves=8,
)
secret_text = st.text(ALPHABET, min_size=20, max_size=20)


@given(any_value, st.binary(min_size=32, max_size=32), any_text, any_text)
def test_what_was_sealed_is_opened_as_it_was(value, key, session, field):
    blob = seal(key, value, session=session, field=field)
    assert open_sealed(key, blob, session=session, field=field) == value


def test_half_an_emoji_survives():
    blob = seal(KEY, "\ud83d and \ude00", **PLACE)
    assert open_sealed(KEY, blob, **PLACE) == "\ud83d and \ude00"


@given(st.binary(min_size=32, max_size=32).filter(lambda key: key != KEY))
def test_a_wrong_key_is_refused(key):
    with pytest.raises(WrongKey, match="key does not fit"):
        open_sealed(key, seal(KEY, "x", **PLACE), **PLACE)


def test_every_flipped_bit_is_refused():
    blob = seal(KEY, {"text": "I want to listen better"}, **PLACE)
    for at in range(len(blob)):
        for bit in range(8):
            changed = bytearray(blob)
            changed[at] ^= 1 << bit
            with pytest.raises(BadBlob if at == 0 else WrongKey):
                open_sealed(KEY, bytes(changed), **PLACE)


def test_every_shortened_blob_is_refused():
    blob = seal(KEY, "x", **PLACE)
    for length in range(len(blob)):
        with pytest.raises((BadBlob, WrongKey)):
            open_sealed(KEY, blob[:length], **PLACE)


@given(any_text, any_text, any_text, any_text)
def test_another_field_or_session_is_refused(session, field, session2, field2):
    blob = seal(KEY, "x", session=session, field=field)
    if (session, field) == (session2, field2):
        assert open_sealed(KEY, blob, session=session2, field=field2) == "x"
    else:
        with pytest.raises(WrongKey):
            open_sealed(KEY, blob, session=session2, field=field2)


def test_session_and_field_do_not_run_into_each_other():
    blob = seal(KEY, "x", session="ab", field="c")
    with pytest.raises(WrongKey):
        open_sealed(KEY, blob, session="a", field="bc")


@given(st.text("abc ", max_size=1000))
def test_padding_hides_the_length(text):
    blob = seal(KEY, text, **PLACE)
    steps = (4 + len(json.dumps(text)) + STEP - 1) // STEP
    assert len(blob) == 1 + 12 + steps * STEP + 16


def test_the_same_answer_is_never_sealed_the_same():
    assert len({seal(KEY, "yes", **PLACE) for _ in range(50)}) == 50


@given(st.text("abcdefghij ", min_size=8, max_size=200))
def test_no_text_shows_through(text):
    assert text.encode() not in seal(KEY, text, **PLACE)


def test_what_is_not_json_is_refused():
    with pytest.raises(ValueError):
        seal(KEY, float("nan"), **PLACE)


@given(secret_text)
def test_a_secret_is_forgiven_how_it_is_typed(secret):
    typed = shown_secret(secret).lower().replace("0", "o").replace("1", "l")
    assert normalise_secret(f" {typed} \n") == secret
    assert normalise_secret(typed.replace("l", "I").replace("-", "\u2013")) == secret
    assert derive(typed) == derive(secret)


@pytest.mark.parametrize(
    "text", ["", "A" * 19, "A" * 21, "U" * 20, "\u00c9" * 20, "A" * 100_000, "٣" * 20]
)
def test_what_is_no_secret_is_refused(text):
    with pytest.raises(BadSecret, match="20 letters and digits"):
        normalise_secret(text)


def test_secrets_differ_and_use_the_whole_alphabet():
    made = [new_secret() for _ in range(500)]
    assert len(set(made)) == 500
    assert set("".join(made)) == set(ALPHABET)
    assert all(normalise_secret(one) == one for one in made)


def test_keys_are_derived_as_they_always_were():
    keys = derive("0123456789ABCDEFGHJK")
    assert keys.participant_id == GOLDEN["participant_id"]
    assert keys.seal.hex() == GOLDEN["seal"]
    assert keys.count.hex() == GOLDEN["count"]
    assert count_token(keys.count, "s", "a/b.c") == GOLDEN["count_token"]
    assert wall_token(keys.count, "s", "a/b.c") == GOLDEN["wall_token"]


def test_keys_do_not_show_in_a_log():
    keys = derive(new_secret())
    assert keys.seal.hex() not in repr(keys)
    assert repr(keys.seal) not in repr(keys)


@given(secret_text, secret_text)
def test_tokens_differ_by_person_session_field_and_purpose(one, other):
    first, second = derive(one).count, derive(other).count
    tokens = [
        make(key, session, field)
        for make in (count_token, wall_token)
        for key in {first, second}
        for session, field in (("s", "a.b"), ("s", "a.c"), ("sa", ".b"), ("t", "a.b"))
    ]
    assert len(set(tokens)) == len(tokens)


def test_groups_of_four():
    assert grouped("ABCDEFGHJK") == "ABCD-EFGH-JK"


# Answers that are stored today must open in every later version.
GOLDEN = {
    "participant_id": "0dcfe4ab425128e6e9ca186d60ab1632",
    "seal": "eb1ee8b470d4832c8eba6e2ae7b15c6b780bea0b69a24bc1a7961b5618a07a32",
    "count": "99334029b54a0e393443e8347ace7ccba8463fff8a15457f028450eb03e0bf62",
    "count_token": "b1efc890ac71079274d5e8747ba7e5a542bc90d668d65720893c2980ee304b6a",
    "wall_token": "6803666deb67f6104f698808513b0de10c29c42d41c88f25902e134b3d116ce6",
}


# What one participant writes to another

CARD = {
    "saw": "Je vroeg door.",
    "effect": "Ik dacht na.",
    "option": "Wacht iets langer.",
}


@given(any_value)
def test_only_the_receiver_opens_what_was_sealed_to_them(value):
    blob = seal_to(public_key(KEY), value, **PLACE)
    assert open_from(KEY, blob, **PLACE) == value
    for stranger in (bytes(32), public_key(KEY)):
        with pytest.raises(WrongKey):
            open_from(stranger, blob, **PLACE)


def test_no_two_sealed_cards_are_alike_except_in_length():
    public = public_key(KEY)
    first, again = (seal_to(public, CARD, **PLACE) for _ in range(2))
    other = seal_to(public, {name: "é" * 200 for name in CARD}, **PLACE)
    assert first != again
    assert first[1:33] != again[1:33]
    assert len(first) == len(again) == len(other)
    assert all(text.encode() not in first for text in CARD.values())


@pytest.mark.parametrize("place", [{"session": "s2"}, {"field": "another/place"}])
def test_a_sealed_card_cannot_be_moved(place):
    blob = seal_to(public_key(KEY), CARD, **PLACE)
    with pytest.raises(WrongKey):
        open_from(KEY, blob, **(PLACE | place))


@pytest.mark.parametrize("at", [1, 40, -1])
def test_a_changed_card_does_not_open(at):
    blob = bytearray(seal_to(public_key(KEY), CARD, **PLACE))
    blob[at] ^= 1
    with pytest.raises(WrongKey):
        open_from(KEY, bytes(blob), **PLACE)


def test_what_is_no_card_or_no_key_is_named():
    whole = seal_to(public_key(KEY), CARD, **PLACE)
    answer = seal(KEY, CARD, **PLACE)
    for blob in (b"", answer, whole[:-1], whole[:1] + bytes(32) + whole[33:]):
        with pytest.raises(BadBlob):
            open_from(KEY, blob, **PLACE)
    for public in (b"", bytes(31), bytes(32)):
        with pytest.raises(BadBlob):
            seal_to(public, CARD, **PLACE)


def test_the_public_key_follows_from_the_secret_and_tells_nothing_of_it():
    first, again = (derive("0" * 20).seal for _ in range(2))
    assert public_key(first) == public_key(again) != first
