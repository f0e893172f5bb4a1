"""The appointment form for a new appointment, which may repeat."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from holdspace.desk.forms.appointments import AppointmentForm
from holdspace.desk.forms.repeats import RepeatFields


class BookingForm(RepeatFields, AppointmentForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Whoever books for many is asked with whom: the first by name would be a guess.
        if not self.initial.get("clinician") and self.actor.may("book_for_everyone"):
            self.fields["clinician"].empty_label = _("Choose…")  # type: ignore[attr-defined]
        if self.chosen and not self.is_bound:
            self.fields["date"].widget.attrs["autofocus"] = True

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        if self.starts_at:
            self.find_repeat(datetime.combine(said["date"], said["start"]))
        return said
