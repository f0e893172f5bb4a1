"""Somebody who has a portal account, and their browser."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client as Browser

from holdspace.clients.models import Client, PortalAccount
from tests import cast


@pytest.fixture
def account(rosa: Client) -> PortalAccount:
    return cast.account_of(rosa)


@pytest.fixture
def mine(account: PortalAccount, signed_in: Callable[[Any], Browser]) -> Browser:
    return signed_in(account)
