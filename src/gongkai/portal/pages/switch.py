"""From one agency's page to another's: all agencies by kind, drawn once for a few seconds."""

from html import escape

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from gongkai.portal.pages import home
from gongkai.published.selectors import directory
from gongkai.published.selectors.remembered import Remembered


def panel() -> SafeString:
    """The agencies of today by kind as lists of links."""
    return mark_safe(_drawn(reverse("portal:agencies")))  # every name is escaped below


def _draw(_: str) -> str:
    return "".join(map(_group, home.kind_groups()))


def _group(group: home.KindGroup) -> str:
    links = "".join(
        f'<li><a href="{agency.url}" title="{escape(agency.name)}">{escape(agency.short_name)}</a></li>'
        for agency in group.agencies
    )
    return f'<div class="kind"><p>{escape(group.label)}</p><ul>{links}</ul></div>'


_drawn = Remembered(_draw, seconds=directory.SECONDS, size=4)
