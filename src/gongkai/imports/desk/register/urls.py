"""URLs of the register that comes in as a table."""

from django.urls import URLPattern, path

from gongkai.imports.desk.register import views

urlpatterns: list[URLPattern] = [
    path("register/", views.register_list, name="registers"),
    path("register/<int:register_id>/", views.register, name="register"),
    path("register/<int:register_id>/progress/", views.progress, name="register_progress"),
    path("register/<int:register_id>/confirm/", views.confirm, name="register_confirm"),
    path("register/<int:register_id>/discard/", views.discard, name="register_discard"),
]
