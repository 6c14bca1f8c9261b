"""URLs of figures."""

from django.urls import URLPattern, path

from gongkai.records.desk.figures import views

urlpatterns: list[URLPattern] = [
    path("figures/", views.figures, name="figures"),
    path("figures/<slug:counted>/", views.rows, name="figure_rows"),
    path("figures/<slug:counted>/rows.csv", views.as_csv, name="figure_csv"),
    path("figures/<slug:counted>/rows.xlsx", views.as_workbook, name="figure_workbook"),
]
