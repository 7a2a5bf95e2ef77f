"""The day of a session as it stands in its focus."""

import pytest

from widgets import day

BEGIN = {"view": "join", "exercise": None}
NOW = 1_800_000_000


def timer(minutes=5, now=NOW):
    return day.timed(day.opened(BEGIN, "a/one", 4, now), "start", minutes, now)


def test_the_first_exercise_begins_the_day_where_the_plan_has_it():
    first = day.opened(BEGIN, "a/one", 4, NOW)
    assert first["started"] == NOW - 4 * 60
    assert first["step"] == {"exercise": "a/one", "at": NOW}
    second = day.opened(first, "a/two", 9, NOW + 600)
    assert second["started"] == first["started"]
    assert second["step"] == {"exercise": "a/two", "at": NOW + 600}
    third = day.opened(second, "a/one", 4, NOW + 900)
    assert third["times"] == {"a/one": NOW, "a/two": NOW + 600}


def test_opening_the_same_exercise_again_does_not_begin_it_anew():
    first = timer()
    again = day.opened(first, "a/one", 4, NOW + 60)
    assert again["step"]["at"] == NOW
    assert again["timer"] == first["timer"]


@pytest.mark.parametrize("at", [None, "9:00", True, 1.5, NOW - 90_000, NOW + 90_000])
def test_a_day_begins_today(at):
    with pytest.raises(day.WrongDay):
        day.started(BEGIN, at, NOW)


def test_a_trainer_may_say_when_the_day_began():
    assert day.started(BEGIN, NOW - 3600, NOW)["started"] == NOW - 3600


def test_a_countdown_counts_down_and_stops_at_zero():
    focus = timer()
    told = [day.countdown(focus, NOW + gone) for gone in (0, 30, 301)]
    assert [one["left"] for one in told] == [300, 270, 0]
    assert all(one["running"] and one["total"] == 300 for one in told)


def test_a_pause_keeps_the_rest_and_going_on_uses_it():
    paused = day.timed(timer(), "pause", None, NOW + 100)
    assert day.countdown(paused, NOW + 999) == {
        "left": 200,
        "running": False,
        "total": 300,
    }
    assert day.timed(paused, "pause", None, NOW + 500) == paused
    on = day.timed(paused, "resume", None, NOW + 1000)
    assert day.timed(on, "resume", None, NOW + 1000) == on
    assert day.left(on, NOW + 1010) == 190


@pytest.mark.parametrize("is_paused", [False, True])
def test_a_minute_more_or_less(is_paused):
    focus = timer()
    if is_paused:
        focus = day.timed(focus, "pause", None, NOW)
    more = day.timed(focus, "more", None, NOW)
    assert day.countdown(more, NOW) == {
        "left": 360,
        "running": not is_paused,
        "total": 360,
    }
    short = more
    for _ in range(9):
        short = day.timed(short, "less", None, NOW)
    assert day.left(short, NOW) == 0
    assert day.left(day.timed(short, "more", None, NOW + 5), NOW + 5) == 60


@pytest.mark.parametrize("minutes", [None, 0, -1, 181, "5", 2.5])
def test_a_countdown_has_a_sensible_length(minutes):
    with pytest.raises(day.WrongDay):
        day.timed(BEGIN, "start", minutes, NOW)


def test_stop_takes_it_away_and_nothing_acts_on_no_countdown():
    stopped = day.timed(timer(), "stop", None, NOW)
    assert day.countdown(stopped, NOW) is None
    for act in day.TIMER_ACTS[1:]:
        assert day.timed(stopped, act, None, NOW) == stopped


def test_a_countdown_belongs_to_its_exercise():
    focus = timer()
    assert day.countdown(day.closed(focus, "a/other"), NOW)
    assert day.countdown(day.closed(focus, "a/one"), NOW) is None
    assert day.countdown(day.opened(focus, "a/two", 0, NOW), NOW) is None


def test_showing_something_takes_the_black_screen_away():
    assert day.looking({**BEGIN, "dark": True}, "result", "a/one") == {
        "view": "result",
        "exercise": "a/one",
        "dark": False,
    }


def test_where_the_trainer_is_is_only_told_to_who_may_follow():
    focus = day.opened(BEGIN, "a/one", 0, NOW)
    assert day.for_people(focus, NOW)["at"] is None
    follow = {**focus, "follow": True}
    assert day.for_people(follow, NOW)["at"] == "a/one"
    shown = day.looking(follow, "result", "a/earlier")
    assert day.for_people(shown, NOW)["at"] == "a/earlier"
    assert day.for_people(day.looking(follow, "join", None), NOW)["at"] == "a/one"


def test_people_get_nothing_else_of_the_day():
    assert set(day.for_people(timer(), NOW)) == {"timer", "follow", "at"}


def test_a_told_day_grows_older():
    told = day.for_people(timer(), NOW)
    assert day.aged(told, 12.4)["timer"]["left"] == 288
    assert day.aged(told, 9999)["timer"]["left"] == 0
    paused = day.for_people(day.timed(timer(), "pause", None, NOW), NOW)
    assert day.aged(paused, 60) == paused
    assert day.aged({}, 60) == {}
