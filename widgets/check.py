"""What is wrong with the content: every module, exercise, translation and notebook."""

import ast
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, get_args

from .content import IDEAS, LANGUAGES, Workbook, load_words, read
from .exercises import types
from .exercises.base import Code
from .exercises.card_exercise import CardExercise
from .problems import Problem, nearest

CONCEPTS = tuple(f"S{number:02}" for number in range(1, 26))
PLACE = re.compile(r"\{(\w*)\}")


def check(root: Path) -> list[str]:
    """All problems of the project in the folder `root`, one line each; [] when fine."""
    workbook, problems = read(root / "data")
    problems += check_words(root / "data")
    problems += [] if problems else check_concepts(workbook)
    problems += check_shared(workbook)
    found = [replace(problem, file=f"data/{problem.file}") for problem in problems]
    return [str(problem) for problem in found + check_notebooks(root, workbook)]


def check_concepts(workbook: Workbook) -> list[Problem]:
    """Every idea of the training has a title, and something to do in an exercise."""
    found = {name for one in workbook.exercises.values() for name in one.concepts}
    problems = [
        Problem("workbook.toml", "exercises", f"none is about {name}; add it to one")
        for name in CONCEPTS
        if name not in found
    ]
    for name in sorted(set(CONCEPTS) ^ set(workbook.concepts)):
        known = name in CONCEPTS
        text = "is missing; give it a title" if known else "unknown idea; remove it"
        problems.append(Problem(IDEAS, name, text))
    return problems


def check_shared(workbook: Workbook) -> list[Problem]:
    """What is for one other person (S) is asked by a type that can send it."""
    sends = [name for name, kind in types().items() if issubclass(kind, CardExercise)]
    text = f'privacy "S" needs a type that sends cards: {", ".join(sends)}'
    return [
        Problem(f"modules/{id}.toml", key, text)
        for id, exercise in workbook.exercises.items()
        for key, field in exercise.fields.items()
        if field.privacy == "S" and exercise.type not in sends
    ]


def check_words(data: Path) -> list[Problem]:
    """The words of the interface: the same keys and places in every language."""
    problems: list[Problem] = []
    tables = {language: load_words(data, language, problems) for language in LANGUAGES}
    flat = {language: _flat(table) for language, table in tables.items()}
    for language, own in flat.items():
        file = f"interface/{language}.toml"
        for other, theirs in flat.items():
            for key in theirs.keys() - own.keys():
                problems.append(_missing(file, key, other, own, theirs))
        for code in get_args(Code):
            if f"answer.{code}" not in own:
                problems.append(Problem(file, f"answer.{code}", "is missing; add it"))
        for key, value in own.items():
            text = _wrong(value, flat["nl"].get(key, value))
            if text:
                problems.append(Problem(file, key, text))
    return sorted(problems, key=str)


def _missing(
    file: str, key: str, other: str, own: dict[str, Any], theirs: dict[str, Any]
) -> Problem:
    extra = nearest(key, own.keys() - theirs.keys()) if own else ""
    typo = extra if "did you mean" in extra else ""
    return Problem(file, key, f"is missing; {other}.toml has it{typo}")


def _wrong(value: object, dutch: object) -> str:
    if not isinstance(value, str):
        return "must be a text, in a section of its own"
    if not value.strip():
        return "is empty; write something here"
    places, expected = set(PLACE.findall(value)), set(PLACE.findall(str(dutch)))
    if places != expected:
        names = " ".join(f"{{{name}}}" for name in sorted(expected))
        return f"must have the same places as in nl.toml: {names or 'none'}"
    return ""


def _flat(table: dict[str, Any]) -> dict[str, Any]:
    flat: dict[str, Any] = {}
    for section, words in table.items():
        if isinstance(words, dict):
            flat |= {f"{section}.{key}": value for key, value in words.items()}
        else:
            flat[section] = None
    return flat


def check_notebooks(root: Path, workbook: Workbook) -> list[Problem]:
    """The notebooks: one per module and language, with the same exercises in order."""
    problems: list[Problem] = []
    for slug, module in workbook.modules.items():
        calls = {}
        for language in LANGUAGES:
            file = f"notebooks/{language}/{slug}.ipynb"
            tree = _code(root, file, problems)
            if tree is None:
                continue
            found = [id for id, _ in _calls(tree, "exercise")]
            calls[language] = found
            problems += _check_calls(file, found, module.exercises, workbook)
            problems += _check_opening(file, tree, slug, language)
        if len(calls) == len(LANGUAGES) and calls["en"] != calls["nl"]:
            file = f"notebooks/en/{slug}.ipynb"
            text = f"shows {_list(calls['en'])}; the Dutch one {_list(calls['nl'])}"
            problems.append(Problem(file, "", f"{text}; make them the same"))
    return problems + list(_without_module(root, workbook))


def _check_calls(
    file: str, found: list[str], expected: tuple[str, ...], workbook: Workbook
) -> Iterator[Problem]:
    for id in sorted(set(found) - workbook.exercises.keys() - set(expected)):
        hint = nearest(id, workbook.exercises)
        yield Problem(file, "", f"unknown exercise {id!r}{hint}")
    for id in expected:
        if id not in found:
            yield Problem(file, "", f'lacks the exercise; add exercise("{id}")')
        elif found.count(id) > 1:
            yield Problem(file, "", f"shows {id!r} more than once; keep one")


def _check_opening(
    file: str, tree: ast.Module, slug: str, language: str
) -> Iterator[Problem]:
    expected = [(slug, {"language": language})]
    default = [(slug, {})] if language == "nl" else expected
    if _calls(tree, "module") not in (expected, default):
        line = f'module("{slug}", language="{language}")'
        yield Problem(file, "", f"must begin with {line}, once")


def _without_module(root: Path, workbook: Workbook) -> Iterator[Problem]:
    for language in LANGUAGES:
        for path in sorted((root / "notebooks" / language).glob("*.ipynb")):
            if path.stem not in workbook.modules:
                file = path.relative_to(root).as_posix()
                hint = nearest(path.stem, workbook.modules)
                yield Problem(file, "", f"has no module of this name{hint}")


def _code(root: Path, file: str, problems: list[Problem]) -> ast.Module | None:
    """All code of a notebook, None when it cannot be read."""
    try:
        notebook = json.loads((root / file).read_text(encoding="utf-8"))
        cells = [(cell["cell_type"], cell["source"]) for cell in notebook["cells"]]
    except FileNotFoundError:
        problems.append(Problem(file, "", "there is no such notebook; add it"))
        return None
    except (ValueError, KeyError, TypeError) as error:
        problems.append(Problem(file, "", f"this is not a notebook: {error}"))
        return None
    code = ast.Module([], [])
    for number, (kind, source) in enumerate(cells, start=1):
        if kind != "code":
            continue
        try:
            code.body += ast.parse("".join(source)).body
        except SyntaxError as error:
            line = (error.text or "").strip()
            text = f"{error.msg}; mend the line {line!r}"
            problems.append(Problem(file, f"cell {number}", text))
    return code


def _calls(code: ast.Module, name: str) -> list[tuple[str, dict[str, str]]]:
    """What the function `name` is called with, in order: first and named arguments."""
    # Cell by cell, since the lines of each begin at 1 again.
    calls = [node for part in code.body for node in _in_order(part)]
    return [
        (_constant(call.args[0]), _named(call))
        for call in calls
        if call.args and ast.unparse(call.func).rpartition(".")[2] == name
    ]


def _in_order(part: ast.stmt) -> list[ast.Call]:
    calls = [node for node in ast.walk(part) if isinstance(node, ast.Call)]
    return sorted(calls, key=lambda call: (call.lineno, call.col_offset))


def _named(call: ast.Call) -> dict[str, str]:
    return {word.arg: _constant(word.value) for word in call.keywords if word.arg}


def _constant(node: ast.expr) -> str:
    return str(node.value) if isinstance(node, ast.Constant) else ast.unparse(node)


def _list(ids: list[str]) -> str:
    return ", ".join(ids) or "nothing"
