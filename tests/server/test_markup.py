"""The header and the links that module pages use too."""

from plain_server import anywhere

from widgets.content import load
from widgets.server import pages


@anywhere
def test_the_header_leads_to_the_same_page_in_the_other_language(server):
    html = pages.header("nl", None, f"{server.base_url}nl/difference", server.base_url)
    assert f'href="{server.base_url}en/difference"' in html
    html = pages.header("en", None, f"{server.base_url}me", server.base_url)
    assert f'href="{server.base_url}me?language=nl"' in html


@anywhere
def test_modules_lead_to_their_neighbours(server):
    first, second = list(load().modules)[:2]
    html = pages.module_links(load(), first, "nl", server.base_url)
    assert f'rel="next" href="{server.base_url}nl/{second}"' in html
    assert 'rel="prev"' not in html
    html = pages.module_links(load(), second, "en", server.base_url)
    assert f'rel="prev" href="{server.base_url}en/{first}"' in html
