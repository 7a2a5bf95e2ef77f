"""What the README promises is there, and what is there the README names."""

import argparse
import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest

from widgets.cli import parser
from widgets.exercises import types
from widgets.exercises.kinds import Asked

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text("utf-8")
PAPERS = sorted(ROOT.glob("*.md"))
MOST_LINES = 300
FIND = re.MULTILINE | re.DOTALL
CODE = sorted(
    path
    for folder in ("widgets", "tests")
    for ending in ("py", "js")
    for path in (ROOT / folder).rglob(f"*.{ending}")
    if {"vendor", "node_modules", "front"}.isdisjoint(path.parts)
)


def commands(
    parent: argparse.ArgumentParser, name: str = "workbook"
) -> Iterator[tuple[str, argparse.ArgumentParser]]:
    """Every command that can be typed, in full, with its parser."""
    inner = [
        action
        for action in parent._actions
        if isinstance(action, argparse._SubParsersAction)
    ]
    if not inner:
        yield name, parent
    for action in inner:
        for word, child in action.choices.items():
            yield from commands(child, f"{name} {word}")


COMMANDS = dict(commands(parser()))


def table(heading: str) -> list[str]:
    """The first column of the table under a heading of the README, marks removed."""
    _, found, rest = README.partition(f"\n## {heading}\n")
    assert found, f"README.md has no heading {heading!r}"
    rows = re.findall(r"^\| `([^`]+)`", rest.partition("\n## ")[0], re.MULTILINE)
    assert rows, f"README.md has no table under {heading!r}"
    return rows


def test_readme_lists_the_exercise_types_that_exist():
    assert sorted(table("Exercise types")) == sorted(types())


def test_readme_lists_the_kinds_of_fields_that_exist():
    kinds = {kind.model_fields["kind"].default for kind in get_args(Asked)}
    assert kinds == set(re.findall(r"`(\w+)`", " ".join(kind_column())))


def kind_column() -> list[str]:
    rows = README.partition("\n| Kind |")[2].partition("\n\n")[0].splitlines()[2:]
    return [row.split("|")[1] for row in rows]


def test_the_example_for_authors_is_an_exercise():
    found = re.search(r"^```toml\n# data/modules/(\S+)\.toml\n(.+?)^```", README, FIND)
    assert found
    path, text = found.groups()
    data = tomllib.loads(text)
    exercise = types()[data["type"]].model_validate({**data, "id": path})
    assert exercise.fields
    assert f'exercise("{path}")' in README


def test_readme_lists_the_commands_that_exist():
    told = [row.split(" [")[0] for row in table("Commands")]
    told = [re.sub(r" [A-Z]+\b", "", row) for row in told]
    assert sorted(told) == sorted(COMMANDS)


@pytest.mark.parametrize("command", sorted(COMMANDS))
def test_readme_names_every_option(command):
    row = re.search(rf"^\| `{command}\b.*$", README, re.MULTILINE)
    assert row, command
    for action in COMMANDS[command]._actions:
        for option in action.option_strings:
            if option not in ("-h", "--help"):
                assert f"`{option}" in row[0] or f"[{option}" in row[0], option


@pytest.mark.parametrize("paper", PAPERS, ids=lambda path: path.name)
def test_what_a_paper_points_at_exists(paper):
    text = paper.read_text("utf-8")
    for target in re.findall(r"\]\(([^)#\s]+)[^)]*\)|src=\"([^\"]+)\"", text):
        place = next(filter(None, target))
        if "://" not in place and not place.startswith("mailto:"):
            assert (ROOT / place).exists(), f"{paper.name} points at {place}"


def test_readme_names_targets_that_make_knows():
    makefile = (ROOT / "Makefile").read_text("utf-8")
    known = set(re.findall(r"^([a-z-]+):", makefile, re.MULTILINE))
    for paper in PAPERS:
        told = set(re.findall(r"`make ([a-z-]+)", paper.read_text("utf-8")))
        assert told <= known, paper.name


@pytest.mark.parametrize("file", CODE, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_file_is_short_enough_to_read(file):
    lines = len(file.read_text("utf-8").splitlines())
    assert lines <= MOST_LINES, f"{lines} lines; split it along a noun"


def test_no_word_for_notebooks_hides_one_of_our_modules():
    package = ROOT / "widgets"
    tree = ast.parse((package / "__init__.py").read_text("utf-8"))
    words = {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}
    modules = {path.stem for path in package.iterdir() if path.suffix in ("", ".py")}
    assert {"module", "exercise"} <= words
    assert not words & modules
