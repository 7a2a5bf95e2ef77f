"""The table of threats in SECURITY.md: whole, and every line names tests that exist."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
COLUMNS = 7
WHO = {"passer-by", "participant", "trainer", "neighbour", "thief", "keeper"}


def rows() -> list[list[str]]:
    """The lines of the table, heading and rule left out, as cells."""
    text = (ROOT / "SECURITY.md").read_text("utf-8")
    lines = [line for line in text.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line[1:-1].split("|")] for line in lines[2:]]


def existing_tests() -> set[str]:
    """Every test function of the project by name."""
    trees = (ast.parse(path.read_text()) for path in ROOT.glob("tests/**/test_*.py"))
    functions = (node for tree in trees for node in ast.walk(tree))
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef)
    names = {node.name for node in functions if isinstance(node, kinds)}
    return {name for name in names if name.startswith("test_")}


ROWS = rows()
TESTS = existing_tests()


def test_every_threat_has_an_id_of_its_own():
    ids = [row[0] for row in ROWS]
    assert len(ids) == len(set(ids)) > 15
    assert all(re.fullmatch(r"[A-Z]\d", id) for id in ids)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_every_threat_is_told_whole_and_looked_for(row):
    assert len(row) == COLUMNS
    assert all(row)
    assert row[1] in WHO
    named = re.findall(r"`(test_\w+)`", row[-1])
    assert named
    assert not set(named) - TESTS
