"""Settlements for tests. Call inside an office's scope."""

from datetime import date
from decimal import Decimal
from itertools import count
from typing import Any

from gongjian.ledger.tests.factories import image_file
from gongjian.work.projects.models import Project
from gongjian.work.projects.settling import services
from gongjian.work.projects.settling.models import Settlement
from gongjian.work.projects.settling.services import Facts
from gongjian.work.projects.tests.factories import Cast, make_project

_numbers = count(1)


def facts(**details: Any) -> Facts:
    """3,100 a month, paid until the end of July, vacated on August 20: twenty days are owed, 2,000.00 yuan."""
    known: dict[str, Any] = {
        "tenant": "样例面馆",
        "premises": f"{next(_numbers)}号",
        "lease_from": date(2020, 1, 1),
        "lease_to": date(2020, 12, 31),
        "monthly_rent": Decimal("3100.00"),
        "paid_until": date(2020, 7, 31),
        "vacated": date(2020, 8, 20),
        "deposit": Decimal("1200.00"),
    }
    return Facts(**known | details)


def make_site(cast: Cast) -> Project:
    return make_project(cast, kind="vacating")


def make_settlement(cast: Cast, project: Project | None = None, **details: Any) -> Settlement:
    project = project or make_site(cast)
    return services.draft_settlement(cast.liaison, project=project, organization=cast.organization, facts=facts(**details))


def sign(cast: Cast, settlement: Settlement) -> Settlement:
    picture = image_file("signature.png", color="#123456")
    return services.sign_settlement(cast.liaison, settlement=settlement, signer="样例商户", signature=picture)


def pay(cast: Cast, settlement: Settlement, amount: Decimal | None = None, **details: Any) -> Any:
    known = {"paid_on": date(2020, 8, 31), "way": "transfer", "document": f"凭证{next(_numbers)}"}
    net = settlement.net or Decimal(0)
    return services.pay_settlement(cast.liaison, settlement=settlement, amount=amount or abs(net), **known | details)


def make_closed(cast: Cast, project: Project, **details: Any) -> Settlement:
    settlement = sign(cast, make_settlement(cast, project, **details))
    if settlement.net:
        pay(cast, settlement)
    return services.close_settlement(cast.liaison, settlement=settlement, cleared_on=date(2020, 8, 25))
