"""One training, from the trainer's key to the last search through what was written."""

import re
from collections import Counter

import pytest
from e2e.house import House, Wire
from e2e.room import (
    CHANGES,
    CUT,
    DECLINED,
    DELETES,
    ENGLISH,
    KILLED,
    MOVED,
    MOVES,
    ONLY_FOR_ME,
    PEOPLE,
    QUESTIONS,
    SCALE,
    SORTING,
    START,
    WISH,
    WRITERS,
    Room,
)
from e2e.story import WORKBOOK, Participant, Trainer
from e2e.watch import PATIENCE, Watch
from playwright.sync_api import Browser, expect

from widgets import vault

pytestmark = pytest.mark.e2e


def test_a_room_full_of_people(served: House, chrome: Browser, watch: Watch) -> None:
    trainer = Trainer(chrome, served.url, watch)
    room = Room(served, chrome, watch, trainer, Wire(served.url))
    the_trainer_makes_a_session(room)
    everybody_joins(room)
    nothing_is_open_yet(room)
    four_answers_are_too_few(room)
    ten_answers_are_shown(room)
    one_is_counted_no_more(room)
    everybody_says_where_they_stand(room)
    two_lose_the_line_and_keep_typing(room)
    five_texts_stand_on_the_wall(room)
    everybody_sorts(room)
    everybody_writes(room)
    one_goes_on_elsewhere(room)
    one_deletes_everything(room)
    nobody_can_read_what_was_private(room)
    assert max(room.waits) <= 2, room.waits


def the_trainer_makes_a_session(room: Room) -> None:
    room.trainer.sign_in()
    room.trainer.make_session("Teamdag mei", "full-day")
    room.trainer.sees(room.trainer.code)


def everybody_joins(room: Room) -> None:
    for number in range(PEOPLE):
        one = Participant(
            room.browser,
            room.wire.url if number == CUT else room.served.url,
            room.watch,
            language="en" if number in ENGLISH else "nl",
            counts=number not in ONLY_FOR_ME,
        )
        one.join(room.trainer.code)
        badge = "badge_counting" if one.counts else "badge_only_me"
        expect(
            one.page.get_by_role("link", name=one.words["pages"][badge])
        ).to_be_visible()
        room.people.append(one)
    room.trainer.sees(room.trainer.words["screen"]["here"].format(n=PEOPLE))


def nothing_is_open_yet(room: Room) -> None:
    """The first waits at the contents, the others in the module."""
    early, *others = room.people
    said = early.words["contents"]
    expect(early.page.get_by_text(said["wait_title"])).to_be_visible()
    for one in others:
        one.open("opening")
    for one in others:
        one.said("not_open", START).wait_for()
        choice = one.words["join"]["count_me" if one.counts else "only_me"]
        expect(
            one.exercise("opening/agreement").get_by_role(
                "button", name=choice, pressed=True
            )
        ).to_be_visible()
    room.trainer.press("next_button")
    early.page.get_by_role("link", name=said["go_open"]).click()
    for one in room.people:
        one.exercise(START).get_by_role("radio").first.wait_for()
    # From here on no page may be made anew without somebody asking for it.
    for one in room.people:
        one.page.evaluate("window.isTheSamePage = true")


def four_answers_are_too_few(room: Room) -> None:
    """Six answered, four of them are counted: there is nothing to show."""
    trainer = room.trainer
    for number in range(4):
        room.people[number].choose(START, MOVED[number])
    for number in ONLY_FOR_ME:
        room.people[number].choose(START, "none")
    trainer.sees(trainer.words["screen"]["ready"].format(n=6))
    expect(trainer.button("show", START)).to_have_attribute("aria-disabled", "true")
    trainer.press("view_result")
    trainer.sees(trainer.words["screen"]["few"])
    trainer.press("view_exercise")


def ten_answers_are_shown(room: Room) -> None:
    for number in range(4, 10):
        room.people[number].choose(START, MOVED[number])
    expect(room.trainer.button("show", START)).to_have_attribute(
        "aria-disabled", "false"
    )
    room.follows("show", START, "")
    hidden = room.trainer.words["result"]["hidden"]
    room.trainer.sees(room.trainer.words["result"]["n"].format(n=10))
    cells = room.trainer.screen.get_by_role("cell", include_hidden=True)
    cells = cells.all_inner_texts()
    assert cells == ["5", "3", hidden, hidden]
    for one in room.people:
        figure = one.exercise(START).get_by_role("figure")
        expect(figure).to_contain_text(one.words["result"]["n"].format(n=10))
        answer = one.exercise(START).get_by_role("radio").last.bounding_box()
        place = figure.bounding_box()
        assert answer and place and answer["y"] < place["y"]


def one_is_counted_no_more(room: Room) -> None:
    """What is in a shown picture stays there; from now on it does not count."""
    one = room.people[CHANGES]
    agreement = one.exercise("opening/agreement")
    agreement.get_by_role("button", name=one.words["join"]["only_me"]).click()
    expect(one.page.get_by_text(one.words["consent"]["chose_no"])).to_be_visible()
    one.is_saved("opening/agreement")
    one.counts = False
    room.trainer.sees(room.trainer.words["result"]["n"].format(n=10))


def everybody_says_where_they_stand(room: Room) -> None:
    room.follows("next_button", "", SCALE)
    for one in room.people:
        one.rate()


def two_lose_the_line_and_keep_typing(room: Room) -> None:
    """One loses the network, of one the process on the server is gone."""
    room.trainer.press("next_button")
    lost = [room.people[CUT], room.people[KILLED]]
    for one in room.people:
        one.write(WISH, "wish")
        one.is_saved(WISH)
    with room.watch.forgiving():
        assert room.wire.cut()
        kernel = lost[1].page.locator("#jupyter-config-data").inner_text()
        kernel_id = re.search(r'"kernelId": "([^"]+)"', kernel)
        assert kernel_id
        room.served.kernel(kernel_id[1]).kill()
        expect.set_options(timeout=PATIENCE)
        for one in lost:
            one.write(WISH, "wish")
        expect(lost[0].said("save_waiting", WISH)).to_be_visible()
        assert all(line.is_closed() for line in lost[0].lines)
        room.wire.mend()
        for one in lost:
            one.is_saved(WISH)
            expect(one.box(WISH, "wish")).to_have_value(one.texts[f"{WISH}.wish"])
            assert one.exercise(SCALE).get_by_role("radio", checked=True).count() == 12


def five_texts_stand_on_the_wall(room: Room) -> None:
    trainer, writers = room.trainer, [room.people[number] for number in WRITERS]
    for one in writers:
        one.post(WISH)
    texts = [one.texts.pop(f"{WISH}.wish") for one in writers]
    for number, text in enumerate(texts):
        if number == 4:
            trainer.press("view_wall")
            trainer.sees(trainer.words["screen"]["few_texts"])
        card = trainer.page.get_by_role("listitem").filter(has_text=text)
        key = "decline" if number == DECLINED else "approve"
        card.get_by_role("button", name=trainer.words["control"][key]).click()
        expect(
            card.get_by_role("button", name=trainer.words["control"]["approve"])
        ).to_be_hidden()
    trainer.press("view_wall")
    for number, text in enumerate(texts):
        shown = trainer.screen.get_by_text(text)
        state = "wall_declined" if number == DECLINED else "wall_shown"
        expect(shown).to_have_count(0 if number == DECLINED else 1)
        expect(writers[number].said(state, WISH)).to_be_visible()
    # So the search of the last step can find something.
    assert room.served.traces(texts[0])


def everybody_sorts(room: Room) -> None:
    """Each of the two forms is shown once five people had it."""
    still = [
        one for one in room.people if one not in (room.people[CUT], room.people[KILLED])
    ]
    assert all(one.page.evaluate("window.isTheSamePage") for one in still)
    for one in room.people:
        one.go_on("difference")
    for one in room.people:
        one.said("not_open", SORTING).wait_for()
    room.follows("next_button", "", SORTING)
    for one in room.people:
        one.sort()
    forms = Counter(one.form for one in room.counted)
    pages = sum(4 for people in forms.values() if people >= 5)
    room.follows("show", SORTING, "")
    said = room.trainer.words["screen"]
    room.trainer.sees(said["disputed"])
    room.trainer.sees(said["page"].format(page=1, pages=pages))
    for one in room.people:
        expect(one.exercise(SORTING).get_by_role("figure")).to_be_visible()


def everybody_writes(room: Room) -> None:
    odd, *others = room.people
    room.trainer.press("next_button")
    odd.two_questions("self")
    rule = next(
        rule for rule in WORKBOOK.exercise(QUESTIONS).rule if rule.field == "ex_L"
    )
    expect(odd.exercise(QUESTIONS).get_by_text(rule.text.nl)).to_be_visible()
    odd.exercise(QUESTIONS).get_by_role(
        "button", name=odd.words["form"]["leave"]
    ).click()
    expect(
        odd.exercise(QUESTIONS).get_by_text(odd.words["form"]["left"])
    ).to_be_visible()
    for one in others:
        one.two_questions()
    room.trainer.press("next_button")
    for one in room.people:
        one.own_words()
    room.trainer.press("next_button")
    for one in room.people:
        one.chain()


def one_goes_on_elsewhere(room: Room) -> None:
    """With the personal code everything is there on another device."""
    one = room.people[MOVES]
    code = one.personal_code()
    other = Participant(room.browser, room.served.url, room.watch)
    other.resume(code)
    for module in ("opening", "difference"):
        other.open(module)
        for name, text in one.texts.items():
            if name.startswith(module):
                box = other.box(*name.split("."))
                expect(box).to_have_value(text, timeout=PATIENCE)
        if module == "opening":
            radios = other.exercise(SCALE).get_by_role("radio", checked=True)
            expect(radios).to_have_count(12)


def one_deletes_everything(room: Room) -> None:
    """Nothing that this secret made can be found any more."""
    one = room.people[DELETES]
    secret = vault.normalise_secret(one.personal_code())
    keys = vault.derive(secret)
    session = room.served.session_id(room.trainer.code)
    fields = WORKBOOK.countable()
    tokens = [vault.count_token(keys.count, session, name) for name in fields]
    assert any(room.served.traces(text) for text in tokens)
    assert room.served.traces(keys.participant_id)
    said = one.words["me"]
    one.page.get_by_role("link", name=said["delete_go"]).click()
    one.page.get_by_role("button", name=said["delete_do"]).click()
    expect(one.page.get_by_text(said["bye_deleted"])).to_be_visible()
    assert not [text for text in tokens if room.served.traces(text)]
    assert not room.served.traces(keys.participant_id)
    with room.watch.forgiving():
        one.resume(vault.grouped(secret))
        refused = one.page.get_by_text(one.words["join"]["unknown_personal"])
        expect(refused).to_be_visible()


def nobody_can_read_what_was_private(room: Room) -> None:
    trainer = room.trainer
    trainer.page.get_by_role("button", name=trainer.words["control"]["end_ask"]).click()
    trainer.page.get_by_role("button", name=trainer.words["control"]["end_yes"]).click()
    trainer.sees(trainer.words["screen"]["thanks"])
    private = [text for one in room.people for text in one.texts.values()]
    assert len(private) == 7 * PEOPLE + PEOPLE - len(WRITERS)
    found = {text: room.served.traces(text) for text in private}
    assert {text: places for text, places in found.items() if places} == {}
