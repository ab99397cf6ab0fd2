"""Icons, seats and the circle in templates."""

import json
from collections.abc import Sequence
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

register = template.Library()

ICONS = {
    "help": '<circle cx="12" cy="12" r="9"/><circle cx="12" cy="12" r="3.6"/>'
    '<path d="M5.7 5.7l3.7 3.7M14.6 14.6l3.7 3.7M18.3 5.7l-3.7 3.7M9.4 14.6l-3.7 3.7"/>',
    "leave": '<path d="M10 4H5v16h5M10 12h10M16 8l4 4-4 4"/>',
    "pass": '<path d="M4 17c0-6 4-9 9-9h7M16 4l4 4-4 4"/>',
    "pause": '<path d="M9 6v12M15 6v12"/>',
    "hand": '<path d="M8 12V5.5a1.5 1.5 0 013 0V11m0-6.5a1.5 1.5 0 013 0V11m0-5'
    'a1.5 1.5 0 013 0v8c0 4-2.5 6-6 6-4 0-5-2-7-6-.6-1.3 1-2.6 2-1.5L8 14"/>',
    "send": '<path d="M12 19V5M6 11l6-6 6 6"/>',
    "eye": '<path d="M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12z"/>'
    '<circle cx="12" cy="12" r="2.8"/>',
    "back": '<path d="M15 5l-7 7 7 7"/>',
    "phone": '<path d="M6 3h3l2 5-2 2a12 12 0 005 5l2-2 5 2v3c0 1.5-1 2-2 2C10 20 4 14 4 5c0-1 1-2 2-2z"/>',
    "alone": '<circle cx="12" cy="12" r="8" stroke-dasharray="2.5 2.6"/><circle cx="12" cy="4" r="2" class="fill"/>'
    '<circle cx="12" cy="20" r="1.4" class="fill"/><path d="M12 6v12"/>',
    "nameless": '<circle cx="12" cy="12" r="8"/><circle cx="12" cy="12" r="2.4" class="fill"/>',
    "named": '<circle cx="12" cy="12" r="8"/><circle cx="12" cy="20" r="2.4" class="fill"/>',
    "thread": '<path d="M4 6c6 0 4 12 10 12s4-6 6-6M4 12c4 0 5-6 9-6"/>',
    "card": '<rect x="4" y="6" width="16" height="12" rx="3"/><path d="M8 11h8M8 14.5h5"/>',
    "check": '<path d="M5 12.5l4.5 4.5L19 7"/>',
}


@register.simple_tag
def icon(name: str) -> SafeString:
    """A 24 px line icon; words stand beside it, so it is hidden from readers."""
    return format_html(
        '<svg class="icon" viewBox="0 0 24 24" width="24" height="24" aria-hidden="true" focusable="false">{}</svg>',
        mark_safe(ICONS[name]),  # noqa: S308 - constant markup from the table above
    )


@register.simple_tag
def circle(seats: Sequence[dict[str, Any]], size: int) -> SafeString:
    """A circle to be drawn by circle.js: `seats` as dicts with id, seat and name."""
    return format_html(
        '<svg class="circle" data-circle="{}" width="{}" height="{}" viewBox="0 0 {} {}" aria-hidden="true"></svg>',
        json.dumps(list(seats)),
        size,
        size,
        size,
        size,
    )
