"""The trainer's guide: the right things at the right time, on paper for everybody."""

import dataclasses
import io
from datetime import time

import pytest
from printed_workbook import squeezed
from pypdf import PdfReader

from widgets.content import LANGUAGES, load, words
from widgets.programme import planned, total
from widgets.reports.guide import LONGEST_PROMPT, guide, shortened
from widgets.reports.pdf import guide_pdf

WORKBOOK = load()
VARIANTS = list(WORKBOOK.variants)


def made(slug="half-day", language="nl", start="09:00", chosen=None, **more):
    return guide(
        WORKBOOK,
        WORKBOOK.variants[slug],
        planned(WORKBOOK, slug, chosen),
        language,
        start=time.fromisoformat(start),
        **more,
    )


def clock(text):
    hours, minutes = text.split(":")
    return int(hours) * 60 + int(minutes)


@pytest.mark.parametrize("slug", VARIANTS)
def test_one_thing_begins_when_the_one_before_ends(slug):
    found = made(slug)
    for day in found.days:
        now = clock("09:00")
        for module in day.modules:
            assert clock(module.start) == now
            for exercise in module.exercises:
                assert clock(exercise.start) == now
                now += exercise.minutes
            if module.debrief_at:
                assert clock(module.debrief_at) == now
                now += module.debrief_minutes
            if module.break_at:
                assert clock(module.break_at) == now
                now += module.break_minutes
        assert clock(day.end) == now
    variant = WORKBOOK.variants[slug]
    assert found.spare == variant.minutes - total(variant, planned(WORKBOOK, slug))


def test_the_half_day_by_the_clock():
    (day,) = made(start="13:30").days
    assert [module.start for module in day.modules] == [
        "13:30", "13:50", "14:10", "14:35", "15:15", "15:45", "16:10", "16:30", "16:45"
    ]  # fmt: skip
    assert day.modules[3].break_at == "15:00"
    assert (day.end, made().spare) == ("17:00", 0)


def test_two_half_days_begin_at_the_same_hour_each():
    first, second = made("two-half-days").days
    assert second.modules[0].title == WORKBOOK.modules["steering"].title.nl
    assert first.modules[0].start == second.modules[0].start == "09:00"
    assert first.title
    assert first.title != second.title


def test_after_midnight_the_clock_begins_again():
    assert made(start="23:50").days[0].modules[1].start == "00:10"


def test_a_choice_of_ones_own_is_what_is_printed():
    found = made(chosen=["strengths/drive"])
    titles = [one.title for day in found.days for one in day.modules]
    assert titles == [
        WORKBOOK.modules[slug].title.nl for slug in ("opening", "strengths")
    ]
    home = dict(found.home)
    sorting = WORKBOOK.exercise("difference/sorting").title.nl
    assert sorting in home[WORKBOOK.modules["difference"].title.nl]
    drive = WORKBOOK.exercise("strengths/drive").title.nl
    assert drive not in home[WORKBOOK.modules["strengths"].title.nl]


def test_what_the_projector_shows_follows_from_the_fields():
    said = words("nl")["guide"]
    shown = {
        one.ref: one.projector
        for day in made("full-day").days
        for module in day.modules
        for one in module.exercises
    }
    assert shown["E1.1"] == said["projector_picture"]
    assert shown["E1.4"] == said["projector_wall"]
    assert shown["E1.3"] == said["projector_private"]


@pytest.mark.parametrize("id", WORKBOOK.exercises)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_prompt_is_shortened_between_sentences(id, language):
    prompt = WORKBOOK.exercise(id).prompt.in_(language)
    short = shortened(prompt)
    assert squeezed(prompt).startswith(squeezed(short))
    assert len(short) <= LONGEST_PROMPT


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("slug", ["teaser", "two-half-days"])
def test_the_pdf_says_all_of_it_and_screen_readers_find_their_way(slug, language):
    found = made(slug, language, session="Teamdag <b>*mei*</b> #x")
    pdf = PdfReader(io.BytesIO(guide_pdf(found)))
    text = squeezed("".join(page.extract_text() for page in pdf.pages))
    for day in found.days:
        for module in day.modules:
            said = (*module.debrief, *module.pitfalls, *module.safety, module.opening)
            for one in (module.title, module.start, *module.goals, *said):
                assert squeezed(one) in text
            for exercise in module.exercises:
                assert squeezed(exercise.start + exercise.title) in text
                assert squeezed(exercise.asks) in text
                assert squeezed(exercise.projector) in text
    first = squeezed(pdf.pages[0].extract_text())
    assert squeezed(words(language)["guide"]["marks"]) in first
    root = pdf.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == language
    assert b"pdfuaid:part" in root["/Metadata"].get_data()
    assert "Teamdag <b>*mei*</b> #x" in pdf.metadata.title
    modules = [one.title for day in found.days for one in day.modules]
    bookmarks = []
    for one in pdf.outline:
        bookmarks += [one] if not isinstance(one, list) else one
    titles = [one.title for one in bookmarks if not isinstance(one, list)]
    assert [title for title in titles if title in modules] == modules


@pytest.mark.parametrize(("spare", "said"), [(5, "spare"), (-5, "over"), (0, "")])
def test_the_first_page_tells_whether_it_fits(spare, said):
    found = dataclasses.replace(made("teaser"), spare=spare)
    text = PdfReader(io.BytesIO(guide_pdf(found))).pages[0].extract_text()
    told = {
        key: squeezed(words("nl")["guide"][key].format(n=5)) in squeezed(text)
        for key in ("spare", "over")
    }
    assert told == {key: key == said for key in ("spare", "over")}
