"""The form every practice begins with, in plain words, and how its markdown becomes a page."""

from functools import lru_cache

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

from holdspace.messaging.texts import Rendered, render, when
from holdspace.scheduling import links
from holdspace.scheduling.models import Seat

TITLE = "Telehealth consent"

TEXT = """\
## Meeting by video

You and your clinician will see and hear each other through your phone or computer. \
Nothing is recorded.

## What can go wrong

The picture or the sound can freeze or stop. If that happens, we call you on the phone number we have. \
Some things are harder to notice by video than in the same room. If we think that it isn't right for you, \
we will say so and offer another way to meet.

## Your privacy

The call is encrypted from your device to your clinician's. No way of talking over the internet is \
perfectly safe. Please choose a place where nobody can hear you, and tell us if somebody can.

## In an emergency

We ask where you are each time, so that help can be sent to you if it is needed. \
If you are in danger, call 911. In a crisis, call or text 988.

## What it costs

Meeting by video may be paid for differently than meeting in person. Ask us, or whoever insures you, \
if you aren't sure.

## Your choice

You can say no now, or stop at any time, and you will still get care from us. \
You can take this agreement back whenever you like: on this page, or by calling us.
"""

SCRIPT = """\
“We'll talk by video. It is private and encrypted, and I don't record it. Video can fail; \
if we lose each other I will call you on the phone number we have.

You can say no, or stop at any time, and you will still get care here. Do you agree to meet by video?”
"""

DISCLOSURE = """\
Signing on this screen counts like signing on paper. You can have it on paper instead, and a copy on paper \
at any time: just call us. You only need a browser, as you have now. Your agreement covers meeting by video \
and nothing else, and you can take it back here or by calling us.
"""

TAGS = {"h2", "h3", "p", "ul", "ol", "li", "strong", "em", "br", "hr", "blockquote"}
_markdown = MarkdownIt("commonmark", {"html": False})


@lru_cache(maxsize=64)
def html_of(markdown: str) -> SafeString:
    """A form's text as HTML that is only text: headings, paragraphs, lists, stress."""
    return mark_safe(nh3.clean(_markdown.render(markdown), tags=TAGS, attributes={}))  # noqa: S308


def request_text(seat: Seat, channel: str) -> Rendered:
    """What a client reads when the form is sent; nothing clinical is in it."""
    fields = {
        "first_name": seat.client.greeting,
        "time": when(seat.appointment.starts_at, seat.client_time_zone),
        "practice": seat.practice.shown_name,
        "link": links.link_for(seat),
    }
    return render("consent_request", fields=fields, channel=channel)
