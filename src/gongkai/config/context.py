"""One-time messages for desk templates; the portal has none."""

from django.contrib.messages import get_messages
from django.http import HttpRequest


def messages(request: HttpRequest) -> dict[str, object]:
    """The messages waiting for this request."""
    return {"messages": get_messages(request) if hasattr(request, "_messages") else []}
