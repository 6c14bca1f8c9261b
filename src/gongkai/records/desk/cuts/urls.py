"""URLs of cuts."""

from django.urls import URLPattern, path

from gongkai.records.desk.cuts import views

urlpatterns: list[URLPattern] = [
    path("<int:record_id>/cuts/", views.cut_list, name="cuts"),
    path("<int:record_id>/cuts/<int:cut_number>/restore/", views.cut_restore, name="cut_restore"),
]
