"""The workbook as a Word document, to go on writing in."""

from __future__ import annotations

import io

import docx
import segno
from docx.document import Document as Word
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from ..exercises.base import Line
from . import word_styles as styles
from .document import GROUPS, Document, Pass, PrintedExercise, PrintedModule, sayings

# The shapes of the groups, as characters.
SIGNS = {
    "L": "\u25a0",
    "P": "\u25cf",
    "B": "\u25a0\u25cf",
    "thought": "\u2601",
    "feeling": "\u2665",
    "behaviour": "\u279c",
}
TICK_HERE = "\u2610"


def workbook_docx(document: Document) -> bytes:
    """Write the document; what a participant typed is text of one paragraph."""
    word, say = docx.Document(), sayings(document.language)
    styles.prepare(word, document.language, f"{say['title']} · {say['name']}")
    _Printer(word, say).print(document)
    buffer = io.BytesIO()
    word.save(buffer)
    return buffer.getvalue()


class _Printer:
    """Adds what is printed to a Word document, from top to bottom."""

    def __init__(self, word: Word, say: dict[str, str]) -> None:
        self.word, self.say = word, say
        self.styles = {style.name: style.style_id for style in word.styles}

    def print(self, document: Document) -> None:
        say = self.say
        self.add(say["name"], styles.SUMMARY)
        self.add(say["title"], "Title")
        self.add(document.session)
        self.add(document.day, styles.SMALL)
        self.add(say["intro"])
        for module in document.modules:
            self.module(module)
        self.add(say["care"], styles.SMALL)
        self.last_page(document.personal)
        styles.number_pages(self.word, say["page"])

    def add(self, text: str, style: str = "Normal") -> Paragraph:
        paragraph = self.word.add_paragraph(text)
        # Set by name, Word's whole list of styles would be searched every time.
        paragraph._p.style = self.styles[style]
        return paragraph

    def module(self, module: PrintedModule) -> None:
        self.add(module.title, "Heading 1")
        self.add(module.summary, styles.SUMMARY)
        for exercise in module.exercises:
            self.exercise(exercise)

    def exercise(self, exercise: PrintedExercise) -> None:
        self.add(exercise.title, "Heading 2")
        self.add(exercise.prompt)
        if exercise.skipped:
            self.add(self.say["skipped"], styles.SMALL)
        for line in exercise.lines:
            self.line(line)

    def line(self, line: Line) -> None:
        if line.heading:
            self.signed(self.add("", "Heading 3"), line.heading, line.group)
        if line.label:
            self.add(line.label, styles.LABEL)
        if line.text and line.options:
            choice = self.add("", styles.CHOICE)
            self.signed(choice, line.text, line.group).bold = True
        elif line.text:
            style = styles.ANSWER[line.group] if line.rows else styles.SMALL
            self.add(line.text, style)
        else:
            self.room(line)
        if line.why:
            self.explanation(line.why, line.text)

    def room(self, line: Line) -> None:
        """What a pen needs: boxes to tick, or lines to write on."""
        if line.options:
            boxes = (f"{TICK_HERE}\u00a0{option}" for option in line.options)
            self.add("    ".join(boxes), styles.CHOICE)
            return
        for _ in range(line.rows):
            self.add("", styles.WRITE_HERE)

    def explanation(self, why: Line, chosen: str) -> None:
        paragraph = self.add(f"{self.say['why']} ", styles.SMALL)
        if why.label != chosen:
            self.signed(paragraph, f"{why.label}. ", why.group)
        paragraph.add_run(why.text)

    def signed(self, paragraph: Paragraph, text: str, group: str | None) -> Run:
        sign = f"{SIGNS[group]} " if group else ""
        run = paragraph.add_run(sign + text)
        if group:
            run.font.color.rgb = styles.colour(GROUPS[group])
        return run

    def last_page(self, personal: Pass) -> None:
        say = self.say
        self.add(say["code_title"], "Heading 1")
        self.add(say["code_text"])
        self.add(personal.code, styles.CODE)
        image = io.BytesIO()
        segno.make(personal.address, error="m").save(image, kind="png", scale=8)
        styles.picture(self.word, image, say["qr"])
        self.add(say["back"].format(address=personal.back))
        self.add(say["until"].format(until=personal.until))
        self.add(say["code_warning"])
        self.add("").add_run(say["leave_out"]).bold = True
