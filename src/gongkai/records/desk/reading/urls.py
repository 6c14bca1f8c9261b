"""URLs of what is read."""

from django.urls import URLPattern, path

from gongkai.records.desk.reading import views

urlpatterns: list[URLPattern] = [path("reading/", views.most_read, name="most_read")]
