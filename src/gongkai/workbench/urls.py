"""URLs of this room."""

from django.urls import URLPattern, URLResolver, path

from gongkai.workbench import views

app_name = "workbench"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.today, name="today"),
    path("<slug:agency_code>/", views.go_to_agency, name="at_agency"),
]
