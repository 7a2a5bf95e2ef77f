"""Fields whose value is a day or a moment, as ISO text without a time zone."""

import re
from datetime import datetime, timedelta
from random import Random
from typing import Any, ClassVar, Literal

from .fields import AnswerError, BaseField
from .texts import Language

MONTHS: dict[Language, str] = {
    "nl": "januari februari maart april mei juni juli augustus september oktober "
    "november december",
    "en": "January February March April May June July August September October "
    "November December",
}

INVENTED = datetime(2030, 1, 7, 9)


class _Moment(BaseField):
    pattern: ClassVar[str]

    def check(self, value: object) -> str:
        """The day or moment as a browser writes it; raises AnswerError."""
        if not isinstance(value, str):
            raise AnswerError(self.key, "wrong_type")
        # Python reads more ways to write a date than browsers do.
        if not re.fullmatch(self.pattern, value, re.ASCII) or not _exists(value):
            raise AnswerError(self.key, "no_such_date")
        return value

    def in_words(self, value: Any, language: Language) -> str:
        """The day as people write it, with the time where there is one."""
        day, _, time = str(value).partition("T")
        year, month, number = map(int, day.split("-"))
        words = f"{number} {MONTHS[language].split()[month - 1]} {year}"
        clock = time.replace(":", ".") if language == "nl" else time
        return f"{words}, {clock}" if time else words

    def invent(self, chance: Random) -> str:
        """Some day of one month, at nine."""
        moment = INVENTED + timedelta(days=chance.randrange(28))
        return moment.isoformat()[: len("2030-01-07T09:00")]


def _exists(moment: str) -> bool:
    try:
        datetime.fromisoformat(moment)
    except ValueError:
        return False
    return True


class DatetimeField(_Moment):
    """A day and a time, such as "2030-01-07T09:00"."""

    kind: Literal["datetime"] = "datetime"
    pattern: ClassVar[str] = r"\d{4}-\d\d-\d\dT\d\d:\d\d"


class DateField(_Moment):
    """A day, such as "2030-01-07"."""

    kind: Literal["date"] = "date"
    pattern: ClassVar[str] = r"\d{4}-\d\d-\d\d"

    def invent(self, chance: Random) -> str:
        """Some day of one month."""
        return super().invent(chance).partition("T")[0]
