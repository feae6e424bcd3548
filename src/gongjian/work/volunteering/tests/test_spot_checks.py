"""Spot checks of hours."""

from datetime import date, timedelta
from hashlib import sha256

import pytest
from django.db import transaction
from django.db.utils import ProgrammingError
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from gongjian.kernel.errors import Conflict, Invalid, NotAllowed
from gongjian.registry.models import Role
from gongjian.registry.tests.factories import make_account, make_clerk, make_organization
from gongjian.work.volunteering import sampling, services
from gongjian.work.volunteering.models import Attendance, Correction, SpotCheck
from gongjian.work.volunteering.selectors.spot_checks import draw_again
from gongjian.work.volunteering.services.corrections import grant_correction
from gongjian.work.volunteering.services.spot_checks import draw_spot_check, record_finding
from gongjian.work.volunteering.tests.factories import at, make_activity, make_volunteer
from gongjian.work.volunteering.tests.record_factories import credit, serve

FIRST, LAST = date(2020, 2, 1), date(2020, 2, 28)
sizes = st.dictionaries(st.sampled_from("abcde"), st.integers(1, 40))


class TestSampling:
    @given(sizes, st.integers(1, 60), st.integers(0, 99))
    def test_the_sample_has_the_size_that_was_asked_and_every_group_while_there_is_room(self, sizes, size, seed):
        frame = {name: list(range(100 * number, 100 * number + many)) for number, (name, many) in enumerate(sizes.items())}
        drawn = sampling.draw(frame, size, str(seed))
        of_all = sum(map(len, frame.values()))
        assert len(drawn) == min(size, of_all)
        assert all(key in frame[name] for name, key in drawn)
        assert len(set(drawn)) == len(drawn)
        if size >= len(frame):
            assert {name for name, _key in drawn} == set(frame)
        assert drawn == sampling.draw({name: keys[::-1] for name, keys in frame.items()}, size, str(seed))

    def test_it_is_the_lowest_hashes_as_anybody_can_compute(self):
        keys = list(range(100))
        by_hand = sorted(keys, key=lambda key: sha256(f"20200301:{key}".encode()).hexdigest())[:5]
        assert [key for _stratum, key in sampling.draw({"": keys}, 5, "20200301")] == by_hand

    def test_groups_share_by_size(self):
        assert sampling.shared_out({"a": 70, "b": 28, "c": 2}, 10) == {"a": 7, "b": 2, "c": 1}


@pytest.fixture
def clerk(office):
    return make_clerk(office)


@pytest.fixture
def served(db, office, clerk):
    """Three times of three people, two of a unit, confirmed and in the ledger."""
    activity, unit = make_activity(office, clerk=clerk), make_organization(office, name="样例局")
    rows = [serve(clerk, make_volunteer(office), activity, f"2020-02-0{day} 08:00") for day in (3, 4, 5)]
    for row in rows[:2]:
        row.organization = unit
        row.save()
    credit(clerk, activity)
    return [Attendance.objects.get(pk=row.pk) for row in rows]


@pytest.fixture
def checker(office):
    return make_clerk(office)


def drawn(checker, size=3, **details):
    return draw_spot_check(checker, first=FIRST, last=LAST, by=details.pop("by", "random"), size=size, **details)


class TestDrawing:
    def test_drawn_again_it_is_the_same_and_nobody_changes_it(self, served, checker):
        check = drawn(checker, size=2, seed="20200301")
        assert draw_again(check).same
        other = drawn(checker, size=2, seed="20200301")
        assert list(other.lines.values_list("attendance")) == list(check.lines.values_list("attendance"))
        with pytest.raises(ProgrammingError, match="Cannot update"), transaction.atomic():
            SpotCheck.objects.filter(pk=check.pk).update(seed="1")

    def test_by_unit_every_unit_has_one(self, served, checker):
        assert set(drawn(checker, size=2, by="organization").lines.values_list("stratum", flat=True)) == {"样例局", "没有单位"}

    @pytest.mark.parametrize("by", ["team", "means", "flags"])
    def test_other_groups(self, served, checker, by):
        assert drawn(checker, by=by).lines.count() == 3

    def test_of_days_without_hours_nothing_is_drawn(self, served, checker):
        with pytest.raises(Conflict, match="没有已确认"):
            draw_spot_check(checker, first=date(2020, 3, 1), last=LAST + timedelta(days=9), by="random", size=1)
        with pytest.raises(Invalid):
            drawn(checker, size=301)
        assert not SpotCheck.objects.exists()

    def test_the_office_alone_draws(self, served, office):
        with pytest.raises(NotAllowed):
            drawn(make_account(office, Role.OFFICE_LEADER))


class TestFindings:
    def line(self, checker, row):
        return drawn(checker).lines.get(attendance=row)

    def test_what_held_is_noted_once(self, served, checker):
        line = self.line(checker, served[0])
        record_finding(checker, line=line, result="held", words="问了带班的，在岗")
        with pytest.raises(Conflict):
            record_finding(checker, line=line, result="struck", words="问了带班的，没来")
        assert (checker.pk, Correction.objects.count()) == (line.check_of.drawn_by_id, 0)

    def test_who_confirmed_the_hours_does_not_check_them(self, served, clerk, checker):
        with pytest.raises(NotAllowed, match="确认"):
            record_finding(clerk, line=self.line(checker, served[0]), result="held", words="问了带班的")

    def test_wrong_times_are_corrected_by_request(self, served, clerk, checker):
        line = self.line(checker, served[0])
        with pytest.raises(Invalid, match="几点"):
            record_finding(checker, line=line, result="corrected", words="早走了一小时")
        times = {"began": at("2020-02-03 08:00"), "ended": at("2020-02-03 11:00")}
        line = record_finding(checker, line=line, result="corrected", words="早走了一小时", **times)
        grant_correction(clerk, correction=line.correction, answer="核过，早走")
        served[0].refresh_from_db()
        assert (served[0].hours, served[0].deed) == (3, None)

    def test_struck_hours_count_no_more_and_their_deed_is_reversed(self, served, clerk, checker):
        line = record_finding(checker, line=self.line(checker, served[0]), result="struck", words="那天没有来")
        with pytest.raises(NotAllowed):
            grant_correction(checker, correction=line.correction, answer="核过，没来")
        deed = served[0].deed
        granted = grant_correction(clerk, correction=line.correction, answer="核过，没来")
        served[0].refresh_from_db()
        assert (served[0].state, served[0].deed, granted.reversal.reverses) == ("refused", None, deed)
        with pytest.raises(Conflict):
            services.credit_hours(clerk, activity=served[0].shift.activity)


def test_from_drawing_to_the_printed_list(client, served, checker):
    client.force_login(checker, backend="gongjian.registry.signin.OfficeAuthenticationBackend")
    form = {"first": "2020-02-01", "last": "2020-02-28", "by": "organization", "size": "2", "seed": "07"}
    to = client.post(reverse("volunteering:draw_spot_check"), form)["Location"]
    assert "一模一样" in client.get(to + "?again=1").content.decode()
    line = SpotCheck.objects.get().lines.first()
    wrong = client.post(f"{to}lines/{line.pk}/", {"result": "held", "words": ""})
    assert wrong.status_code == 422
    client.post(f"{to}lines/{line.pk}/", {"result": "held", "words": "打电话问了本人"})
    assert "打电话问了本人" in client.get(to).content.decode()
    assert "20" in client.get(reverse("volunteering:spot_checks")).content.decode()
