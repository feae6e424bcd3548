"""A person's record: sums, stars, and corrections that leave a trace."""

from decimal import Decimal

import pytest
from django.db.models import Sum
from django.urls import reverse

from gongjian.kernel import clock
from gongjian.kernel.errors import Conflict, Invalid, InvalidMany, NotAllowed
from gongjian.ledger.models import Deed
from gongjian.registry.models import Role
from gongjian.registry.tests.factories import make_account, make_clerk
from gongjian.work.volunteering.models import Attendance, Star
from gongjian.work.volunteering.selectors.records import next_star, star_table, stars_of, sums
from gongjian.work.volunteering.services.corrections import ask_correction, grant_correction, refuse_correction
from gongjian.work.volunteering.services.stars import set_stars
from gongjian.work.volunteering.tests.factories import at, make_activity, make_volunteer
from gongjian.work.volunteering.tests.record_factories import credit, serve

pytestmark = pytest.mark.django_db


@pytest.fixture
def clerk(office):
    return make_clerk(office)


@pytest.fixture
def volunteer(office):
    return make_volunteer(office)


@pytest.fixture
def account(office, volunteer):
    account = make_account(office, Role.VOLUNTEER)
    account.person = volunteer.person
    account.save()
    return account


@pytest.fixture
def activity(office, clerk):
    return make_activity(office, clerk=clerk)


@pytest.fixture
def attendance(clerk, volunteer, activity):
    return serve(clerk, volunteer, activity)


def ask(account, attendance, *, began="2020-02-03 08:00", ended="2020-02-03 11:00"):
    return ask_correction(account, attendance=attendance, began=at(began), ended=at(ended), reason="十一点就走了")


class TestStars:
    @pytest.mark.parametrize(("hours", "stars"), [(99, 0), (100, 1), (599, 2), (600, 3), (1500, 5)])
    def test_as_shipped(self, office, volunteer, hours, stars) -> None:
        found = sums(volunteer)
        assert stars_of(type(found)(**{**vars(found), "hours": Decimal(hours)}), star_table()) == stars

    def test_an_office_edits_them(self, clerk, volunteer, activity) -> None:
        serve(clerk, volunteer, activity)
        set_stars(clerk, table=[(2, 0), (5, 0)])
        found = sums(volunteer)
        assert stars_of(found, star_table()) == 1
        assert next_star(found, star_table()).hours == 1

    def test_quality_counts_where_the_office_says_so(self, clerk, volunteer, activity) -> None:
        serve(clerk, volunteer, activity, quality=Attendance.Quality.POOR)
        set_stars(clerk, table=[(2, 80)])
        assert stars_of(sums(volunteer), star_table()) == 0

    def test_hours_must_rise(self, clerk) -> None:
        with pytest.raises(InvalidMany) as error:
            set_stars(clerk, table=[(10, 0), (10, 0)])
        assert list(error.value.sentences) == ["hours_2"]
        assert not Star.objects.exists()


class TestCorrection:
    def test_what_stood_there_is_kept(self, clerk, account, attendance) -> None:
        granted = grant_correction(clerk, correction=ask(account, attendance), answer="查过签到表")
        attendance.refresh_from_db()
        assert (attendance.minutes, granted.minutes_before) == (180, 240)
        assert granted.state == "granted"

    def test_the_ledger_follows_and_no_hour_is_told_twice(self, clerk, account, volunteer, activity, attendance) -> None:
        serve(clerk, volunteer, activity, "2020-02-04 08:00")
        credit(clerk, activity)
        granted = grant_correction(clerk, correction=ask(account, attendance), answer="查过签到表")
        assert granted.reversal.quantity == -8
        credit(clerk, activity, "2020-02-21 09:00")
        deeds = Deed.objects.filter(person=volunteer.person)
        assert deeds.aggregate(hours=Sum("quantity"))["hours"] == 7
        assert sums(volunteer).hours == 7

    def test_nobody_grants_their_own(self, office, clerk, attendance) -> None:
        asked = ask(clerk, attendance)
        with pytest.raises(NotAllowed):
            grant_correction(clerk, correction=asked, answer="就这样")

    def test_one_at_a_time(self, account, attendance) -> None:
        ask(account, attendance)
        with pytest.raises(Conflict):
            ask(account, attendance)

    def test_refused_leaves_the_record(self, clerk, account, attendance) -> None:
        refuse_correction(clerk, correction=ask(account, attendance), answer="签退码显示十二点")
        attendance.refresh_from_db()
        assert attendance.minutes == 240

    def test_not_outside_the_shift(self, account, attendance) -> None:
        with pytest.raises(Invalid):
            ask(account, attendance, ended="2020-02-03 13:00")

    def test_strangers_may_not_ask(self, office, attendance) -> None:
        with pytest.raises(NotAllowed):
            ask(make_account(office, Role.VOLUNTEER), attendance)

    def test_by_pages(self, clerk, account, attendance, client) -> None:
        client.force_login(account)
        assert "申请更正" in client.get(reverse("volunteering:my_record")).content.decode()
        form = {"began": "2020-02-03T08:00", "ended": "2020-02-03T11:00", "reason": "十一点就走了"}
        assert client.post(reverse("volunteering:ask_correction", args=[attendance.pk]), form).status_code == 302
        client.force_login(clerk)
        asked = attendance.corrections.get()
        assert "十一点就走了" in client.get(reverse("volunteering:corrections")).content.decode()
        with clock.set_to(at("2020-03-01 09:00")):
            client.post(reverse("volunteering:correction", args=[asked.pk]), {"granted": "yes", "answer": "查过"})
        attendance.refresh_from_db()
        assert attendance.minutes == 180


class TestRecordPage:
    def test_a_constant_number_of_queries(self, clerk, volunteer, activity, client, django_assert_max_num_queries) -> None:
        for day in range(3, 13):
            serve(clerk, volunteer, activity, f"2020-02-{day:02d} 08:00", hours=2)
        client.force_login(clerk)
        with django_assert_max_num_queries(30):
            client.get(reverse("volunteering:record", args=[volunteer.pk]))

    def test_somebody_without_a_record(self, office, client) -> None:
        client.force_login(make_account(office, Role.VOLUNTEER))
        assert "还没有登记" in client.get(reverse("volunteering:my_record")).content.decode()
