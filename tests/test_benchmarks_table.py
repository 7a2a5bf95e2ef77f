"""What was measured, as it stands in the README."""

from benchmarks import table

FOUND = {
    "storms": [
        {
            "name": "workbook",
            "people": 30,
            "inside": 29,
            "seconds": {"p50": 0.5, "p95": 0.75},
            "cpu_per_join": 0.02,
            "memory_each": 7.0,
            "saved": {},
            "quiet": 0.03,
        }
    ],
    "visits": [
        {"name": "workbook", "kB": 512, "requests": 20, "readable": 1, "saved": 2}
    ],
}


def test_the_tables_take_the_place_of_the_ones_before(tmp_path, monkeypatch):
    readme = tmp_path / "README.md"
    readme.write_text(f"above\n{table.BEGIN}old\n{table.END}\nbelow\n")
    monkeypatch.setattr(table, "README", readme)
    table.write(FOUND)
    table.write(FOUND)
    text = readme.read_text()
    assert text.startswith("above\n") and text.endswith(f"{table.END}\nbelow\n")
    assert "| workbook | 30 | 29 | 0.50 s | 0.75 s | 20 ms | 7.0 MiB | nan ms" in text
    assert text.count("| first visit |") == 1
    assert "old" not in text
