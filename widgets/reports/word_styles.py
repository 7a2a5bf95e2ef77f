"""The look of Word documents: the colours of the pages, as styles that Word knows."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import IO

from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Cm, Pt, RGBColor
from docx.styles.style import ParagraphStyle

from .document import GROUPS, colours

SERIF, SANS, MONO = "Georgia", "Calibri", "Consolas"
LANGUAGES = {"nl": "nl-NL", "en": "en-GB"}
SUMMARY, SMALL, LABEL = "Workbook summary", "Workbook small", "Workbook label"
CHOICE, WRITE_HERE = "Workbook choice", "Workbook write here"
CODE = "Workbook code"
ANSWER = {group: f"Workbook answer {group or ''}".strip() for group in (None, *GROUPS)}


def colour(name: str) -> RGBColor:
    """A colour of the pages by its name."""
    return RGBColor.from_string(colours()[name].lstrip("#").upper())


def prepare(word: Document, language: str, title: str) -> None:
    """Give a new document its page, language, title and styles."""
    section = word.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.4)
    section.top_margin = section.bottom_margin = Cm(2.2)
    about = word.core_properties
    about.title, about.language = title, LANGUAGES[language]
    about.author = about.comments = about.last_modified_by = ""
    about.created = about.modified = datetime.now(UTC).replace(tzinfo=None)
    _built_in(word, language)
    _own(word)


def _built_in(word: Document, language: str) -> None:
    normal = _style(word, "Normal", SANS, 11, "ink", after=6)
    spoken = OxmlElement("w:lang")
    spoken.set(qn("w:val"), LANGUAGES[language])
    normal.element.get_or_add_rPr().append(spoken)
    _style(word, "Title", SERIF, 32, "accent", after=12)
    first = _style(word, "Heading 1", SERIF, 22, "accent", after=8)
    first.paragraph_format.page_break_before = True
    _style(word, "Heading 2", SERIF, 14, "ink", before=20, after=5)
    _style(word, "Heading 3", SERIF, 11.5, "ink", before=12, after=4)
    for border in word.styles["Title"].element.iter(qn("w:pBdr")):
        border.getparent().remove(border)


def _own(word: Document) -> None:
    _style(word, SUMMARY, SANS, 12, "ink-soft", after=8)
    _style(word, SMALL, SANS, 9.5, "ink-soft", after=4)
    label = _style(word, LABEL, SANS, 10, "ink-soft", before=9, after=3)
    label.paragraph_format.keep_with_next = True
    _style(word, CHOICE, SANS, 11, "ink", after=6)
    for group, name in ANSWER.items():
        answer = _style(word, name, SANS, 11, "ink", before=3, after=6)
        ink = GROUPS[group] if group else "accent"
        _border(answer, "left", ink, size=20, space=8)
        _shade(answer, f"{ink}-soft")
    line = _style(word, WRITE_HERE, SANS, 16, "ink", after=0)
    _border(line, "bottom", "line-strong", size=4, space=0)
    _border(line, "between", "line-strong", size=4, space=0)
    _style(word, CODE, MONO, 16, "ink", before=12, after=12)


def _style(
    word: Document,
    name: str,
    font: str,
    size: float,
    ink: str,
    *,
    before: float = 0,
    after: float = 0,
) -> ParagraphStyle:
    style: ParagraphStyle = (
        word.styles[name]
        if name in word.styles
        else word.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    )
    style.font.size, style.font.color.rgb = Pt(size), colour(ink)
    style.paragraph_format.space_before = Pt(before)
    style.paragraph_format.space_after = Pt(after)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    fonts.attrib.clear()  # else the theme of Word's template wins
    for script in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(qn(f"w:{script}"), font)
    return style


def _border(
    style: ParagraphStyle, side: str, ink: str, *, size: int, space: int
) -> None:
    properties = style.element.get_or_add_pPr()
    borders = properties.find(qn("w:pBdr"))
    if borders is None:
        borders = OxmlElement("w:pBdr")
        properties.insert_element_before(borders, "w:shd", "w:spacing", "w:ind")
    border = OxmlElement(f"w:{side}")
    look = {"val": "single", "sz": size, "space": space, "color": str(colour(ink))}
    for key, value in look.items():
        border.set(qn(f"w:{key}"), str(value))
    borders.append(border)


def _shade(style: ParagraphStyle, ink: str) -> None:
    shade = OxmlElement("w:shd")
    for key, value in {"val": "clear", "fill": str(colour(ink))}.items():
        shade.set(qn(f"w:{key}"), value)
    properties = style.element.get_or_add_pPr()
    properties.insert_element_before(shade, "w:spacing", "w:ind")


def picture(word: Document, image: IO[bytes], description: str) -> None:
    """Add a picture with words for who does not see it."""
    shape = word.add_picture(image, width=Cm(4.2))
    shape._inline.docPr.set("descr", description)


def number_pages(word: Document, name: str) -> None:
    """Put the number of each page at its foot."""
    paragraph = word.sections[0].footer.paragraphs[0]
    paragraph.style = word.styles[SMALL]
    run = paragraph.add_run(f"{name} ")
    for kind, text in (("begin", ""), ("", " PAGE "), ("end", "")):
        run._r.append(_field_part(kind, text))


def _field_part(kind: str, text: str) -> BaseOxmlElement:
    if kind:
        part = OxmlElement("w:fldChar")
        part.set(qn("w:fldCharType"), kind)
        return part
    part = OxmlElement("w:instrText")
    part.text = text
    return part
