from datetime import timedelta
from typing import Any

import pytest

from gongjian.kernel import clock
from gongjian.kernel.errors import Conflict, Invalid, NotAllowed
from gongjian.ledger.models import Deed
from gongjian.registry.models import Consent, Role
from gongjian.registry.tests.factories import make_account, make_clerk, make_community, make_organization
from gongjian.work.care.models import Pairing
from gongjian.work.care.selectors.persons import personal_data
from gongjian.work.care.services import managing
from gongjian.work.care.services.cadences import set_cadences
from gongjian.work.care.services.pairing import Family, pair_elders
from gongjian.work.care.tests.factories import make_elder, make_liaison, make_pairing, make_visit, make_worker


def due_in(pairing: Pairing) -> timedelta:
    pairing.refresh_from_db()
    assert pairing.due_at is not None
    return pairing.due_at - clock.now()


class TestPairElders:
    def test_three_elders_are_one_deed_of_three(self, office: Any) -> None:
        first = make_pairing()
        elders = [make_elder() for _number in range(3)]
        pairings = pair_elders(make_clerk(office), elders=elders, risk="key", organization=first.organization)
        deed = Deed.objects.get(quantity=3)
        assert (deed.kind_id, deed.organization, len(pairings)) == ("elders-paired", first.organization, 3)

    def test_nobody_is_paired_twice_until_it_ended(self, office: Any) -> None:
        pairing = make_pairing()
        again = {"elders": [pairing.elder], "risk": "key", "organization": make_organization(office)}
        with pytest.raises(Conflict, match="已经有人结对"):
            pair_elders(make_clerk(office), **again)
        managing.end(make_worker(pairing), pairing=pairing, words="搬去女儿家")
        assert pair_elders(make_clerk(office), **again)

    def test_what_cannot_be_is_refused(self, office: Any) -> None:
        clerk, elder = make_clerk(office), make_elder()
        for details, says in [
            ({"elders": [elder]}, "哪个单位"),
            ({"elders": [elder], "carer": elder}, "自己"),
            ({"elders": []}, "哪位老人"),
            ({"elders": [elder, make_elder(make_community(office))], "carer": make_elder()}, "同一个社区"),
            ({"elders": [elder], "carer": make_elder(), "began_on": clock.today() + timedelta(days=1)}, "晚于今天"),
            ({"elders": [elder], "carer": make_elder(), "family": Family(phone="12")}, "电话号码"),
        ]:
            with pytest.raises(Invalid, match=says):
                pair_elders(clerk, risk="key", **details)
        assert not Pairing.objects.exists()

    def test_by_the_own_community_with_the_elders_consent(self, office: Any) -> None:
        pairing = make_pairing(by=make_worker(make_pairing()))
        assert Consent.objects.get(person=pairing.elder).purpose == "health"
        with pytest.raises(NotAllowed):
            make_pairing(by=make_account(office, Role.COMMUNITY_WORKER, community=make_community(office)))


class TestClock:
    def test_a_major_change_wants_somebody_within_a_day_and_is_over_with_the_visit(self, office: Any) -> None:
        pairing = make_pairing()
        managing.report_change(make_liaison(pairing), pairing=pairing, words="摔了一跤")
        assert timedelta(hours=23) < due_in(pairing) <= timedelta(hours=24)
        make_visit(pairing)
        assert due_in(pairing) > timedelta(days=6)

    @pytest.mark.parametrize(("risk", "days"), [("high", 7), ("key", 31), ("general", 92)])
    def test_goes_by_the_risk(self, office: Any, risk: str, days: int) -> None:
        assert timedelta(days=days) <= due_in(make_pairing(risk=risk)) <= timedelta(days=days + 1)

    def test_an_office_sets_its_own_and_all_follow(self, office: Any) -> None:
        pairing = make_pairing(risk="key")
        set_cadences(make_clerk(office), decided={"high": (3, 12), "key": (14, None), "general": (60, None)})
        assert timedelta(days=14) <= due_in(pairing) <= timedelta(days=15)
        managing.set_risk(make_worker(pairing), pairing=pairing, risk="high")
        assert timedelta(days=3) <= due_in(pairing) <= timedelta(days=4)

    def test_stands_still_in_hospital_and_begins_anew_after(self, office: Any) -> None:
        pairing = make_pairing()
        worker = make_worker(pairing)
        managing.pause(worker, pairing=pairing, words="住院")
        pairing.refresh_from_db()
        assert pairing.due_at is None
        with pytest.raises(Conflict, match="暂停"):
            managing.pause(worker, pairing=pairing, words="住院")
        with clock.set_to(clock.now() + timedelta(days=40)):
            managing.resume(worker, pairing=pairing)
            assert due_in(pairing) >= timedelta(days=7)

    def test_after_the_end_nothing_more(self, office: Any) -> None:
        pairing = make_pairing()
        managing.end(make_worker(pairing), pairing=pairing, words="搬走了")
        with pytest.raises(Conflict, match="已经结束"):
            make_visit(pairing)
        with pytest.raises(Conflict, match="已经结束"):
            managing.set_risk(make_worker(pairing), pairing=pairing, risk="key")


class TestChangeCarer:
    def test_who_leaves_reads_no_more(self, office: Any) -> None:
        pairing = make_pairing()
        before = make_liaison(pairing)
        managing.change_carer(make_worker(pairing), pairing=pairing, organization=make_organization(office), carer=None)
        pairing.refresh_from_db()
        with pytest.raises(NotAllowed):
            make_visit(pairing, by=before)


def test_an_elder_gets_a_copy_of_everything(office: Any) -> None:
    pairing = make_pairing(family=Family(address="样例路 1 号", name="样例女儿", phone="13800000000"))
    make_visit(pairing, note="咳嗽")
    held = personal_data(pairing.elder)["cared_for"][0]
    assert held["visits"][0]["note"] == "咳嗽"
    assert held["contact"] == ["样例女儿", "", "13800000000"]
    assert personal_data(make_elder()) == {}
