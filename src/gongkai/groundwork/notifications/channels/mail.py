"""By mail, over the server of the settings."""

import smtplib

from django.conf import settings
from django.core.mail import EmailMessage

from gongkai.groundwork.notifications.message import CannotDeliver, Message, Target


def send(target: Target, message: Message) -> None:
    """Hands the message to the mail server. Raises `CannotDeliver`."""
    if not settings.EMAIL_HOST:
        raise CannotDeliver("尚未设置邮件服务器。", is_final=True)
    body = f"{message.text}\n\n{message.url}\n\n本邮件由系统自动发送，请勿回复。"
    mail = EmailMessage(subject="政府信息公开办理提醒", body=body, to=[target.address])
    try:
        mail.send()
    except smtplib.SMTPRecipientsRefused as error:
        raise CannotDeliver("邮件服务器拒绝了收件地址。", is_final=True) from error
    except (smtplib.SMTPException, OSError) as error:
        raise CannotDeliver(f"邮件服务器没有接收：{type(error).__name__}") from error
