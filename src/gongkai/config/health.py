"""``/healthz``: ready to serve, even without the search index."""

from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse

from gongkai.config import checks

# A database that was up to date once stays so for this process: upgrades restart it.
_known_to_be_migrated = False


def ready(request: HttpRequest) -> JsonResponse:
    """200 when the database answers and holds what this version needs; 503 otherwise, with the reason."""
    try:
        reason = _what_is_missing()
    except DatabaseError:
        reason = "database unavailable"
    response = JsonResponse({"status": reason or "ok"}, status=503 if reason else 200)
    response["Cache-Control"] = "no-store"
    return response


def _what_is_missing() -> str:
    global _known_to_be_migrated
    if _known_to_be_migrated:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        return ""
    if checks.unapplied_migrations():
        return "migrations unapplied"
    _known_to_be_migrated = True
    return ""
