"""People who work on the desk: users, the posts they hold, who may see and do what."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "gongkai.accounts"
    label = "accounts"
    verbose_name = "账号与岗位"
