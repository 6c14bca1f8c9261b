"""What the mail page shows: the settings as they are, never the password."""

from django.conf import settings

from gongkai.groundwork.ui.parts import Fact


def facts() -> tuple[Fact, ...]:
    return (
        Fact(label="服务器", value=settings.EMAIL_HOST or "尚未设置"),
        Fact(label="端口", value=str(settings.EMAIL_PORT)),
        Fact(label="加密", value="STARTTLS" if settings.EMAIL_USE_TLS else "不加密"),
        Fact(label="用户名", value=settings.EMAIL_HOST_USER or "不登录"),
        Fact(label="密码", value="已设置" if settings.EMAIL_HOST_PASSWORD else "未设置"),
        Fact(label="发件地址", value=settings.DEFAULT_FROM_EMAIL),
    )
