"""URLs of this room, below /desk/<agency_code>/imports/."""

from django.urls import URLPattern, URLResolver, path

from gongkai.imports.desk import standards, views
from gongkai.imports.desk.drops import views as drops
from gongkai.imports.desk.register import urls as register

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
    path("drops/", drops.drop_list, name="drops"),
    path("drops/new/", drops.drop_new, name="drop_new"),
    path("drops/<int:batch_id>/", drops.drop, name="drop"),
    path("drops/<int:batch_id>/progress/", drops.drop_progress, name="drop_progress"),
    path("drops/files/<int:file_id>/", drops.drop_original, name="drop_original"),
    *register.urlpatterns,
]
