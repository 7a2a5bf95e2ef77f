"""A participant's answers on their way out and in again, over HTTP."""

from plain_server import personal_code

from widgets.reports.own_file import own_file
from widgets.sealed import OwnAnswers
from widgets.vault import normalise_secret

WISH, MOVED = "opening/learning_wish", "opening/first_moved"
MINE = {WISH: {"wish": "Eén ding: rustig blijven, ook bij € 2,50"}}


def secret_of(browser):
    return normalise_secret(personal_code(browser))


def give(server, browser, answers):
    """Keep answers as the participant's kernel does."""
    who, keys = server.run(server.desk.admit(secret_of(browser)))
    own = OwnAnswers(keys.seal, who.session.id)
    for id, answer in answers.items():
        kept = {"complete": True, "counts": {}}
        server.run(server.desk.keep(who, id, own.seal(id, answer), **kept))


def answers_in(browser):
    return browser.get("me/workbook.json").json()["answers"]


def read_in(browser, content, **fields):
    files = {"file": ("werkboek.json", content, "application/json")}
    # httpx would announce a form again where it is sent on to.
    answer = browser.post("me/import", files=files, data=fields, follow_redirects=False)
    if answer.status_code != 303:
        return answer
    return browser.get(answer.url.join(answer.headers["Location"]))


def file_of(answers):
    return own_file(answers, "Elders", "2026-11-24")
