"""What belongs to others is not in the workbook; what is free carries its credit."""

import re
from pathlib import Path

import nbformat
import pytest

ROOT = Path(__file__).parents[1]
# Instruments and methods whose items or names are not ours to use.
OTHERS = re.compile(
    r"\b(MLQ|ALQ|A?RSLQ|ASLQ|LMX(-7|-MDM)?|LPI|MBTI|ERQ|VIA-IS|NPI(-40)?|WOOP|SBI|DISC|"
    r"Insights Discovery|Strengths ?Finder|7 Habits|zeven eigenschappen|"
    r"circle of (influence|concern)|cirkel van (invloed|betrokkenheid))\b",
)
# Ideas that are free to describe, with the names of those who had them.
CREDITED = {
    r"kern(kwadrant|kwaliteit)|core (quadrant|quality)": "Ofman",
    r"wertequadrat": "Helwig",
    r"johari": "Luft",
}
FILES = sorted([*ROOT.glob("data/**/*.toml"), *ROOT.glob("notebooks/*/*.ipynb")])


def paragraphs(path: Path) -> list[str]:
    """The lines that somebody reads; a drawing as data is no text."""
    if path.suffix == ".toml":
        return path.read_text("utf-8").splitlines()
    cells = nbformat.read(path, as_version=4).cells
    lines = "\n".join(cell.source for cell in cells).splitlines()
    return [line for line in lines if "base64," not in line]


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_nothing_of_others_is_in_here_without_credit(path: Path) -> None:
    for line in paragraphs(path):
        assert not OTHERS.search(line)
        for name, author in CREDITED.items():
            assert author in line or not re.search(name, line, re.IGNORECASE)


def test_the_search_finds_what_it_looks_for() -> None:
    assert OTHERS.search("Vul de MLQ in")
    assert OTHERS.search("jouw cirkel van invloed")
    assert not OTHERS.search("discussie over insights")
