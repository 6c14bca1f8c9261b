"""URLs of joint documents: the lead's notes, and what a co-issuer is asked."""

from django.urls import URLPattern, path

from gongkai.records.desk.joint import views

urlpatterns: list[URLPattern] = [
    path("<int:record_id>/confirmations/new/", views.note, name="note_confirmation"),
    path("confirmations/", views.asked, name="confirmations"),
    path("confirmations/<int:request_id>/", views.confirm, name="confirm"),
    path("confirmations/<int:request_id>/files/<int:position>/", views.file, name="confirmation_file"),
]
