"""Somebody who is invited to one session."""

from django import forms
from django.utils.translation import gettext_lazy as _

from holdspace.desk.forms.fields import Styled
from holdspace.telehealth.models import Invitation


class GuestForm(Styled):
    name = forms.CharField(max_length=80, label=_("What they are called"))
    comes_as = forms.ChoiceField(choices=Invitation.As.choices, label=_("They come as"))
