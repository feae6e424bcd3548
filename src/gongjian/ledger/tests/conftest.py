from typing import Any

import pytest
from django.test import Client

from gongjian.ledger.tests.paperwork import sign_in
from gongjian.registry.models import Account
from gongjian.registry.tests.factories import make_clerk


@pytest.fixture
def clerk(office: Any) -> Account:
    return make_clerk(office)


@pytest.fixture
def as_clerk(client: Client, clerk: Account) -> Client:
    return sign_in(client, clerk)
