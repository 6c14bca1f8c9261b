"""URLs of catalogue upkeep."""

from django.urls import URLPattern, path

from gongkai.records.desk.upkeep import views

urlpatterns: list[URLPattern] = [
    path("upkeep/", views.upkeep, name="upkeep"),
    path("upkeep/below/", views.below, name="upkeep_below"),
]
