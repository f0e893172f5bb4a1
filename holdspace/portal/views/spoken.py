"""A code that was read out on the phone: typed at a short address, then the same question as by the link."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from holdspace.kit.clock import now
from holdspace.portal import web
from holdspace.portal.limits import within
from holdspace.portal.views.arrive import answer_of, ask
from holdspace.scheduling.actions.spoken import seat_spoken_of, use_spoken_code

COOKIE = "spoken"
TRIES, A_QUARTER = 10, 900


@web.public
def code(request: HttpRequest) -> HttpResponse:
    """GET asks for the code; POST leads on, or says the one sentence for every code that doesn't."""
    if request.method != "POST":
        return render(request, "portal/spoken.html")
    # The caller is counted first, so that a right code after too many wrong ones is no better.
    allowed = within("spoken", web.address_of(request), most=TRIES, seconds=A_QUARTER)
    used = use_spoken_code(said=request.POST.get("code", "")[:40], at=now()) if allowed else None
    if used is None:
        return render(request, "portal/spoken.html", {"wrong": True}, status=422)
    response = redirect("portal:spoken_who")
    response.set_cookie(
        COOKIE,
        used[1],
        expires=used[0].ends_at,
        path="/j",
        httponly=True,
        secure=settings.SECURE,
        samesite="Lax",
    )
    return response


@web.public
def who(request: HttpRequest) -> HttpResponse:
    """The same question as behind the link; without a code typed in this browser, back to where one is."""
    seat = seat_spoken_of(request.COOKIES.get(COOKIE, ""), at=now())
    if seat is None:
        return redirect("portal:spoken")
    return answer_of(request, seat) if request.method == "POST" else ask(request, seat)
