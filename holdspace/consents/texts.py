"""How a form's markdown becomes a page, and what the message says that brings it."""

from collections.abc import Mapping
from functools import lru_cache

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

from holdspace.clients.models import Client, Contact
from holdspace.consents import fields
from holdspace.consents.models import ConsentVersion
from holdspace.messaging.texts import Rendered, render, when
from holdspace.scheduling import links
from holdspace.scheduling.models import Seat

TAGS = {"h2", "h3", "p", "ul", "ol", "li", "strong", "em", "br", "hr", "blockquote"}
_markdown = MarkdownIt("commonmark", {"html": False})


@lru_cache(maxsize=64)
def html_of(markdown: str) -> SafeString:
    """A form's text as HTML that is only text: headings, paragraphs, lists, stress."""
    return mark_safe(nh3.clean(_markdown.render(markdown), tags=TAGS, attributes={}))  # noqa: S308


def shown(markdown: str, said: Mapping[str, str]) -> SafeString:
    """The same with its fields filled in, as it is read before one seat."""
    return fields.filled(html_of(markdown), said)


def page_of(version: ConsentVersion, said: Mapping[str, str]) -> dict[str, SafeString]:
    """The three texts of a version as they are read before one seat."""
    words = {"text": version.text, "script": version.script, "disclosure": version.disclosure}
    return {name: shown(markdown, said) for name, markdown in words.items()}


def request_text(seat: Seat, channel: str, whom: Client | Contact | None = None) -> Rendered:
    """What the client, or their guardian, reads when the form is sent; nothing clinical is in it."""
    values = {
        "first_name": whom.name if isinstance(whom, Contact) else seat.client.greeting,
        "time": when(seat.appointment.starts_at, seat.client_time_zone),
        "practice": seat.practice.shown_name,
        "link": links.link_for(seat),
    }
    return render("consent_request", fields=values, channel=channel)
