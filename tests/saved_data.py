"""What stands in a data folder, and how a command that is refused says so."""

from kept_rows import row

from widgets.copies import DATABASE
from widgets.store import Store

SEALED = b"sealed answer"


def fill(url):
    store = Store(url)
    store.migrate()
    store.add_session(row("s1", "CODE23"))
    store.add_participant("p1", "s1", b"profile")
    store.keep_answer("p1", "a/b", SEALED, True)
    store.close()


def contents(folder):
    """Every file with what is in it; SQLite's journals are no news."""
    return {
        str(one.relative_to(folder)): one.read_bytes()
        for one in folder.rglob("*")
        if one.is_file() and not one.name.endswith(("-wal", "-shm"))
    }


def answers(folder):
    store = Store(f"sqlite:///{folder / DATABASE}")
    store.migrate()
    found = store.answers("p1")
    store.close()
    return found


def wrong(result, *words):
    status, out, err = result
    assert (status, out) == (2, "")
    assert err.count("\n") == 1
    for word in words:
        assert word in err
    return err
