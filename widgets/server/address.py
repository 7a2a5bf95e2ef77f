"""From which address a visitor comes, whatever their browser says of it."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable

from tornado.httputil import HTTPServerRequest

Network = ipaddress.IPv4Network | ipaddress.IPv6Network
THIS_MACHINE: tuple[Network, ...] = (
    ipaddress.ip_network("127.0.0.0/8"),
    ipaddress.ip_network("::1/128"),
)
HOUSE = 64  # the bits that one connection of IPv6 has in common


def visitor(request: HTTPServerRequest, proxies: Iterable[Network]) -> str:
    """Return the nearest address that is not one of our proxies.

    What stands in X-Forwarded-For is believed of a proxy only: who could write it
    themselves would be somebody else with every guess.
    """
    told = request.headers.get("X-Forwarded-For", "").split(",")
    found = ""
    for hop in (request.remote_ip or "", *reversed(told)):
        try:
            address = ipaddress.ip_address(hop.strip())
        except ValueError:
            break
        address = getattr(address, "ipv4_mapped", None) or address
        found = _house(address)
        if not any(address in proxy for proxy in proxies):
            break
    return found


def _house(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> str:
    if address.version == 4:
        return str(address)
    return str(ipaddress.ip_network((address, HOUSE), strict=False))
