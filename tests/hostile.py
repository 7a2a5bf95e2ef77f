"""What people who mean no good type, and what only looks like it.

The first is cleaned, refused or shown as text; the second comes back as it was typed.
"""

import io

from pypdf import PdfReader

MARK = "geheim-7391"  # stands in every text that may be in no log

LEGITIMATE = {
    "markup": "<b>vet</b> & <script>alert(1)</script> <img src=x onerror=alert(1)>",
    "closing": "</textarea></script></style>]]>--><svg onload=alert(1)>",
    "entities": "&lt;b&gt; &amp;amp; &#x41;",
    "formula": "=cmd|' /C calc'!A0",
    "plus": "+1 en -1 = 0",
    "minus": "-2+3+cmd|' /C calc'!A0",
    "at": "@SUM(1+1)",
    "jinja": "{{ 7*7 }} {% include 'x' %} {# niets #} ${7*7} #{7*7}",
    "format": "{0} {until} {x.__class__} %s %(x)s %n",
    "typst": '#set text(red) *b* _i_ $x$ `r` @ref <l> #read("/etc/passwd") = k',
    "sql": "Robert'); DROP TABLE answers;-- \" OR 1=1 /*",
    "paths": "../../etc/passwd ..\\..\\x C:\\con file:///etc/passwd %2e%2e%2f %00",
    "headers": 'a; filename=b.exe" Set-Cookie: x=1',
    "script urls": "javascript:alert(1) data:text/html,<b>x",
    "right to left": "\u202eomgekeerd\u202c \u200fעברית\u200f العربية \u2066x\u2069",
    "nothing to see": "nul\u200bbreedte\u200d\u2060\ufeff",
    "emoji": "👩‍👩‍👧‍👦 🏳️‍🌈 👍🏽 🇳🇱",
    "ligatures": "ﬁ ﬂ ĳ Ĳ œ ß ſ",
    "marks": "ë ï é Z" + "\u0335" * 20 + "\u0322" * 20,
    "quotes": "‘één’ “x” – … 2,50 ½ ’s",
    "white space": "  a  \u00a0 b\u2003c\u2028d  ",
    "json": '{"value": "x", "__proto__": {"a": 1}} null',
    "shell": "$(touch /tmp/x) `id` ; rm -rf / | cat",
    "long word": "x" * 190,
}
ILL = {
    "nul": "a\x00b\x00",
    "controls": "a\x1b[31mb\x7f\x85c\x08",
    "tab and return": "\t=1+1\r=1+1",
    "line ends": "a\r\nb\rc\x0bd\x0ce",
    "half first": "\ud83d los",
    "half last": "half \ude00",
    "turned halves": "\ude00\ud83d",
    "not characters": "a\ufffeb\uffffc\U0001ffff",
    "accent behind a control": "e\x00\u0301",
    "ten megabytes": "x" * 10 * 2**20,
    "many words": "woord " * 9_000,
}
ALL = LEGITIMATE | ILL

# What no field asks for: other shapes than its own.
SHAPES = [
    None, True, -1, 2**70, 1.5, float("nan"), float("inf"), [], [[]], [None], {},
    {"": ""}, {"__class__": "x"}, ["x"] * 10_000, "", "skipped", "dont_know",
]  # fmt: skip


def asks_nobody_and_does_nothing(pdf: bytes) -> None:
    """See that no text became a script, an action or a link of its own in a PDF."""
    reader = PdfReader(io.BytesIO(pdf))
    assert "/OpenAction" not in reader.trailer["/Root"]
    assert "/JavaScript" not in str(reader.trailer["/Root"])
    assert "root:" not in "".join(page.extract_text() for page in reader.pages)
    for page in reader.pages:
        for link in page.get("/Annots", ()):
            action = link.get_object().get("/A", {})
            assert action.get("/S", "/URI") in ("/URI", "/GoTo")
            address = str(action.get("/URI", "http://192.168.1.20"))
            assert address.startswith("http://192.168.1.20")
