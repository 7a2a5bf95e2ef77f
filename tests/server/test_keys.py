"""The keys that replicas share: made once, or given; and nothing else will do."""

import json
import stat

import pytest
from test_cli import workbook, wrong

from widgets.server.keys import Keys, keys
from widgets.server.trouble import ServeError

GIVEN = {"trainer_key": "een-sleutel", "cookie_secret": "ab" * 32}


def given(tmp_path, content):
    file = tmp_path / "given.json"
    file.write_text(content if isinstance(content, str) else json.dumps(content))
    return file


def test_keys_are_made_once_and_for_their_user_only(tmp_path):
    made = keys(tmp_path, None)
    assert keys(tmp_path, None) == made
    assert len(made.cookie_secret) == 32
    file = tmp_path / "secrets.json"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_given_keys_are_taken_and_none_are_made(tmp_path):
    found = keys(tmp_path, given(tmp_path, GIVEN))
    assert found == Keys("een-sleutel", bytes.fromhex("ab" * 32))
    assert keys(tmp_path, given(tmp_path, GIVEN), "andere").trainer_key == "andere"
    assert not (tmp_path / "secrets.json").exists()


@pytest.mark.parametrize(
    "content",
    [
        "",
        "[]",
        "{}",
        "\x00",
        GIVEN | {"cookie_secret": "ab" * 31},
        GIVEN | {"cookie_secret": "geheim"},
        GIVEN | {"cookie_secret": 7},
        GIVEN | {"trainer_key": " "},
    ],
    ids=str,
)
def test_what_are_no_keys_is_said_with_the_way_to_make_them(tmp_path, content):
    with pytest.raises(ServeError, match="openssl rand") as caught:
        keys(tmp_path, given(tmp_path, content))
    assert "given.json" in str(caught.value)
    assert "ab" * 31 not in str(caught.value)


def test_a_file_that_is_not_there_is_named(capsys, tmp_path):
    place = ["--data-dir", tmp_path, "--secrets", tmp_path / "no.json"]
    wrong(workbook(capsys, "serve", *place), "no.json", "No such file")


def test_keys_are_not_shown_by_accident_and_a_mark_tells_them_apart():
    one, same = Keys("a", b"b" * 32), Keys("a", b"b" * 32)
    others = [Keys("b", b"b" * 32), Keys("a", b"c" * 32)]
    assert "b" * 32 not in repr(one)
    assert one.mark == same.mark
    assert all(one.mark != other.mark for other in others)
    assert 0 <= one.mark < 2**31


def test_a_database_in_the_environment_is_one_that_nobody_sees(monkeypatch, tmp_path):
    from widgets.cli import database_url

    monkeypatch.setenv("WORKBOOK_DATABASE", "postgresql://here/workbook")
    assert database_url(None, tmp_path) == "postgresql://here/workbook"
    assert database_url("sqlite:///x", tmp_path) == "sqlite:///x"
