"""URLs of the review scheme."""

from django.urls import URLPattern, path

from gongkai.records.desk.scheme import views

urlpatterns: list[URLPattern] = [
    path("scheme/", views.scheme, name="scheme"),
]
