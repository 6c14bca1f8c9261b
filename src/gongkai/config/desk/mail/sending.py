"""A test of the mail settings."""

import smtplib
from datetime import datetime

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction

from gongkai.accounts.viewer import Actor
from gongkai.groundwork.audit import trail


class CannotSendMail(Exception):
    """The test did not leave; the message says why in Chinese."""


def send_test(*, address: str, actor: Actor, at: datetime) -> None:
    """Sends one mail now and writes down whether it left, without the address.

    Raises:
        CannotSendMail: no server is set, it cannot be reached, or it refuses.
    """
    reason = _try(address, at)
    with transaction.atomic():
        detail: dict[str, object] = {"sent": not reason, "reason": reason}
        entry = trail.Entry(action="mail.test", subject_type="mail", subject_id="", detail=detail)
        trail.write(entry, actor=actor, at=at)
    if reason:
        raise CannotSendMail(reason)


def _try(address: str, at: datetime) -> str:
    if not settings.EMAIL_HOST:
        return "尚未设置邮件服务器（配置项 mail_host）。"
    message = EmailMessage(
        subject="政府信息公开平台邮件测试",
        body=f"这是一封测试邮件，发送于{at:%Y-%m-%d %H:%M}（世界时）。收到即说明邮件设置正确，无需回复。",
        to=[address],
    )
    try:
        message.send()
    except smtplib.SMTPAuthenticationError:
        return "邮件服务器不接受所设置的用户名或密码。"
    except smtplib.SMTPRecipientsRefused:
        return "邮件服务器拒绝了这个收件地址。"
    except smtplib.SMTPException as error:
        return f"邮件服务器拒绝发送：{error}"
    except OSError as error:
        return f"无法连接邮件服务器：{error}"
    return ""
