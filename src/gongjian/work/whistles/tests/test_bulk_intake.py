"""Many at once come in exactly as one by one."""

from datetime import timedelta
from typing import Any

import pytest

from gongjian.kernel import clock
from gongjian.kernel.errors import Invalid
from gongjian.kernel.models import AuditEntry
from gongjian.work.whistles import services
from gongjian.work.whistles.models import Happening, Policy, Whistle
from gongjian.work.whistles.services import Report
from gongjian.work.whistles.services.bulk_intake import take_in_many
from gongjian.work.whistles.tests.factories import Cast, make_category

pytestmark = pytest.mark.django_db
OWN = ("id", "token", "reporter_name", "reporter_phone", "search")
"""Different for every whistle (the encrypted ones in the database, not when read)."""


@pytest.fixture
def cast(office: Any) -> Cast:
    return Cast()


def reports(cast: Cast) -> list[Report]:
    urgent = make_category("leak", minor="漏水", grade="emergency", response_unit="working_hours")
    Policy.objects.create(office=cast.office, center_latitude="34.75", center_longitude="113.6")
    yesterday = clock.now() - timedelta(days=1)
    return [
        Report("三号楼前的垃圾三天没有清了", place=cast.community, name="样例", phone="13800000000", external_number="A-1"),
        Report(
            "水管爆了在漏水", latitude="34.75", longitude="113.6", category=urgent, external_number="A-2", said_at=yesterday
        ),
        Report("路灯不亮已经一周", latitude="35.75", longitude="113.6", spot="东门", email="a@example.org"),
        Report("楼道里堆了杂物", category=cast.category),
    ]


def facts(whistle: Whistle) -> dict[str, Any]:
    fields = [field.attname for field in Whistle._meta.concrete_fields if field.name not in OWN]
    found = {name: getattr(whistle, name) for name in fields}
    persons = {name: getattr(whistle, name) for name in ("reporter_name", "reporter_phone", "reporter_email")}
    happenings = whistle.happenings.order_by("pk").values_list("kind", "at", "by", "words", "public", "round", "detail")
    logged = AuditEntry.objects.filter(thing_type="whistles.whistle", thing_id=str(whistle.pk)).order_by("pk")
    log = logged.values_list("action", "actor", "office_id", "detail", "at")
    return found | persons | {"happenings": list(happenings), "log": list(log), "made": bool(whistle.token)}


class TestTakingInMany:
    def test_each_is_what_it_would_be_alone(self, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
        told, moment = reports(cast), clock.now()
        monkeypatch.setattr(clock, "now", lambda: moment)  # both ways at the same instant
        many = take_in_many(cast.clerk, office=cast.office, reports=told, source="hotline")
        together = [facts(Whistle.objects.get(pk=whistle.pk)) for whistle in many]
        Whistle.objects.update(external_number="")
        alone = [services.take_in(cast.clerk, office=cast.office, report=one, source="hotline") for one in told]
        assert [facts(Whistle.objects.get(pk=whistle.pk)) for whistle in alone] == together
        assert all(whistle.resolution_due_at and whistle.next_check_at for whistle in many)

    def test_a_number_comes_once(self, cast: Cast) -> None:
        told = [Report("路灯不亮已经一周", external_number="A-1"), Report("另外一件事情", external_number="A-1")]
        services.take_in(cast.clerk, office=cast.office, report=Report("楼道堆物", external_number="A-9"), source="hotline")
        made = take_in_many(
            cast.clerk, office=cast.office, reports=[*told, Report("楼道堆物", external_number="A-9")], source="hotline"
        )
        assert [whistle.text for whistle in made] == ["路灯不亮已经一周"]

    def test_all_or_none(self, cast: Cast) -> None:
        with pytest.raises(Invalid):
            take_in_many(cast.clerk, office=cast.office, reports=[Report("路灯不亮已经一周"), Report("亮")], source="hotline")
        assert not Whistle.objects.exists()

    def test_statements_do_not_grow_with_the_rows(self, cast: Cast, django_assert_max_num_queries: Any) -> None:
        told = [Report(f"第 {number} 盏路灯不亮", external_number=f"A-{number}") for number in range(200)]
        with django_assert_max_num_queries(20 + len(told)):  # one each is the words' own suggestion
            take_in_many(cast.clerk, office=cast.office, reports=told, source="hotline")
        assert Happening.objects.count() == 400
