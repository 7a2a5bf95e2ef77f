"""The steps of a module: one per exercise, long theory apart, nothing left out."""

import nbformat
import pytest

from widgets.content import load
from widgets.server.module_pages import NOTEBOOKS
from widgets.server.page_steps import LONG, divide

WORKBOOK = load()
THEORY = nbformat.v4.new_markdown_cell


def ask(exercise):
    return nbformat.v4.new_code_cell(f'exercise("{exercise}")')


def steps_of(*cells):
    return divide(nbformat.v4.new_notebook(cells=list(cells)), WORKBOOK.exercises, "nl")


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("module", list(WORKBOOK.modules))
def test_every_exercise_of_a_module_has_its_step(module, language):
    notebook = nbformat.read(NOTEBOOKS / language / f"{module}.ipynb", as_version=4)
    steps = divide(notebook, WORKBOOK.exercises, language)
    ids = [step["id"] for step in steps]
    begun = [
        cell.metadata["step"] for cell in notebook.cells if "step" in cell.metadata
    ]
    names = [name.rpartition("/")[2] for name in WORKBOOK.modules[module].exercises]
    assert [one for one in ids if one in names] == names
    assert begun == ids
    assert len(set(ids)) == len(ids)
    assert "main" not in ids
    assert "step" in notebook.cells[0].metadata


def test_theory_stands_in_the_step_of_the_exercise_after_it():
    cells = [THEORY("# Title"), THEORY("## Why"), ask("patterns/plan"), THEORY("End")]
    title = WORKBOOK.exercise("patterns/plan").title.nl
    assert steps_of(*cells) == [{"id": "plan", "title": title}]
    assert ["step" in cell.metadata for cell in cells] == [True, False, False, False]


def test_long_theory_is_a_step_of_its_own_when_more_theory_follows():
    long = THEORY("## Read this\n\n" + "a" * LONG)
    steps = steps_of(THEORY("# Title"), long, THEORY("Now you."), ask("patterns/plan"))
    assert steps[0] == {"id": long.id, "title": "Read this"}
    assert len(steps) == 2
    assert len(steps_of(long, ask("patterns/plan"))) == 1


def test_a_page_without_exercises_has_no_steps():
    assert steps_of(THEORY("# Title"), nbformat.v4.new_code_cell("control()")) == []
