"""The asas wheel as SVG: a sector for what was seen, a dot on its axis for what was felt. A table stands beside it."""

import math
from collections.abc import Sequence
from typing import Any

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

register = template.Library()
SIZE, RADIUS, HUB = 320, 118, 22


@register.simple_tag
def asas_wheel(spokes: Sequence[dict[str, Any]], label: str) -> SafeString:
    """`spokes` as the wheel page makes them; the label is read out instead of the drawing."""
    count = len(spokes)
    parts = format_html_join("", "{}", ((_sector(spoke, at, count),) for at, spoke in enumerate(spokes)))
    return format_html(
        '<svg class="wheel" viewBox="0 0 {0} {0}" width="{0}" height="{0}" role="img" aria-label="{1}">{2}</svg>',
        SIZE, label, parts,
    )  # fmt: skip


def _sector(spoke: dict[str, Any], at: int, count: int) -> SafeString:
    start, end = (2 * math.pi * (at + part) / count - math.pi / 2 for part in (0.04, 0.96))
    middle = (start + end) / 2
    rim = format_html('<path class="{}" d="{}"/>', "spoke" if spoke["share"] is not None else "spoke none",
                      _wedge(start, end, RADIUS))  # fmt: skip
    seen = format_html('<path class="seen" d="{}"/>', _wedge(start, end, HUB + (RADIUS - HUB) * (spoke["share"] or 0)))
    dot = ""
    if spoke["felt"].share is not None:
        x, y = _point(middle, HUB + (RADIUS - HUB) * spoke["felt"].share)
        dot = format_html('<circle class="felt" cx="{}" cy="{}" r="6"/>', x, y)
    x, y = _point(middle, RADIUS + 18)
    number = format_html('<text x="{}" y="{}">{}</text>', x, y, at + 1)
    return format_html("{}{}{}{}", rim, seen if spoke["share"] else "", dot, number)


def _point(angle: float, radius: float) -> tuple[str, str]:
    return f"{SIZE / 2 + radius * math.cos(angle):.1f}", f"{SIZE / 2 + radius * math.sin(angle):.1f}"


def _wedge(start: float, end: float, radius: float) -> str:
    (ax, ay), (bx, by) = _point(start, HUB), _point(start, radius)
    (cx, cy), (dx, dy) = _point(end, radius), _point(end, HUB)
    outer = f"{radius:.1f} {radius:.1f}"
    return f"M{ax} {ay}L{bx} {by}A{outer} 0 0 1 {cx} {cy}L{dx} {dy}A{HUB} {HUB} 0 0 0 {ax} {ay}Z"
