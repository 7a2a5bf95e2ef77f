"""Every file of the pages, compressed once, and only those."""

import gzip

import brotli
import pytest

from widgets.server.assets import (
    EXERCISES,
    MODULE,
    PLAIN,
    STYLES,
    _paths,
    asset,
    asset_url,
    imports,
    prepare,
)

prepare()
FILES = [EXERCISES, STYLES, MODULE, PLAIN, *_paths()]


@pytest.mark.parametrize("name", FILES)
def test_each_form_holds_the_same_file(name):
    found = asset(name)
    assert gzip.decompress(found.encoded["gzip"]) == found.content
    assert brotli.decompress(found.encoded["br"]) == found.content
    assert len(found.encoded["br"]) <= len(found.content)


@pytest.mark.parametrize(
    ("accept", "encoding"),
    [
        ("gzip, deflate, br, zstd", "br"),
        ("gzip;q=1.0, deflate", "gzip"),
        ("", ""),
        ("identity", ""),
        ("brotli", ""),
    ],
)
def test_a_visitor_gets_the_smallest_form_that_they_accept(accept, encoding):
    assert asset("page.js").accepted(accept)[0] == encoding


def test_an_address_changes_with_the_content():
    assert asset_url("/wb/", "page.js").startswith("/wb/static/page.js?v=")
    assert asset("page.js").hash != asset("pages.js").hash


@pytest.mark.parametrize("name", ["app.py", "../app.py", "made-from.txt", "x.js", ""])
def test_nothing_else_is_an_asset(name):
    with pytest.raises(KeyError):
        asset(name)


@pytest.mark.parametrize(
    ("whole", "parts"),
    [
        (MODULE, ["tokens.css", "frame.css", STYLES, "steps.css", "paper.css"]),
        (PLAIN, ["tokens.css", "header.css", "pages.css"]),
    ],
)
def test_the_sheets_of_a_page_are_one_file_in_their_order(whole, parts):
    places = [asset(whole).content.index(asset(part).content) for part in parts]
    assert places == sorted(places)


def test_a_script_tells_what_it_needs_to_begin():
    needed = imports("page.js")
    assert needed and set(needed) < set(FILES)
    assert not [name for name in needed if name.startswith("controls")]  # on demand


def test_a_first_visit_is_light():
    needed = ("page.js", *imports("page.js"), "steps.js", EXERCISES, MODULE)
    total = sum(len(asset(name).encoded["br"]) for name in needed)
    assert total < 400_000
