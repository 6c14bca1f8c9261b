"""Every URL of the house. A process may serve the portal, the desk, or both (setting ``sides``)."""

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

from gongkai.config import health

urlpatterns: list[URLPattern | URLResolver] = [path("healthz", health.ready, name="healthz")]

if "desk" in settings.SIDES:
    urlpatterns += [
        path("desk/", include("gongkai.accounts.desk.urls")),
        path("desk/", include("gongkai.workbench.desk.urls")),
        path("desk/", include("gongkai.config.desk.urls")),
        path("desk/<slug:agency_code>/records/", include("gongkai.records.desk.urls")),
        path("desk/<slug:agency_code>/reports/", include("gongkai.reports.desk.urls")),
        path("desk/<slug:agency_code>/imports/", include("gongkai.imports.desk.urls")),
    ]

if "portal" in settings.SIDES:
    urlpatterns += [
        path("api/public/v1/", include("gongkai.api.public.urls")),
        path("", include("gongkai.portal.urls")),
    ]

handler404 = "gongkai.config.errors.not_found"
handler403 = "gongkai.config.errors.forbidden"
handler500 = "gongkai.config.errors.broken"
handler400 = "gongkai.config.errors.bad_request"
