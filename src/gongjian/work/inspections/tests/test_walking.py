import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from gongjian.kernel import clock
from gongjian.kernel.errors import Conflict, Invalid, NotAllowed
from gongjian.ledger.models import Deed
from gongjian.ledger.tests.factories import image_file
from gongjian.registry.models import Role
from gongjian.registry.tests.factories import make_account, make_clerk, make_community, make_organization
from gongjian.work.inspections.models import Answer, Checklist, Finding, Inspection
from gongjian.work.inspections.selectors.inspections import items_of
from gongjian.work.inspections.services.checklists import revise_checklist
from gongjian.work.inspections.services.closing import close_inspection
from gongjian.work.inspections.services.planning import cancel_inspection
from gongjian.work.inspections.services.walking import answer_item
from gongjian.work.inspections.tests.factories import (
    answer_all,
    first_party,
    make_closed,
    make_finding,
    make_inspection,
    make_liaison,
    make_worker,
)


@pytest.fixture
def inspection(office: Any) -> Inspection:
    return make_inspection()


class TestPlan:
    @pytest.mark.parametrize(
        ("changes", "says"),
        [
            ({"title": " "}, "名字"),
            ({"kinds": []}, "检查表"),
            ({"parties": 0}, "哪些单位"),
            ({"planned_for": "yesterday"}, "已经过去"),
        ],
    )
    def test_what_cannot_be(self, office: Any, changes: dict[str, Any], says: str) -> None:
        if "planned_for" in changes:
            changes = {"planned_for": clock.today() - timedelta(days=1)}
        with pytest.raises(Invalid, match=says):
            make_inspection(**changes)
        assert not Inspection.objects.exists()

    def test_nobody_takes_part_twice(self, office: Any) -> None:
        unit = make_organization(office)
        with pytest.raises(Invalid, match="两遍"):
            make_inspection(parties=[unit, unit])

    def test_not_in_another_community(self, inspection: Inspection) -> None:
        stranger = make_account(inspection.office, Role.COMMUNITY_WORKER, community=make_community(inspection.office))
        with pytest.raises(NotAllowed):
            make_inspection(by=stranger)

    def test_is_cancelled_only_before_anything_was_looked_at(self, inspection: Inspection) -> None:
        answer_all(inspection)
        with pytest.raises(Conflict, match="在查"):
            cancel_inspection(make_worker(inspection), inspection=inspection)
        other = make_inspection()
        assert cancel_inspection(make_worker(other), inspection=other).state == "cancelled"


class TestChecklists:
    def test_a_new_version_leaves_what_was_planned_by_the_former(self, inspection: Inspection) -> None:
        clerk = make_clerk(inspection.office)
        revised = revise_checklist(clerk, kind="gas", items=["看一眼软管", " ", "闻一闻"])
        assert (revised.version, revise_checklist(clerk, kind="gas", items=["看一眼软管", "闻一闻"])) == (2, revised)
        assert str(items_of(inspection)[0][0]) == "灶具有没有熄火保护"
        assert [str(item) for item, _answer in items_of(make_inspection())] == ["看一眼软管", "闻一闻"]
        assert Checklist.objects.filter(kind="gas", current=True).count() == 1

    @pytest.mark.parametrize(("items", "says"), [([], "至少"), (["看"] * 41, "最多"), (["看" * 121], "太长")])
    def test_what_cannot_be(self, office: Any, items: list[str], says: str) -> None:
        with pytest.raises(Invalid, match=says):
            revise_checklist(make_clerk(office), kind="gas", items=items)


class TestAnswerItem:
    def test_of_two_answers_the_later_stands_in_whatever_order_they_come(self, inspection: Inspection) -> None:
        worker, now = make_worker(inspection), clock.now()
        item = items_of(inspection)[0][0]
        for verdict, minutes in [("problem", 1), ("fine", 5), ("problem", 1)]:
            answer_item(worker, inspection=inspection, item=item, verdict=verdict, answered_at=now - timedelta(minutes=minutes))
        assert Answer.objects.get().verdict == "problem"

    def test_a_phone_whose_clock_runs_ahead_is_set_right(self, inspection: Inspection) -> None:
        ahead = clock.now() + timedelta(hours=1)
        item = items_of(inspection)[0][0]
        answer = answer_item(make_worker(inspection), inspection=inspection, item=item, verdict="fine", answered_at=ahead)
        assert answer.answered_at <= answer.received_at

    def test_an_item_of_another_list(self, inspection: Inspection) -> None:
        other = items_of(make_inspection(kinds=["fire"]))[0][0]
        with pytest.raises(Invalid, match="不在这次检查"):
            answer_item(make_worker(inspection), inspection=inspection, item=other, verdict="fine")

    def test_not_once_it_is_closed(self, inspection: Inspection) -> None:
        closed = make_closed(inspection)
        with pytest.raises(Conflict, match="查完"):
            answer_item(make_worker(closed), inspection=closed, item=items_of(closed)[0][0], verdict="problem")

    def test_by_whoever_takes_part_and_nobody_else(self, inspection: Inspection) -> None:
        item = items_of(inspection)[0][0]
        assert answer_item(make_liaison(first_party(inspection)), inspection=inspection, item=item, verdict="absent")
        stranger = make_liaison(make_organization(inspection.office))
        with pytest.raises(NotAllowed):
            answer_item(stranger, inspection=inspection, item=item, verdict="fine")


class TestReportFinding:
    def test_synced_twice_it_is_one_with_its_photo(self, inspection: Inspection) -> None:
        worker, slip = make_worker(inspection), uuid.uuid4()
        first = make_finding(inspection, by=worker, slip=slip, photos=[image_file()])
        assert make_finding(inspection, by=worker, slip=slip, photos=[image_file()]) == first
        assert (Finding.objects.count(), first.photos.count(), first.steps.count()) == (1, 1, 1)
        with pytest.raises(Conflict, match="另一处"):
            make_finding(make_inspection(), slip=slip)

    def test_the_database_keeps_a_slip_to_one(self, inspection: Inspection) -> None:
        finding = make_finding(inspection)
        finding.pk = None
        with pytest.raises(IntegrityError, match="finding_slip_once"), transaction.atomic():
            Finding.objects.bulk_create([finding])

    def test_a_limit_follows_from_the_severity_unless_given(self, inspection: Inspection) -> None:
        assert make_finding(inspection, severity="major").due_on == clock.today() + timedelta(days=1)
        given = clock.today() + timedelta(days=3)
        assert make_finding(inspection, severity="major", due_on=given).due_on == given

    @pytest.mark.parametrize(
        ("changes", "says"),
        [
            ({"text": " "}, "什么问题"),
            ({"severity": "awful"}, "严重"),
            ({"due_on": -1}, "整改期限"),
            ({"due_on": 400}, "整改期限"),
        ],
    )
    def test_what_cannot_be_leaves_nothing(self, inspection: Inspection, changes: dict[str, Any], says: str) -> None:
        if "due_on" in changes:
            changes = {"due_on": clock.today() + timedelta(days=changes["due_on"])}
        with pytest.raises(Invalid, match=says):
            make_finding(inspection, **changes)
        assert not Finding.objects.exists()

    def test_the_responsible_is_an_organization_by_its_name_or_a_person(self, inspection: Inspection) -> None:
        unit = make_organization(inspection.office, "样例面馆")
        assert make_finding(inspection, responsible="样例面馆").organization == unit
        by_a_person = make_finding(inspection, responsible="样例店主")
        assert (by_a_person.organization, by_a_person.person) == (None, "样例店主")

    def test_what_waited_in_a_phone_is_taken_in_after_the_closing(self, inspection: Inspection) -> None:
        assert make_finding(make_closed(inspection)).state == "open"


class TestClose:
    def test_each_unit_that_took_part_has_one_deed(self, inspection: Inspection) -> None:
        closed = make_closed(inspection)
        deeds = Deed.objects.filter(source_room="inspections")
        assert {deed.kind_id for deed in deeds} == {"joint-inspection"}
        assert {d.organization_id for d in deeds} == set(closed.parties.values_list("organization", flat=True))
        with pytest.raises(Conflict, match="查完"):
            close_inspection(make_worker(closed), inspection=closed)
        assert deeds.count() == 2

    def test_one_alone_is_counted(self, office: Any) -> None:
        make_closed(make_inspection(parties=1))
        deed = Deed.objects.get()
        assert (deed.kind_id, deed.quantity) == ("inspection-count", 1)
        assert "气安全检查" in deed.statement

    def test_not_while_something_was_not_looked_at(self, inspection: Inspection) -> None:
        make_finding(inspection)
        with pytest.raises(Conflict, match="还有 4 项"):
            close_inspection(make_worker(inspection), inspection=inspection)

    def test_not_by_a_unit(self, inspection: Inspection) -> None:
        answer_all(inspection)
        with pytest.raises(NotAllowed):
            close_inspection(make_liaison(first_party(inspection)), inspection=inspection)
