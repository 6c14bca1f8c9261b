"""URLs of the slips (审批单、保密审查单)."""

from django.urls import URLPattern, path

from gongkai.records.desk.slips import views

_VERSION = "<int:record_id>/versions/<int:version_number>/"
urlpatterns: list[URLPattern] = [
    path(f"{_VERSION}approval/", views.approval, name="approval_slip"),
    path(f"{_VERSION}secrecy/", views.secrecy, name="secrecy_slip"),
    path("slips/", views.verify, name="slip_verify"),
]
