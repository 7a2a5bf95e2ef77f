"""A served workbook with people in it: their browsers, kernels and lines."""

import asyncio
import re

import httpx
from e2e.serving import KEY
from tornado.httpclient import HTTPClientError, HTTPRequest
from tornado.websocket import websocket_connect

from widgets.server.forks import Forks

V1 = "v1.kernel.websocket.jupyter.org"


class Running:
    """A served workbook, its session, and people with a page open in it."""

    def __init__(self, house, database):
        self.house, self.url, self.database = house, house.url, database
        self.forks = Forks.is_possible()
        self.trainer = self.browser()
        self.trainer.get("trainer")
        signed = self.trainer.post("trainer", data=self.form(self.trainer, key=KEY))
        assert signed.status_code in (200, 303)
        row = {"title": "Team", "language": "nl", "variant": "self-study"}
        made = self.trainer.post(
            "trainer/sessions", data=self.form(self.trainer, **row)
        )
        made = made if made.status_code == 200 else self.trainer.get("trainer")
        self.code = re.search(r"trainer/([A-Z0-9]{6})/control", made.text)[1]
        self.anna, self.bram = self.participant(), self.participant()
        self.anna_s, self.bram_s = self.open(self.anna), self.open(self.bram)

    def browser(self, **headers):
        return httpx.Client(base_url=self.url, headers=headers, timeout=60)

    def form(self, browser, **fields):
        return fields | {"_xsrf": browser.cookies.get("_xsrf", "")}

    def participant(self):
        browser = self.browser()
        browser.get(f"join/{self.code}")
        data = self.form(browser, language="nl", counting="yes")
        assert browser.post(f"join/{self.code}", data=data).status_code == 303
        return browser

    def open(self, browser, page="nl/opening"):
        """Open a page with a kernel; gives the kernel's id."""
        found = browser.get(page)
        assert found.status_code == 200
        self.page = found
        return re.search(r'"kernelId": ?"([\w-]+)"', found.text)[1]

    def renew(self):
        """Open their pages anew where a kernel that no browser reached was ended."""
        if self.alive(self.anna, self.anna_s) != 200:
            self.anna_s = self.open(self.anna)
        if self.alive(self.bram, self.bram_s) != 200:
            self.bram_s = self.open(self.bram)

    def kernels(self):
        return {one.pid for one in self.house.kernels()}

    def alive(self, browser, kernel):
        return browser.get(f"api/kernels/{kernel}").status_code


def xsrf(browser):
    return {"_xsrf": browser.cookies.get("_xsrf", "")}


def end(browser, kernel):
    path = f"voila/api/shutdown/{kernel}"
    return browser.post(path, data=xsrf(browser)).status_code


def connect(served, browser, kernel, protocol=V1, **headers):
    cookies = "; ".join(f"{key}={value}" for key, value in browser.cookies.items())
    address = f"{served.url.replace('http', 'ws')}/api/kernels/{kernel}/channels"
    headers = {"Cookie": cookies, "Origin": served.url} | headers
    request = HTTPRequest(f"{address}?session_id=a", headers=headers)
    return websocket_connect(request, subprotocols=[protocol] if protocol else None)


def knock(served, browser, kernel, **headers):
    """The status with which a web socket is let in or refused."""

    async def story():
        try:
            line = await connect(served, browser, kernel, **headers)
        except HTTPClientError as error:
            return error.code
        line.close()
        return 101

    return asyncio.run(story())
