"""Hostile text everywhere that text goes: nothing breaks out, nothing is mangled."""

import copy
import io
import json
import random
import re
import unicodedata
import zipfile

import pytest
from hostile import ALL, LEGITIMATE, MARK, SHAPES, asks_nobody_and_does_nothing
from lxml import etree
from memory_room import Room
from plain_server import KEY, Server
from printed_workbook import WORKBOOK, printed

from widgets.card_frame import CardFrame
from widgets.exercises.base import AnswerError, Exercise, LinesField, TextField
from widgets.exercises.card_exercise import CardExercise
from widgets.frame import Frame
from widgets.reports.own_file import fitting, own_file, read_own_file
from widgets.reports.pdf import workbook_pdf
from widgets.reports.word import workbook_docx
from widgets.server.channel import MAX_FRAME
from widgets.server.sessions import TITLE_LENGTH

EXERCISES = list(WORKBOOK.exercises.values())
every_exercise = pytest.mark.parametrize("exercise", EXERCISES, ids=lambda e: e.id)
texts = pytest.mark.parametrize("text", ALL.values(), ids=ALL)
SAFE_NAME = re.compile(r'attachment; filename="[\w.-]+"', re.ASCII)


def sound(exercise: Exercise, answer: object) -> bool:
    """Whether an answer is refused, or kept whole and in words, counting options."""
    try:
        kept = exercise.check(answer)
    except AnswerError:
        return False
    json.dumps(kept, allow_nan=False, ensure_ascii=False).encode()
    for key, value in exercise.counted(kept).items():
        assert value in exercise.countable[key].option_keys
    for line in exercise.on_paper(kept, "nl"):
        line.text.encode()
    exercise.feedback(kept, "nl")
    return True


def spoiled(answer: dict, value: object):
    """The answer with a value in the place of every part of it, one at a time."""
    for key, part in answer.items():
        yield answer | {key: value}
        if isinstance(part, dict):
            for inner in part:
                yield answer | {key: part | {inner: value}}
            yield answer | {key: part | {"nobody_asked": value}}
        if isinstance(part, list):
            yield answer | {key: [value]}
            yield answer | {key: [*part, value]}


@every_exercise
def test_every_field_keeps_or_refuses_hostile_text(exercise):
    good = exercise.invent(random.Random(1))
    for text in ALL.values():
        if len(text) > MAX_FRAME:
            continue  # no frame brings it; a file does, see below
        for answer in spoiled(good, text):
            sound(exercise, answer)
        sound(exercise, {text: text})


@every_exercise
def test_every_field_keeps_or_refuses_any_shape(exercise):
    good = exercise.invent(random.Random(1))
    for shape in SHAPES:
        for answer in spoiled(good, copy.deepcopy(shape)):
            sound(exercise, answer)
        sound(exercise, shape)


@every_exercise
def test_a_frame_with_a_hostile_value_follows_the_room(exercise):
    room = Room()
    kind = CardFrame if isinstance(exercise, CardExercise) else Frame
    frame = kind.for_(exercise, room, "nl")
    good = exercise.invent(random.Random(1))
    for odd in ({}, MARK, [MARK], {MARK: [MARK]}, None):
        for value in (*spoiled(good, odd), {"order": [MARK]}):
            frame.set_state({"value": value, "seq": frame.seq + 1})
            room.tell()
            room.answers.clear()
    assert frame.exercise["id"] == exercise.id


def text_fields(exercise: Exercise) -> list[TextField]:
    fields = exercise.asked.values()
    return [one for one in fields if isinstance(one, TextField)]


@every_exercise
@pytest.mark.parametrize("text", LEGITIMATE.values(), ids=LEGITIMATE)
def test_legitimate_text_comes_back_as_it_was_typed(exercise, text):
    assert unicodedata.is_normalized("NFC", text)
    for field in text_fields(exercise):
        if len(text) > field.max_length:
            continue
        if len(text.split()) > (field.max_words or len(text)):
            continue
        assert field.check(text) == text
        assert field.in_words(text, "nl") == text


def filled(texts: list[str]) -> dict[str, dict]:
    """A whole workbook of good answers, with these texts wherever one may type."""
    answers, turn = {}, 0
    for exercise in EXERCISES:
        answer = exercise.invent(random.Random(1))
        for key, field in exercise.asked.items():
            turn += 1
            text = texts[turn % len(texts)]
            if isinstance(field, TextField) and key in answer:
                most = " ".join(text.split()[: field.max_words or 500])
                answer |= {key: most[: field.max_length]}
            elif isinstance(field, LinesField) and key in answer:
                answer |= {key: [text[:60]]}
        try:
            answers[exercise.id] = exercise.check(answer)
        except AnswerError:
            answers[exercise.id] = exercise.invent(random.Random(1))
    return answers


@pytest.fixture(scope="module")
def document():
    return printed("nl", **filled(list(ALL.values())))


def test_a_pdf_of_hostile_text_asks_nobody_and_does_nothing(document):
    asks_nobody_and_does_nothing(workbook_pdf(document))


def test_a_word_document_of_hostile_text_asks_nobody_and_does_nothing(document):
    with zipfile.ZipFile(io.BytesIO(workbook_docx(document))) as bundle:
        parts = {name: bundle.read(name) for name in bundle.namelist()}
    for name, part in parts.items():
        if name.endswith((".xml", ".rels")):
            etree.fromstring(part)
        assert not re.search(rb'w:instr="[^"]*(DDE|INCLUDE|cmd)', part)
    assert not any("vbaProject" in name for name in parts)


def test_a_file_of_hostile_answers_comes_in_as_it_went_out():
    mine = filled(list(LEGITIMATE.values()))
    mine.pop(WORKBOOK.agreement)
    read = read_own_file(own_file(mine, LEGITIMATE["markup"], "2026-11-24"))
    assert read == mine
    assert fitting(WORKBOOK, read, {}, replace=True).answers == mine


@texts
def test_a_file_that_was_made_to_harm_is_left_out_answer_by_answer(text):
    for shape in (text, [text], {text: text}, {"placed": {text: text}}, *SHAPES):
        read = {one.id: shape for one in EXERCISES} | {"no/such": shape}
        found = fitting(WORKBOOK, read, {}, replace=True)
        for id, answer in found.answers.items():
            assert sound(WORKBOOK.exercise(id), answer)


# Pages


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    house = Server(tmp_path_factory.mktemp("hostile"), "/")
    yield house
    house.close()


@pytest.fixture(scope="module")
def trainer(house):
    browser = house.browser()
    assert browser.post("trainer", data={"key": KEY}).is_success
    return browser


PAGES = ["trainer", "trainer/{}/prepare", "trainer/{}/programme", "trainer/{}/report"]


@texts
def test_a_title_is_text_on_every_page_and_in_no_file_name(house, trainer, text):
    row = house.session(text[:5000])
    person = house.participant(row)
    found = [trainer.get(page.format(row.code)) for page in PAGES]
    found += [person.get(page) for page in ("nl/", "me", "privacy")]
    found += [house.browser().get(f"join/{row.code}")]
    for page in found:
        assert page.status_code == 200
        assert not re.search(r"<(script>alert|img src=x|svg onload|b>vet)", page.text)
    for name in ("csv", "xlsx", "pdf"):
        file = trainer.get(f"trainer/{row.code}/report.{name}")
        assert SAFE_NAME.fullmatch(file.headers["Content-Disposition"])
    own = person.get("me/workbook.json")
    assert SAFE_NAME.fullmatch(own.headers["Content-Disposition"])
    assert own.json()["session"] == row.title


@pytest.mark.parametrize("text", LEGITIMATE.values(), ids=LEGITIMATE)
def test_a_legitimate_title_stays_as_it_was_given(house, text):
    assert house.session(text).title == text.strip()[:TITLE_LENGTH]


FORMS = [
    "",
    "join/{}",
    "resume",
    "me/import",
    "choice",
    "me/delete",
    "leave",
    "trainer",
]
FORMS += ["trainer/sessions", "trainer/{}/prepare", "trainer/{}/rehearsal"]
NAMES = "code counting language token personal bring key title variant next back sure"
BYTES = [b"\xff\xfe", b"\xed\xa0\x80", b"%", b"\x00", b"a" * 90_000]


@pytest.mark.parametrize("path", FORMS)
def test_no_form_or_address_breaks_on_hostile_values_or_logs_them(
    house, trainer, caplog, path
):
    row = house.session()
    person = house.participant(row)
    texts = [ALL[name] for name in ("markup", "jinja", "sql", "headers", "nul")]
    for value in [*(text.encode() for text in texts), *BYTES]:
        value = MARK.encode() + value
        path_now = path.format(row.code)
        data = dict.fromkeys(NAMES.split(), value)
        for browser in (house.browser(), person, trainer):
            options = {"data": data, "follow_redirects": False}
            assert browser.post(path_now, **options).status_code < 500
        short = {name: value[:200] for name in NAMES.split()}
        address = "&".join(f"{k}={quoted(v)}" for k, v in short.items())
        found = house.browser().get(f"{path_now}?{address}", follow_redirects=False)
        assert found.status_code < 500
        assert f'"{MARK}<' not in found.text
    assert MARK not in caplog.text
    assert row.code not in caplog.text


def quoted(value: bytes) -> str:
    return "".join(f"%{byte:02x}" for byte in value)


def test_an_error_inside_logs_neither_address_nor_words(house, caplog, monkeypatch):
    def broken(code):
        raise ValueError(f"{MARK} {code}")

    monkeypatch.setattr(house.desk, "session", broken)
    found = house.browser().get(f"join/{MARK}?personal={MARK}")
    assert found.status_code == 500
    assert "ValueError" not in found.text
    assert "ValueError" in caplog.text
    assert MARK not in caplog.text
    assert "127.0.0.1" not in caplog.text
