"""URLs of guide and rules."""

from django.urls import URLPattern, path

from gongkai.records.desk.guides import views

urlpatterns: list[URLPattern] = [
    path("guide/", views.guide, name="guide"),
    path("guide/write/", views.write, name="guide_write"),
    path("guide/check/", views.check, name="guide_check"),
]
