"""The style sheets that stand together on a page leave each other alone."""

import re
from collections import defaultdict
from pathlib import Path

WIDGETS = Path(__file__).parents[1] / "widgets"
SHEETS = [*WIDGETS.glob("*.css"), *WIDGETS.glob("exercises/*.css")]
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
PRINT = re.compile(r"@media print\s*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}")


def own_classes(css: str) -> set[str]:
    """The classes that a sheet gives a look by themselves, on a screen."""
    rules = re.findall(r"([^{}]+)\{", PRINT.sub("", COMMENT.sub("", css)))
    selectors = (one.strip() for rule in rules for one in rule.split(","))
    return {one for one in selectors if re.fullmatch(r"\.wb-[\w-]+", one)}


def test_no_two_sheets_mean_something_else_by_the_same_class():
    places = defaultdict(list)
    for sheet in SHEETS:
        for name in own_classes(sheet.read_text("utf-8")):
            places[name].append(sheet.name)
    assert len(places) > 100
    assert {name: where for name, where in places.items() if len(where) > 1} == {}


def test_what_is_looked_for_is_found():
    css = "/* .wb-a */ .wb-b, .wb-c > p { } @media print { .wb-d { } } .wb-e:hover { }"
    assert own_classes(css) == {".wb-b"}
