import re
import shutil
from pathlib import Path

import pytest

from widgets.content import DATA, LANGUAGES, ContentError, load, read, words
from widgets.exercises.base import Text

FILES = sorted(path.relative_to(DATA) for path in DATA.glob("modules/*/*.toml"))
WORKBOOK = load()


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A copy of the content, to be spoilt."""
    return Path(shutil.copytree(DATA, tmp_path / "data"))


def spoil(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.mark.parametrize("file", FILES, ids=str)
def test_every_data_file_is_part_of_the_workbook(file: Path):
    slug = file.parent.name
    if file.stem == "module":
        assert WORKBOOK.modules[slug].slug == slug
    else:
        id = f"{slug}/{file.stem}"
        assert WORKBOOK.exercise(id).id == id
        assert id in WORKBOOK.modules[slug].exercises


def texts(value: object) -> list[Text]:
    if isinstance(value, Text):
        return [value]
    if isinstance(value, dict):
        return [text for item in value.values() for text in texts(item)]
    if isinstance(value, tuple):
        return [text for item in value for text in texts(item)]
    return texts(dict(value)) if hasattr(type(value), "model_fields") else []


def test_a_field_is_found_by_its_id():
    exercise, field = WORKBOOK.field("difference/sorting.A01")
    assert (exercise.id, field.key) == ("difference/sorting", "A01")


@pytest.mark.parametrize(
    ("look", "message"),
    [
        ("difference/sortng.A01", "did you mean 'difference/sorting'?"),
        ("difference/two_questions.ex_l", "did you mean 'ex_L'?"),
        ("difference/two_questions", "unknown field ''"),
        ("opening/first_moved.zzz", "possible here: first_moved"),
    ],
)
def test_an_unknown_id_gets_the_nearest_one(look, message):
    with pytest.raises(ContentError, match=re.escape(message)):
        WORKBOOK.field(look)


@pytest.mark.parametrize(
    ("file", "old", "new", "message"),
    [
        (
            "opening/first_moved.toml",
            "options = [",
            "optoins = [",
            "modules/opening/first_moved.toml: field.optoins: "
            "unknown key; did you mean 'options'?",
        ),
        (
            "opening/first_moved.toml",
            'type = "single_choice"',
            'type = "single_choise"',
            "modules/opening/first_moved.toml: type: "
            "unknown exercise type 'single_choise'; did you mean 'single_choice'?",
        ),
        (
            "opening/first_moved.toml",
            'privacy = "C"',
            'privacy = "X"',
            "modules/opening/first_moved.toml: field.privacy: "
            'unknown privacy code; use "A", "C", "S" or "W"',
        ),
        (
            "difference/two_questions.toml",
            'privacy = "A"',
            'privcy = "A"',
            "modules/difference/two_questions.toml: field.0.privcy: "
            "unknown key; did you mean 'privacy'?",
        ),
        (
            "opening/learning_wish.toml",
            ', en = "Your learning wish"',
            "",
            "modules/opening/learning_wish.toml: title.en: "
            "the translation 'en' is missing; add it",
        ),
        (
            "opening/learning_wish.toml",
            '"Your learning wish"',
            '" "',
            "modules/opening/learning_wish.toml: title.en: "
            "is empty; write something here",
        ),
        (
            "difference/sorting.toml",
            'key = "A02"',
            'key = "A01"',
            "modules/difference/sorting.toml: the field key 'A01' is taken",
        ),
        (
            "difference/chain.toml",
            'ref = "E1.4"',
            'ref = "E1.4"\nid = "difference/chain"',
            "modules/difference/chain.toml: id: "
            "unknown key; the place of the file says this",
        ),
        (
            "difference/chain.toml",
            'ref = "E1.4"',
            "ref = E1.4",
            "modules/difference/chain.toml: this is not valid TOML",
        ),
        (
            "difference/module.toml",
            "[summary]",
            "[sumary]",
            "modules/difference/module.toml: sumary: "
            "unknown key; did you mean 'summary'?",
        ),
        (
            "opening/learning_wish.toml",
            "max_length = 140",
            'lints = ["plan_ten"]',
            "modules/opening/learning_wish.toml: wish: "
            "unknown lint 'plan_ten'; did you mean 'plan_then'?",
        ),
        (
            "opening/first_moved.toml",
            'privacy = "C"',
            'privacy = "C"\nlints = ["mirror"]',
            "modules/opening/first_moved.toml: field: lints are about words",
        ),
        (
            "difference/chain.toml",
            'ref = "E1.4"',
            'ref = "E1.4"\nrecall = ["opening/learning_wish.wsh"]',
            "modules/difference/chain.toml: recall: "
            "unknown field 'wsh'; did you mean 'wish'?",
        ),
        (
            "../lints.toml",
            "'niets?'",
            "'niets?('",
            "lints.toml: plan_then: no regular expression",
        ),
        (
            "../workbook.toml",
            "sorting = 8",
            "sortng = 8",
            "workbook.toml: variants.teaser: modules.difference: "
            "unknown exercise 'sortng'; did you mean 'sorting'?",
        ),
        (
            "../workbook.toml",
            "total = 15",
            "total = 16",
            "workbook.toml: variants.teaser: modules.difference: "
            "the parts add up to 15 minutes, not 16",
        ),
        (
            "../workbook.toml",
            "variants.teaser.modules.opening",
            "variants.teaser.modules.openning",
            "workbook.toml: variants.teaser: modules.openning: "
            "unknown module; did you mean 'opening'?",
        ),
        (
            "../workbook.toml",
            'after = "strengths"',
            'after = "strenths"',
            "workbook.toml: variants.full-day: pauses: unknown module; "
            "did you mean 'strengths'?",
        ),
        (
            "../workbook.toml",
            '"sorting", ',
            '"sortng", ',
            "modules/difference/sortng.toml: there is no such file; "
            "did you mean 'sorting.toml'?",
        ),
        (
            "../workbook.toml",
            ', "chain"]',
            "]",
            "modules/difference/chain.toml: is not listed in workbook.toml; "
            "list it or remove it",
        ),
    ],
)
def test_a_mistake_is_explained(data: Path, file, old, new, message):
    spoil(data / "modules" / file, old, new)
    with pytest.raises(ContentError, match=re.escape(message)):
        load(data)


def test_all_mistakes_are_found_at_once(data: Path):
    spoil(data / "modules/opening/first_moved.toml", "prompt", "promt")
    spoil(data / "modules/difference/chain.toml", "template", "templat")
    workbook, problems = read(data)
    assert len(workbook.exercises) == len(WORKBOOK.exercises) - 2
    files = {Path(problem.file).stem for problem in problems}
    assert files == {"first_moved", "chain", "one_page"}  # which recalls the chain


def test_a_missing_folder_is_explained(tmp_path: Path):
    with pytest.raises(ContentError, match=r"workbook\.toml: there is no such file"):
        load(tmp_path)
    with pytest.raises(ContentError, match=r"nl\.toml: there is no such file"):
        words("nl", tmp_path)


def test_words_come_by_section_in_every_language():
    tables = [words(language) for language in LANGUAGES]
    assert "{limit}" in tables[0]["answer"]["too_long"]
    assert tables[0]["answer"] != tables[1]["answer"]
