"""Settings > State rules: the table as the practice goes by it, and each state's versions."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from holdspace.consents import actions
from holdspace.consents.models import OwnRule, Renewal
from holdspace.consents.rules import rule_of, rules_of
from holdspace.consents.states import StateRule, rules
from holdspace.desk.forms.rules import WORDS, RuleForm
from holdspace.desk.tabs import tabs
from holdspace.desk.views.settings import edit
from holdspace.desk.web import DeskRequest, desk
from holdspace.kit.clock import now

BACK = "desk:settings_states"
# How the row without letters stands in an address.
ELSEWHERE = "elsewhere"


@require_GET
@desk("change_forms")
def rule_list(request: DeskRequest) -> HttpResponse:
    table = sorted(rules_of(request.practice.pk).values(), key=lambda rule: (rule.code == "", rule.name))
    facts = {"lines": [_line(rule) for rule in table], "tabs": tabs(request, "states")}
    return render(request, "desk/settings/states.html", facts)


@desk("change_forms")
def rule_edit(request: DeskRequest, state: str) -> HttpResponse:
    """What counts now, to be changed; the versions before it; and the row that is shipped."""
    code = _code(state)
    rule = rule_of(request.practice.pk, code)
    form = RuleForm(request.POST or None, initial=RuleForm.facts_of(rule))

    def save(said: dict[str, Any]) -> None:
        who = {"actor": said["actor"], "at": said["at"]}
        actions.change_rule(practice=request.practice, state=code, **form.said, **who)

    return edit(
        request,
        form,
        save,
        tab="states",
        title=rule.name,
        back=BACK,
        template="desk/settings/state.html",
        line=_line(rule),
        shipped=_line(rules()[code]),
        versions=list(OwnRule.objects.visible_to(request.actor).filter(state=code)),
    )


@require_POST
@desk("change_forms")
def rule_shipped(request: DeskRequest, state: str) -> HttpResponse:
    """Back to the row that comes with the product."""
    code = _code(state)
    was = rule_of(request.practice.pk, code).version
    if str(was) == request.POST.get("was"):
        actions.follow_shipped(practice=request.practice, state=code, was=was, actor=request.actor, at=now())
        messages.success(request, _("The row that comes with Holdspace counts again."))
    return redirect("desk:settings_state", state=state)


def _code(state: str) -> str:
    code = "" if state == ELSEWHERE else state
    if code not in rules():
        raise Http404
    return code


def _line(rule: StateRule) -> dict[str, Any]:
    return {
        "rule": rule,
        "address": rule.code or ELSEWHERE,
        "renewal": Renewal(rule.renewal).label,
        "asked": [WORDS[key] for key in rule.ask_each_session],
    }
