"""Group results of invented people, frozen by the rules of a session."""

from random import Random

from widgets import session as rules
from widgets.content import load

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
    fields = {
        key: rules.FieldRule(field.option_keys, field.own_situation)
        for key, field in exercise.countable.items()
    }
    return rules.picture(fields, values)


def result(id, language="nl", people=12):
    """The frozen picture with its words."""
    return WORKBOOK.exercise(id).result(frozen(id, people), language)
