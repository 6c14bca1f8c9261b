"""The frame of the portal for `base.html`, so that error pages have it too."""

from django import template
from django.template.context import Context

from gongkai.portal import frame

register = template.Library()


@register.simple_tag(takes_context=True)
def portal_frame(context: Context) -> frame.Frame:
    """Names, menu and footer around the page."""
    return frame.frame_of(context["request"])
