"""What the plan and the day of looking back ask, and who may ever see it."""

from widgets.content import load

WORKBOOK = load()
OURS = {
    id: exercise
    for id, exercise in WORKBOOK.exercises.items()
    if id.startswith(("plan/", "follow_up/"))
}


def test_what_is_counted_is_exactly_this():
    pairs = [
        f"{one}/where_now.{part}" for one in ("plan", "follow_up") for part in "LRZ"
    ]
    support = ("time", "manager", "colleagues", "forgotten", "not_needed")
    counted = {f"{id}.{key}" for id, one in OURS.items() for key in one.countable}
    assert counted == {
        *pairs,
        "plan/sorting_again.total",
        *(f"plan/looking_back.{key}" for key in ("useful", "safe", "pace")),
        "plan/one_page.sure",
        "follow_up/what_happened.cue_seen",
        "follow_up/what_happened.then_done",
        "follow_up/what_happened.promise_kept",
        *(f"follow_up/what_happened.support_{key}" for key in support),
        "follow_up/next_plan.decision",
    }


def test_only_a_remark_may_go_on_the_wall():
    walls = [
        id for id, one in OURS.items() for field in one.fields.values() if field.wall
    ]
    assert walls == ["plan/looking_back"]


def test_a_remark_and_a_new_plan_may_stay_empty():
    looked = {"useful": 4, "safe": 5, "pace": 3}
    assert WORKBOOK.exercise("plan/looking_back").is_complete(looked)
    stopped = {"decision": "stop"}
    assert WORKBOOK.exercise("follow_up/next_plan").is_complete(stopped)


def test_who_is_not_sure_is_asked_for_a_smaller_step():
    plan = WORKBOOK.exercise("plan/one_page")
    assert plan.feedback({"sure": 6}, "en")["notes"][0]["field"] == "sure"
    assert plan.feedback({"sure": 7}, "en") == {}
    assert plan.feedback({}, "en") == {}


def test_what_one_wrote_before_comes_only_after_the_closed_book():
    book = WORKBOOK.exercise("plan/closed_book")
    full = {"L": "a", "P": "b", "returns": ["c"], "plan": "d"}
    assert not book.recalls_now(full | {"P": ""})
    assert book.recalls_now(full)
