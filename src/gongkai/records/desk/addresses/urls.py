"""URLs of the address lists."""

from django.urls import URLPattern, path

from gongkai.records.desk.addresses import views

urlpatterns: list[URLPattern] = [
    path("addresses/", views.own, name="addresses"),
    path("addresses/list.xlsx", views.own_workbook, name="addresses_workbook"),
    path("addresses/list.csv", views.own_csv, name="addresses_csv"),
    path("addresses/below/", views.below, name="addresses_below"),
    path("addresses/below/list.xlsx", views.below_workbook, name="addresses_below_workbook"),
    path("addresses/below/list.csv", views.below_csv, name="addresses_below_csv"),
]
