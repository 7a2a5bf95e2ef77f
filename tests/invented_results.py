"""Group results of invented people, frozen by the rules of a session."""

from random import Random

from widgets import session as rules
from widgets.content import load
from widgets.reports.session_report import session_report
from widgets.server.overview import field_rules

WORKBOOK = load()
COUNTABLE = [id for id, one in WORKBOOK.exercises.items() if one.countable]


def frozen(id, people=12, seed=1):
    """The frozen picture of an exercise, None below five answers."""
    exercise = WORKBOOK.exercise(id)
    values = {key: [] for key in exercise.countable}
    for number in range(people):
        chance = Random(f"{seed}/{number}/{id}")
        asked = exercise
        if exercise.like:
            first = WORKBOOK.exercise(exercise.like)
            asked = exercise.again_after(first.check(first.invent(chance), {}))
        answer = asked.check(asked.invent(chance), {})
        for key, value in asked.counted(answer).items():
            values[key].append(value)
    return rules.picture(field_rules(exercise), values, present=people)


def result(id, language="nl", people=12):
    """The frozen picture with its words."""
    return WORKBOOK.exercise(id).result(frozen(id, people), language)


def found(language="nl", people=12, ids=("opening/first_moved", "exchange/card")):
    """What the server finds of a session of which these results were shown."""
    return {
        "language": language,
        "title": "Teamdag mei",
        "code": "CDFHJK",
        "day": "2026-05-12",
        "invented": False,
        "here": str(people) if people >= rules.MINIMUM else "<5",
        "wall": True,
        "results": {id: result(id, language, people) for id in ids},
    }


def report(*about, **more):
    """The report of such a session."""
    return session_report(WORKBOOK, found(*about, **more))
