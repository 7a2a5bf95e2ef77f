"""The PDF, read again: all words are there, and screen readers find their way."""

import io

import pytest
import typst
from printed_workbook import (
    CODE,
    HOSTILE,
    PERSONAL,
    WORKBOOK,
    invented,
    one_line,
    printed,
    squeezed,
)
from pypdf import PdfReader

from widgets.content import LANGUAGES
from widgets.reports import pdf
from widgets.reports.document import GROUPS, plain, sayings
from widgets.reports.pdf import workbook_pdf

NOT_IN_EVERY_FONT = {"emoji", "far away", "right to left", "a drawing"}
NOT_IN_EVERY_FONT |= {"all of a script"}
ENDLESS = "one endless word"  # goes on over pages, with their feet in between


def read(content):
    return PdfReader(io.BytesIO(content))


def text_of(document):
    return squeezed("".join(one.extract_text() for one in read_all(document)))


def read_all(document):
    return read(workbook_pdf(document)).pages


@pytest.fixture
def bare(monkeypatch):
    """A machine without fonts of its own."""
    fonts = typst.Fonts(include_system_fonts=False)
    monkeypatch.setattr(pdf, "_fonts", lambda system: fonts)


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_asked_and_answered_can_be_read_in_order(language):
    text = text_of(printed(language, **invented()))
    at = 0
    for module in WORKBOOK.modules.values():
        for id in module.exercises:
            exercise = WORKBOOK.exercise(id)
            # A list in a prompt may go on over a page, with its foot in between.
            for paragraph in exercise.prompt.in_(language).splitlines():
                at = text.find(squeezed(paragraph), at)
                assert at >= 0, id
    for line in lines(printed(language, **invented())):
        assert squeezed(line.label) in text
        assert squeezed(line.text) in text


def lines(document):
    for module in document.modules:
        for exercise in module.exercises:
            yield from exercise.lines


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_empty_workbook_is_a_form_to_fill_in(language):
    document = printed(language)
    text = text_of(document)
    for line in lines(document):
        assert squeezed("".join(line.options)) in text


def test_the_code_is_on_the_last_page_and_nowhere_else():
    pages = [page.extract_text() for page in read_all(printed(**invented()))]
    assert CODE in pages[-1]
    assert PERSONAL.until in pages[-1]
    assert not any(CODE in page for page in pages[:-1])


@pytest.mark.parametrize("language", LANGUAGES)
def test_screen_readers_find_their_way(language):
    found = read(workbook_pdf(printed(language, **invented())))
    root = found.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == language
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert b"pdfuaid:part" in root["/Metadata"].get_data()
    assert sayings(language)["title"] in found.metadata.title
    titles = [module.title.in_(language) for module in WORKBOOK.modules.values()]
    bookmarks = [one.title for one in found.outline if not isinstance(one, list)]
    assert [title for title in bookmarks if title in titles] == titles


def test_the_compiler_refuses_what_is_not_accessible(monkeypatch, tmp_path):
    template = pdf.TEMPLATE.read_text(encoding="utf-8")
    assert ", alt: say.qr" in template
    spoilt = tmp_path / "workbook.typ"
    spoilt.write_text(template.replace(", alt: say.qr", ""), encoding="utf-8")
    monkeypatch.setattr(pdf, "TEMPLATE", spoilt)
    with pytest.raises(typst.TypstError, match="PDF/UA-1"):
        workbook_pdf(one_line(text="x"))


@pytest.mark.parametrize("name", sorted(set(HOSTILE) - NOT_IN_EVERY_FONT - {ENDLESS}))
def test_what_was_typed_is_printed_as_it_is(bare, name):
    typed = plain(HOSTILE[name])
    assert squeezed(typed) in text_of(one_line(label="Vraag", text=typed))


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.parametrize(
    "line", [{"rows": 1}, {"options": ("a",)}, {"rows": 0}, {"heading": "Kop"}]
)
def test_no_text_stops_the_press(bare, name, line):
    typed = plain(HOSTILE[name])
    assert workbook_pdf(one_line(text=typed, **line)).startswith(b"%PDF")


def test_without_a_font_for_it_a_character_is_printed_as_its_name(bare):
    text = text_of(one_line(text="blij 😀👍🏽 en \U0001f3f3\ufe0f\u200d\U0001f308 日"))
    assert squeezed("blij [grinning face][thumbs up sign] en") in text
    assert squeezed("[waving white flag][rainbow]") in text
    assert squeezed("[cjk unified ideograph-65e5]") in text


def test_a_letter_stays_a_letter_below_a_mark_that_no_font_has(bare):
    text = text_of(one_line(text="stap 1\ufe0f\u20e3, q\u1dfa en 1 q"))
    assert "stap1,qen1q" in text


def test_a_font_of_the_machine_that_does_not_work_is_left_out(monkeypatch):
    compiled, tried = pdf._compiled, []

    def broken(template, data, system_fonts, more):
        tried.append(system_fonts)
        if system_fonts:
            error = typst.TypstError("a broken font")
            error.diagnostic = "error: a broken font"
            raise error
        return compiled(template, data, system_fonts, more)

    monkeypatch.setattr(pdf, "_compiled", broken)
    assert squeezed("één 😀").replace("😀", "") in text_of(one_line(text="één 😀"))
    assert tried[:3] == [True, True, False]


def test_an_endless_word_stays_on_the_page():
    pages = [one.extract_text() for one in read_all(one_line(text="x" * 10_000))]
    assert sum(page.count("x") for page in pages[1:-1]) == 10_000
    rows = (row for page in pages for row in page.splitlines() if "xxx" in row)
    assert max(map(len, rows)) < 120


@pytest.mark.parametrize("group", GROUPS)
@pytest.mark.parametrize("line", [{"options": ("een", "twee")}, {"heading": "Kop"}])
def test_a_group_can_be_drawn(group, line):
    text = text_of(one_line(text="een", group=group, **line))
    assert "een" in text
