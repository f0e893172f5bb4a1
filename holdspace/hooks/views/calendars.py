"""What calendar programs call: a clinician's feed, by its secret address and nothing else."""

from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from holdspace.kit.clock import now
from holdspace.scheduling import feeds
from holdspace.scheduling.models import Feed

AN_HOUR, MOST = 3600, 120
KIND = "text/calendar; charset=utf-8"


@require_safe
def feed(request: HttpRequest, handle: str, secret: str) -> HttpResponse:
    """The calendar, or 304 to whoever has just this one; 404 alike for every address that doesn't work."""
    found = feeds.feed_behind(handle, secret)
    if found is None:
        raise Http404
    if _too_often(found):
        return _quiet(HttpResponse(status=429, headers={"Retry-After": str(AN_HOUR)}))
    text = feeds.text_of(found, at=now())
    mark = feeds.mark_of(text)
    if mark in request.headers.get("If-None-Match", ""):
        return _quiet(HttpResponse(status=304, headers={"ETag": mark}))
    return _quiet(HttpResponse(text, content_type=KIND, headers={"ETag": mark}))


feed.who_may = ("anyone with the address",)  # type: ignore[attr-defined]


def _too_often(found: Feed) -> bool:
    """Counted after the secret was right: nobody else can use up a clinician's share."""
    counter = f"feed:{found.pk}:{found.generation}"
    cache.add(counter, 0, AN_HOUR)
    try:
        return cache.incr(counter) > MOST
    except ValueError:  # it ran out between the two
        return False


def _quiet(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "private, no-cache"
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex"
    return response
