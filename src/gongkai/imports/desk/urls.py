"""URLs of this room, below /desk/<agency_code>/imports/."""

from django.urls import URLPattern, URLResolver, path

from gongkai.imports.desk import standards, views

app_name = "imports"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.import_list, name="list"),
    path("standard/", standards.standard, name="standard"),
    path("new/", views.upload, name="upload"),
    path("<int:import_id>/", views.case, name="case"),
    path("<int:import_id>/progress/", views.progress, name="progress"),
    path("<int:import_id>/clear/", views.clear, name="clear"),
    path("<int:import_id>/confirm/", views.confirm, name="confirm"),
    path("<int:import_id>/refuse/", views.refuse, name="refuse"),
    path("<int:import_id>/discard/", views.discard, name="discard"),
    path("<int:import_id>/file/", views.download, name="download"),
    path("<int:import_id>/rejects/", views.rejects, name="rejects"),
]
