"""The report: only what was shown, and it says what it cannot say."""

import pytest
from invented_results import COUNTABLE, frozen, report

from widgets import session as rules
from widgets.content import LANGUAGES, words
from widgets.reports.session_report import lines


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_says_what_it_cannot_say(language):
    say = words(language)["report"]
    told = report(language).cannot
    for what in ("names", "dropouts", "comparison", "hidden", "small", "open", "wall"):
        assert say[f"cannot_{what}"] in told


def test_it_says_how_many_were_there_as_far_as_it_may():
    assert "Aanwezig: 12." in report().facts
    assert "Aanwezig: minder dan 5." in report(people=4, ids=()).facts
    assert report().day == "12 mei 2026"


def test_results_stand_in_the_order_of_the_training():
    found = report(ids=("exchange/card", "opening/first_moved"))
    assert [one.id for one in found.results] == ["opening/first_moved", "exchange/card"]
    assert found.shown("exchange/card") is found.results[1]
    assert found.shown("influence/card") is None
    assert found.results[1].file(2) == "exchange-card-2"


def computed(field):
    """The numbers of a change or a mean, which may be told from five on."""
    for found in filter(None, (field.get("change"), field.get("mean"))):
        assert found["n"] >= rules.MINIMUM
        yield from found.values()


@pytest.mark.parametrize("people", [5, 6, 9, 14])
@pytest.mark.parametrize("id", COUNTABLE)
def test_no_number_is_told_that_the_rules_hide(id, people):
    picture = frozen(id, people)
    if picture is None:
        return
    shown = {
        number
        for field in picture["fields"].values()
        for number in [*(field["cells"] or {}).values(), *computed(field)]
        if number is not None
    }
    for *_, number, n in lines(report(people=people, ids=(id,))):
        assert n >= 5
        assert isinstance(number, str) or number in shown
