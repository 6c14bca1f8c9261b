"""Into a group of 企业微信, 政务微信 or 钉钉, or to an own receiver that checks our signature."""

import base64
import hashlib
import hmac
from datetime import datetime
from urllib.parse import quote_plus

import requests

from gongkai.groundwork.notifications.channels import posting
from gongkai.groundwork.notifications.message import CannotDeliver, Channel, Message, Target


def send(target: Target, message: Message, *, at: datetime) -> None:
    """Posts the message in the form of its kind. Raises `CannotDeliver`."""
    text = f"{message.text}\n{message.url}".strip()
    if target.channel is Channel.SIGNED:
        body = {"subject": message.subject, "text": message.text, "url": message.url}
        posting.post(target.address, body, posting.signature(body, target.secret, at))
        return
    url = _with_signature(target, at) if target.channel is Channel.DINGTALK else target.address
    _require_accepted(posting.post(url, {"msgtype": "text", "text": {"content": text}}))


def _with_signature(target: Target, at: datetime) -> str:
    """钉钉 wants time stamp and signature in the address, where the robot has a secret."""
    if not target.secret:
        return target.address
    stamp = str(int(at.timestamp() * 1000))
    digest = hmac.new(target.secret.encode(), f"{stamp}\n{target.secret}".encode(), hashlib.sha256).digest()
    return f"{target.address}&timestamp={stamp}&sign={quote_plus(base64.b64encode(digest))}"


def _require_accepted(answer: requests.Response) -> None:
    """Group robots answer 200 to everything; what became of the message stands in ``errcode``."""
    try:
        code = answer.json().get("errcode")
    except (ValueError, AttributeError) as error:
        raise CannotDeliver("对方的应答无法识别。") from error
    if code != 0:
        raise CannotDeliver(f"对方没有接受消息（代码{code}）。")
