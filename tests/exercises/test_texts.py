"""Words and numbers in two languages."""

import pytest
from pydantic import ValidationError

from widgets.exercises.texts import Text, decimals


def test_a_text_is_in_both_languages_and_not_empty():
    text = Text(nl=" ja ", en="yes")
    assert (text.in_("nl"), text.in_("en")) == ("ja", "yes")
    with pytest.raises(ValidationError):
        Text(nl="ja", en=" ")


def test_numbers_are_said_as_people_read_them():
    assert decimals(11 / 3, 1, "nl") == "3,7"
    assert decimals(11 / 3, 1, "en") == "3.7"
    assert decimals(-0.456, 2, "nl") == "−0,46"
    assert decimals(-0.001, 2, "en") == "0.00"
