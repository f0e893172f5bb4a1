"""How form fields look here: the design system's classes, and what a screen reader needs."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from holdspace.kit import zones
from holdspace.practices import places

TICKS = (forms.CheckboxInput, forms.RadioSelect, forms.CheckboxSelectMultiple)


class Styled(forms.Form):
    """A form whose widgets carry the right classes; a wrong field points at its sentence."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        for name, field in self.fields.items():
            _dress(field.widget, f"id_{name}", has_hint=bool(field.help_text))

    def full_clean(self) -> None:
        super().full_clean()
        for name in self.errors:
            if name in self.fields:
                _mark(self.fields[name].widget, f"id_{name}")


def _dress(widget: forms.Widget, anchor: str, *, has_hint: bool) -> None:
    if isinstance(widget, TICKS):
        widget.attrs["class"] = "form-check-input"
    elif isinstance(widget, forms.Select):
        widget.attrs["class"] = "form-select"
    else:
        widget.attrs["class"] = "form-control"
    if has_hint:
        widget.attrs["aria-describedby"] = f"{anchor}_hint"


def _mark(widget: forms.Widget, anchor: str) -> None:
    widget.attrs["class"] = f"{widget.attrs.get('class', '')} hs-bad"
    widget.attrs["aria-invalid"] = "true"
    widget.attrs["aria-describedby"] = f"{anchor}_error"


class ZoneField(forms.ChoiceField):
    """The zones people choose from first; whatever other zone is on file stays choosable."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("Time zone"))
        super().__init__(choices=list(zones.COMMON.items()), **kwargs)

    def valid_value(self, value: Any) -> bool:
        return zones.is_zone(str(value))


STATES = list(places.STATES)


class StateField(forms.ChoiceField):
    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("State"))
        super().__init__(choices=[("", _("Not said")), *((state, state) for state in STATES)], **kwargs)
