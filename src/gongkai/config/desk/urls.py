"""The pages of the three administrators: bodies, state of the system, mail, audit trail."""

from django.urls import URLPattern, URLResolver, path

from gongkai.config.desk.agencies import views as agencies
from gongkai.config.desk.mail import views as mail
from gongkai.config.desk.status import views as status
from gongkai.config.desk.trail import views as trail

app_name = "system"
urlpatterns: list[URLPattern | URLResolver] = [
    path("system/agencies/", agencies.tree, name="agencies"),
    path("system/agencies/new/", agencies.create, name="agency_new"),
    path("system/agencies/<int:agency_id>/change/", agencies.change, name="agency_change"),
    path("system/agencies/<int:agency_id>/merge/", agencies.merge, name="agency_merge"),
    path("system/agencies/<int:agency_id>/end/", agencies.end, name="agency_end"),
    path("system/status/", status.status, name="status"),
    path("system/mail/", mail.mail, name="mail"),
    path("system/audit/", trail.trail_list, name="audit"),
    path("system/audit/verify/", trail.verify, name="audit_verify"),
]
