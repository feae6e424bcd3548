"""A ledger in which everything happens that changes a sum, and its export."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from gongjian.ledger.models import Deed, Level
from gongjian.ledger.sealing.sealer import seal
from gongjian.ledger.services import confirm_deed, reverse_deed
from gongjian.ledger.tests.factories import deed_kind, make_deed, make_evidence
from gongjian.registry.tests.factories import first_community, make_account, make_clerk, make_organization, make_person


class Street:
    """Three organizations; a third of the deeds confirmed by the community, some by a third party, some reversed."""

    def __init__(self, office: Any) -> None:
        self.office = office
        self.clerk, self.witness = make_clerk(office), make_clerk(office)
        self.place = first_community(office)
        self.worker = make_account(office, "community_worker", community=self.place)
        self.organizations = [make_organization(office) for _ in range(3)]
        self.person = make_person(office)
        self.paper = make_evidence(office, color="white")

    def act(self, deeds: int = 24) -> list[Deed]:
        done = [self._record(number) for number in range(deeds)]
        for number, deed in enumerate(done):
            if number % 3 == 0:
                confirm_deed(self.worker, deed=deed, level=Level.COMMUNITY, on_behalf_of="社区")
            if number % 4 == 0:
                witnessed = {"level": Level.THIRD_PARTY, "on_behalf_of": "红十字会", "evidence": [self.paper]}
                confirm_deed(self.witness, deed=deed, **witnessed)
            if number % 5 == 0:
                reverse_deed(self.clerk, deed=deed, reason="重复记录了")
        return done

    def _record(self, number: int) -> Deed:
        kind = ("volunteer-hours", "visit", "joint-inspection")[number % 3]
        fraction = Decimal("0.25") if kind == "volunteer-hours" else 0
        who: dict[str, Any] = {"person": self.person} if number % 7 == 6 else {"organization": self.organizations[number % 3]}
        return make_deed(
            self.office,
            self.clerk,
            kind=kind,
            place=self.place,
            quantity=Decimal(number + 1) + fraction if deed_kind(kind).unit else None,
            statement="做了一件好事",
            occurred_from=date(2025 + number % 2, 1 + number % 3, 1 + number),
            public=number % 6 != 5,
            **who,
        )


def sealed_export(folder: Path) -> Path:
    from gongjian.ledger.statistics.export.exporting import export

    seal()
    export(folder)
    return folder
