from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connection
from django_scopes import scope

from gongjian.kernel.errors import Conflict
from gongjian.ledger.models import Confirmation, CurrentTally, Deed, Level
from gongjian.ledger.services import DeedSource, confirm_deed, reverse_deed
from gongjian.ledger.tests.factories import make_deed, make_evidence
from gongjian.registry.tests.factories import (
    first_community,
    make_account,
    make_clerk,
    make_office,
    make_organization,
)


@pytest.mark.django_db(transaction=True)
class TestAtTheSameTime:
    def test_one_source_yields_one_deed(self) -> None:
        office = make_office()
        with scope(office=office):
            clerk, organization, photo = make_clerk(office), make_organization(office), make_evidence(office)

        def record(_number: int) -> str:
            with scope(office=office):
                source = DeedSource("whistles", "1187")
                return str(make_deed(office, clerk, organization=organization, source=source, evidence=[photo]).pk)

        assert len(set(at_once(6, record))) == 1
        with scope(office=office):
            deed = Deed.objects.get()
            assert deed.evidence_links.count() == 1

    def test_one_confirmation_of_two_gets_through(self) -> None:
        office = make_office()
        with scope(office=office):
            deed = make_deed(office)
            workers = [make_account(office, "community_worker", community=first_community(office)) for _ in range(4)]

        def confirm(number: int) -> bool:
            with scope(office=office):
                try:
                    confirm_deed(workers[number], deed=deed, level=Level.COMMUNITY, on_behalf_of="一号社区")
                except Conflict:
                    return False
                return True

        assert sum(at_once(4, confirm)) == 1
        with scope(office=office):
            assert Confirmation.objects.count() == 1

    def test_a_deed_is_reversed_once_and_at_the_level_it_has(self) -> None:
        """However confirming and reversing interleave, the sums come out at nothing."""
        office = make_office()
        with scope(office=office):
            deed = make_deed(office)
            worker = make_account(office, "community_worker", community=first_community(office))
            clerks = [make_clerk(office), make_clerk(office)]

        def act(number: int) -> bool:
            with scope(office=office):
                try:
                    if number == 2:
                        confirm_deed(worker, deed=deed, level=Level.COMMUNITY, on_behalf_of="一号社区")
                    else:
                        reverse_deed(clerks[number], deed=deed, reason="重复记录")
                except Conflict:
                    return False
                return True

        at_once(3, act)
        with scope(office=office):
            assert Deed.objects.filter(reverses=deed).count() == 1
            sums: dict[int, int] = {}
            for level, deeds in CurrentTally.objects.values_list("level", "deeds"):
                sums[level] = sums.get(level, 0) + deeds
            assert not any(sums.values())


def at_once(number: int, act: Any) -> list[Any]:
    """What each of `number` acts returns, begun together over connections of their own."""
    start = Barrier(number)

    def run(which: int) -> Any:
        start.wait()
        try:
            return act(which)
        finally:
            connection.close()

    with ThreadPoolExecutor(number) as pool:
        return list(pool.map(run, range(number)))
