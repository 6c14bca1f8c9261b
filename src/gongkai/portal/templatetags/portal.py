"""What templates of the portal cannot say themselves: the frame (also around error pages), and drawn lists."""

from django import template
from django.template.context import Context

from gongkai.portal import frame
from gongkai.portal.pages import rows

register = template.Library()
register.filter("table_rows", rows.table)
register.filter("list_items", rows.items)
register.filter("facet_items", rows.facet_items)


@register.simple_tag(takes_context=True)
def portal_frame(context: Context) -> frame.Frame:
    """Names, menu and footer around the page."""
    return frame.frame_of(context["request"])
