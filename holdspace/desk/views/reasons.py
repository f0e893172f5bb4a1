"""Settings: the reasons to choose from where an appointment isn't held."""

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from holdspace.desk.forms.reasons import ReasonsForm
from holdspace.desk.views.settings import edit
from holdspace.desk.web import DeskRequest, desk
from holdspace.scheduling import actions
from holdspace.scheduling.reasons import reasons_of


@desk("change_settings")
def reasons(request: DeskRequest) -> HttpResponse:
    form = ReasonsForm(request.POST or None, offered=reasons_of(request.practice.pk))

    def save(said: dict[str, Any]) -> None:
        who = {"actor": said["actor"], "at": said["at"]}
        actions.offer_reasons(practice=request.practice, offered=form.said, **who)

    note = _("One on a line. Whoever sets the status chooses from them or writes their own words.")
    return edit(
        request, form, save, tab="reasons", title=_("Reasons"), back="desk:settings_reasons", note=note
    )
