"""URLs of acts on many records."""

from django.urls import URLPattern, path

from gongkai.records.desk.batches import views

urlpatterns: list[URLPattern] = [
    path("batches/new/", views.new, name="batch_new"),
    path("batches/<int:run_id>/", views.batch, name="batch"),
    path("batches/<int:run_id>/progress/", views.progress, name="batch_progress"),
]
