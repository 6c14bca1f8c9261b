"""URLs of this room."""

from django.urls import URLPattern, URLResolver, path

from gongkai.workbench.desk import handovers, views

app_name = "workbench"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.today, name="today"),
    path("<slug:agency_code>/", views.go_to_agency, name="at_agency"),
    path("<slug:agency_code>/handovers/", handovers.listing, name="handovers"),
    path("<slug:agency_code>/handovers/new/", handovers.new, name="handover_new"),
    path("<slug:agency_code>/handovers/<int:handover_id>/", handovers.handover, name="handover"),
]
