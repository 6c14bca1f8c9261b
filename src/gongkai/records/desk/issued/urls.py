"""URLs of the register of issued documents."""

from django.urls import URLPattern, path

from gongkai.records.desk.issued import views

urlpatterns: list[URLPattern] = [
    path("issued/", views.overview, name="issued"),
    path("issued/rows/", views.rows, name="issued_rows"),
    path("issued/export/", views.export, name="issued_export"),
    path("issued/<int:document_id>/draft/", views.draft, name="issued_draft"),
]
