"""What looks like leaving a page and is not: saving a file, writing a mail."""

import pytest
from e2e import walk
from e2e.house import House
from e2e.serving import Server
from e2e.watch import Watch
from playwright.sync_api import Browser, expect

pytestmark = pytest.mark.e2e

LINK = """(href) => {
    const link = Object.assign(document.createElement("a"), { href });
    document.body.append(link);
    link.click();
}"""


def test_a_file_and_a_mail_link_leave_the_page_alive(
    served: House, chrome: Browser, watch: Watch
) -> None:
    server = Server(served.url, served.folder / "data")
    page = walk.come_in(chrome, server, server.session("self-study"))
    watch.over(page.context)
    walk.open_module(page, server, "nl", "plan")
    kernels = {one.pid for one in served.kernels()}
    plan = page.locator('[data-exercise="plan/one_page"]')
    walk.at(plan)
    with page.expect_download():
        page.evaluate(LINK, f"{server.url}/me/workbook.json")
    page.evaluate(LINK, "mailto:iemand@example.org")
    page.wait_for_timeout(1500)
    assert {one.pid for one in served.kernels()} == kernels
    plan.get_by_label("Wat ik ga doen").fill("Ik stel eerst één vraag")
    expect(plan.locator('.wb-saved[data-state="saved"]')).to_be_visible()
