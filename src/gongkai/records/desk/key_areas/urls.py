"""URLs of key areas."""

from django.urls import URLPattern, path

from gongkai.records.desk.key_areas import views

urlpatterns: list[URLPattern] = [
    path("key-areas/", views.key_areas, name="key_areas"),
    path("key-areas/<str:area>/", views.key_area, name="key_area"),
]
