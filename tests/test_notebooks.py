"""The notebooks: theory in two languages around the same exercises, nothing else."""

import base64
import hashlib
import json
import re
import tomllib
import unicodedata
from collections.abc import Iterator
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import nbformat
import pytest

from widgets.content import load

ROOT = Path(__file__).parents[1]
NOTEBOOKS = ROOT / "notebooks"
LANGUAGES = ("nl", "en")
WORKBOOK = load()
# Each drawing with the tokens whose colours it has.
DRAWINGS = {
    "difference": ("leadership", "personal", "both"),
    "influence": ("leadership", "both"),
    "exchange": ("leader", "follower", "both"),
    "strengths": ("accent", "accent-soft", "warn", "warn-soft"),
    "steering": ("thought", "feeling", "behaviour"),
    "patterns": ("accent", "accent-soft", "warn", "warn-soft"),
    "mirror": ("leadership", "personal", "both"),
    "plan": ("leadership", "personal", "both"),
    "follow_up": ("personal", "both"),
}
MODULES = sorted(path.stem for path in (NOTEBOOKS / "nl").glob("*.ipynb"))
PAGES = [(language, slug) for language in LANGUAGES for slug in MODULES]
EVERY = sorted(NOTEBOOKS.rglob("*.ipynb"))
EVERY = [path for path in EVERY if ".ipynb_checkpoints" not in path.parts]
each_drawing = pytest.mark.parametrize("slug", DRAWINGS)
SAFE_TAGS = {"details", "summary"}
WINDOW = 12
CHECKED = "nbval-check-output"


def name(path: Path) -> str:
    return str(path.relative_to(NOTEBOOKS))


def cells(language: str, slug: str, kind: str) -> list[str]:
    notebook = read(NOTEBOOKS / language / f"{slug}.ipynb")
    return [cell.source for cell in notebook.cells if cell.cell_type == kind]


def read(path: Path) -> Any:
    return nbformat.read(path, as_version=4)  # type: ignore[no-untyped-call]


def calls(language: str, slug: str) -> list[str]:
    """The code cells after the first, which names the module."""
    return cells(language, slug, "code")[1:]


def headings(text: str) -> list[int]:
    return [len(marks) for marks in re.findall(r"^(#+) \S", text, re.MULTILINE)]


class Tags(HTMLParser):
    """Collects the tags of a text, each with its attributes."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.opened: list[str] = []
        self.closed: list[str] = []
        self.attributes: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.opened.append(tag)
        self.attributes += [key for key, _ in attrs]

    def handle_endtag(self, tag: str) -> None:
        self.closed.append(tag)


def windows(text: str) -> set[str]:
    """The hashes of every run of 12 words, without case and punctuation."""
    words = re.findall(r"\w+", unicodedata.normalize("NFKC", text).casefold())
    runs = (words[at : at + WINDOW] for at in range(len(words) - WINDOW + 1))
    return {hashlib.sha256(" ".join(run).encode()).hexdigest() for run in runs}


def strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from strings(part)
    elif isinstance(value, list):
        for part in value:
            yield from strings(part)


def shipped(path: Path) -> str:
    """What a file says to a reader, without the marks of its format."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".ipynb":
        return "\n".join(cell.source for cell in read(path).cells)
    if path.suffix == ".toml":
        return "\n".join(strings(tomllib.loads(text)))
    return text


def texts() -> list[Path]:
    folders = [NOTEBOOKS, ROOT / "data", ROOT / "docs", ROOT / "widgets"]
    kinds = {".ipynb", ".toml", ".md", ".svg", ".html", ".py", ".js"}
    found = [path for folder in folders for path in folder.rglob("*")]
    found += ROOT.glob("*.md")
    return sorted(path for path in found if path.suffix in kinds and path.is_file())


def test_both_languages_have_the_same_modules() -> None:
    english = sorted(path.stem for path in (NOTEBOOKS / "en").glob("*.ipynb"))
    assert english == MODULES
    assert set(WORKBOOK.modules) <= set(MODULES)


@pytest.mark.parametrize("slug", MODULES)
def test_both_languages_ask_the_same_in_the_same_order(slug: str) -> None:
    assert calls("nl", slug) == calls("en", slug)


@pytest.mark.parametrize("slug", WORKBOOK.modules)
def test_a_module_holds_its_exercises(slug: str) -> None:
    wanted = [f'exercise("{id}")' for id in WORKBOOK.modules[slug].exercises]
    assert calls("nl", slug) == wanted


@pytest.mark.parametrize(("language", "slug"), PAGES)
def test_a_page_names_itself_first(language: str, slug: str) -> None:
    notebook = read(NOTEBOOKS / language / f"{slug}.ipynb")
    title, opening = notebook.cells[:2]
    assert title.cell_type == "markdown"
    assert title.source.startswith("# ")
    assert opening.source.splitlines() == [
        "from widgets import exercise, module",
        "",
        f'module("{slug}", language="{language}")',
    ]


@pytest.mark.parametrize(("language", "slug"), PAGES)
def test_an_exercise_stands_alone_in_its_cell(language: str, slug: str) -> None:
    for source in calls(language, slug):
        assert re.fullmatch(rf'exercise\("{slug}/[a-z0-9_]+"\)', source)


@pytest.mark.parametrize(("language", "slug"), PAGES)
def test_every_exercise_has_an_introduction(language: str, slug: str) -> None:
    kinds = [c.cell_type for c in read(NOTEBOOKS / language / f"{slug}.ipynb").cells]
    assert ("code", "code") not in pairwise(kinds)


@pytest.mark.parametrize("slug", MODULES)
def test_both_languages_have_the_same_cells(slug: str) -> None:
    dutch, english = (read(NOTEBOOKS / lang / f"{slug}.ipynb") for lang in LANGUAGES)
    assert [cell.id for cell in dutch.cells] == [cell.id for cell in english.cells]
    for one, other in zip(dutch.cells, english.cells, strict=True):
        assert one.cell_type == other.cell_type
        assert headings(one.source) == headings(other.source)


@pytest.mark.parametrize("path", EVERY, ids=name)
def test_a_notebook_is_valid_and_carries_no_run(path: Path) -> None:
    notebook = read(path)
    nbformat.validate(notebook)
    assert json.loads(path.read_text(encoding="utf-8"))["nbformat_minor"] >= 5
    assert notebook.metadata.kernelspec.name == "python3"
    for cell in notebook.cells:
        # What is checked by nbval is kept; all else is made by whoever opens it.
        is_checked = CHECKED in cell.metadata.get("tags", [])
        if cell.cell_type == "code" and not is_checked:
            assert cell.outputs == []
            assert cell.execution_count is None


@pytest.mark.parametrize(("language", "slug"), PAGES)
def test_headings_go_down_one_step_at_a_time(language: str, slug: str) -> None:
    levels = headings("\n".join(cells(language, slug, "markdown")))
    assert levels[0] == 1
    assert levels.count(1) == 1
    for before, after in pairwise(levels):
        assert after <= before + 1


@pytest.mark.parametrize(("language", "slug"), PAGES)
def test_markdown_holds_safe_tags_only(language: str, slug: str) -> None:
    for source in cells(language, slug, "markdown"):
        tags = Tags(source)
        assert set(tags.opened) <= SAFE_TAGS
        assert tags.attributes == []
        assert sorted(tags.opened) == sorted(tags.closed)


@pytest.mark.parametrize(("language", "slug"), PAGES)
def test_links_and_images_ask_nothing_of_the_network(language: str, slug: str) -> None:
    for source in cells(language, slug, "markdown"):
        targets = re.findall(r"\]\(([^)]*)\)|^\[[^]]+\]: (\S+)", source, re.MULTILINE)
        for inline, defined in targets:
            assert (inline or defined).startswith(("data:image/svg+xml;base64,", "#"))


@pytest.mark.parametrize(("language", "slug"), PAGES)
def test_every_image_says_what_it_shows(language: str, slug: str) -> None:
    for source in cells(language, slug, "markdown"):
        for alternative in re.findall(r"!\[([^]]*)\]", source):
            assert len(alternative) > 40


@each_drawing
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_drawing_in_the_page_is_the_drawing_in_the_folder(
    language: str, slug: str
) -> None:
    file = NOTEBOOKS / language / "images" / f"{slug}.svg"
    page = "\n".join(cells(language, slug, "markdown"))
    data = base64.b64encode(file.read_bytes()).decode()
    assert f"[drawing]: data:image/svg+xml;base64,{data}" in page, (
        f"put this after [drawing]: in the page: data:image/svg+xml;base64,{data}"
    )


@each_drawing
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_drawing_can_be_read_without_seeing_it(language: str, slug: str) -> None:
    file = NOTEBOOKS / language / "images" / f"{slug}.svg"
    drawing = ET.parse(file).getroot()
    space = {"svg": "http://www.w3.org/2000/svg"}
    assert drawing.get("role") == "img"
    assert drawing.get("lang") == language
    named = (drawing.get("aria-labelledby") or "").split()
    for tag in ("title", "desc"):
        part = drawing.find(f"svg:{tag}", space)
        assert part is not None
        assert part.get("id") in named
        assert part.text


@each_drawing
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_drawing_has_the_colours_of_the_tokens(language: str, slug: str) -> None:
    tokens = (ROOT / "widgets" / "tokens.css").read_text(encoding="utf-8")
    drawing = (NOTEBOOKS / language / "images" / f"{slug}.svg").read_text("utf-8")
    for token in DRAWINGS[slug]:
        colour = re.search(rf"--wb-{token}: (#\w+);", tokens)
        assert colour is not None
        assert colour[1] in drawing


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_explained_before_the_first_measurement(language: str) -> None:
    ours = cells(language, "opening", "markdown")
    explained = {"nl": "beïnvloe|stuur|sturen", "en": "influenc|steer"}[language]
    assert not re.search(explained, "\n".join(ours), re.IGNORECASE)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_explanation_is_folded_after_the_sorting(language: str) -> None:
    notebook = read(NOTEBOOKS / language / "difference.ipynb")
    ids = [cell.id for cell in notebook.cells]
    explanation = notebook.cells[ids.index("explanation-theory")].source
    assert ids.index("explanation-theory") == ids.index("sorting") + 1
    # Only the heading may be seen while the fold is closed.
    before, _, inside = explanation.partition("<details>")
    assert headings(before) == [2]
    assert len(before.split()) < 10
    assert headings(inside) == [3] * len(headings(inside))


def test_the_comparison_finds_what_it_looks_for() -> None:
    text = "Een twee drie vier vijf zes zeven acht negen tien elf twaalf dertien."
    assert len(windows(text)) == 2
    assert windows(text) == windows(text.upper().replace(" ", ",\n"))
    assert not windows(text) & windows(text.replace("zes", "zeven"))


@pytest.mark.parametrize("path", texts(), ids=lambda path: str(path.relative_to(ROOT)))
def test_no_text_repeats_twelve_words_of_the_source(path: Path) -> None:
    file = ROOT / "tests" / "data" / "source_windows.txt"
    source = set(file.read_text(encoding="ascii").split())
    assert len(source) > 300
    assert not windows(shipped(path)) & source
