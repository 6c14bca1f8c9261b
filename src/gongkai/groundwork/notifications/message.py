"""What is told, and to whom it is told outside."""

from dataclasses import dataclass
from enum import StrEnum


class Channel(StrEnum):
    """How a message leaves the house."""

    MAIL = "mail"
    SMS = "sms"
    WECOM = "wecom"
    DINGTALK = "dingtalk"
    SIGNED = "signed"

    @property
    def label(self) -> str:
        return _LABELS[self]


_LABELS = {
    Channel.MAIL: "电子邮件",
    Channel.SMS: "短信",
    Channel.WECOM: "企业微信、政务微信群机器人",
    Channel.DINGTALK: "钉钉群机器人",
    Channel.SIGNED: "签名回调",
}
WEBHOOKS = (Channel.WECOM, Channel.DINGTALK, Channel.SIGNED)


@dataclass(frozen=True, kw_only=True)
class Message:
    """Plain words and where to go. They leave the house, so they name no person and no document.

    ``subject`` is the name of this message to this target: the same one is sent once.
    """

    subject: str
    text: str
    url: str = ""


@dataclass(frozen=True, kw_only=True)
class Target:
    """A mail address, a telephone number, or the address of a webhook with its secret."""

    channel: Channel
    address: str
    secret: str = ""


class CannotDeliver(Exception):
    """The message did not leave; ``is_final`` where another try would end the same way. The message is Chinese."""

    def __init__(self, problem: str, *, is_final: bool = False) -> None:
        super().__init__(problem)
        self.problem = problem
        self.is_final = is_final
