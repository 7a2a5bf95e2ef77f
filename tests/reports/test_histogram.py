"""Columns, and above them a mean that stands where its number belongs."""

import pytest
from invented_results import result

from widgets.reports.figures import Cell, Row, figures
from widgets.reports.histogram import ABOVE, histogram


def drawn(id):
    found = figures("Titel", result(id), "nl")
    return [one for one in found if one.form == "histogram"]


def layers(chart):
    """Every single mark of a chart, with the data that it draws."""
    whole = chart if isinstance(chart, dict) else chart.to_dict(validate=False)
    given = {"data": whole["data"]} if "data" in whole else {}
    parts = [one for key in ("layer", "hconcat") for one in whole.get(key, ())]
    inner = [mark for part in parts for mark in layers(given | part)]
    return inner or [whole]


def marks(figure, kind, axis="x", field=None):
    """The marks of a kind, those of one field on an axis when it is named."""
    return [
        one
        for one in layers(histogram(figure))
        if one["mark"]["type"] == kind
        and (field is None or one["encoding"][axis].get("field") == field)
    ]


def test_a_mean_and_its_interval_stand_on_the_scale_of_the_numbers():
    (figure,) = drawn("plan/one_page")
    (row,) = figure.rows
    (dot,) = marks(figure, "point")
    (bar,) = marks(figure, "bar", field="low")
    assert dot["encoding"]["x"]["field"] == "mean"
    assert bar["encoding"]["x2"]["field"] == "high"
    for mark in (dot, bar):
        assert mark["data"]["values"] == [row.mean]
        # Eleven columns from 0 to 10, and the middle of each is its number.
        assert mark["encoding"]["x"]["scale"]["domain"] == [-0.5, 10.5]
    # The columns are words, the mean is a number: each has its own scale.
    assert histogram(figure).to_dict(False)["resolve"]["scale"]["x"] == "independent"


def test_the_scale_begins_where_the_columns_do():
    figure = drawn("plan/looking_back")[0]
    (dot,) = marks(figure, "point")
    # Five numbers from 1, and a last column for who does not know.
    assert dot["encoding"]["x"]["scale"]["domain"] == [0.5, 6.5]


def test_the_interval_stands_above_every_column_and_within_the_picture():
    figure = drawn("plan/looking_back")[1]
    highest = max(cell.share or 0 for row in figure.rows for cell in row.cells)
    columns = marks(figure, "bar", "y", "share")
    assert len(columns) == len(figure.rows) == 2
    for dot in marks(figure, "point"):
        assert dot["encoding"]["y"]["datum"] == pytest.approx(highest * ABOVE)
    for column in columns:  # the same height for both, so that they can be compared
        low, high = column["encoding"]["y"]["scale"]["domain"]
        assert low == 0 and high > highest * ABOVE > highest


def test_a_column_is_as_high_as_its_share_and_without_a_mean_there_is_no_dot():
    (figure,) = drawn("patterns/how_hard")
    for row, column in zip(
        figure.rows, marks(figure, "bar", "y", "share"), strict=True
    ):
        shares = [one["share"] for one in column["data"]["values"]]
        assert shares == [cell.share or 0 for cell in row.cells]
    assert not marks(figure, "point")
    titles = [one["title"] for one in histogram(figure).to_dict(False)["hconcat"]]
    assert [row.label for row in figure.rows] == [
        title if isinstance(title, str) else " ".join(title) for title in titles
    ]


def test_words_that_are_too_long_for_a_column_stand_upright():
    (figure,) = drawn("plan/one_page")
    number, upright = marks(figure, "text")
    assert number["transform"] == [{"filter": "isValid(datum.count)"}]
    assert upright["transform"] == [{"filter": "!isValid(datum.count)"}]
    assert (number["mark"].get("angle"), upright["mark"]["angle"]) == (None, 270)
    cells = tuple(Cell(label=n, count=5, share=0.5, shown="5") for n in ("1", "2"))
    short = figure.model_copy(update={"rows": (Row(label="a", n=10, cells=cells),)})
    assert [one["mark"].get("angle") for one in marks(short, "text")] == [None]


def test_a_sentence_takes_the_place_of_the_columns():
    (figure,) = drawn("plan/one_page")
    told = figure.rows[0].model_copy(update={"said": "Bijna iedereen."})
    (mark,) = layers(histogram(figure.model_copy(update={"rows": (told,)})))
    assert mark["mark"]["text"] == ["Bijna iedereen."]
