import pytest
from django.test import Client as Browser

from tests.cast import Person

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("method", ["get", "post"])
def test_nobody_changes_the_address_they_sign_in_with_at_a_forgotten_screen(
    signed_in, osei_person: Person, method: str
) -> None:
    browser: Browser = signed_in(osei_person)

    assert getattr(browser, method)("/accounts/email/").status_code == 404
