"""What a group does together, and what that takes."""

import pytest

from widgets.content import load
from widgets.programme import debrief_of, minutes_of, planned, total

WORKBOOK = load()
HALF = WORKBOOK.variants["half-day"]


@pytest.mark.parametrize("slug", WORKBOOK.variants)
def test_without_a_choice_it_is_what_the_variant_has_time_for(slug):
    variant = WORKBOOK.variants[slug]
    found = planned(WORKBOOK, slug)
    assert found == variant.exercises
    assert list(found) == [id for id in WORKBOOK.exercises if id in found]
    modules = sum(times.total for times in variant.modules.values())
    assert total(variant, found) == modules + sum(variant.breaks.values())
    assert total(variant, found) <= variant.minutes


def test_a_choice_keeps_the_order_of_the_workbook_and_the_agreement():
    found = planned(WORKBOOK, "half-day", ["strengths/drive", "difference/sorting"])
    assert list(found) == [WORKBOOK.agreement, "difference/sorting", "strengths/drive"]
    assert total(HALF, found) == 4 + 8 + 6 + 6 + 4 + 15  # with debriefs and the break


def test_what_is_gone_from_the_workbook_is_left_out():
    assert planned(WORKBOOK, "teaser", ["difference/gone"]) == {WORKBOOK.agreement: 2}


def test_what_the_variant_leaves_out_has_the_minutes_of_another():
    assert "strengths/drive" not in HALF.exercises
    full = WORKBOOK.variants["full-day"].exercises
    assert minutes_of(WORKBOOK, HALF, "strengths/drive") == full["strengths/drive"]
    assert all(minutes_of(WORKBOOK, HALF, id) for id in WORKBOOK.exercises)


def test_a_module_without_minutes_has_no_debrief():
    assert debrief_of(HALF, "difference") == 6
    assert debrief_of(HALF, "follow_up") == 0
