"""A real server of the plain pages, and browsers without a screen."""

import asyncio
import re
import threading

import httpx
import pytest
import tornado.httpserver
import tornado.netutil
import tornado.web

from widgets.content import load, words
from widgets.server import pages
from widgets.server.desk import Desk
from widgets.server.forks import Forks
from widgets.server.quiet import log_request
from widgets.store import Store

KEY = "olifant-tuin-zeven"

# Under a path of its own too, as behind a proxy.
anywhere = pytest.mark.parametrize("server", ["/", "/wb/"], indirect=True)


class Server:
    """The pages on a port of their own, in a thread of their own."""

    def __init__(self, folder, base_url):
        self.base_url = base_url
        self.browsers = []
        self.loop = asyncio.new_event_loop()
        self.thread = threading.Thread(target=self.loop.run_forever)
        self.thread.start()
        self.run(self._start(folder))

    async def _start(self, folder):
        (socket,) = tornado.netutil.bind_sockets(0, "127.0.0.1")
        self.origin = f"http://127.0.0.1:{socket.getsockname()[1]}"
        self.store = Store(f"sqlite:///{folder / 'workbook.db'}")
        self.store.migrate()
        self.desk = Desk(self.store, load(), self.origin + self.base_url)
        self.app = tornado.web.Application(
            pages.handlers(self.base_url),
            desk=self.desk,
            forks=Forks(),
            base_url=self.base_url,
            cookie_secret="only for this test",
            trainer_key=KEY,
            xsrf_cookies=True,
            default_handler_class=pages.NotFound,
            log_function=log_request,
        )
        self.http = tornado.httpserver.HTTPServer(self.app)
        self.http.add_sockets([socket])

    def run(self, coroutine):
        return asyncio.run_coroutine_threadsafe(coroutine, self.loop).result(10)

    def session(self, title="Teamdag", variant="half-day"):
        return self.run(self.desk.new_session(title, "nl", variant))

    def browser(self, language="nl", **options):
        browser = httpx.Client(
            base_url=self.origin + self.base_url,
            headers={"Accept-Language": language, **options},
            follow_redirects=True,
        )
        self.browsers.append(browser)
        return browser

    def participant(self, row, counting="yes", language="nl"):
        browser = self.browser(language)
        data = {"language": language, "counting": counting}
        assert browser.post(f"join/{row.code}", data=data).status_code == 200
        return browser

    def close(self):
        async def stop():
            self.http.stop()
            await self.http.close_all_connections()

        for browser in self.browsers:
            browser.close()
        self.run(stop())
        self.desk.close()
        self.store.close()
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join()
        self.loop.close()


def said(language, section, key, **values):
    return words(language)[section][key].format_map(values)


def personal_code(browser):
    found = re.search(r'class="personal-code".*?</p>', browser.get("me").text, re.S)
    return re.sub(r"<.*?>|\s", "", found[0].partition(">")[2])
