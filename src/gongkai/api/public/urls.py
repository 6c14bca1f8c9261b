"""Addresses of the public interface; its version stands in the path before them."""

from django.urls import URLPattern, URLResolver, path

from gongkai.api.public import views

app_name = "public_api"
urlpatterns: list[URLPattern | URLResolver] = [
    *views.api.urls[0],
    path("<path:rest>", views.nothing_here, name="nothing_here"),
]
