"""URLs of findings."""

from django.urls import URLPattern, path

from gongkai.records.desk.checking import views

urlpatterns: list[URLPattern] = [
    path("<int:record_id>/findings/<str:fingerprint>/dismiss/", views.dismiss, name="dismiss"),
    path("<int:record_id>/files/<int:attachment_id>/read/", views.read_by_eye, name="read_by_eye"),
]
