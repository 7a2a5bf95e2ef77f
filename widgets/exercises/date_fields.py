"""Fields whose value is a day or a moment, as ISO text without a time zone."""

import re
from datetime import datetime, timedelta
from random import Random
from typing import ClassVar, Literal

from .fields import AnswerError, BaseField

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
