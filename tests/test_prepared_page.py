"""Notebooks that run before anybody is there, each in a process of its own."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from widgets.content import LANGUAGES, load

ROOT = Path(__file__).parent.parent
PAGES = [f"{language}/{slug}" for slug in load().modules for language in LANGUAGES]
RUN = """
import json, sys
from pathlib import Path
from widgets import room
from widgets.prepared_page import prepare
from widgets.waiting_room import WaitingRoom
room.enter(WaitingRoom())
page = prepare(Path(sys.argv[1]))
print(json.dumps(page and [page.outputs, sorted(page.widgets)]))
"""


def prepared(notebook):
    done = subprocess.run(
        [sys.executable, "-c", RUN, str(notebook)],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


def test_every_exercise_of_a_page_is_made_in_advance():
    for page in PAGES[:2]:
        outputs, widgets = prepared(ROOT / "notebooks" / f"{page}.ipynb")
        views = [
            one["data"]["application/vnd.jupyter.widget-view+json"]["model_id"]
            for shown in outputs.values()
            for one in shown
        ]
        slug = page.partition("/")[2]
        assert len(views) == len(load().modules[slug].exercises)
        assert set(views) <= set(widgets)


@pytest.mark.parametrize("source", ["1 / 0", "no such code", "exit()"])
def test_a_page_that_fails_is_left_to_the_ordinary_way(tmp_path, source):
    cell = {"cell_type": "code", "id": "a", "source": [source], "metadata": {}}
    notebook = tmp_path / "broken.ipynb"
    notebook.write_text(json.dumps({"cells": [cell]}))
    assert prepared(notebook) is None


def test_a_result_and_what_is_displayed_are_both_shown(tmp_path):
    source = "from IPython.display import Markdown, display\\ndisplay(1)\\n2"
    cell = {
        "cell_type": "code",
        "id": "a",
        "source": source.replace("\\n", "\n"),
        "metadata": {},
    }
    notebook = tmp_path / "two.ipynb"
    notebook.write_text(json.dumps({"cells": [cell]}))
    outputs, _ = prepared(notebook)
    assert [one["data"]["text/plain"] for one in outputs["a"]] == ["1", "2"]
