import pytest

from widgets.exercises.base import AnswerError, DateField, DatetimeField

MOMENT = DatetimeField(key="m", privacy="A")
DAY = DateField(key="d", privacy="A")


def test_a_day_and_a_moment_stay_as_the_browser_writes_them():
    assert MOMENT.check("2028-02-29T23:59") == "2028-02-29T23:59"
    assert DAY.check("2028-02-29") == "2028-02-29"


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        (MOMENT, "2027-02-29T10:00", "no_such_date"),
        (MOMENT, "2027-02-28T24:30", "no_such_date"),
        (MOMENT, "2027-02-28", "no_such_date"),
        (MOMENT, "2027-02-28T10:00:00+02:00", "no_such_date"),
        (MOMENT, "morgen", "no_such_date"),
        (MOMENT, 1, "wrong_type"),
        (DAY, "20270228", "no_such_date"),
        (DAY, "2027-W08-1", "no_such_date"),
        (DAY, "٢٠٢٧-02-28", "no_such_date"),
        (DAY, "0000-01-01", "no_such_date"),
        (DAY, "", "no_such_date"),
        (DAY, None, "wrong_type"),
    ],
)
def test_what_is_no_date_is_refused(field, value, code):
    with pytest.raises(AnswerError) as caught:
        field.check(value)
    assert caught.value.code == code


@pytest.mark.parametrize("kind", [DateField, DatetimeField])
def test_a_day_is_never_counted(kind):
    with pytest.raises(ValueError, match="privacy C counts choices"):
        kind(key="d", privacy="C")


def test_a_day_and_a_moment_read_as_people_write_them():
    assert DAY.in_words("2030-03-07", "nl") == "7 maart 2030"
    assert MOMENT.in_words("2030-03-07T09:05", "nl") == "7 maart 2030, 09.05"
    assert MOMENT.in_words("2030-03-07T09:05", "en") == "7 March 2030, 09:05"
