"""What goes on paper: everything, in order, in words."""

from typing import get_args

import pytest
from printed_workbook import HOSTILE, WORKBOOK, invented, printed

from widgets.content import LANGUAGES
from widgets.exercises.base import Group
from widgets.reports.document import GROUPS, colours, plain, sayings

WISH, CHAIN, SORTING = (
    "opening/learning_wish",
    "difference/chain",
    "difference/sorting",
)


def exercise(document, id):
    titles = {one.title: one for module in document.modules for one in module.exercises}
    return titles[WORKBOOK.exercise(id).title.in_(document.language)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_all_modules_and_exercises_in_order(language):
    document = printed(language)
    modules = list(WORKBOOK.modules.values())
    assert [one.title for one in document.modules] == [
        module.title.in_(language) for module in modules
    ]
    for module, found in zip(modules, document.modules, strict=True):
        prompts = [
            WORKBOOK.exercise(id).prompt.in_(language) for id in module.exercises
        ]
        assert [one.prompt for one in found.exercises] == prompts


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_open_has_room_and_what_is_answered_has_words(language):
    for document, is_filled in (
        (printed(language), False),
        (printed(language, **invented()), True),
    ):
        for module in document.modules:
            for one in module.exercises:
                asked = [line for line in one.lines if line.rows]
                assert asked
                if is_filled:
                    assert any(line.text for line in asked), one.title
                else:
                    assert not any(line.text for line in asked), one.title


def test_a_skipped_exercise_is_one_quiet_line():
    found = exercise(printed(**{WISH: {"skipped": True}}), WISH)
    assert (found.skipped, found.lines) == (True, ())


def test_what_was_written_before_skipping_is_not_lost():
    answer = {"wish": "rustig blijven", "skipped": True}
    found = exercise(printed(**{WISH: answer}), WISH)
    assert found.skipped
    assert [line.text for line in found.lines] == ["rustig blijven"]


def test_answers_to_exercises_that_are_gone_do_not_stop_the_rest():
    assert printed(**{"gone/away": {"x": 1}}) == printed()


@pytest.mark.parametrize("typed", HOSTILE.values(), ids=HOSTILE)
def test_every_text_can_be_carried(typed):
    text = plain(typed)
    assert text.encode("utf-8").decode("utf-8") == text
    assert not {"\x00", "\x1b", "\x85", "\ufffe", "\uffff"} & set(text)
    assert plain(text) == text


def test_the_session_s_name_is_text_like_any_other():
    document = printed()
    assert document.session == "Teamdag mei"
    assert plain(" dag\x00 ") == "dag"


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_and_colours_are_those_of_the_pages(language):
    said = sayings(language)
    assert all(said[key] for key in ("title", "care", "contents", "code_warning"))
    assert said["file"].isascii()
    assert said["file"].replace("-", "").isalpha()
    groups = {"leadership", "personal", "both"}
    assert groups <= set(colours())
    assert {f"{group}-soft" for group in groups} <= set(colours())


def test_every_group_has_its_colours():
    assert set(GROUPS) == set(get_args(Group))
    for name in GROUPS.values():
        assert {name, f"{name}-soft"} <= set(colours())


@pytest.mark.parametrize("skipped", [False, True])
def test_the_cards_that_were_received_come_along(skipped):
    card = {"id": "c1", "saw": "je vroeg door", "effect": "rust", "option": "wacht"}
    answer = {"cards": [card], "choices": {"c1": "keep"}, "skipped": skipped}
    found = exercise(printed(mirror__card=answer), "mirror/card")
    lines = {line.text: line for line in found.lines if line.text}
    assert set(lines) == {"je vroeg door", "rust", "wacht"}
    assert lines["je vroeg door"].heading == "Een kaart die ik kreeg – Bewaren"
