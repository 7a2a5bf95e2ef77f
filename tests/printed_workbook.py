"""The workbook on paper, as a participant would have filled it in."""

import random

from widgets.content import load
from widgets.exercises.base import Line
from widgets.reports.document import (
    Document,
    Pass,
    PrintedExercise,
    PrintedModule,
    document,
)

WORKBOOK = load()
CODE = "7K2M-9QXR-4D8T-VW3H-0ABC"
PERSONAL = Pass(
    code=CODE,
    address=f"http://192.168.1.20:8866/resume#{CODE}",
    back="http://192.168.1.20:8866/follow-up",
    until="22 februari 2027",
)
# What nobody may take for markup, and what few fonts have.
HOSTILE = {
    "typst": '#set text(red) *b* _i_ $x$ `r` \\ @ref <l> // c #read("/etc/passwd") = k',
    "markup": "<w:p>&lt;b&gt;</w:p>]]><script>alert(1)</script>&amp;&#x41;{until}",
    "dashes": "a -- b --- c ... ~ 'd' \"e\" https://example.org/",
    "dutch": "ë ï ĳ ij € ‘één’ “x” – … 2,50 ½ ’s",
    "controls": "a\x00b\x1b[31mc\x7fd\x85e",
    "not characters": "a\ufffeb\uffffc\U0001ffff d",
    "halves": "a\ud83d b \ude00c",
    "right to left": "\u202eomgekeerd\u202c \u200fעברית\u200f العربية",
    "emoji": "👩‍👩‍👧‍👦 🏳️‍🌈 👍🏽 😀",
    "a drawing": "<svg>😀 {x}</svg>",
    "all of a script": "".join(map(chr, range(0x4E00, 0x5000))),
    "far away": "日本語 हिन्दी ไทย \U00013000 \ue000",
    "2,000 characters": "Zó veel woorden als er passen, en dan nog een paar. " * 40,
    "one endless word": "x" * 10_000,
    "many lines": "regel\r\nregel\u2028regel\n\n\nregel",
}


def printed(language="nl", **answers) -> Document:
    """The workbook with these answers, by exercise with _ _ for its slash."""
    own = {id.replace("__", "/"): answer for id, answer in answers.items()}
    about = {"session": "Teamdag mei", "day": "24 november 2026", "personal": PERSONAL}
    return document(WORKBOOK, own, language, **about)


def invented(seed=3):
    """A complete answer to every exercise."""
    return {
        id: exercise.invent(random.Random(seed))
        for id, exercise in WORKBOOK.exercises.items()
    }


def one_line(**line) -> Document:
    """A document of one exercise with one line."""
    exercise = PrintedExercise(
        title="Titel", prompt="Vraag", skipped=False, lines=(Line(**line),)
    )
    module = PrintedModule(title="Module", summary="Kort", exercises=(exercise,))
    return Document(
        language="nl",
        session="Teamdag",
        day="24 november 2026",
        modules=(module,),
        personal=PERSONAL,
    )


def squeezed(text: str) -> str:
    """Text without white space and without marks that only say how to draw it."""
    drawn = (one for one in text if one not in "\u200b\u00ad\u200f\u202e\u202c")
    return "".join("".join(drawn).split())
