"""A phone without a screen: joins, and opens the pages of a workbook."""

from __future__ import annotations

import re
from contextlib import suppress
from urllib.parse import urlencode, urlsplit

from tornado.httpclient import AsyncHTTPClient, HTTPRequest, HTTPResponse
from tornado.httputil import HTTPHeaders

from .phone_page import LONGEST, PhoneError, PhonePage, on_the_line

AT_ONCE = 6  # connections that a browser opens to one host
KERNEL = re.compile(r'"kernelId": ?"([\w-]+)"')


class Phone:
    """One participant: own cookies, and one page that is open."""

    def __init__(self, url: str) -> None:
        self.page: PhonePage | None = None
        self._received = 0
        self._url = url.rstrip("/")
        at = urlsplit(self._url)
        self._origin = f"{at.scheme}://{at.netloc}"
        self._cookies: dict[str, str] = {}
        self._http = AsyncHTTPClient(force_instance=True, max_clients=AT_ONCE)

    @property
    def received(self) -> int:
        """How many bytes came in."""
        return self._received + (self.page.received if self.page else 0)

    async def join(
        self, code: str, language: str = "nl", *, counting: bool = True
    ) -> None:
        """Come into a session, as far as its contents."""
        path, choice = f"/join/{code}", "yes" if counting else "no"
        await self.ask(path)
        await self.ask(path, {"language": language, "counting": choice})
        await self.ask(f"/{language}/")

    async def open(self, path: str) -> PhonePage:
        """Open a module page in place of the one before."""
        await self.leave()
        html = (await self.ask(path)).body.decode()
        found = KERNEL.search(html)
        if found is None:
            raise PhoneError(f"{path}: no kernel in a page of {len(html)} characters")
        page = self.page = PhonePage(path, found[1])
        address = f"{self._url.replace('http', 'ws', 1)}/api/kernels/{found[1]}"
        request = self._request(f"{address}/channels?session_id={page.session}")
        await page.connect(request)
        return page

    async def leave(self) -> None:
        """Leave the page that is open, and say good-bye to its kernel."""
        page, self.page = self.page, None
        if page is None:
            return
        self._received += page.received
        with suppress(PhoneError):  # it may be gone already
            await self.ask(f"/voila/api/shutdown/{page.kernel}", {})
        page.hang_up()

    async def ask(self, path: str, form: dict[str, str] | None = None) -> HTTPResponse:
        """Ask for a page, or send a form; raises PhoneError for a refusal."""
        request = self._request(self._url + path)
        if form is not None:
            form = form | {"_xsrf": self._cookies.get("_xsrf", "")}
            request.method, request.body = "POST", urlencode(form).encode()
        with on_the_line():
            answer = await self._http.fetch(request, raise_error=False)
        if answer.code >= 400:
            raise PhoneError(f"{path}: {answer.code} {answer.reason}", answer.code)
        self._received += len(answer.body or b"")
        for line in answer.headers.get_list("Set-Cookie"):
            name, _, value = line.partition(";")[0].partition("=")
            self._cookies[name] = value
        return answer

    def _request(self, url: str) -> HTTPRequest:
        cookies = "; ".join(f"{name}={value}" for name, value in self._cookies.items())
        return HTTPRequest(
            url,
            headers=HTTPHeaders({"Cookie": cookies, "Origin": self._origin}),
            connect_timeout=LONGEST,
            request_timeout=LONGEST,
            follow_redirects=False,
        )
