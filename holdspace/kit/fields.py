"""Fields that are encrypted one by one, bound to their row, and the keyed index beside them."""

from typing import Any

from django.db import models

from holdspace.kit.crypto import keys


class Sealed(str):
    """A stored value as the database holds it, not opened yet."""


class _Opener:
    """Opens the value when it is first read: only then is the row's id known."""

    def __init__(self, field: "EncryptedTextField") -> None:
        self.field = field

    def __get__(self, row: models.Model | None, owner: type | None = None) -> Any:
        if row is None:
            return self
        name = self.field.attname
        if name not in row.__dict__:
            row.refresh_from_db(fields=[name])
        value = row.__dict__[name]
        if isinstance(value, Sealed):
            value = keys.open(value, self.field.place(row)).decode() if value else ""
            row.__dict__[name] = value
        return value

    def __set__(self, row: models.Model, value: Any) -> None:
        row.__dict__[self.field.attname] = value


class EncryptedTextField(models.TextField):  # type: ignore[type-arg]
    """Text that is stored sealed for `table.column.row`: moved to another row it doesn't open.

    It can't be looked up (keep `keyed_index` beside it) and can't be set by
    QuerySet.update, which doesn't know the row.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("blank", True)
        kwargs.setdefault("default", "")
        super().__init__(*args, **kwargs)

    def contribute_to_class(self, cls: type[models.Model], name: str, private_only: bool = False) -> None:
        super().contribute_to_class(cls, name, private_only)
        setattr(cls, self.attname, _Opener(self))

    def place(self, row: models.Model) -> str:
        return f"{self.model._meta.db_table}.{self.column}.{row.pk}"

    def from_db_value(self, value: str | None, *_: Any) -> Sealed | None:
        return None if value is None else Sealed(value)

    def pre_save(self, model_instance: models.Model, add: bool) -> Sealed:
        value = model_instance.__dict__.get(self.attname, "")
        if isinstance(value, Sealed):
            return value
        return Sealed(keys.seal(str(value).encode(), self.place(model_instance)) if value else "")

    def get_prep_value(self, value: Any) -> Any:
        if value is None or value == "" or isinstance(value, Sealed):
            return value
        raise TypeError("an encrypted field can't be looked up or set without its row")


def keyed_index(purpose: str, value: str) -> str:
    """A code by which an encrypted value can be found again: same value, same code, per purpose.

    The empty value has the empty code.
    """
    return keys.index.text(f"{purpose}\0{value}".encode(), 32) if value else ""
