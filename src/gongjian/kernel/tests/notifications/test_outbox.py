from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from gongjian.kernel import clock
from gongjian.kernel.errors import Conflict
from gongjian.kernel.notifications.models import Delivery, Notice
from gongjian.kernel.notifications.outbox import notify
from gongjian.kernel.notifications.selectors import inbox, unread_count
from gongjian.kernel.tests.notifications.factories import WHERE, at, jobs, make_channel, tell
from gongjian.registry.models import Role
from gongjian.registry.tests.factories import make_account, make_clerk, make_organization


class TestNotify:
    def test_whoever_has_no_channel_has_it_in_the_inbox(self, office: Any) -> None:
        clerk = make_clerk(office)
        tell(clerk)
        assert [notice.body for notice in inbox(clerk)] == ["一号楼 的灯坏了，编号 7"]
        assert unread_count(clerk) == 1
        assert not Delivery.objects.exists()
        assert not jobs().exists()

    def test_each_channel_gets_a_delivery_and_a_job(self, office: Any) -> None:
        clerk, other = make_clerk(office), make_clerk(office)
        channels = {make_channel(clerk).pk, make_channel(clerk).pk}
        make_channel(other)
        tell(clerk)
        assert set(Delivery.objects.values_list("channel", flat=True)) == channels
        assert {job.args["channel_id"] for job in jobs()} == channels

    def test_nothing_is_left_when_the_caller_is_rolled_back(self, office: Any) -> None:
        clerk = make_clerk(office)
        make_channel(clerk)

        @transaction.atomic
        def act() -> None:
            tell(clerk)
            assert jobs().exists()
            raise Conflict("没办成")

        with pytest.raises(Conflict):
            act()
        assert not Notice.objects.exists()
        assert not jobs().exists()

    def test_a_key_tells_each_recipient_once(self, office: Any) -> None:
        clerk, other = make_clerk(office), make_clerk(office)
        make_channel(clerk)
        assert len(tell(clerk, key="lamp-7")) == 1
        assert [notice.account for notice in tell(clerk, other, key="lamp-7")] == [other]
        assert len(tell(clerk, key="lamp-8")) == 1
        assert Delivery.objects.count() == 2

    def test_named_twice_is_told_once(self, office: Any) -> None:
        clerk = make_clerk(office)
        assert len(tell(clerk, clerk)) == 1

    def test_nobody_who_left_is_told(self, office: Any) -> None:
        clerk = make_clerk(office)
        clerk.is_active = False
        assert tell(clerk) == []

    def test_an_organization_s_liaisons_read_it(self, office: Any) -> None:
        organization = make_organization(office)
        liaison = make_account(office, Role.UNIT_LIAISON, organization=organization)
        stranger = make_account(office, Role.UNIT_LIAISON, organization=make_organization(office))
        tell(organization)
        assert (unread_count(liaison), unread_count(stranger)) == (1, 0)

    def test_an_unknown_kind_or_another_type_is_a_mistake_of_the_program(self, office: Any) -> None:
        clerk = make_clerk(office)
        with pytest.raises(KeyError):
            tell(clerk, kind="lamps.unheard")
        with pytest.raises(TypeError):
            tell(office)
        with pytest.raises(TypeError):
            notify([clerk], "lamps.broken", {**WHERE, "number": 7})  # type: ignore[dict-item]

    def test_costs_the_same_for_more_recipients(self, office: Any, django_assert_max_num_queries: Any) -> None:
        clerks = [make_clerk(office) for _ in range(8)]
        for clerk in clerks:
            make_channel(clerk)
        with django_assert_max_num_queries(8):
            tell(*clerks)

    def test_the_database_wants_exactly_one_recipient(self, office: Any) -> None:
        both = {"account": make_clerk(office), "organization": make_organization(office)}
        with pytest.raises(IntegrityError):
            Notice.objects.create(office=office, kind="lamps.broken", created_at=clock.now(), **both)


class TestWhen:
    def test_a_digest_waits_for_its_hour(self, office: Any) -> None:
        clerk = make_clerk(office)
        make_channel(clerk, digest_hour=8)
        with clock.set_to(at(9, 30)):
            tell(clerk)
        assert Delivery.objects.get().next_attempt_at == at(8, day=2)
        assert jobs().get().scheduled_at == at(8, day=2)

    @pytest.mark.parametrize(
        ("now", "due"),
        [(at(21, 59), at(21, 59)), (at(22), at(7, day=2)), (at(6, 59), at(7)), (at(7), at(7)), (at(12), at(12))],
    )
    def test_quiet_hours_reach_across_midnight(self, office: Any, now: Any, due: Any) -> None:
        clerk = make_clerk(office)
        make_channel(clerk, quiet_from=at(22).time(), quiet_until=at(7).time())
        with clock.set_to(now):
            tell(clerk)
        planned = Delivery.objects.get().next_attempt_at
        assert planned is not None
        assert abs((planned - due).total_seconds()) < 5

    def test_what_is_urgent_passes_only_if_the_owner_lets_it(self, office: Any) -> None:
        clerk = make_clerk(office)
        quiet = {"quiet_from": at(22).time(), "quiet_until": at(7).time()}
        make_channel(clerk, name="放行", **quiet)
        make_channel(clerk, name="不放行", urgent_passes=False, **quiet)
        with clock.set_to(at(23)):
            tell(clerk, urgent=True)
        due = dict(Delivery.objects.values_list("sent_to", "next_attempt_at"))
        assert (due["放行"] - at(23)).total_seconds() < 5
        assert due["不放行"] == at(7, day=2)

    def test_changed_hours_hold_for_what_waits(self, office: Any, written: Path) -> None:
        from gongjian.kernel.notifications.services import change_channel

        clerk = make_clerk(office)
        channel = make_channel(clerk, digest_hour=8)
        tell(clerk)
        form = {"name": "群", "language": "zh-hans", "quiet_from": None, "quiet_until": None, "urgent_passes": True}
        change_channel(clerk, channel=channel, digest_hour=None, enabled=True, **form)
        planned = Delivery.objects.get().next_attempt_at
        assert planned is not None
        assert planned <= clock.now()
