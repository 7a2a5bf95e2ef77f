"""Another program keeps the database: answers wait, and the trainer is told."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from e2e.house import House
from e2e.story import Participant, Trainer
from e2e.watch import Watch
from playwright.sync_api import Browser, expect

pytestmark = pytest.mark.e2e
WISH = "opening/learning_wish"
LONG = 90_000  # a store waits ten seconds for another program, call after call


@contextmanager
def kept_by_another(file: Path) -> Iterator[None]:
    """Somebody looks into the database with a tool that keeps it for itself."""
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        yield
        other.execute("COMMIT")


def test_what_is_typed_while_the_database_is_locked_is_saved_later(
    served: House, chrome: Browser, watch: Watch
) -> None:
    trainer = Trainer(chrome, served.url, watch)
    trainer.sign_in()
    trainer.make_session("Bezet", "full-day")
    trainer.press("open", WISH)
    one = Participant(chrome, served.url, watch)
    one.join(trainer.code)
    one.open("opening")
    one.write(WISH, "wish")
    one.is_saved(WISH)
    told = trainer.page.get_by_text(trainer.words["control"]["trouble_other"])
    expect(told).to_be_hidden()
    with watch.forgiving():
        with kept_by_another(served.folder / "data" / "workbook.db"):
            text = one.write(WISH, "wish")
            expect(told).to_be_visible(timeout=LONG)
            expect(one.said("save_saved", WISH)).to_be_hidden()
        expect(one.said("save_saved", WISH)).to_be_visible(timeout=LONG)
        expect(told).to_be_hidden(timeout=LONG)
    assert "saving: works again" in served.log
    one.page.reload()
    expect(one.box(WISH, "wish")).to_have_value(text)
