"""Asks a website outside whether an address still leads somewhere, and never a machine inside.

Every host, also after each redirect, is resolved once; all of its addresses must be public, and the connection goes
to exactly the address that was looked at. Nothing of the answer but its first line is read.
"""

import http.client
import ipaddress
import socket
import ssl
import urllib.parse
from collections.abc import Callable
from typing import NamedTuple

SECONDS = 8
MOST_REDIRECTS = 5
_PORTS = {"http": 80, "https": 443}
_AGENT = "Gongkai link check"
_NO_HEAD = frozenset({400, 403, 404, 405, 501})


class Answer(NamedTuple):
    """``is_alive`` is None where nobody can say: the site wants a sign-in, is busy, or may not be asked."""

    is_alive: bool | None
    words: str


def is_public(address: str) -> bool:
    """Whether the IP address belongs to the open internet."""
    return ipaddress.ip_address(address.partition("%")[0]).is_global


def look(address: str, *, allows: Callable[[str], bool] = is_public) -> Answer:
    """What the address answers, redirects followed."""
    for _ in range(MOST_REDIRECTS + 1):
        try:
            status, target = _ask(address, allows)
        except _NotPublic:
            return Answer(None, "内部地址，没有访问")
        except (OSError, http.client.HTTPException, ValueError):
            return Answer(is_alive=False, words="连接不上")
        if target is None:
            return _judged(status)
        address = urllib.parse.urljoin(address, target)
    return Answer(is_alive=False, words="转向次数过多")


class _NotPublic(Exception):
    """The host is, or also is, a machine inside."""


def _judged(status: int) -> Answer:
    if status < 400:
        return Answer(is_alive=True, words="可以打开")
    if status in {404, 410}:
        return Answer(is_alive=False, words="网页不存在")
    return Answer(None, f"对方网站答复{status}")


def _ask(address: str, allows: Callable[[str], bool]) -> tuple[int, str | None]:
    """Status and, of a redirect, its target. Sites that refuse HEAD are asked with GET."""
    status, target = _request("HEAD", address, allows)
    return _request("GET", address, allows) if status in _NO_HEAD else (status, target)


def _request(method: str, address: str, allows: Callable[[str], bool]) -> tuple[int, str | None]:
    parts = urllib.parse.urlsplit(address)
    if parts.scheme not in _PORTS or not parts.hostname:
        raise ValueError("no web address")
    connection = _connected(parts.scheme, parts.hostname, parts.port or _PORTS[parts.scheme], allows)
    try:
        path = urllib.parse.quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
        query = f"?{urllib.parse.quote(parts.query, safe='=&%/:?+,;@!$()*~-._')}" if parts.query else ""
        connection.request(
            method, path + query, headers={"User-Agent": _AGENT, "Host": parts.netloc.rpartition("@")[2]}
        )
        answer = connection.getresponse()
        return answer.status, answer.getheader("Location") if 300 <= answer.status < 400 else None
    finally:
        connection.close()


def _connected(scheme: str, host: str, port: int, allows: Callable[[str], bool]) -> http.client.HTTPConnection:
    """A connection to one of the addresses that were looked at: a second look-up could answer otherwise."""
    found = {str(row[4][0]) for row in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)}
    if not found or not all(map(allows, found)):
        raise _NotPublic(host)
    line = socket.create_connection((sorted(found)[0], port), timeout=SECONDS)
    connection = http.client.HTTPConnection(host, port, timeout=SECONDS)
    try:
        connection.sock = (
            ssl.create_default_context().wrap_socket(line, server_hostname=host) if scheme == "https" else line
        )
    except OSError:
        line.close()
        raise
    return connection
