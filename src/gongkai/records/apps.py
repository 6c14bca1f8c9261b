"""Proactive disclosure: the records, their reviews and clearances, the statutory catalogue."""

from django.apps import AppConfig


class RecordsConfig(AppConfig):
    name = "gongkai.records"
    label = "records"
    verbose_name = "主动公开"
