"""Template tags of the design system: icons, built files, times with their zone, statuses."""

import json
import re
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from django import template
from django.conf import settings
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from holdspace.kit import zones

register = template.Library()
SPRITE = Path(__file__).resolve().parent.parent / "icons.svg"
SYMBOL = re.compile(r'<symbol id="i-([a-z0-9-]+)".*?</symbol>', re.S)


@lru_cache
def symbols() -> dict[str, str]:
    """Every icon of the sprite: name -> <symbol>."""
    return {match[1]: match[0] for match in SYMBOL.finditer(SPRITE.read_text())}


@register.simple_tag(takes_context=True)
def icon(context: template.Context, name: str, css: str = "") -> SafeString:
    """A decorative icon; the page's sprite holds the icons that were asked for, no others."""
    if name not in symbols():
        raise template.TemplateSyntaxError(f"no icon {name!r} in kit/icons.svg")
    return format_html(
        '<svg class="hs-icon {}" aria-hidden="true" viewBox="0 0 24 24">{}</svg>',
        css,
        mark_safe(_paths(name)),  # noqa: S308
    )


@register.simple_tag
def sprite(names: list[str]) -> SafeString:
    """Icons that a page shows many times over: drawn here once, each place says `mark`."""
    drawings = "".join(symbols()[name] for name in names)
    return format_html('<svg aria-hidden="true" hidden>{}</svg>', mark_safe(drawings))  # noqa: S308


@register.simple_tag
def mark(name: str) -> SafeString:
    """A decorative icon that the page's sprite holds."""
    return format_html('<svg class="hs-icon" aria-hidden="true"><use href="#i-{}"/></svg>', name)


@lru_cache
def _paths(name: str) -> str:
    """The drawing itself: a few hundred bytes, and nothing to fetch or to look up."""
    return symbols()[name].partition(">")[2].removesuffix("</symbol>")


@lru_cache
def _manifest(stamp: float) -> dict[str, Any]:
    read: dict[str, Any] = json.loads((settings.BUILT / "manifest.json").read_text())
    return read


def manifest() -> dict[str, Any]:
    """Vite's manifest, read again whenever a new build is there."""
    return _manifest((settings.BUILT / "manifest.json").stat().st_mtime)


def built(entry: str) -> dict[str, Any]:
    """The manifest's line for an entry point or stylesheet by its short name."""
    line: dict[str, Any]
    for key, line in manifest().items():
        if line.get("isEntry") and (line.get("name") == entry or Path(key).stem == entry):
            return line
    raise template.TemplateSyntaxError(f"no built entry {entry!r}")


def imports(line: dict[str, Any], seen: set[str]) -> list[str]:
    """The files an entry needs, each once, for preloading."""
    files = []
    for key in line.get("imports", []):
        if key not in seen:
            seen.add(key)
            chunk = manifest()[key]
            files += [chunk["file"], *imports(chunk, seen)]
    return files


@register.simple_tag(takes_context=True)
def script(context: template.Context, entry: str, first: bool = False) -> SafeString:
    """The module script of a page, with what it imports preloaded.

    One in the head that runs `first` is waited for before anything is painted: for a page that
    would jump when it came.  Whether it comes or fails, the page is painted then.
    """
    line = built(f"{entry}")
    nonce = getattr(context.get("request"), "csp_nonce", "")
    base = settings.STATIC_URL + "built/"
    preload = format_html_join(
        "", '<link rel="modulepreload" href="{}{}">', ((base, f) for f in imports(line, set()))
    )
    return format_html(
        '{}<script type="module" src="{}{}" nonce="{}"{}></script>',
        preload,
        base,
        line["file"],
        nonce,
        mark_safe(' blocking="render"' if first else ""),  # noqa: S308
    )


@register.simple_tag
def style(entry: str) -> SafeString:
    """The stylesheet of a web room."""
    line = built(f"style-{entry}")
    file = line["file"] if line["file"].endswith(".css") else line["css"][0]
    return format_html('<link rel="stylesheet" href="{}built/{}">', settings.STATIC_URL, file)


@register.filter
def in_zone(moment: datetime, zone: str) -> datetime:
    """The wall time of an instant in a zone, for date filters."""
    return zones.wall_of(moment, zone).replace(tzinfo=None)


@register.filter
def clock(moment: datetime, zone: str) -> str:
    """*11:00 AM* in the zone."""
    return date_format(zones.wall_of(moment, zone).replace(tzinfo=None), "g:i A")


@register.filter
def day(moment: datetime, zone: str) -> str:
    """*Wed, Nov 18* in the zone."""
    return date_format(zones.wall_of(moment, zone).replace(tzinfo=None), "D, M j")


@register.filter
def long_day(moment: datetime, zone: str) -> str:
    """*Wednesday, November 18* in the zone."""
    return date_format(zones.wall_of(moment, zone).replace(tzinfo=None), "l, F j")


@register.filter
def zone_label(zone: str) -> str:
    return zones.zone_label(zone)


@register.filter
def zone_short(zone: str) -> str:
    return zones.zone_short(zone)
