"""The run of an exchange: two lines over the rounds, and nothing besides."""

from invented_results import result

from widgets.content import words
from widgets.reports.figures import figures
from widgets.reports.run_chart import SPREAD, run_chart

SAID = words("nl")["exchange"]


def parts(row):
    """The spec, and its zero line, its lines and its names."""
    whole = run_chart(row, SAID).to_dict(validate=False)
    data = whole.get("data")
    zero, lines, *names = whole["layer"]
    return zero, (data or lines["data"])["values"], names, whole


def runs():
    found = figures("Titel", result("exchange/simulator"), "nl")
    return [row for figure in found for row in figure.rows if row.run]


def test_every_round_is_a_point_of_both_lines():
    for row in runs():
        _, values, _, whole = parts(row)
        for side, name in enumerate(("follower", "leader")):
            own = [one for one in values if one["name"] == SAID[name]]
            assert [one["points"] for one in own] == [now[side] for now in row.run]
            assert [one["round"] for one in own] == list(range(1, len(row.run) + 1))
        spec = str(whole)
        assert f"'domain': [1, {len(row.run)}]" in spec
        assert SAID["round"] in spec and SAID["interests"] in spec


def test_colour_is_not_the_only_difference_between_the_two():
    _, values, _, _ = parts(runs()[0])
    looks = {(one["name"], one["colour"], str(one["dash"])) for one in values}
    names, colours, dashes = map(set, zip(*looks, strict=True))
    assert len(looks) == len(names) == len(colours) == len(dashes) == 2


def test_below_zero_is_below_a_line_and_who_left_is_said_above():
    for row in runs():
        zero, _, _, whole = parts(row)
        assert zero["mark"]["type"] == "rule"
        assert zero["encoding"]["y"]["datum"] == 0
        title = next(one["title"] for one in (whole, *whole["layer"]) if "title" in one)
        assert "".join(" ".join(title)) == row.said


def test_a_name_stands_at_the_end_of_its_line_away_from_the_other():
    for row in runs():
        _, _, names, _ = parts(row)
        follower, leader = (one["mark"] for one in names)
        assert (follower["text"], leader["text"]) == (SAID["follower"], SAID["leader"])
        is_upper = row.run[-1][0] >= row.run[-1][1]
        ways = (-SPREAD, SPREAD) if is_upper else (SPREAD, -SPREAD)
        assert (follower["dy"], leader["dy"]) == ways
        for one, points in zip(names, row.run[-1], strict=True):
            (end,) = one["data"]["values"]
            assert (end["round"], end["points"]) == (len(row.run), points)
