import dataclasses
import json
import shutil
from pathlib import Path

import pytest

from widgets.check import check, check_concepts, check_shared
from widgets.content import load

ROOT = Path(__file__).parents[1]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A copy of the content and the notebooks, to be spoilt."""
    shutil.copytree(ROOT / "data", tmp_path / "data")
    for language in ("nl", "en"):
        folder = tmp_path / "notebooks" / language
        folder.mkdir(parents=True)
        for notebook in (ROOT / "notebooks" / language).glob("*.ipynb"):
            shutil.copy(notebook, folder)
    return tmp_path


def code_of(notebook: dict) -> list[dict]:
    return [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]


def edit(path: Path, change) -> None:
    notebook = json.loads(path.read_text(encoding="utf-8"))
    change(notebook)
    path.write_text(json.dumps(notebook), encoding="utf-8")


def replace(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_the_project_as_it_is_has_no_problems():
    assert check(ROOT) == []


def test_a_copy_has_no_problems_either(project: Path):
    assert check(project) == []


@pytest.mark.parametrize(
    ("file", "old", "new", "found"),
    [
        (
            "data/modules/opening/learning_wish.toml",
            ', en = "Your learning wish"',
            "",
            "title.en: the translation 'en' is missing; add it",
        ),
        (
            "data/modules/opening/first_moved.toml",
            'privacy = "C"',
            'privacy = "B"',
            'field.privacy: unknown privacy code; use "A", "C", "S" or "W"',
        ),
        (
            "data/modules/opening/first_moved.toml",
            'privacy = "C"',
            "",
            "field.privacy: is missing; add it",
        ),
        (
            "data/workbook.toml",
            "total = 15",
            "total = 16",
            "modules.difference: the parts add up to 15 minutes, not 16",
        ),
        (
            "data/workbook.toml",
            "minutes = 210",
            "minutes = 200",
            "half-day: the modules and breaks add up to 210 minutes, more than 200",
        ),
        (
            "notebooks/en/opening.ipynb",
            'exercise(\\"opening/agreement\\")',
            "",
            'lacks the exercise; add exercise("opening/agreement")',
        ),
        (
            "data/modules/strengths/drive.toml",
            'concepts = ["S17"]',
            'concepts = ["S15"]',
            "exercises: none is about S17; add it to one",
        ),
    ],
)
def test_what_an_author_forgets_most(project: Path, file, old, new, found):
    replace(project / file, old, new)
    assert any(found in problem for problem in check(project))


def test_a_notebook_in_one_language_only(project: Path):
    (project / "notebooks/en/opening.ipynb").unlink()
    assert check(project) == [
        "notebooks/en/opening.ipynb: there is no such notebook; add it"
    ]


def test_a_typo_in_an_exercise_says_where_and_how_to_mend_it(project: Path):
    replace(project / "data/modules/opening/first_moved.toml", "options", "optoins")
    assert check(project)[0] == (
        "data/modules/opening/first_moved.toml: field.options: is missing; add it"
    )
    assert check(project)[1] == (
        "data/modules/opening/first_moved.toml: field.optoins: "
        "unknown key; did you mean 'options'?"
    )


def test_an_unknown_exercise_in_a_notebook(project: Path):
    path = project / "notebooks/nl/difference.ipynb"
    replace(path, "difference/sorting", "difference/sortin")
    found = check(project)
    assert (
        "notebooks/nl/difference.ipynb: unknown exercise 'difference/sortin'; "
        "did you mean 'difference/sorting'?"
    ) in found
    assert (
        "notebooks/nl/difference.ipynb: lacks the exercise; "
        'add exercise("difference/sorting")'
    ) in found


def test_notebooks_with_another_order(project: Path):
    def swap(notebook: dict) -> None:
        cells = code_of(notebook)
        cells[1]["source"], cells[2]["source"] = cells[2]["source"], cells[1]["source"]

    edit(project / "notebooks/en/opening.ipynb", swap)
    (problem,) = check(project)
    assert problem.startswith("notebooks/en/opening.ipynb: shows opening/first_moved, ")
    assert problem.endswith("make them the same")


def test_an_exercise_twice(project: Path):
    def repeat(notebook: dict) -> None:
        notebook["cells"].append(code_of(notebook)[1])

    for language in ("nl", "en"):
        edit(project / f"notebooks/{language}/opening.ipynb", repeat)
    assert check(project) == [
        f"notebooks/{language}/opening.ipynb: shows 'opening/agreement' "
        "more than once; keep one"
        for language in ("nl", "en")
    ]


def test_a_notebook_in_the_wrong_language(project: Path):
    folder = project / "notebooks"
    shutil.copy(folder / "nl/opening.ipynb", folder / "en/opening.ipynb")
    assert check(project) == [
        "notebooks/en/opening.ipynb: must begin with "
        'module("opening", language="en"), once'
    ]


def test_a_missing_a_broken_and_a_forgotten_notebook(project: Path):
    folder = project / "notebooks"
    (folder / "en/opening.ipynb").rename(folder / "en/openning.ipynb")
    (folder / "nl/difference.ipynb").write_text("{}", encoding="utf-8")
    assert check(project) == [
        "notebooks/en/opening.ipynb: there is no such notebook; add it",
        "notebooks/nl/difference.ipynb: this is not a notebook: 'cells'",
        "notebooks/en/openning.ipynb: has no module of this name; "
        "did you mean 'opening'?",
    ]


def test_code_that_python_cannot_read(project: Path):
    def break_it(notebook: dict) -> None:
        code_of(notebook)[1]["source"] = ['exercise("opening/agreement"']

    edit(project / "notebooks/nl/opening.ipynb", break_it)
    problem = check(project)[0]
    assert problem.startswith("notebooks/nl/opening.ipynb: cell ")
    assert "mend the line 'exercise(\"opening/agreement\"'" in problem


@pytest.mark.parametrize(
    ("language", "old", "new", "expected"),
    [
        ("en", "too_long =", "to_long =", "answer.too_long: is missing"),
        ("en", "too_long =", "to_long =", "did you mean 'answer.to_long'?"),
        ("nl", "{limit}", "{limiet}", "answer.too_long: must have the same places"),
        ("en", "{limit}", "140", "as in nl.toml: {limit}"),
        ("en", 'empty = "There', 'empty = "" # "There', "is empty; write something"),
        ("nl", 'empty = "Er', 'empty = 3 # "Er', "answer.empty: must be a text"),
        ("nl", "[answer]", "[answer", "this is not valid TOML"),
    ],
)
def test_words_that_do_not_match(project: Path, language, old, new, expected):
    path = project / f"data/interface/{language}.toml"
    text = path.read_text(encoding="utf-8")
    start = text.index("[answer]")
    path.write_text(text[:start] + text[start:].replace(old, new, 1), encoding="utf-8")
    assert any(expected in problem for problem in check(project))


def test_every_idea_of_the_training_is_something_to_do():
    workbook = load()
    assert check_concepts(workbook) == []
    left = {
        id: one for id, one in workbook.exercises.items() if "S24" not in one.concepts
    }
    (problem,) = check_concepts(dataclasses.replace(workbook, exercises=left))
    assert "S24" in str(problem)


def test_every_idea_of_the_training_has_a_title(project: Path):
    path = project / "data/concepts.toml"
    replace(path, "[S07]", "[S77]")
    assert check(project) == [
        "data/concepts.toml: S07: is missing; give it a title",
        "data/concepts.toml: S77: unknown idea; remove it",
    ]
    replace(path, "[S77]", "[S07]")
    replace(path, "\nen = ", "\ner = ")
    assert any("concepts.toml" in problem for problem in check(project))


def test_what_is_for_one_other_person_needs_a_type_that_sends_it():
    workbook = load()
    assert check_shared(workbook) == []
    wish = workbook.exercise("opening/learning_wish")
    shared = wish.field.model_copy(update={"privacy": "S"})
    odd = wish.model_copy(update={"field": shared})
    changed = dataclasses.replace(workbook, exercises={odd.id: odd})
    (problem,) = check_shared(changed)
    assert "mirror_card" in str(problem)
    assert problem.file == "modules/opening/learning_wish.toml"
