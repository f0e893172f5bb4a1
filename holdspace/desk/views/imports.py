"""Settings, Import: hand in a file, see what it would do, let it be done."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_GET, require_POST

from holdspace.desk.forms.imports import ImportForm
from holdspace.desk.tabs import tabs
from holdspace.desk.uploads import SealedUpload
from holdspace.desk.views.messages import page_number
from holdspace.desk.web import DeskRequest, desk
from holdspace.kit.clock import now
from holdspace.kit.refusals import Refusal
from holdspace.kit.web import wants_fragment
from holdspace.scheduling.actions import imports
from holdspace.scheduling.imports.tables import COLUMNS, SAMPLES
from holdspace.scheduling.models import Import, ImportLine
from holdspace.scheduling.refusals import FileTooBig, NoSuchFile

PAGE, RECENT = 50, 10
ICONS = {"new": "plus", "there": "check", "refused": "ban", "done": "circle-check"}


@require_GET
@desk("import")
def index(request: DeskRequest) -> HttpResponse:
    """The form, and what was imported lately."""
    return _page(request, ImportForm(practice=request.practice))


@csrf_exempt  # for as long as the file is on its way in: `_taken` checks as ever
@require_POST
@desk("import")
def upload(request: DeskRequest) -> HttpResponse:
    """Takes the file as a stream, from nobody but who may: nothing of it was read before."""
    taking = SealedUpload(request)
    request.upload_handlers = [taking]
    try:
        response: HttpResponse = _taken(request, taking)
    finally:
        taking.discard()  # unless an import has it now
    return response


# Signed out meanwhile: fifty megabytes aren't kept for later.
upload.signed_in_only, upload.streams = False, True


@csrf_protect
def _taken(request: DeskRequest, taking: SealedUpload) -> HttpResponse:
    form = ImportForm(request.POST, practice=request.practice)
    if taking.too_big or taking.keeper is None:
        return _page(request, form, refusal=FileTooBig() if taking.too_big else NoSuchFile())
    if not form.is_valid():
        return _page(request, form)
    found = imports.begin(
        pk=taking.keeper.pk,
        size=taking.keeper.size,
        practice=request.practice,
        actor=request.actor,
        at=now(),
        **form.cleaned_data,
    )
    taking.keeper = None
    return redirect("desk:settings_import_one", pk=found.pk)


@require_GET
@desk("import")
def one(request: DeskRequest, pk: UUID) -> HttpResponse:
    """How far it is, and line by line what would happen or did."""
    found = _find(request, pk)
    page, only = page_number(request), request.GET.get("only", "")
    lines = ImportLine.objects.visible_to(request.actor).filter(of=found)
    counts = [
        (value, label, lines.filter(outcome=value).count(), ICONS[value])
        for value, label in ImportLine.Outcome.choices
    ]
    chosen = lines.filter(outcome=only) if only in ICONS else lines
    shown = list(chosen[(page - 1) * PAGE : page * PAGE + 1]) if not found.is_busy else []
    facts: dict[str, Any] = {
        "found": found,
        "lines": [(line, ICONS[line.outcome]) for line in shown[:PAGE]],
        "counts": [count for count in counts if count[2]],
        "new": sum(count for value, _label, count, _icon in counts if value == "new"),
        "page": page,
        "more": len(shown) > PAGE,
        "only": only,
        "tabs": tabs(request, "import"),
        "title": _("Import"),
    }
    template = (
        "desk/settings/import_one.html#state" if wants_fragment(request) else "desk/settings/import_one.html"
    )
    return render(request, template, facts)


@require_POST
@desk("import")
def carry_out(request: DeskRequest, pk: UUID) -> HttpResponse:
    imports.carry_out(found=_find(request, pk), actor=request.actor, at=now())
    return redirect("desk:settings_import_one", pk=pk)


@require_POST
@desk("import")
def discard(request: DeskRequest, pk: UUID) -> HttpResponse:
    imports.discard(found=_find(request, pk), actor=request.actor, at=now())
    return redirect("desk:settings_import")


@require_GET
@desk("import")
def sample_clients(request: DeskRequest) -> HttpResponse:
    return _sample("clients")


@require_GET
@desk("import")
def sample_appointments(request: DeskRequest) -> HttpResponse:
    return _sample("appointments")


def _sample(what: str) -> HttpResponse:
    said = {"Content-Disposition": f'attachment; filename="{what}.csv"'}
    return HttpResponse(SAMPLES[what], content_type="text/csv; charset=utf-8", headers=said)


def _find(request: DeskRequest, pk: UUID) -> Import:
    return get_object_or_404(Import.objects.visible_to(request.actor).select_related("practice"), pk=pk)


def _page(request: DeskRequest, form: ImportForm, refusal: Refusal | None = None) -> HttpResponse:
    facts = {
        "form": form,
        "refusal": refusal,
        "recent": Import.objects.visible_to(request.actor)[:RECENT],
        "columns": [(what, ", ".join(names)) for what, names in COLUMNS.items()],
        "tabs": tabs(request, "import"),
        "title": _("Import"),
    }
    wrong = refusal is not None or bool(form.errors)
    return render(request, "desk/settings/import.html", facts, status=422 if wrong else 200)
