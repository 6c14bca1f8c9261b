"""URLs of what is looked at again from time to time."""

from django.urls import URLPattern, path

from gongkai.records.desk.evaluations import views

urlpatterns: list[URLPattern] = [
    path("evaluations/", views.kept_list, name="evaluations"),
    path("evaluations/secrets/", views.secret_list, name="secrets"),
    path("evaluations/secrets/new/", views.secret_new, name="secret_new"),
    path("evaluations/secrets/<int:refusal_id>/", views.secret_evaluate, name="secret_evaluate"),
]
