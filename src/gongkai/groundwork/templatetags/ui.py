"""Template tags of the component kit; loaded everywhere as built-ins."""

from django import template

register = template.Library()
