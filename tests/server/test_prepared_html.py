"""A page that was made in advance, and what is filled in per visitor."""

import pytest

from widgets.server.prepared_html import PreparedHtml, new_marks


def test_every_mark_is_filled_in_where_it_stands():
    marks = new_marks("kernel", "who")
    text = f"<a {marks['who']}>{marks['kernel']}</a>{marks['who']}"
    page = PreparedHtml(text, marks)
    assert page.fill(kernel="K", who="anna") == "<a anna>K</a>anna"
    assert page.fill(kernel="L", who="bram") == "<a bram>L</a>bram"


def test_a_value_that_looks_like_a_mark_is_only_text():
    marks = new_marks("kernel", "who")
    page = PreparedHtml(f"{marks['who']}-{marks['kernel']}", marks)
    assert page.fill(kernel="k", who=marks["kernel"]) == f"{marks['kernel']}-k"


def test_a_missing_value_is_an_error():
    marks = new_marks("kernel")
    with pytest.raises(KeyError):
        PreparedHtml(marks["kernel"], marks).fill(who="anna")


def test_nobody_can_guess_a_mark():
    assert new_marks("kernel") != new_marks("kernel")
