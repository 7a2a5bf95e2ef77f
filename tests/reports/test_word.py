"""The Word document, read again."""

import io
import zipfile

import docx
import pytest
from lxml import etree
from printed_workbook import (
    CODE,
    HOSTILE,
    WORKBOOK,
    invented,
    one_line,
    printed,
    squeezed,
)

from widgets.content import LANGUAGES
from widgets.reports.document import GROUPS, plain, sayings
from widgets.reports.word import SIGNS, TICK_HERE, workbook_docx


def read(document):
    return docx.Document(io.BytesIO(workbook_docx(document)))


def texts(document):
    return [one.text for one in read(document).paragraphs]


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_asked_and_answered_is_there_in_order(language):
    document = printed(language, **invented())
    found = iter(texts(document))
    for module in document.modules:
        assert module.title in found
        for exercise in module.exercises:
            assert exercise.title in found
            assert exercise.prompt in found
            for line in exercise.lines:
                assert not line.label or line.label in found
                sign = f"{SIGNS[line.group]} " if line.options and line.group else ""
                assert sign + line.text in found


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_empty_workbook_is_a_form_to_fill_in(language):
    found = read(printed(language)).paragraphs
    boxes = [one.text for one in found if one.text.startswith(TICK_HERE)]
    choice = WORKBOOK.exercise("opening/first_moved").field
    labels = [option.label.in_(language) for option in choice.options]
    assert any(all(label in row for label in labels) for row in boxes)
    empty = [one for one in found if one.style.name == "Workbook write here"]
    assert len(empty) > 10
    assert not any(one.text for one in empty)


def test_the_explanation_tells_what_differs():
    answer = WORKBOOK.exercise("difference/sorting").start()
    placed = dict.fromkeys(answer["order"], "L")
    document = printed(difference__sorting=answer | {"placed": placed, "done": True})
    said = [text for text in texts(document) if text.startswith("Uitleg: ")]
    assert len(said) == 12
    assert (
        sum(text.startswith("Uitleg: ● persoonlijk leiderschap. ") for text in said)
        == 4
    )
    assert sum("Uitleg: ■● allebei. " in text for text in said) == 4


def test_the_code_stands_at_the_end_with_words_for_its_picture():
    word = read(printed(**invented()))
    found = [one.text for one in word.paragraphs]
    titles = [one.text for one in word.paragraphs if one.style.name == "Heading 1"]
    assert found.count(CODE) == 1
    assert found.index(CODE) > found.index(titles[-1])
    assert titles[-1] == sayings("nl")["code_title"]
    (picture,) = word.inline_shapes
    assert picture._inline.docPr.get("descr") == sayings("nl")["qr"]


@pytest.mark.parametrize(("language", "spoken"), [("nl", "nl-NL"), ("en", "en-GB")])
def test_word_knows_its_language_and_title_and_no_author(language, spoken):
    word = read(printed(language))
    assert f'w:lang w:val="{spoken}"' in word.styles["Normal"].element.xml
    about = word.core_properties
    assert (about.language, about.author) == (spoken, "")
    assert sayings(language)["title"] in about.title


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.parametrize(
    "line", [{"rows": 1}, {"options": ("a",)}, {"rows": 0}, {"label": "Vraag"}]
)
def test_what_was_typed_is_printed_as_it_is(name, line):
    typed = plain(HOSTILE[name])
    found = squeezed("".join(texts(one_line(text=typed, **line))))
    assert squeezed(typed) in found


def test_every_part_is_sound_xml_and_asks_nobody_else():
    content = workbook_docx(printed(**invented()))
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        for name in parts.namelist():
            if name.endswith((".xml", ".rels")):
                etree.fromstring(parts.read(name))
            if name.endswith(".rels"):
                assert b'TargetMode="External"' not in parts.read(name)


@pytest.mark.parametrize("group", GROUPS)
def test_a_group_has_a_sign_of_its_own(group):
    document = one_line(options=("a", "b"), text="a", group=group)
    assert f"{SIGNS[group]} a" in texts(document)
    assert len(set(SIGNS.values())) == len(GROUPS)
