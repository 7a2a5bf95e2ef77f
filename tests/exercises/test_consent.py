from widgets.content import load

AGREEMENT = load().exercise("opening/agreement")


def test_nothing_is_chosen_beforehand():
    assert AGREEMENT.start() == {}
    assert not AGREEMENT.is_complete({})


def test_who_counts_adds_one_without_a_name():
    assert AGREEMENT.counted({"counting": "yes"}) == {"taking_part": "yes"}
    assert AGREEMENT.counted({"counting": "no"}) == {}
    assert AGREEMENT.fields["counting"].privacy == "A"


def test_the_agreement_is_always_open_and_says_what_is_kept_where():
    assert AGREEMENT.always_open
    points = AGREEMENT.public("en", {})["points"]
    assert any("sealed" in point and "personal code" in point for point in points)
    assert any("cookie" in point and "lose" in point for point in points)


def test_the_picture_says_how_many_take_part():
    picture = {"n": 8, "fields": {"taking_part": {"n": 8, "cells": {"yes": 8}}}}
    (row,) = AGREEMENT.result(picture, "nl")["rows"]
    assert row["cells"][0]["count"] == 8
