"""Policy, categories, calendar: what is changed, who may, and that open clocks follow."""

from datetime import date, time
from decimal import Decimal

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from gongjian.kernel import clock
from gongjian.kernel.errors import Conflict, InvalidMany, Missing, NotAllowed
from gongjian.kernel.models import CalendarDay
from gongjian.kernel.workdays import WorkCalendar, last_published_year
from gongjian.registry.models import Role
from gongjian.registry.services.calendar import correct_day, drop_correction
from gongjian.registry.tests.factories import make_account
from gongjian.work.whistles.models import Category, Policy, Whistle
from gongjian.work.whistles.selectors.calendar import month
from gongjian.work.whistles.services import configuring, recompute_open, triage
from gongjian.work.whistles.tests.accounts_factories import at
from gongjian.work.whistles.tests.factories import Cast, make_whistle
from gongjian.work.whistles.words.catalogue import shipped_categories

pytestmark = pytest.mark.django_db
LIMITS = {"response_amount": 2, "response_unit": "hours", "resolution_amount": 3, "resolution_unit": "working_days"}


@pytest.fixture
def cast(office):
    return Cast()


@pytest.fixture
def signed_in(cast, client):
    cast.office.hostnames = ["testserver"]
    cast.office.save()
    client.force_login(cast.clerk, backend="gongjian.registry.signin.OfficeAuthenticationBackend")
    return client


def recomputing():
    return ProcrastinateJob.objects.filter(task_name__endswith="recompute_clocks", status="todo").count()


class TestChangePolicy:
    def test_the_first_change_makes_the_row_and_keeps_the_rest(self, cast):
        configuring.change_policy(cast.leader, cycle_first_day=1)
        rules = Policy.objects.get()
        assert (rules.cycle_first_day, rules.hot_spot_meters, recomputing()) == (1, 200, 0)

    def test_hours_and_limits_move_open_clocks_and_are_recomputed_once(self, cast):
        configuring.change_policy(cast.clerk, afternoon_to=time(17, 30))
        configuring.change_policy(cast.clerk, resolution_amount=5)
        assert recomputing() == 1

    @pytest.mark.parametrize(
        ("values", "field"),
        [
            ({"morning_to": time(8)}, "morning_from"),
            ({"blue_share": Decimal("0.9")}, "blue_share"),
            ({"whistle_rate_low": Decimal("0.7")}, "whistle_rate_low"),
            ({"response_weight": Decimal("0.2")}, "response_weight"),
            ({"center_latitude": Decimal(34)}, "center_latitude"),
            ({"resolution_amount": 0}, "resolution_amount"),
            ({"cycle_first_day": 31}, "cycle_first_day"),
        ],
    )
    def test_what_cannot_be_is_said_beside_its_field(self, cast, values, field):
        with pytest.raises(InvalidMany) as refused:
            configuring.change_policy(cast.clerk, **values)
        assert field in refused.value.sentences
        assert Policy.objects.filter(office=cast.office, **values).count() == 0

    def test_the_page_explains_marks_and_saves(self, cast, signed_in):
        page = signed_in.get("/whistles/settings/policy/")
        assert "未经核实" in page.content.decode()
        form = page.context["form"]
        typed = {name: form[name].value() for name in form.fields if form[name].value() is not None}
        typed = {name: value for name, value in typed.items() if value is not False}
        answer = signed_in.post("/whistles/settings/policy/", typed | {"hot_spot_least": 4})
        assert answer.status_code == 302
        assert Policy.objects.get().hot_spot_least == 4

    def test_a_community_does_not(self, cast):
        with pytest.raises(NotAllowed):
            configuring.change_policy(cast.worker, cycle_first_day=1)


class TestCategories:
    def test_new_limits_hold_for_open_whistles_too(self, cast):
        whistle = cast.dispatched(make_whistle()).whistle
        configuring.change_category(cast.clerk, category=cast.category, resolution_amount=1, resolution_unit="hours")
        assert recomputing() == 1
        recompute_open()
        before, now = whistle.resolution_due_at, Whistle.objects.get(pk=whistle.pk).resolution_due_at
        assert now < before

    def test_other_words_leave_the_clocks_alone(self, cast):
        configuring.change_category(cast.clerk, category=cast.category, keywords=["垃圾", "异味"], active=False)
        assert (Category.objects.get().keywords, recomputing()) == (["垃圾", "异味"], 0)

    def test_the_code_stays(self, cast):
        configuring.change_category(cast.clerk, category=cast.category, code="other")
        assert Category.objects.get().code == "refuse"

    def test_a_name_is_taken_once(self, cast):
        with pytest.raises(Conflict):
            configuring.add_category(cast.clerk, code="again", major="环境卫生", minor=cast.category.minor, **LIMITS)

    def test_the_page_adds_one(self, cast, signed_in):
        typed = {"code": "lamp", "major": "市政", "minor": "路灯", "grade": "ordinary", "keywords": "路灯、不亮 灯杆", **LIMITS}
        answer = signed_in.post("/whistles/settings/categories/add/", typed | {"lead": cast.organization.name, "active": "on"})
        assert answer.status_code == 302
        added = Category.objects.get(code="lamp")
        assert (added.keywords, added.lead, added.active) == (["路灯", "不亮", "灯杆"], cast.organization, True)

    def test_shipped_ones_are_added_and_what_is_there_stays(self, cast):
        Category.objects.update(code="exposed-garbage")
        assert configuring.load_shipped_categories(cast.clerk) == len(shipped_categories()) - 1
        assert configuring.load_shipped_categories() == 0
        assert Category.objects.get(code="exposed-garbage").resolution_amount == 7
        assert Category.objects.get(code="manhole").grade == "emergency"


class TestCalendar:
    DAY = date(2026, 11, 4)

    def test_a_corrected_day_moves_open_clocks(self, cast):
        Category.objects.update(resolution_amount=3, resolution_unit="working_days")
        category = Category.objects.get()
        with clock.set_to(at("2026-11-03 10:00")):
            whistle = make_whistle()
            triage(cast.clerk, whistle=whistle, category=category)
            before = Whistle.objects.get().resolution_due_at
            correct_day(cast.clerk, day=self.DAY, working=False, reason="样例通知")
            assert recomputing() == 1
            recompute_open()
            assert Whistle.objects.get().resolution_due_at > before
            drop_correction(cast.clerk, day=self.DAY)
            recompute_open()
            assert Whistle.objects.get().resolution_due_at == before

    def test_a_second_correction_replaces_the_first(self, cast):
        for working in (False, True):
            correct_day(cast.clerk, day=self.DAY, working=working, reason="样例通知")
        assert CalendarDay.objects.get().working is True

    def test_the_system_administrator_may_and_the_leader_may_not(self, cast):
        administrator = make_account(cast.office, Role.SYSTEM_ADMINISTRATOR)
        correct_day(administrator, day=self.DAY, working=False, reason="样例通知")
        with pytest.raises(NotAllowed):
            correct_day(cast.leader, day=self.DAY, working=False, reason="样例通知")

    def test_what_was_not_corrected_cannot_be_taken_back(self, cast):
        with pytest.raises(Missing):
            drop_correction(cast.clerk, day=self.DAY)

    def test_the_month_says_what_holds_and_why(self, cast):
        correct_day(cast.clerk, day=self.DAY, working=False, reason="样例通知")
        days = {one.day: one for week in month(date(2026, 11, 1)) for one in week}
        assert (days[self.DAY].working, days[self.DAY].why, days[self.DAY].unusual) == (False, "corrected", True)
        after = date(last_published_year() + 1, 6, 1)
        assert {one.why for week in month(after) for one in week} == {"assumed"}
        assert not WorkCalendar().is_published(after)

    def test_the_page_corrects_and_takes_back(self, cast, signed_in):
        url = "/whistles/settings/calendar/"
        signed_in.post(url, {"day": "2026-11-04", "working": "no", "reason": "样例通知"})
        assert "样例通知" in signed_in.get(url + "?month=2026-11").content.decode()
        signed_in.post(url + "drop/", {"day": "2026-11-04"})
        assert not CalendarDay.objects.exists()

    def test_beyond_the_published_years_the_page_says_so(self, cast, signed_in):
        page = signed_in.get(f"/whistles/settings/calendar/?month={last_published_year() + 1}-06").content.decode()
        assert "还没有公布" in page
