"""From an invitation to a portal account: who they are, then a password; opening it changes nothing."""

from datetime import timedelta
from uuid import UUID, uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from holdspace.accounts import passkeys
from holdspace.accounts.models import User
from holdspace.accounts.web import sign_in
from holdspace.accounts.web_passkeys import to
from holdspace.clients import actions, portal, refusals
from holdspace.clients.models import Client, PortalAccount, PortalInvitation
from holdspace.kit.clock import now
from holdspace.kit.refusals import Refusal
from holdspace.portal import web
from holdspace.portal.forms.account import InvitedForm, PasswordForm
from holdspace.scheduling import links

# In the browser's session: which invitation was answered rightly there, and when.
SHOWN, SHOWN_FOR = "portal_invitation", timedelta(minutes=30)
# A device makes a passkey for an id: the user's, before there is one.
FOR_USER = "passkey_for"


@web.public
def invited(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """GET: two questions.  POST: the answers; then on to the password, the secret left behind."""
    invitation = portal.invitation_behind(slug, key, at=now())
    if invitation is None:
        return _over(request, slug)
    if request.method != "POST":
        return _ask(request, invitation)
    form = InvitedForm(request.POST)
    form.is_valid()
    name, born = form.said_last_name, form.birth_date
    if not name or born is None:
        # No try: a scanner sent it, or a finger slipped.
        return _ask(request, invitation, form, unread=True)
    try:
        actions.show_who(invitation=invitation, last_name=name, birth_date=born, at=now())
    except refusals.NotWhoWasInvited:
        return _ask(request, invitation, form, wrong=True)
    request.session.cycle_key()
    request.session[SHOWN] = [str(invitation.pk), now().timestamp()]
    return redirect("portal:welcome")


def _ask(
    request: HttpRequest, invitation: PortalInvitation, form: InvitedForm | None = None, **facts: bool
) -> HttpResponse:
    # For whom it is stays unsaid before they have shown who they are.
    shown = {"practice": invitation.practice, "for_another": invitation.client is None, "form": form}
    return render(request, "portal/invited.html", shown | facts)


def _over(request: HttpRequest, slug: str = "") -> HttpResponse:
    facts = {"practice": links.practice_at(slug)}
    return render(request, "portal/invitation_over.html", facts, status=404)


@sensitive_post_parameters("password", "again")
@web.public
def welcome(request: HttpRequest) -> HttpResponse:
    """Choose a password; or, whoever signs in here already, add these pages to what they have."""
    invitation = _shown(request)
    if invitation is None:
        return _over(request)
    if isinstance(request.user, User):
        return _add(request, invitation, request.user)
    if portal.signs_in_already(invitation.person):
        return _page(request, invitation, "sign_in")
    return _choose(request, invitation)


def _shown(request: HttpRequest) -> PortalInvitation | None:
    pk, since = request.session.get(SHOWN, ("", 0))
    fresh = now().timestamp() - since < SHOWN_FOR.total_seconds()
    return portal.invitation_shown(pk, at=now()) if pk and fresh else None


def _add(request: HttpRequest, invitation: PortalInvitation, user: User) -> HttpResponse:
    if request.method != "POST":
        return _page(request, invitation, "add")
    try:
        account = actions.open_account(invitation=invitation, user=user, at=now())
    except Refusal as refusal:
        return _page(request, invitation, "add", refusal=refusal, status=409)
    return _in(request, account)


def _choose(request: HttpRequest, invitation: PortalInvitation) -> HttpResponse:
    person = invitation.person
    form = PasswordForm(request.POST or None, email=person.email, name=_name(person))
    if request.method != "POST" or not form.is_valid():
        return _page(request, invitation, "choose", form=form, status=422 if form.errors else 200)
    password = form.cleaned_data["password"]
    try:
        account = actions.open_account(invitation=invitation, password=password, at=now())
    except Refusal as refusal:
        return _page(request, invitation, "choose", form=form, refusal=refusal, status=409)
    sign_in(request, account.user)
    return _in(request, account)


@require_POST
@web.public
def ask_passkey(request: HttpRequest) -> HttpResponse:
    """What the device needs to make a passkey for the account that isn't there yet."""
    person, user_id = _newcomer(request).person, uuid4()
    request.session[FOR_USER] = str(user_id)
    whose = User(id=user_id, email=person.email.lower(), name=_name(person))
    return to("", options=passkeys.options_for_new(whose))


@require_POST
@web.public
@sensitive_post_parameters("credential")
def welcome_by_passkey(request: HttpRequest) -> HttpResponse:
    """The passkey that the device has made, and the account with it."""
    invitation, whose = _newcomer(request), request.session.get(FOR_USER)
    # Never asked for: then nothing was made for anybody.
    credential = passkeys.read_new(request.POST.get("credential", "") if whose else "")
    made = passkeys.NewPasskey(UUID(whose), credential)
    account = actions.open_account(invitation=invitation, passkey=made, at=now())
    sign_in(request, account.user, method="mfa")
    return to(_in(request, account)["Location"])


def _newcomer(request: HttpRequest) -> PortalInvitation:
    """The invitation of whoever has shown who they are, and doesn't sign in here yet."""
    invitation = _shown(request)
    if invitation is None or isinstance(request.user, User) or portal.signs_in_already(invitation.person):
        raise refusals.InvitationOver
    return invitation


def _in(request: HttpRequest, account: PortalAccount) -> HttpResponse:
    request.session.pop(SHOWN, None)
    request.session.pop(FOR_USER, None)
    return redirect("portal:front")


def _name(person: Client | object) -> str:
    return person.full_name if isinstance(person, Client) else str(getattr(person, "name", ""))


def _page(
    request: HttpRequest, invitation: PortalInvitation, way: str, status: int = 200, **more: object
) -> HttpResponse:
    clients = portal.clients_of(invitation, at=now())
    facts = {
        "practice": invitation.practice,
        "person": invitation.person,
        "greeting": actions.greeting_of(invitation.person),
        "others": clients if invitation.client is None else [],
        "way": way,
        **more,
    }
    return render(request, "portal/welcome.html", facts, status=status)
