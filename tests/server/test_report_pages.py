"""The report over HTTP: for the trainer only, and only what is shown."""

import subprocess
import sys

import pytest
from plain_server import KEY, anywhere, said

from widgets import session as rules

MOVED = "opening/first_moved"
ENOUGH = 5 * ["self"] + 4 * ["other"] + 3 * ["both"] + 3 * ["none"]
WAYS = ["report", "report.pdf", "report.csv", f"report/{MOVED}/1.svg"]


@pytest.fixture
def row(server):
    return server.session("Teamdag mei")


def shown(server, row, answers):
    field = server.desk.workbook.exercise(MOVED).countable["first_moved"]
    fields = {"first_moved": rules.FieldRule(field.option_keys, own_situation=True)}
    state = rules.show(rules.State(), fields, {"first_moved": answers})
    server.run(server.desk.set_state(row, MOVED, state))
    return state


def trainer(server):
    browser = server.browser()
    browser.post("trainer", data={"key": KEY})
    return browser


@pytest.mark.parametrize("way", WAYS)
def test_a_stranger_is_sent_to_the_sign_in(server, row, way):
    shown(server, row, ENOUGH)
    page = server.browser().get(f"trainer/{row.code}/{way}")
    assert said("nl", "trainer", "key") in page.text
    assert page.headers["Content-Type"].startswith("text/html")


@anywhere
def test_the_page_has_pictures_words_and_numbers(server):
    row = server.session("<i>Dag</i>")
    shown(server, row, ENOUGH)
    page = trainer(server).get(f"trainer/{row.code}/report").text
    assert "&lt;i&gt;Dag&lt;/i&gt;" in page
    place = f"{server.base_url}trainer/{row.code}/report"
    assert f'src="{place}/{MOVED}/1.svg"' in page
    assert "mezelf: 5" in page
    for ending in ("pdf", "xlsx", "csv", "zip"):
        assert f'href="{place}.{ending}"' in page


def test_what_is_hidden_again_is_gone_everywhere(server, row):
    state = shown(server, row, ENOUGH)
    browser = trainer(server)
    assert browser.get(f"trainer/{row.code}/report/{MOVED}/1.csv").status_code == 200
    server.run(server.desk.set_state(row, MOVED, rules.hide(state)))
    assert (
        said("nl", "report", "none") in browser.get(f"trainer/{row.code}/report").text
    )
    assert browser.get(f"trainer/{row.code}/report/{MOVED}/1.csv").status_code == 404
    assert "mezelf" not in browser.get(f"trainer/{row.code}/report.csv").text


def test_pictures_and_files_come_as_what_they_are(server, row):
    shown(server, row, ENOUGH)
    browser = trainer(server)
    browser.timeout = 60
    svg = browser.get(f"trainer/{row.code}/report/{MOVED}/1.svg")
    assert svg.headers["Content-Type"] == "image/svg+xml"
    assert "Content-Disposition" not in svg.headers
    assert svg.text.startswith("<svg ")
    saved = browser.get(f"trainer/{row.code}/report/{MOVED}/1.svg?save=yes")
    name = saved.headers["Content-Disposition"]
    assert name == 'attachment; filename="opening-first_moved-1.svg"'
    xlsx = browser.get(f"trainer/{row.code}/report.xlsx")
    assert xlsx.content.startswith(b"PK")
    assert f"verslag-{row.code}.xlsx" in xlsx.headers["Content-Disposition"]


@pytest.mark.parametrize("way", ["opening/first_moved/2.svg", "nee/nee/1.svg"])
def test_what_is_not_there_is_a_kind_page(server, row, way):
    shown(server, row, ENOUGH)
    assert trainer(server).get(f"trainer/{row.code}/report/{way}").status_code == 404
    assert trainer(server).get("trainer/CDFHJK/report").status_code == 404


def test_no_file_tells_what_a_small_cell_hides(server, row):
    shown(server, row, ["self"] * 7 + ["other"] * 2 + ["both"])
    page = trainer(server).get(f"trainer/{row.code}/report.csv").text
    numbers = {line.split(",")[0]: line for line in page.splitlines()}
    assert ",7,10" in page
    assert ",2,10" not in page
    assert ",1,10" not in page
    assert numbers


def test_the_server_starts_without_what_draws():
    heavy = "{'altair', 'vl_convert', 'pandas', 'typst'}"
    code = f"import sys, widgets.server.app; print({heavy} & set(sys.modules))"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert told.stdout.strip() == "set()", told
