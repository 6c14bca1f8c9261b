"""Bulk import: reads foreign files, checks each row, hands what is clean to the contexts."""

from django.apps import AppConfig


class ImportsConfig(AppConfig):
    name = "gongkai.imports"
    label = "imports"
    verbose_name = "批量导入"
