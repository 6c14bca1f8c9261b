"""``/healthz``: ready to serve, even without the search index."""

from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse


def ready(request: HttpRequest) -> JsonResponse:
    """200 when the database answers and holds the tables; 503 otherwise."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM agencies_agency LIMIT 1")
    except DatabaseError:
        return JsonResponse({"status": "database unavailable"}, status=503)
    return JsonResponse({"status": "ok"})
