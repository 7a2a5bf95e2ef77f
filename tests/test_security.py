"""The tables in SECURITY.md: whole, and every line names tests that exist."""

import ast
import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.version import Version

ROOT = Path(__file__).parents[1]
WHO = {"passer-by", "participant", "trainer", "neighbour", "thief", "keeper"}


def rows(heading: str) -> list[list[str]]:
    """The lines of the table under a heading, its own two left out, as cells."""
    text = (ROOT / "SECURITY.md").read_text("utf-8")
    _, found, rest = text.partition(f"\n## {heading}\n")
    assert found, heading
    lines = [
        line for line in rest.partition("\n## ")[0].splitlines() if line[:1] == "|"
    ]
    return [[cell.strip() for cell in line[1:-1].split("|")] for line in lines[2:]]


def existing_tests() -> set[str]:
    """Every test function of the project by name."""
    trees = (ast.parse(path.read_text()) for path in ROOT.glob("tests/**/test_*.py"))
    functions = (node for tree in trees for node in ast.walk(tree))
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef)
    names = {node.name for node in functions if isinstance(node, kinds)}
    return {name for name in names if name.startswith("test_")}


THREATS = rows("What may go wrong, and what is done about it")
LOSS = rows("Nothing lost")
VOILA = rows("What plain Voilà does, and this workbook does not")
TESTS = existing_tests()


def test_every_line_has_an_id_of_its_own():
    ids = [row[0] for row in THREATS + LOSS + VOILA]
    assert len(ids) == len(set(ids))
    assert len(THREATS) > 15
    assert [row[0] for row in VOILA] == [f"V{n}" for n in range(1, 18)]
    assert all(re.fullmatch(r"[A-Z]\d+", id) for id in ids)


@pytest.mark.parametrize("row", THREATS, ids=lambda row: row[0])
def test_every_threat_is_told_whole_and_looked_for(row):
    assert len(row) == 7
    assert row[1] in WHO
    is_told_and_looked_for(row)


@pytest.mark.parametrize("row", LOSS, ids=lambda row: row[0])
def test_every_way_to_lose_something_is_told_whole_and_looked_for(row):
    assert len(row) == 5
    is_told_and_looked_for(row)


@pytest.mark.parametrize("row", VOILA, ids=lambda row: row[0])
def test_what_plain_voila_does_is_told_whole_and_looked_for(row):
    assert len(row) == 4
    is_told_and_looked_for(row)


def is_told_and_looked_for(row):
    assert all(row)
    named = re.findall(r"`(test_\w+)`", row[-1])
    assert named
    assert not set(named) - TESTS


# What shows a text as markup: one word typed into it, and a script runs.
MARKUP = r"\bHTML(Math)?\(|\bMarkdown\(|\.to_html\(|\bStyler\b|_repr_html_"


def test_nothing_of_ours_shows_a_text_as_markup():
    files = [*ROOT.glob("widgets/**/*.py"), *ROOT.glob("notebooks/**/*.ipynb")]
    assert len(files) > 100
    for file in files:
        assert not re.search(MARKUP, file.read_text("utf-8")), file


def test_no_version_with_a_hole_that_is_known_is_allowed():
    safe = {
        "voila": "0.5.6",
        "jupyter-server": "2.20.0",
        "tornado": "6.6.1",
        "nbconvert": "7.17.1",
    }
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    wanted = {one.name: one for one in map(Requirement, project["dependencies"])}
    for name, version in safe.items():
        floors = [one for one in wanted[name].specifier if one.operator == ">="]
        assert Version(floors[0].version) >= Version(version), name
