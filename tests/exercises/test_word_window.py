"""Words of one's own and of a partner: what goes where, and what stays unseen."""

import shutil
import tomllib

import pytest

from widgets.content import DATA, load, read
from widgets.exercises.base import AnswerError
from widgets.exercises.word_window import WordWindow

WINDOW = load().exercise("mirror/words")
assert isinstance(WINDOW, WordWindow)
OWN = ["honest", "calm", "quick"]
FIRST = {"id": "c1", "peer": ["helpful", "honest"]}
SECOND = {"id": "c2", "peer": ["helpful", "calm"]}
SEEN = {"own": OWN, "fixed": True}


def panes(answer, language="nl"):
    found = WINDOW.feedback(WINDOW.check(answer), language).get("panes", [])
    return {one["key"]: one["words"] for one in found}


def test_own_words_are_private_and_words_for_a_partner_are_shared():
    codes = {key: field.privacy for key, field in WINDOW.fields.items()}
    assert codes == {"own": "A", "peer": "S"}
    assert WINDOW.to_count == ()
    assert not any(field.wall for field in WINDOW.fields.values())


def test_the_words_are_those_of_the_talents_and_stand_there_only():
    talents = load().exercise("strengths/talents").fields["strengths"]
    assert WINDOW.own.options == WINDOW.peer.options == talents.options
    assert len(talents.options) == 32
    file = (DATA / "modules" / "mirror" / "words.toml").read_text("utf-8")
    assert tomllib.loads(file)["own"]["options"] == "strengths/talents.strengths"


def test_words_fall_apart_in_three_groups_and_the_fourth_stays_empty():
    assert panes(SEEN | {"cards": [FIRST]}) == {
        "both": ["eerlijk"],
        "surprise": ["behulpzaam"],
        "little": ["rustig", "snel"],
        "unknown": [],
    }


def test_of_two_partners_the_words_are_together():
    found = panes(SEEN | {"cards": [FIRST, SECOND]}, "en")
    assert found["both"] == ["honest", "calm"]
    assert found["surprise"] == ["helpful"]
    assert found["little"] == ["quick"]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("nl", "Wat hier staat, weet niemand. Dat is geen tekort."),
        ("en", "What is in here, nobody knows. That is no shortcoming."),
    ],
)
def test_the_empty_pane_says_so_kindly(language, text):
    answer = WINDOW.check(SEEN | {"cards": [FIRST]})
    *_, last = WINDOW.feedback(answer, language)["panes"]
    assert (last["words"], last["empty"]) == ([], text)


def test_words_of_others_are_seen_after_one_s_own_are_chosen():
    waiting = WINDOW.check({"own": OWN, "cards": [FIRST]})
    assert WINDOW.feedback(waiting, "nl") == {}
    public = WINDOW.public("nl", waiting)
    assert (public["cards"], public["has_words"]) == ([], True)
    assert WINDOW.feedback(WINDOW.check(SEEN), "nl") == {}
    assert WINDOW.public("nl", SEEN | {"cards": [FIRST]})["cards"] == [FIRST]


def test_what_was_chosen_stays_chosen():
    answer = WINDOW.check({"own": ["open"], "cards": [FIRST]}, SEEN | {"cards": []})
    assert answer["own"] == OWN
    assert answer["fixed"] is True
    with pytest.raises(AnswerError, match="empty"):
        WINDOW.check({"own": [], "fixed": True})


def test_a_draft_has_a_word_and_is_gone_when_it_was_sent():
    answer = WINDOW.check({**SEEN, "peer": ["open"], "code": "X"})
    assert WINDOW.draft(answer) == {"peer": ["open"]}
    assert WINDOW.when_sent(answer) == SEEN
    with pytest.raises(AnswerError, match="empty"):
        WINDOW.draft(SEEN)


@pytest.mark.parametrize(
    "odd",
    [
        [],
        {},
        {"peer": []},
        {"peer": "open"},
        {"peer": ["lui"]},
        {"peer": ["attentive", "calm", "open", "quick", "honest", "loyal"]},
        {"saw": "je vroeg door", "effect": "rust", "option": "wacht"},
    ],
)
def test_what_is_no_set_of_words_from_the_list_is_refused(odd):
    with pytest.raises(AnswerError):
        WINDOW.read(odd, "c1")


@pytest.mark.parametrize(
    "odd",
    [
        {"fixed": 1},
        {"cards": [FIRST | {"peer": ["lui"]}]},
        {"choices": {"c1": "keep"}},
        {"own": ["attentive", "calm", "open", "quick", "honest", "loyal"]},
    ],
)
def test_odd_answers_are_refused(odd):
    with pytest.raises(AnswerError):
        WINDOW.check(odd)


def test_a_set_that_is_thrown_away_leaves_the_window():
    before = WINDOW.check(SEEN | {"cards": [FIRST, SECOND]})
    answer = WINDOW.check({**SEEN, "choices": {"c1": "away"}}, before)
    assert answer["cards"] == [SECOND]
    assert panes(answer)["both"] == ["rustig"]
    assert WINDOW.with_card(answer, FIRST) == answer


def test_it_is_complete_when_one_s_own_words_are_chosen():
    assert not WINDOW.is_complete({"own": OWN})
    assert WINDOW.is_complete(SEEN)
    assert not WINDOW.is_complete(SEEN | {"skipped": True})


def test_a_file_of_one_s_own_brings_the_window_along():
    answer = SEEN | {"cards": [FIRST], "choices": {"c2": "away"}}
    assert WINDOW.check(answer) == answer


def test_on_paper_there_are_words_to_choose_from_and_later_the_window():
    empty = WINDOW.on_paper({}, "nl")
    assert [len(line.options) for line in empty] == [32, 32]
    lines = WINDOW.on_paper(SEEN | {"cards": [FIRST]}, "nl")
    told = {line.label: line.text for line in lines}
    assert told["Zien we allebei"] == "eerlijk"
    assert told["Verrassing"] == "behulpzaam"
    assert told["Laat ik weinig zien"] == "rustig, snel"
    assert told["Dit weet niemand"].startswith("Wat hier staat")


def test_options_that_are_nowhere_are_a_problem(tmp_path):
    shutil.copytree(DATA, tmp_path / "data")
    file = tmp_path / "data" / "modules" / "mirror" / "words.toml"
    text = file.read_text("utf-8").replace("talents.strengths", "talents.weak", 1)
    file.write_text(text, "utf-8")
    _, problems = read(tmp_path / "data")
    assert any("strengths/talents.weak" in str(problem) for problem in problems)
