from datetime import timedelta
from typing import Any

import pytest

from gongjian.kernel import clock
from gongjian.kernel.errors import Conflict, Invalid, NotAllowed
from gongjian.kernel.notifications.models import Notice
from gongjian.ledger.models import Deed
from gongjian.ledger.tests.factories import image_file
from gongjian.registry.models import Organization
from gongjian.registry.tests.factories import first_community, make_clerk, make_organization
from gongjian.work.inspections.models import Finding, Lecture
from gongjian.work.inspections.selectors.desk import desk_items
from gongjian.work.inspections.services.lectures import Held, record_lecture
from gongjian.work.inspections.services.mending import recheck, report_mended, set_limit, settle, transfer
from gongjian.work.inspections.tests.factories import make_finding, make_inspection, make_liaison, make_mended, make_worker


@pytest.fixture
def shop(office: Any) -> Organization:
    return make_organization(office, "样例面馆")


@pytest.fixture
def finding(shop: Organization) -> Finding:
    return make_finding(make_inspection(organization=shop))


def state_of(finding: Finding) -> str:
    finding.refresh_from_db()
    return str(finding.state)


class TestMending:
    def test_before_and_after_then_passed_is_one_deed_of_who_mended(self, finding: Finding, shop: Organization) -> None:
        report_mended(make_liaison(shop), finding=finding, words="换了新管", photos=[image_file()])
        assert finding.photos.get().moment == "after"
        worker = make_worker(finding.inspection)
        recheck(worker, finding=finding, passed=True)
        deed = Deed.objects.get()
        assert (deed.kind_id, deed.quantity, deed.organization) == ("hazard-mended", 1, shop)
        with pytest.raises(Conflict, match="复查通过"):
            recheck(worker, finding=finding, passed=True)
        assert Deed.objects.count() == 1

    def test_failed_it_is_open_again_with_another_limit(self, finding: Finding, shop: Organization) -> None:
        make_mended(finding)
        worker = make_worker(finding.inspection)
        with pytest.raises(Invalid, match="没改好"):
            recheck(worker, finding=finding, passed=False)
        until = clock.today() + timedelta(days=2)
        recheck(worker, finding=finding, passed=False, words="接口还漏", due_on=until)
        assert (state_of(finding), finding.due_on) == ("open", until)
        assert [step.kind for step in finding.steps.order_by("pk")] == ["found", "mended", "failed"]
        assert Notice.objects.filter(kind="inspections.failed", organization=shop).exists()

    def test_nobody_looks_again_at_what_was_not_mended(self, finding: Finding) -> None:
        with pytest.raises(Conflict, match="待整改"):
            recheck(make_worker(finding.inspection), finding=finding, passed=True)

    def test_not_by_another_organization(self, finding: Finding) -> None:
        with pytest.raises(NotAllowed):
            report_mended(make_liaison(make_organization(finding.office)), finding=finding, words="换了")

    def test_another_limit_says_why(self, finding: Finding) -> None:
        worker, until = make_worker(finding.inspection), clock.today() + timedelta(days=20)
        with pytest.raises(Invalid, match="为什么"):
            set_limit(worker, finding=finding, due_on=until, words="")
        assert set_limit(worker, finding=finding, due_on=until, words="配件在路上").due_on == until


class TestTransfer:
    def test_the_department_settles_it_and_that_is_no_deed(self, finding: Finding) -> None:
        department = make_organization(finding.office, "样例消防救援站")
        transfer(make_worker(finding.inspection), finding=finding, department=department, words="拒不整改")
        assert Notice.objects.filter(kind="inspections.transferred", organization=department).exists()
        with pytest.raises(Conflict, match="已经移交"):
            recheck(make_worker(finding.inspection), finding=finding, passed=True)
        settle(make_liaison(department), finding=finding, done=True, words="责令停业整改，已改好")
        assert state_of(finding) == "passed"
        assert not Deed.objects.exists()

    def test_sent_back_it_is_open_again_and_whoever_planned_it_is_told(self, finding: Finding) -> None:
        department = make_organization(finding.office)
        transfer(make_worker(finding.inspection), finding=finding, department=department, words="拒不整改")
        settle(make_liaison(department), finding=finding, done=False, words="不归我们管")
        assert state_of(finding) == "open"
        assert Notice.objects.filter(kind="inspections.sent_back", account=finding.inspection.planned_by).exists()

    def test_not_to_whoever_must_mend(self, finding: Finding, shop: Organization) -> None:
        with pytest.raises(Invalid, match="自己"):
            transfer(make_worker(finding.inspection), finding=finding, department=shop, words="拒不整改")

    def test_nobody_settles_what_was_not_transferred(self, finding: Finding) -> None:
        with pytest.raises(Conflict, match="没有移交"):
            settle(make_clerk(finding.office), finding=finding, done=True, words="处理了")


class TestDesk:
    def test_it_is_on_the_desk_of_whose_turn_it_is(self, finding: Finding, shop: Organization) -> None:
        worker, liaison, clerk = make_worker(finding.inspection), make_liaison(shop), make_clerk(finding.office)

        def asked(account: Any) -> list[str]:
            return [str(item.action) for item in desk_items(account) if item.title == finding.text]

        assert [asked(one) for one in (liaison, worker, clerk)] == [["整改"], [], []]
        with clock.set_to(clock.now() + timedelta(days=9)):
            assert [asked(one) for one in (liaison, worker, clerk)] == [["整改"], ["督促整改"], ["督促整改"]]
        make_mended(finding)
        assert [asked(one) for one in (liaison, worker, clerk)] == [[], ["复查"], []]
        recheck(worker, finding=finding, passed=True)
        assert [asked(one) for one in (liaison, worker, clerk)] == [[], [], []]


class TestLecture:
    def held(self, shop: Organization, **changes: Any) -> Held:
        values = {"title": "灭火器怎么用", "held_on": clock.today(), "people": 30, **changes}
        return Held(place=first_community(shop.office), organization=shop, **values)

    def test_is_a_deed_of_whoever_held_it_once(self, finding: Finding, shop: Organization) -> None:
        clerk = make_clerk(shop.office)
        record_lecture(clerk, held=self.held(shop))
        with pytest.raises(Conflict, match="记过"):
            record_lecture(clerk, held=self.held(shop))
        deed = Deed.objects.get()
        assert (deed.kind_id, deed.quantity, Lecture.objects.count()) == ("safety-lecture", 1, 1)

    def test_a_talk_from_door_to_door_is_not_counted(self, finding: Finding, shop: Organization) -> None:
        record_lecture(make_liaison(shop), held=self.held(shop, form="talk", people=None))
        assert (Deed.objects.get().kind_id, Deed.objects.get().quantity) == ("fire-lecture", None)

    @pytest.mark.parametrize(
        ("changes", "says"), [({"people": 0}, "人数"), ({"people": None}, "多少人"), ({"title": ""}, "讲了什么")]
    )
    def test_what_cannot_be(self, finding: Finding, shop: Organization, changes: dict[str, Any], says: str) -> None:
        with pytest.raises(Invalid, match=says):
            record_lecture(make_clerk(shop.office), held=self.held(shop, **changes))

    def test_not_ahead(self, finding: Finding, shop: Organization) -> None:
        with pytest.raises(Invalid, match="还没有到"):
            record_lecture(make_clerk(shop.office), held=self.held(shop, held_on=clock.today() + timedelta(days=1)))
