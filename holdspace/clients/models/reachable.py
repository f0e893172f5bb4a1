"""How somebody can be reached, and what they allow each way: the same for a client and for a contact."""

from typing import Any

from django.db import models

from holdspace.kit.fields import EncryptedTextField, keyed_index


class Reachable(models.Model):
    # What is worked out from other fields, and saved whenever the row is.
    DERIVED: tuple[str, ...] = ("phone_index", "email_index")

    phone = EncryptedTextField()
    phone_index = models.CharField(max_length=32, blank=True, editable=False)
    email = EncryptedTextField()
    email_index = models.CharField(max_length=32, blank=True, editable=False)
    # Texts only after they agreed: when, and on whose word ("client" or a staff member's name).
    texts_agreed_at = models.DateTimeField(null=True, blank=True)
    texts_agreed_by = models.CharField(max_length=140, blank=True)
    # An address is given to be written to; a machine that others hear is another matter.
    email_ok = models.BooleanField(default=True)
    voicemail_ok = models.BooleanField(default=False)

    class Meta:
        abstract = True

    def derive(self) -> None:
        """Fill the columns by which they are found."""
        self.phone_index = keyed_index("phone", self.phone)
        self.email_index = keyed_index("email", self.email.lower())

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.derive()
        if kwargs.get("update_fields") is not None:
            kwargs["update_fields"] = {*kwargs["update_fields"], *self.DERIVED}
        super().save(*args, **kwargs)

    @property
    def may_text(self) -> bool:
        """Whether they agreed to texts at the number on file."""
        return bool(self.phone and self.texts_agreed_at)

    @property
    def may_email(self) -> bool:
        return bool(self.email and self.email_ok)

    @property
    def may_leave_message(self) -> bool:
        """Whether the practice may speak to their answering machine."""
        return bool(self.phone and self.voicemail_ok)
