"""What the module on influence and power asks back, counts and reads back."""

import pytest

from widgets.content import load

WORKBOOK = load()
CARD, WORDING, LIMITS, FIRST, AGAIN = (
    WORKBOOK.exercise(f"influence/{name}")
    for name in ("card", "wording", "limits", "claim", "claim_again")
)
POSITION, PERSON = ["reward", "coercive", "legitimate"], ["expert", "information"]


@pytest.mark.parametrize(
    ("bases", "question"),
    [
        (POSITION, "Wat blijft er over als je functie wegvalt?"),
        (["coercive"], "Wat blijft er over als je functie wegvalt?"),
        (PERSON, "Wat doe je als het morgen móét?"),
        (["referent"], "Wat doe je als het morgen móét?"),
        (["reward", "expert"], "Welke werkte het langst?"),
    ],
)
def test_the_card_asks_one_question_about_the_bases(bases, question):
    said = CARD.feedback(CARD.check({"bases": bases}), "nl")["notes"]
    assert said == [{"field": "bases", "text": question}]
    assert "notes" not in CARD.feedback({}, "nl")


def test_the_slider_is_counted_in_five_bins_and_the_words_are_not_counted():
    answer = {"goal": "geheim", "other_view": "geheim", "effect_now": 4}
    counted = [CARD.counted(answer | {"directive": place}) for place in (0, 50, 100)]
    bins = [{"directive": f"bin{number}"} for number in (1, 3, 5)]
    assert counted == bins


def test_three_sentences_are_private_and_the_choice_counts():
    said = {"say_directive": "Doe het.", "say_mid": "Kun jij?", "say_subtle": "Hoe?"}
    chosen = {"fit": "mid", "fit_reason": "relation"}
    assert WORDING.counted(WORDING.check(said | chosen)) == chosen
    assert WORDING.recall == LIMITS.recall == ("influence/card.goal",)


def test_what_is_about_ones_own_situation_hides_small_cells():
    counted = (*CARD.to_count, *WORDING.to_count)
    assert len(counted) == 5
    assert all(field.own_situation for field in counted)


@pytest.mark.parametrize("key", ["open", "refuse", "swap"])
def test_a_limit_asks_on_after_a_no_and_gives_no_verdict(key):
    said = LIMITS.feedback(LIMITS.check({key: "no"}), "nl")["notes"]
    assert said == [{"field": key, "text": "Wat zou er van nee ja maken?"}]
    assert "notes" not in LIMITS.feedback(LIMITS.check({key: "yes"}), "nl")


def test_a_claim_is_weighed_twice_on_the_same_five_points():
    assert FIRST.prompt.nl.startswith("‘Zonder macht geen leiderschap.’")
    assert FIRST.field.options == AGAIN.field.options
    assert len(FIRST.field.options) == 5


def test_the_first_choice_is_read_back_only_after_the_second():
    assert AGAIN.recall == ("influence/claim.claim_pre",)
    assert not AGAIN.recalls_now({})
    assert AGAIN.recalls_now({"claim_post": "2"})
