"""URLs of standard tables."""

from django.urls import URLPattern, path

from gongkai.records.desk.standards import linking, views

_TABLE = "standards/<int:table_id>/"
urlpatterns: list[URLPattern] = [
    path("standards/", views.standard_list, name="standard_list"),
    path(_TABLE, views.standard, name="standard"),
    path(f"{_TABLE}clear/", views.clear, name="standard_clear"),
    path(f"{_TABLE}approve/", views.approve, name="standard_approve"),
    path(f"{_TABLE}discard/", views.discard, name="standard_discard"),
    path(f"{_TABLE}links/", linking.links, name="standard_links"),
    path(f"{_TABLE}links/<slug:matter_key>/column/", linking.column, name="standard_column"),
    path(f"{_TABLE}report/", linking.report, name="standard_report"),
]
