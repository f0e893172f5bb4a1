"""What is typed about consent forms: their names and times, their texts, and when each is asked."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from holdspace.clients.languages import LANGUAGES
from holdspace.consents.actions.forms import LONGEST
from holdspace.consents.models import ConsentForm, FormRule, Purpose, Renewal
from holdspace.desk.forms.fields import Styled
from holdspace.scheduling.models import AppointmentType

ALWAYS = [one for one in FormRule.Need.choices if one[0] != FormRule.Need.NOT_ASKED]


class FormForm(Styled):
    title = forms.CharField(label=_("Name of the form"), max_length=120)
    renewal = forms.ChoiceField(
        label=_("A signature is renewed"),
        choices=Renewal.choices,
        help_text=_("Sooner where the client's state asks for it. Answers already given keep their time."),
    )
    verbal_renewal = forms.ChoiceField(label=_("A spoken yes is renewed"), choices=Renewal.choices)


def _words(label: Any, rows: int, hint: Any) -> forms.CharField:
    area = forms.Textarea({"rows": rows, "spellcheck": "true"})
    return forms.CharField(label=label, max_length=LONGEST, widget=area, help_text=hint)


class DraftForm(Styled):
    """The three texts of a version, and from which revision of the draft they began."""

    language = forms.ChoiceField(choices=list(LANGUAGES.items()), widget=forms.HiddenInput)
    revision = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    text = _words(_("What the client reads"), 18, _("A line that begins with ## is a heading."))
    script = _words(_("What is read out"), 8, _("For consent by word of mouth."))
    disclosure = _words(_("About signing on a screen"), 6, _("Stands above the text, before anybody signs."))

    @property
    def words(self) -> dict[str, str]:
        """The texts as they are, valid or not."""
        return {name: str(self[name].value() or "") for name in ("text", "script", "disclosure")}


class PublishForm(forms.Form):
    language = forms.ChoiceField(choices=list(LANGUAGES.items()))
    revision = forms.IntegerField(min_value=1)
    earlier = forms.ChoiceField(choices=[("keep", _("Keep")), ("anew", _("Ask again"))])


class LanguageForm(forms.Form):
    """In which language to write; English unless somebody says otherwise."""

    language = forms.ChoiceField(choices=list(LANGUAGES.items()))


class RulesForm(Styled):
    """For each type of appointment what each form means that could be asked for it."""

    def __init__(
        self,
        *args: Any,
        types: Iterable[AppointmentType],
        offered: Iterable[ConsentForm],
        rules: Mapping[tuple[UUID, UUID], str],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.cells: dict[str, tuple[UUID, UUID]] = {}
        self.rows: list[tuple[AppointmentType, list[str]]] = []
        for kind in types:
            names = [self._cell(kind, form, rules) for form in offered if _fits(kind, form)]
            self.rows.append((kind, names))

    def _cell(self, kind: AppointmentType, form: ConsentForm, rules: Mapping[tuple[UUID, UUID], str]) -> str:
        name = f"{form.purpose}_{kind.pk}"
        group = form.purpose == Purpose.GROUP
        self.cells[name] = form.pk, kind.pk
        self.fields[name] = forms.ChoiceField(
            label=form.title,
            choices=FormRule.Need.choices if group else ALWAYS,
            initial=rules.get((form.pk, kind.pk), FormRule.Need.MUST),
            widget=forms.Select({"class": "form-select"}),
        )
        return name

    @property
    def by_type(self) -> list[tuple[AppointmentType, list[forms.BoundField]]]:
        return [(kind, [self[name] for name in names]) for kind, names in self.rows]

    @property
    def said(self) -> dict[tuple[UUID, UUID], str]:
        """Only of a valid form."""
        return {self.cells[name]: self.cleaned_data[name] for name in self.cells}


def _fits(kind: AppointmentType, form: ConsentForm) -> bool:
    """Only a group is asked the group's form."""
    return kind.is_group or form.purpose != Purpose.GROUP
