"""URLs of this room, below /desk/<agency_code>/reports/."""

from django.urls import URLPattern, URLResolver, path

from gongkai.reports.desk import downloads, views

app_name = "reports"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.check_list, name="list"),
    path("new/", views.upload, name="upload"),
    path("<int:check_id>/", views.case, name="case"),
    path("<int:check_id>/progress/", views.progress, name="progress"),
    path("<int:check_id>/cells/<int:report_number>/", views.cells, name="cells"),
    path("<int:check_id>/repeat/", views.repeat, name="repeat"),
    path("<int:check_id>/compare/", views.compare, name="compare"),
    path("<int:check_id>/file/", downloads.original, name="original"),
    path("<int:check_id>/findings.json", downloads.as_json, name="as_json"),
    path("<int:check_id>/findings.xlsx", downloads.as_workbook, name="as_workbook"),
]
