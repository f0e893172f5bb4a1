"""What Twilio calls: what became of a text, and what somebody replied.

Nobody else gets an answer: without the right signature these addresses don't exist.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID
from xml.sax.saxutils import escape

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from holdspace.clients.models import Client
from holdspace.kit.clock import now
from holdspace.messaging import actions as messages
from holdspace.messaging import carriers, queries
from holdspace.messaging.carriers.twilio import Twilio
from holdspace.practices.models import Practice

View = Callable[[HttpRequest, Twilio], HttpResponse]
# The words that phone companies want understood.  CANCEL is among them: never offer it as an answer.
STOP = {"stop", "stopall", "stop all", "unsubscribe", "cancel", "end", "quit", "revoke", "optout", "opt out"}
START = {"start", "unstop"}
HELP = {"help", "info"}


def for_twilio(view: View) -> Callable[[HttpRequest], HttpResponse]:
    """Let only calls through that carry Twilio's signature; to all others there is nothing here."""

    @csrf_exempt
    @require_POST
    @wraps(view)
    def inner(request: HttpRequest) -> HttpResponse:
        carrier = _configured()
        if carrier is None or not _is_signed(request, carrier):
            raise Http404
        return view(request, carrier)

    inner.who_may = ("twilio's signature",)  # type: ignore[attr-defined]
    return inner


@for_twilio
def status(request: HttpRequest, carrier: Twilio) -> HttpResponse:
    """What became of a text.  Says yes to old news too, or Twilio would repeat it."""
    said = carrier.read_report(request.POST.dict())
    if said is not None:
        ours = _uuid(request.GET.get("ref", ""))
        messages.report(
            reference=said.reference, message_id=ours, status=said.status, trouble=said.trouble, at=now()
        )
    return HttpResponse(status=204)


@for_twilio
def incoming(request: HttpRequest, carrier: Twilio) -> HttpResponse:
    """Somebody replied.  STOP, START and HELP are understood; other words are not kept."""
    number, said = request.POST.get("From", ""), _plain(request.POST.get("Body", ""))
    answer = _answer(number, said)
    # Where Twilio answers these words itself, a second answer would be one too many.
    silent = carrier.confirms_itself or "OptOutType" in request.POST
    return _reply("" if silent else answer)


def _answer(number: str, said: str) -> str:
    """Do what the word asks and say so, once: repeating it is not answered again."""
    if said in STOP and messages.stop(number, now()):
        return _("You won't get any more texts from us. Reply START to get them again.")
    if said in START and messages.start(number, now()):
        return _("You will get our texts again. Reply STOP to stop them.")
    return _help(number) if said in HELP else ""


def _help(number: str) -> str:
    """Whose texts these are, if exactly one practice has the number."""
    whose = list(Practice.objects.filter(pk__in=_practices(number))[:2])
    if len(whose) != 1 or not whose[0].phone:
        return _("Texts about your appointments. Reply STOP to stop them.")
    about = {"practice": whose[0].shown_name, "phone": whose[0].phone}
    return _("%(practice)s: call %(phone)s. Reply STOP to stop texts.") % about


def _practices(number: str) -> Any:
    return Client.objects.filter(phone_index=queries.number_index(number)).values("practice")


def _reply(text: str) -> HttpResponse:
    inner = f"<Message>{escape(text)}</Message>" if text else ""
    said = f'<?xml version="1.0" encoding="UTF-8"?><Response>{inner}</Response>'
    return HttpResponse(said, content_type="text/xml")


def _plain(body: str) -> str:
    """The words alone: *Stop.* is STOP."""
    return " ".join(body.strip(" \t\r\n.!\"'").lower().split())[:20]


def _configured() -> Twilio | None:
    """The carrier with its token; without one any signature could be made up, so there is none."""
    carrier = carriers.named("twilio") if carriers.options_of("twilio").get("token") else None
    return carrier if isinstance(carrier, Twilio) else None


def _is_signed(request: HttpRequest, carrier: Twilio) -> bool:
    """Twilio signs the address it called, which is the public one, not the one a proxy forwards to."""
    address = settings.PUBLIC_URL + request.get_full_path()
    form = {name: [str(value) for value in request.POST.getlist(name)] for name in request.POST}
    signature = request.headers.get("X-Twilio-Signature", "")
    return carrier.signed(address=address, form=form, signature=signature)


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
