"""URLs of this room."""

from django.urls import URLPattern, URLResolver, path

from gongkai.workbench.desk import handovers, reminders, views

app_name = "workbench"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.today, name="today"),
    path("notices/", reminders.notices, name="notices"),
    path("<slug:agency_code>/", views.go_to_agency, name="at_agency"),
    path("<slug:agency_code>/handovers/", handovers.listing, name="handovers"),
    path("<slug:agency_code>/handovers/new/", handovers.new, name="handover_new"),
    path("<slug:agency_code>/handovers/<int:handover_id>/", handovers.handover, name="handover"),
    path("<slug:agency_code>/falling-due/", reminders.falling_due, name="falling_due"),
    path("<slug:agency_code>/reminders/", reminders.receivers, name="reminders"),
    path("<slug:agency_code>/reminders/webhooks/new/", reminders.webhook_new, name="webhook_new"),
    path("<slug:agency_code>/reminders/webhooks/<int:webhook_id>/test/", reminders.webhook_test, name="webhook_test"),
    path(
        "<slug:agency_code>/reminders/webhooks/<int:webhook_id>/remove/",
        reminders.webhook_remove,
        name="webhook_remove",
    ),
]
