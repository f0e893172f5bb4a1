"""Pages about signing in: the portal's look for whoever only holds an account, else the desk's."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client as Browser

from holdspace.accounts.actions import password_path
from holdspace.clients.models import PortalAccount
from tests import cast

PAGES = ["/accounts/password/change/", "/accounts/2fa/totp/activate/", "/accounts/2fa/"]
QUICK_EXIT, PRACTICE = "Quick exit", "Willow Street"


@pytest.fixture
def account(rosa: Any) -> PortalAccount:
    return cast.account_of(rosa)


@pytest.mark.parametrize("page", PAGES)
def test_whoever_only_holds_an_account_stays_in_the_portals_frame(
    page: str, account: PortalAccount, signed_in: Callable[[Any], Browser]
) -> None:
    shown = signed_in(account).get(page).content.decode()

    assert QUICK_EXIT in shown
    assert PRACTICE in shown
    assert len(re.findall("<main", shown)) == 1
    assert "hs-lone" not in shown


@pytest.mark.parametrize("page", PAGES)
def test_whoever_works_here_keeps_the_desks_even_with_an_account_beside_it(
    page: str, front_desk_person: cast.Person, rosa: Any, signed_in: Callable[[Any], Browser]
) -> None:
    PortalAccount.objects.create(
        practice=rosa.practice, user=front_desk_person.user, client=rosa, opened_at=cast.TEN
    )

    assert "hs-lone" in signed_in(front_desk_person).get(page, follow=True).content.decode()


def test_the_link_to_a_new_password_keeps_the_frame_to_its_end(account: PortalAccount) -> None:
    browser = Browser()
    page = browser.get(password_path(account.user), follow=True)
    assert QUICK_EXIT in page.content.decode()

    new = "quite another long one"
    path = page.redirect_chain[-1][0]
    done = browser.post(path, {"password1": new, "password2": new}, follow=True).content.decode()

    assert "Your password is kept" in done
    assert QUICK_EXIT in done
    assert 'href="/portal/"' in done


def test_a_used_link_leads_to_the_portals_own_forgotten_page(account: PortalAccount) -> None:
    path = password_path(account.user)
    account.user.set_password("changed in the meantime")
    account.user.save()

    assert 'href="/portal/forgot"' in Browser().get(path, follow=True).content.decode()


def test_a_members_link_to_a_new_password_is_the_desks(front_desk_person: cast.Person) -> None:
    assert "hs-lone" in Browser().get(password_path(front_desk_person.user), follow=True).content.decode()


def test_a_link_with_nonsense_in_it_is_the_desks(db: None) -> None:
    page = Browser().get("/accounts/password/reset/key/zzz-set-password/", follow=True)

    assert page.status_code == 200
    assert QUICK_EXIT not in page.content.decode()
