"""The top floor: settings, URLs, command line."""

from django.apps import AppConfig


class ConfigConfig(AppConfig):
    name = "gongkai.config"
    label = "config"
    verbose_name = "系统"

    def ready(self) -> None:
        import gongkai.config.checks  # noqa: F401  # registers itself
