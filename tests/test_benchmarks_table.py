"""What was measured, as it stands in the README."""

import json

import pytest
from benchmarks import table
from benchmarks.__main__ import LATEST

FOUND = {
    "storms": [
        {
            "name": "workbook",
            "people": 30,
            "inside": 29,
            "seconds": {"p50": 0.5, "p95": 0.75},
            "cpu_per_join": 0.02,
            "memory_each": 7.0,
            "private_each": 6.5,
            "saved": {},
            "quiet": 0.03,
        }
    ],
    "cold": [
        {
            "name": "workbook",
            "people": 30,
            "inside": 30,
            "files": 12,
            "seconds": {"p50": 1.5, "p95": 1.75},
            "cpu_per_join": 0.03,
        }
    ],
    "visits": [
        {"name": "workbook", "visit": "join", "kB": 20, "requests": 5},
        {
            "name": "workbook",
            "visit": "first visit",
            "kB": 512,
            "requests": 20,
            "readable": 1,
            "saved": 2,
        },
    ],
    "together": [
        {
            "name": "workbook",
            "visit": "again",
            "browsers": 5,
            "readable": 1.5,
            "saved": 2.5,
        }
    ],
    "burst": {
        "answers": 120,
        "bursts": [
            {
                "within": 2.0,
                "commits": 40,
                "saved": {"p50": 0.02, "p95": 0.05, "max": 0.1},
            }
        ],
    },
    "shown": {"p50": 0.4, "max": 0.5},
}
ROWS = [
    "| workbook | 30 | 29 | 0.50 s | 0.75 s | 20 ms | 7.0 MiB | 6.5 MiB | – | 3.0% of",
    "| workbook | 30 | 30 | 12 | 1.50 s | 1.75 s | 30 ms |",
    "| workbook | join | 20 kB | 5 | – | – |",
    "| workbook | first visit | 512 kB | 20 | 1.0 s | 2.0 s |",
    "| workbook | again | 5 | 1.5 s | 2.5 s |",
    "| within 2 s | 120 | 40 | 20 ms | 50 ms | 100 ms |",
    "on the projector: 0.40 s, at most 0.50 s.",
]


def test_the_tables_take_the_place_of_the_ones_before(tmp_path, monkeypatch):
    readme = tmp_path / "README.md"
    readme.write_text(f"above\n{table.BEGIN}of last year\n{table.END}\nbelow\n")
    monkeypatch.setattr(table, "README", readme)
    table.write(FOUND)
    table.write(FOUND)
    text = readme.read_text()
    assert text.startswith("above\n") and text.endswith(f"{table.END}\nbelow\n")
    assert text.count("| one phone |") == 1
    assert "last year" not in text


@pytest.mark.parametrize("row", ROWS, ids=range(len(ROWS)))
def test_every_figure_stands_in_its_column(row):
    assert row in table.drawn(FOUND)


def test_the_readme_says_what_was_measured_last():
    found = json.loads(LATEST.read_text("utf-8"))
    assert f"\n{table.drawn(found)}\n" in table.README.read_text("utf-8")
