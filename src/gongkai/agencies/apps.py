"""Bodies that owe disclosure: their tree, codes, validity, mergers."""

from django.apps import AppConfig


class AgenciesConfig(AppConfig):
    name = "gongkai.agencies"
    label = "agencies"
    verbose_name = "机构"
