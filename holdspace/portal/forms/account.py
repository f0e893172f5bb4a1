"""What is typed on the way to a portal account, and in it."""

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy as _

from holdspace.accounts.models import User
from holdspace.clients import phones, refusals
from holdspace.clients.actions import Reach
from holdspace.kit import zones
from holdspace.portal.forms.arrive import WhoForm


class InvitedForm(WhoForm):
    """The client's last name beside the date of birth.  Wrong is wrong: no field says which."""

    last_name = forms.CharField(max_length=80, required=False, label=_("Last name"))

    @property
    def said_last_name(self) -> str:
        return str(getattr(self, "cleaned_data", {}).get("last_name", "")).strip()


class AddressForm(forms.Form):
    """A new address to sign in with; and the password, where there is one, for a screen left open."""

    email = forms.EmailField(max_length=254, label=_("New e-mail address"))
    password = forms.CharField(max_length=200, label=_("Your password"), strip=False)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        self.fields["password"].required = user.has_usable_password()

    def clean_email(self) -> str:
        said: str = self.cleaned_data["email"].lower()
        if said == self.user.email:
            raise forms.ValidationError(_("You sign in with this one already."))
        return said

    def clean_password(self) -> str:
        said: str = self.cleaned_data["password"]
        if self.user.has_usable_password() and not self.user.check_password(said):
            raise forms.ValidationError(_("That isn't your password."))
        return said


class PasswordForm(forms.Form):
    """A password of one's own, typed twice."""

    password = forms.CharField(max_length=200, label=_("Password"), strip=False)
    again = forms.CharField(max_length=200, label=_("The same password again"), strip=False)

    def __init__(self, *args: Any, email: str, name: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.whose = User(email=email, name=name)

    def clean_password(self) -> str:
        said: str = self.cleaned_data["password"]
        validate_password(said, self.whose)
        return said

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if "password" in said and said.get("again") != said["password"]:
            self.add_error("again", _("The two aren't the same. Type the password again."))
        return said


ALLOWED = ("texts", "email_ok", "voicemail_ok")


class DetailsForm(forms.Form):
    """How to reach somebody, what they allow, and the zone in which the client lives.

    `on_file` is given where number and address on file aren't shown: a field left empty then means them.
    """

    phone = forms.CharField(max_length=40, required=False, label=_("Mobile number"))
    texts = forms.BooleanField(required=False, label=_("You may text me at this number"))
    voicemail_ok = forms.BooleanField(required=False, label=_("You may leave a message on my voicemail"))
    email = forms.EmailField(max_length=254, required=False, label=_("E-mail address"))
    email_ok = forms.BooleanField(required=False, label=_("You may e-mail me"))
    time_zone = forms.ChoiceField(label=_("Time zone"))

    texts_need_number = True

    def __init__(self, *args: Any, zone: str, on_file: Reach | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.on_file = on_file
        # Whatever other zone is on file stays choosable.
        known = zones.COMMON if zone in zones.COMMON else zones.COMMON | {zone: zones.zone_label(zone)}
        self.fields["time_zone"].choices = list(known.items())  # type: ignore[attr-defined]

    def clean_phone(self) -> str:
        said: str = self.cleaned_data["phone"]
        try:
            return phones.normal(said) if said.strip() else self._kept("phone")
        except refusals.NotAPhoneNumber as no:
            raise forms.ValidationError(str(no.sentence)) from no

    def clean_email(self) -> str:
        return self.cleaned_data["email"] or self._kept("email")

    def _kept(self, name: str) -> str:
        return getattr(self.on_file, name, "")

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        lacks = self.texts_need_number and not said.get("phone") and "phone" not in self.errors
        if said.get("texts") and lacks:
            self.add_error("phone", _("Write the number that we may text."))
        return said

    @property
    def reach(self) -> Reach:
        return Reach(**{name: self.cleaned_data[name] for name in ("phone", "email", *ALLOWED)})


def _yes_or_no(label: Any) -> forms.TypedChoiceField:
    offered = [("", _("Leave it as it is")), ("on", _("Yes")), ("off", _("No"))]
    return forms.TypedChoiceField(
        choices=offered, required=False, coerce=lambda said: said == "on", empty_value=None, label=label
    )


class AskingForm(DetailsForm):
    """The same for somebody who is shown nothing on file: a box left empty would say no unasked."""

    # They may mean the one on file.
    texts_need_number = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ALLOWED:
            self.fields[name] = _yes_or_no(self.fields[name].label)
        self.fields["texts"].label = _("You may text me")

    @property
    def said(self) -> dict[str, Any]:
        """What they said anything of."""
        said = {name: self.cleaned_data[name] for name in ("phone", "email", *ALLOWED)}
        return {name: value for name, value in said.items() if value not in {"", None}}
