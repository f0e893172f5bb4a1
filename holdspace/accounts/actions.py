"""What is done to a user, which is only a sign-in: made, given a way to choose a password, themed."""

from uuid import UUID, uuid4

from allauth.account.forms import default_token_generator
from allauth.account.models import EmailAddress
from allauth.account.utils import user_pk_to_url_str
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.urls import reverse

from holdspace.accounts import refusals
from holdspace.accounts.models import User


def add_user(*, email: str, name: str, password: str | None = None, pk: UUID | None = None) -> User:
    """A new sign-in, its address counted as verified: whoever makes it vouches for it.

    `pk` is handed in where a device knows it already: a passkey is made for an id.
    """
    address = email.strip().lower()
    validate_email(address)
    try:
        with transaction.atomic():
            user = User.objects.create_user(address, password, name=name.strip(), id=pk or uuid4())
            EmailAddress.objects.create(user=user, email=address, verified=True, primary=True)
    except IntegrityError as taken:
        raise refusals.AddressTaken from taken
    return user


def password_path(user: User) -> str:
    """The one-time way to choose a password: dead once it was used, or after three days."""
    key = default_token_generator.make_token(user)
    return reverse("account_reset_password_from_key", kwargs={"uidb36": user_pk_to_url_str(user), "key": key})


def change_theme(*, user: User, theme: str) -> None:
    if theme not in User.Theme.values:
        raise refusals.NoSuchTheme
    user.theme = theme
    user.save(update_fields=["theme"])
