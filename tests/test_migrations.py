"""Databases of yesterday, today and tomorrow."""

import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from e2e.serving import ROOT
from postgres import fresh_database

from widgets import copies
from widgets.database import MIGRATIONS, VERSION_TABLE
from widgets.schema import metadata
from widgets.store import SessionRow, Store, StoreError, StoreTooNew

ROW = SessionRow("s1", "CODE23", "T", "nl", "teaser", datetime(2030, 1, 1, tzinfo=UTC))

TOMORROW = """
import sqlalchemy as sa
from alembic import op

revision = "tomorrow"
down_revision = "{head}"


def upgrade():
    op.add_column("sessions", sa.Column("mood", sa.String, server_default="calm"))
"""


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/workbook.db"
    return fresh_database()


@pytest.fixture
def store(url: str) -> Iterator[Store]:
    made = Store(url)
    made.migrate()
    made.add_session(ROW)
    yield made
    made.close()


@pytest.fixture
def tomorrow(store: Store, url: str, tmp_path: Path) -> Iterator[Store]:
    """The workbook of tomorrow: the same, with one more step."""
    later = tmp_path / "100% later"
    shutil.copytree(MIGRATIONS, later)
    head = store._rows(sa.text(f"SELECT version_num FROM {VERSION_TABLE}"))[0][0]
    (later / "versions" / "tomorrow.py").write_text(TOMORROW.format(head=head))
    made = Store(url, migrations=later)
    yield made
    made.close()


def test_the_steps_lead_to_the_tables_of_today(store):
    with store.transaction():
        options = {"version_table": VERSION_TABLE, "compare_type": True}
        context = MigrationContext.configure(store._now(), opts=options)
        assert compare_metadata(context, metadata) == []


def test_migrating_twice_changes_nothing(store):
    store.migrate()
    assert store.sessions() == [ROW]


def test_an_older_database_is_migrated_with_all_that_is_in_it(store, tomorrow):
    tomorrow.migrate()
    found = tomorrow._rows(sa.text("SELECT id, mood FROM sessions"))
    assert [tuple(one) for one in found] == [("s1", "calm")]


def test_a_newer_database_is_refused_and_left_alone(store, tomorrow, url):
    tomorrow.migrate()
    today = Store(url)
    with pytest.raises(StoreTooNew, match="newer version of the workbook"):
        today.migrate()
    today.close()
    found = tomorrow._rows(sa.text("SELECT mood FROM sessions"))
    assert [tuple(one) for one in found] == [("calm",)]


def test_a_step_that_fails_leaves_the_database_as_it_was(store, tomorrow, tmp_path):
    step = tmp_path / "100% later" / "versions" / "tomorrow.py"
    step.write_text(step.read_text() + "    op.execute('SELECT nonsense')\n")
    with pytest.raises(StoreError):
        tomorrow.migrate()
    columns = sa.inspect(store._engine).get_columns("sessions")
    assert "mood" not in {column["name"] for column in columns}
    assert store.sessions() == [ROW]


MIGRATE = """
import sys
from pathlib import Path
from widgets.store import Store
Store(sys.argv[1], migrations=Path(sys.argv[2])).migrate()
"""
# The step is half done, says so, and waits for its end.
HALF_DONE = """
    op.execute("DELETE FROM sessions")
    import pathlib, time
    pathlib.Path({sign!r}).touch()
    time.sleep(60)
"""


def test_an_upgrade_that_is_killed_leaves_the_database_usable(
    store, tomorrow, url, tmp_path
):
    step, sign = tmp_path / "100% later" / "versions" / "tomorrow.py", tmp_path / "sign"
    sound = step.read_text()
    step.write_text(sound + HALF_DONE.format(sign=str(sign)))
    command = [sys.executable, "-c", MIGRATE, url, str(step.parents[1])]
    upgrade = subprocess.Popen(command, cwd=ROOT)
    until = time.monotonic() + 60
    while not sign.exists():
        assert upgrade.poll() is None
        assert time.monotonic() < until
        time.sleep(0.05)
    upgrade.send_signal(signal.SIGKILL)
    upgrade.wait()
    store.migrate()  # the workbook that was there before goes on
    assert store.sessions() == [ROW]
    step.write_text(sound)
    tomorrow.migrate()  # and the new one gets there the next time
    found = tomorrow._rows(sa.text("SELECT id, mood FROM sessions"))
    assert [tuple(one) for one in found] == [("s1", "calm")]


only_sqlite = pytest.mark.parametrize("url", ["sqlite"], indirect=True)


@only_sqlite
def test_before_an_upgrade_the_older_database_is_copied(tomorrow, tmp_path):
    tomorrow.migrate()
    (copy,) = tomorrow.copies.made("before-upgrade")
    (tmp_path / "back").mkdir()
    copies.unpack(copy, tmp_path / "back")
    today = Store(f"sqlite:///{tmp_path}/back/workbook.db")
    today.migrate()
    assert today.sessions() == [ROW]
    today.close()
    tomorrow.migrate()
    assert tomorrow.copies.made("before-upgrade") == [copy]


@only_sqlite
def test_without_a_copy_nothing_is_upgraded(store, tomorrow):
    tomorrow.copies.folder.write_text("in the way")
    with pytest.raises(StoreError, match="not upgraded without a copy"):
        tomorrow.migrate()
    store.migrate()
    assert store.sessions() == [ROW]


def test_a_database_of_another_program_is_left_alone(url):
    strange = Store(url)
    strange._run(sa.text("CREATE TABLE recipes (name TEXT)"))
    with pytest.raises(StoreError, match="another program"):
        strange.migrate()
    assert sa.inspect(strange._engine).get_table_names() == ["recipes"]
    strange.close()
