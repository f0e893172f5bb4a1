"""A tile's markup.  By hand: asked 160 times over, a template costs more than all the rest of the screen."""

from datetime import datetime
from functools import cache
from html import escape
from typing import TYPE_CHECKING

from django import template
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from holdspace.kit.actor import NOBODY
from holdspace.kit.said import said_once
from holdspace.kit.templatetags.kit import mark

if TYPE_CHECKING:
    from holdspace.desk.tiles import Tile

register = template.Library()

TILE = (
    '<a class="hs-tile {}" href="{}{}" data-hue="{}" data-tile="{}" data-about="{}" draggable="false">'
    '{}<b>{}</b><span class="hs-tile-low"><span>{}</span>{}</span></a>'
)
TOP = (
    '<span class="hs-tile-top"><time datetime="{}">{}<span class="hs-tile-end"> – {}</span></time>'
    '<span>{}</span><span class="visually-hidden">{}</span></span>'
)
LIGHTS = '<span class="hs-lights" role="img" aria-label="{}">{}</span>'


@register.simple_tag
def drawn(tile: "Tile") -> SafeString:
    """The tile as it stands in the grid and, for people without script, in the list."""
    unchecked = ("user-question",) if tile.unchecked else ()
    icons = (*unchecked, *(("repeat",) if tile.again else ()), tile.contact_icon, tile.status_icon)
    words = tuple(filter(None, (tile.contact_type, tile.status, tile.again, tile.unchecked)))
    lights = (tile.lights_in_words, *(light.state for light in tile.lights)) if tile.lights else ()
    # What people wrote is escaped here; `format_html` escapes ids and marks as well, for as long as all else.
    return SafeString(
        TILE.format(
            tile.css,
            _stem(),
            tile.seat.pk,
            tile.appointment.type.hue,
            tile.appointment.pk,
            escape(tile.about),
            _top.within(tile.language, tile.wall_start, tile.wall_end, icons, words),
            escape(tile.name),
            _low(tile),
            _lights.within(tile.language, *lights) if lights else "",
        )
    )


@cache
def _stem() -> str:
    """What the address of every seat begins with: asked for 160 times, reversing is slow."""
    return reverse("desk:appointment", args=[NOBODY]).removesuffix(str(NOBODY))


@said_once
def _top(starts: datetime, ends: datetime, icons: tuple[str, ...], words: tuple[str, ...]) -> SafeString:
    """Times and marks, and in words what the marks say, for whoever doesn't see them."""
    marks = format_html_join("", "{}", ((mark(name),) for name in icons))
    clock, until, half = date_format(starts, "g:i"), date_format(ends, "g:i"), date_format(starts, "A")
    return format_html(TOP, starts.isoformat(), clock, until, marks, ", ".join((half, *words)))


def _low(tile: "Tile") -> str:
    if tile.waiting_minutes is None:
        return escape(tile.clinicians if tile.with_clinician else tile.low)
    waiting = _("Waiting %(n)s min") % {"n": tile.waiting_minutes}
    return format_html('<span class="hs-waits">{}{}</span>', mark("hourglass"), waiting)


@said_once
def _lights(words: str, *states: str) -> SafeString:
    each = format_html_join("", '<i class="hs-light {}"></i>', ((state,) for state in states))
    return format_html(LIGHTS, words, each)
