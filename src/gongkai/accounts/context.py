"""What every desk template knows: the viewer and, at an agency, the seat."""

from django.http import HttpRequest


def desk(request: HttpRequest) -> dict[str, object]:
    """Viewer and seat; None on the portal."""
    return {"viewer": getattr(request, "viewer", None), "seat": getattr(request, "seat", None)}
