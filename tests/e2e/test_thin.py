import time, pytest
from e2e.story import *

pytestmark = pytest.mark.e2e


def test_thin(served, chrome, watch):
    t = time.time()

    def lap(s):
        print(f"{time.time() - t:6.1f} {s}", flush=True)

    tr = Trainer(chrome, served.url, watch)
    tr.sign_in()
    tr.make_session("Teamdag", "full-day")
    lap("control")
    tr.sees(tr.code)
    lap("screen")
    ps = [
        Participant(
            chrome, served.url, watch, language="en" if i == 1 else "nl", counts=i < 2
        )
        for i in range(3)
    ]
    for p in ps:
        p.join(tr.code)
    lap("joined")
    for p in ps:
        p.open("opening")
    for p in ps:
        p.said("not_open", "opening/first_moved").wait_for()
    lap("M0")
    time.sleep(1)
    lap(
        seconds(
            lambda: tr.button("next_button").click(),
            ps[0].exercise("opening/first_moved").get_by_role("radio").first,
        )
    )
    for p in ps:
        p.choose("opening/first_moved", "self")
    lap("chosen")
    tr.press("next_button")
    for p in ps:
        p.rate()
    lap("rated")
    tr.press("next_button")
    for p in ps:
        p.write("opening/learning_wish", "wish")
        p.is_saved("opening/learning_wish")
    try:
        ps[0].post("opening/learning_wish")
    except AssertionError as e:
        print("POST FAILED")
    print(served.log[-1500:])
    lap("wish")
    for p in ps:
        p.open("difference")
    tr.press("next_button")
    for p in ps:
        p.sort()
    lap("sorted")
    tr.press("next_button")
    for p in ps:
        p.two_questions()
    tr.press("next_button")
    for p in ps:
        p.own_words()
    tr.press("next_button")
    for p in ps:
        p.chain()
    lap("chain")
    files = served.written()
    print(list(files))
    for p in ps:
        for k, v in p.private.items():
            print(k, [str(f) for f, d in files.items() if v.encode() in d])
    print(watch.wrong)
