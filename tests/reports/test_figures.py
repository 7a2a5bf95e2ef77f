"""Figures: which rows share a picture, in which form, and in which words."""

import pytest
from invented_results import COUNTABLE, WORKBOOK, result

from widgets.content import LANGUAGES
from widgets.reports.figures import even, figures, pages


def drawn(id, **about):
    title = WORKBOOK.exercise(id).title.nl
    return figures(title, result(id, **about), "nl")


@pytest.mark.parametrize(("id", "forms"), [
    ("difference/sorting", ["stacked"] * 8),
    ("influence/card", ["bars", "histogram", "bars"]),
    ("patterns/how_hard", ["histogram"]),
    ("exchange/card", ["pairs", "bars", "histogram"]),
    ("strengths/talents", ["cloud"]),
    ("mirror/options", ["histogram"]),
    ("influence/rota_gap", ["bars"]),
])  # fmt: skip
def test_the_kind_of_a_field_gives_the_form(id, forms):
    assert [one.form for one in drawn(id, people=24)] == forms


def test_two_scales_of_the_same_kind_stand_face_to_face():
    (figure,) = drawn("patterns/how_hard", people=24)
    assert [len(row.cells) for row in figure.rows] == [5, 5]
    assert not figure.is_even  # the ends of the two scales are called differently


def test_what_divides_the_room_comes_first():
    shares = [
        max(cell.share for cell in row.cells)
        for figure in drawn("difference/sorting", people=24)
        for row in figure.rows
    ]
    assert shares == sorted(shares)


def test_a_cloud_has_only_words_of_the_list_that_three_people_chose():
    (figure,) = drawn("strengths/talents", people=24)
    field = WORKBOOK.exercise("strengths/talents").asked["strengths"]
    known = {option.label.nl for option in field.options}
    (row,) = figure.rows
    assert {cell.label for cell in row.cells} <= known
    assert 0 < len(row.cells) <= 10
    assert min(cell.count for cell in row.cells) >= 3


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("id", COUNTABLE)
def test_the_words_of_a_figure_say_every_number(id, language):
    for figure in figures("Titel", result(id, language, people=9), language):
        assert figure.alt.startswith("Titel. ")
        for row in figure.rows:
            told = [row.said] if row.said else [cell.shown for cell in row.cells]
            assert all(text in figure.alt for text in told)


def test_where_almost_all_chose_the_same_no_number_is_left():
    row = {
        "key": "a", "label": "Vraag", "n": 9, "form": "histogram",
        "almost_all_same": True, "some_hidden": False,
        "cells": [{"key": "x", "label": "ja", "count": None, "share": None}],
    }  # fmt: skip
    (figure,) = figures("Titel", {"kind": "bars", "rows": [row]}, "nl")
    assert figure.rows[0].said == "Bijna iedereen koos hetzelfde."
    assert "ja" not in figure.alt.split()


def test_pages_are_even_and_nothing_makes_none():
    assert [len(part) for part in even(range(7), 3)] == [2, 2, 3]
    assert even([], 3) == []
    assert pages({}) == []
