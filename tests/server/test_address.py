"""From which address a visitor comes."""

from ipaddress import ip_network

import pytest
from tornado.httputil import HTTPHeaders, HTTPServerRequest, RequestStartLine

from widgets.server.address import THIS_MACHINE, visitor

PROXIES = (*THIS_MACHINE, ip_network("10.0.0.0/8"))


def seen(peer, forwarded=None, proxies=PROXIES):
    headers = HTTPHeaders({"X-Forwarded-For": forwarded} if forwarded else {})
    headers["X-Real-Ip"] = "203.0.113.99"  # nobody's word is taken for it
    line = RequestStartLine("GET", "/", "HTTP/1.0")
    request = HTTPServerRequest(start_line=line, headers=headers)
    request.remote_ip = peer
    return visitor(request, proxies)


@pytest.mark.parametrize(
    ("peer", "forwarded", "found"),
    [
        ("192.168.1.7", None, "192.168.1.7"),
        ("192.168.1.7", "198.51.100.1", "192.168.1.7"),
        ("127.0.0.1", "198.51.100.1", "198.51.100.1"),
        ("10.1.2.3", "203.0.113.5, 198.51.100.1", "198.51.100.1"),
        ("10.1.2.3", "203.0.113.5, 198.51.100.1, 10.9.9.9", "198.51.100.1"),
        ("10.1.2.3", "10.9.9.9", "10.9.9.9"),
        ("10.1.2.3", "198.51.100.1, <script>", "10.1.2.3"),
        ("10.1.2.3", "", "10.1.2.3"),
        ("::1", "2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::1", None, "2001:db8:1:2::/64"),
        ("::ffff:192.168.1.7", None, "192.168.1.7"),
        ("::ffff:10.1.2.3", "198.51.100.1", "198.51.100.1"),
        ("", "198.51.100.1", ""),
    ],
)
def test_only_a_proxy_says_where_somebody_comes_from(peer, forwarded, found):
    assert seen(peer, forwarded) == found
