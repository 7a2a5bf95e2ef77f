"""The training as it was designed: which exercises, privacy codes, minutes.

These tables are written by hand: a slip in a data file must not move them along.
"""

import pytest

from widgets.content import load
from widgets.simulation import PRESETS

WORKBOOK = load()
REFS = {
    "opening": ["E0.1", "E0.2", "E0.3", "E0.4"],
    "difference": ["E1.1", "E1.2", "E1.3", "E1.4"],
    "influence": ["E2.3", "E2.1", "E2.2", "E2.4", "SC1", "E2.3"],
    "exchange": ["E3.1", "E3.2", "E3.3", "SC2", "SC3"],
    "strengths": ["E4.1", "E4.2", "E4.3", "E4.4"],
    "steering": ["E5.0", "E5.1", "E5.2", "E5.3", "SC4"],
    # The plan is recalled after something else.
    "patterns": ["E6.1", "E6.2", "E6.4", "E6.3", "SC5"],
    "mirror": ["E7.1", "E7.2", "E7.3", "SC6"],
    "plan": ["E8.1", "E8.2", "E8.3", "E8.4", "E8.5"],
    "follow_up": ["M9", "M9", "M9"],
}
# Every other field is A: only for who wrote it. Those of the plan: tests/test_plan.py.
COUNTED = {
    "opening": ["agreement.taking_part", "first_moved.first_moved"],
    "difference": [
        f"sorting.{form}{number:02}" for form in "AB" for number in range(1, 13)
    ],
    "influence": [
        *("card.goal_kind", "card.directive", "card.bases"),
        *("wording.fit", "wording.fit_reason", "rota_gap.choice"),
        *("claim.claim_pre", "claim_again.claim_post"),
    ],
    "exchange": [
        *(f"simulator.pred_{preset}" for preset in PRESETS),
        *("card.give", "card.other_top3", "card.checked", "card.open_promises"),
        *("as_long_as.repair", "promised_day.choice", "may_leave.choice"),
    ],
    "strengths": ["goal.mine", "talents.strengths"],
    "steering": [
        *(
            f"thought_or_feeling.{card}"
            for card in WORKBOOK.exercise("steering/thought_or_feeling").fields
        ),
        "button.strategy",
        "remark.choice",
    ],
    "patterns": ["how_hard.complicated", "how_hard.hard", "all_yourself.choice"],
    "mirror": ["card.given", "options.gain", "hurry.choice"],
}
SHARED = {
    *(f"mirror/card.{part}" for part in ("saw", "effect", "option")),
    "mirror/words.peer",
}
WALL_ONLY = {"difference/chain.chain"}
MAY_GO_ON_THE_WALL = {
    "opening/learning_wish.wish",
    "difference/chain.chain",
    "exchange/as_long_as.as_long_as",
    "plan/looking_back.comment",
}
MINUTES = {
    "teaser": (
        60,
        {
            "opening": 5,
            "difference": 15,
            "influence": 5,
            "exchange": 10,
            "strengths": 12,
            "patterns": 10,
        },
    ),
    "half-day": (
        210,
        {
            "opening": 20,
            "difference": 20,
            "influence": 25,
            "exchange": 25,
            "strengths": 30,
            "steering": 25,
            "patterns": 20,
            "mirror": 15,
            "plan": 15,
        },
    ),
    "full-day": (
        450,
        {
            "opening": 30,
            "difference": 30,
            "influence": 45,
            "exchange": 45,
            "strengths": 50,
            "steering": 45,
            "patterns": 40,
            "mirror": 40,
            "plan": 35,
        },
    ),
    "self-study": (
        330,
        {
            "opening": 20,
            "difference": 22,
            "influence": 37,
            "exchange": 44,
            "strengths": 38,
            "steering": 45,
            "patterns": 40,
            "mirror": 24,
            "plan": 33,
            "follow_up": 20,
        },
    ),
}
MINUTES["follow-up"] = (20, {"follow_up": 20})
MINUTES["two-half-days"] = (390, MINUTES["full-day"][1])
FOR_HOME = {
    "difference": {"own_words", "chain"},
    "influence": {"limits", "rota_gap"},
    "exchange": {"promised_day", "may_leave"},
    "strengths": {"drive"},
    "steering": {"thought_or_feeling", "remark"},
    "patterns": {"all_yourself"},
    "mirror": {"words", "hurry"},
    "plan": {"closed_book"},
    "follow_up": {"what_happened", "where_now", "next_plan"},
}


def test_the_exercises_of_the_modules_in_order():
    found = {
        slug: [WORKBOOK.exercise(id).ref for id in module.exercises]
        for slug, module in WORKBOOK.modules.items()
    }
    assert (found, list(found)) == (REFS, list(REFS))
    assert list(WORKBOOK.exercises) == [
        id for module in WORKBOOK.modules.values() for id in module.exercises
    ]


def test_every_field_has_the_privacy_code_that_it_needs():
    codes = {
        f"{id}.{key}": field.privacy
        for id, exercise in WORKBOOK.exercises.items()
        for key, field in exercise.fields.items()
        if field.privacy != "A" and id.split("/")[0] in COUNTED
    }
    counted = {f"{slug}/{name}" for slug, names in COUNTED.items() for name in names}
    others = dict.fromkeys(WALL_ONLY, "W") | dict.fromkeys(SHARED, "S")
    assert codes == dict.fromkeys(counted, "C") | others


def test_few_texts_may_go_on_the_wall():
    on_the_wall = {
        f"{id}.{key}"
        for id, exercise in WORKBOOK.exercises.items()
        for key, field in exercise.fields.items()
        if field.wall
    }
    assert on_the_wall == MAY_GO_ON_THE_WALL


def test_there_are_minutes_for_every_variant():
    assert set(WORKBOOK.variants) == set(MINUTES)


@pytest.mark.parametrize("variant", MINUTES)
def test_the_minutes_of_a_variant_add_up(variant):
    minutes, modules = MINUTES[variant]
    times = WORKBOOK.variants[variant]
    assert times.minutes == minutes
    assert {slug: one.total for slug, one in times.modules.items()} == modules
    rest = sum(module.debrief for module in times.modules.values())
    assert sum(times.exercises.values()) + rest == sum(modules.values()) <= minutes


@pytest.mark.parametrize("variant", ["half-day", "full-day", "two-half-days"])
def test_with_its_breaks_a_training_takes_all_its_minutes(variant):
    minutes, modules = MINUTES[variant]
    breaks = WORKBOOK.variants[variant].breaks
    assert sum(modules.values()) + sum(breaks.values()) == minutes


def test_what_the_half_day_leaves_for_home():
    left_out = set(WORKBOOK.exercises) - set(WORKBOOK.variants["half-day"].exercises)
    home = {f"{slug}/{name}" for slug, names in FOR_HOME.items() for name in names}
    assert left_out == home
