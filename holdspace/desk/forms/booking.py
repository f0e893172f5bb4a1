"""The appointment form for a new appointment, which may repeat."""

from datetime import datetime
from typing import Any

from holdspace.desk.forms.appointments import AppointmentForm
from holdspace.desk.forms.repeats import RepeatFields


class BookingForm(RepeatFields, AppointmentForm):
    def clean(self) -> dict[str, Any]:
        said = super().clean()
        if self.starts_at:
            self.find_repeat(datetime.combine(said["date"], said["start"]))
        return said
