"""**Add to calendar**: the client's appointment as a file for their own calendar."""

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_GET

from holdspace.kit.clock import now
from holdspace.portal import web
from holdspace.scheduling import clients_files

KIND = "text/calendar; charset=utf-8"


@require_GET
@web.visit
def one(request: web.VisitRequest) -> HttpResponse:
    """This appointment; not there once it was called off."""
    if not request.seat.stands:
        raise Http404
    return _file(clients_files.file_of(request.seat), "appointment.ics")


@require_GET
@web.visit
def series(request: web.VisitRequest) -> HttpResponse:
    """What is still to come of the series it belongs to."""
    at = now()
    if not request.seat.stands or not clients_files.rest_of_series(request.seat, at=at):
        raise Http404
    return _file(clients_files.series_file_of(request.seat, at=at), "appointments.ics")


def _file(text: bytes, name: str) -> HttpResponse:
    said = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(text, content_type=KIND, headers=said)
