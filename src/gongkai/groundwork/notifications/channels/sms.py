"""By SMS, over the gateway of the site: one signed POST a message, in the form of docs/operations/notices.md."""

from datetime import datetime

from django.conf import settings

from gongkai.groundwork.notifications.channels import posting
from gongkai.groundwork.notifications.message import CannotDeliver, Message, Target


def send(target: Target, message: Message, *, at: datetime) -> None:
    """Hands the message to the gateway. Raises `CannotDeliver`."""
    if not settings.SMS_GATEWAY_URL:
        raise CannotDeliver("尚未设置短信网关。", is_final=True)
    body = {"phone": target.address, "text": message.text, "reference": message.subject}
    headers = posting.signature(body, settings.SMS_GATEWAY_SECRET, at)
    posting.post(settings.SMS_GATEWAY_URL, body, headers)
