"""The styles follow the colours of the pages, and Word's rules on order."""

import docx
import pytest
from docx.oxml.ns import qn

from widgets.reports import word_styles as styles
from widgets.reports.document import GROUPS, colours

# The order in which Word wants what a paragraph looks like.
ORDER = ["keepNext", "pageBreakBefore", "pBdr", "shd", "spacing", "ind", "jc"]


@pytest.fixture
def word():
    word = docx.Document()
    styles.prepare(word, "nl", "Titel")
    return word


@pytest.mark.parametrize("group", [None, *GROUPS])
def test_an_answer_has_the_colour_of_its_group(word, group):
    name = GROUPS[group] if group else "accent"
    look = word.styles[styles.ANSWER[group]].element.pPr
    border = look.find(qn("w:pBdr")).find(qn("w:left"))
    assert border.get(qn("w:color")) == colours()[name].lstrip("#").upper()
    shade = look.find(qn("w:shd")).get(qn("w:fill"))
    assert shade == colours()[f"{name}-soft"].lstrip("#").upper()


def test_what_styles_say_stands_in_the_order_that_word_wants(word):
    for style in word.styles:
        look = getattr(style.element, "pPr", None)
        if look is not None and style.name.startswith("Workbook"):
            names = [one.tag.partition("}")[2] for one in look]
            known = [name for name in names if name in ORDER]
            assert known == sorted(known, key=ORDER.index), style.name


def test_pages_are_numbered(word):
    styles.number_pages(word, "Bladzijde")
    (paragraph,) = word.sections[0].footer.paragraphs
    assert paragraph.text.startswith("Bladzijde ")
    assert " PAGE " in paragraph._p.xml


def test_a_module_begins_on_a_page_of_its_own(word):
    assert word.styles["Heading 1"].paragraph_format.page_break_before
