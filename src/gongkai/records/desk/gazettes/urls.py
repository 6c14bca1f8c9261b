"""URLs of the gazette."""

from django.urls import URLPattern, path

from gongkai.records.desk.gazettes import views

urlpatterns: list[URLPattern] = [
    path("gazette/", views.gazette_list, name="gazette_list"),
    path("gazette/new/", views.gazette_new, name="gazette_new"),
    path("gazette/<int:issue_id>/", views.gazette, name="gazette"),
    path("gazette/<int:issue_id>/change/", views.gazette_change, name="gazette_change"),
]
