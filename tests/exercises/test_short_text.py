import pytest

from widgets.content import load
from widgets.exercises.base import AnswerError

WISH = load().exercise("opening/learning_wish")


def test_white_space_alone_is_no_answer():
    assert not WISH.is_complete(WISH.check({"wish": " \n "}))
    assert WISH.is_complete(WISH.check({"wish": "rustig blijven"}))


def test_a_wish_is_private_until_its_writer_puts_it_on_the_wall():
    answer = {"wish": "  rustig <b>blijven</b> 🙂 "}
    assert WISH.counted(answer) == {}
    assert WISH.wall_text(answer, "wish", "nl") == "rustig <b>blijven</b> 🙂"


def test_a_hundred_kilobytes_are_refused_with_the_limit():
    with pytest.raises(AnswerError) as caught:
        WISH.check({"wish": "x" * 100_000})
    assert (caught.value.code, caught.value.limit) == ("too_long", 140)
