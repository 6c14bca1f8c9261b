"""Posting JSON to a gateway or webhook: to hosts that the site has named, over TLS, without following redirects."""

import hashlib
import hmac
import ipaddress
import json
from collections.abc import Mapping
from datetime import datetime
from urllib.parse import urlsplit

import requests
from django.conf import settings

from gongkai.groundwork.notifications.message import CannotDeliver

TIMEOUT = (5, 10)
"""Seconds to connect and to wait for an answer."""


def objection(url: str) -> str:
    """Why nothing is posted there, in Chinese; empty where it may be."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    if host not in settings.NOTICE_HOSTS:
        return f"“{host or url}”不在本站允许发送提醒的主机之列（配置项 notice_hosts）。"
    if parts.scheme != "https" and not (parts.scheme == "http" and _is_this_machine(host)):
        return "地址要以 https:// 开头。"
    return ""


def post(url: str, body: Mapping[str, object], headers: Mapping[str, str] | None = None) -> requests.Response:
    """The answer to the posted JSON, which may be of any status below 400. Raises `CannotDeliver`."""
    if reason := objection(url):
        raise CannotDeliver(reason, is_final=True)
    try:
        answer = requests.post(
            url, data=encoded(body), headers={"Content-Type": "application/json", **(headers or {})},
            timeout=TIMEOUT, allow_redirects=False,
        )  # fmt: skip
    except requests.RequestException as error:
        raise CannotDeliver(f"对方没有应答：{type(error).__name__}") from error
    if answer.status_code >= 300:
        is_final = answer.status_code < 500 and answer.status_code not in {408, 429}
        raise CannotDeliver(f"对方拒绝接收（{answer.status_code}）。", is_final=is_final)
    return answer


def encoded(body: Mapping[str, object]) -> bytes:
    """The bytes that are posted and signed."""
    return json.dumps(body, ensure_ascii=False, sort_keys=True).encode()


def signature(body: Mapping[str, object], secret: str, at: datetime) -> dict[str, str]:
    """Headers by which the receiver knows the sender: HMAC-SHA256 over time stamp, a full stop and the body."""
    stamp = str(int(at.timestamp()))
    digest = hmac.new(secret.encode(), f"{stamp}.".encode() + encoded(body), hashlib.sha256).hexdigest()
    return {"X-Gongkai-Timestamp": stamp, "X-Gongkai-Signature": digest}


def _is_this_machine(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
