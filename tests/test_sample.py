"""The sample in data/samples: a report as this version writes it."""

import csv
from pathlib import Path

from invented_results import WORKBOOK, report

from widgets.reports.sheets import COLUMNS

SAMPLE = Path(__file__).parents[1] / "data" / "samples" / "report.csv"


def test_the_sample_has_the_columns_and_the_exercises_of_a_report():
    with SAMPLE.open(encoding="utf-8-sig", newline="") as file:
        head, *rows = csv.reader(file)
    assert head == [report().words[name] for name in COLUMNS]
    titles = {one.title.nl for one in WORKBOOK.exercises.values() if one.countable}
    assert {row[1] for row in rows} <= titles
    assert min(int(row[-1]) for row in rows) >= 5
