"""URLs of this room."""

from django.urls import URLPattern, URLResolver

app_name = "system"
urlpatterns: list[URLPattern | URLResolver] = []
