"""Quotation marks and decimals as each language writes them, on every page."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest

ROOT = Path(__file__).parents[1]
STRAIGHT = re.compile(r"""['"]""")
# A time such as 15.55 is Dutch, and 2,000 is an English number.
OTHERS_DECIMALS = {
    "nl": re.compile(r"(?<![\w.])\.\d|\b0\.\d"),
    "en": re.compile(r"\d,\d(?!\d\d)"),
}
FILES = [*ROOT.glob("data/modules/*/*.toml"), *ROOT.glob("data/interface/*.toml")]
FILES += [ROOT / "data" / "concepts.toml"]
FILES += [
    path for name in OTHERS_DECIMALS for path in ROOT.glob(f"notebooks/{name}/*.ipynb")
]


def texts(path: Path) -> Iterator[tuple[str, str]]:
    """Everything that somebody reads, with its language."""
    if path.suffix == ".ipynb":
        for cell in nbformat.read(path, as_version=4).cells:
            if cell.cell_type == "markdown":
                for line in cell.source.splitlines():
                    yield path.parent.name, re.sub(r"data:image\S+", "", line)
        return
    table = tomllib.loads(path.read_text("utf-8"))
    yield from in_table(table, path.stem if path.parent.name == "interface" else "")


def in_table(value: object, language: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, str) and language:
        yield language, value
    for part in value if isinstance(value, list) else ():
        yield from in_table(part, language)
    for key, part in value.items() if isinstance(value, dict) else ():
        yield from in_table(part, key if key in OTHERS_DECIMALS else language)


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_marks_and_numbers_are_those_of_the_language(path: Path) -> None:
    found = list(texts(path))
    assert found
    for language, text in found:
        assert not STRAIGHT.search(text)
        assert not OTHERS_DECIMALS[language].search(text)


def test_the_search_finds_what_it_looks_for() -> None:
    assert STRAIGHT.search("de buurman's fiets")
    assert OTHERS_DECIMALS["nl"].search("(d = .41)")
    assert OTHERS_DECIMALS["nl"].search("g = 0.41")
    assert not OTHERS_DECIMALS["nl"].search("om 15.55 uur, 0,41 en 2.000")
    assert OTHERS_DECIMALS["en"].search("d = 0,41")
    assert not OTHERS_DECIMALS["en"].search("2,000 characters; .41")
