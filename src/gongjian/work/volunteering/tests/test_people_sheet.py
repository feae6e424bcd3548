"""A unit's people in an Excel file."""

from datetime import timedelta

import pytest
from django.urls import reverse

from gongjian.kernel import clock
from gongjian.kernel.errors import Conflict, DomainError, Invalid, NotAllowed
from gongjian.kernel.sheets.kinds import Row
from gongjian.kernel.tests.sheets import make_sheet
from gongjian.registry.models import Role
from gongjian.registry.tests.factories import make_account, make_organization
from gongjian.work.volunteering import services
from gongjian.work.volunteering.models import Assignment, Enrollment, Volunteer
from gongjian.work.volunteering.sheets import people as at
from gongjian.work.volunteering.sheets.people import PeopleSheet
from gongjian.work.volunteering.tests.factories import at as moment
from gongjian.work.volunteering.tests.factories import make_activity, make_shift, make_volunteer

pytestmark = pytest.mark.django_db
NOW = moment("2020-02-01 09:00")
MINOR = {at.BORN: "2006-05-01"}
GUARDED = {**MINOR, at.GUARDIAN: "王示例", at.GUARDIAN_PHONE: "13800000002", at.CONSENT: "是"}


@pytest.fixture(autouse=True)
def february():
    with clock.set_to(NOW):
        yield


@pytest.fixture
def unit(office):
    return make_organization(office, name="样例局")


@pytest.fixture
def liaison(office, unit):
    return make_account(office, Role.UNIT_LIAISON, organization=unit)


def make_call(activity, **details):
    plain = {"title": "样例招募令", "text": "样例", "closes_at": NOW + timedelta(days=1), "mode": "choose"}
    clerk = activity.created_by
    return services.open_call(clerk, call=services.draft_call(clerk, activity=activity, **(plain | details)))


@pytest.fixture
def call(office):
    return make_call(make_activity(office))


def row(number=2, **cells):
    plain = {at.NAME: "王样例", at.PHONE: "13800000001", at.WILLING: "是"}
    return Row(number, {column.title: "" for column in PeopleSheet.columns} | plain | cells)


def opened(liaison, call):
    sheet = PeopleSheet(liaison, call.token)
    sheet.check()
    sheet.prepare()
    return sheet


def test_a_row_becomes_an_answer_for_the_unit(liaison, unit, call):
    shift = make_shift(call.activity, post="东门")
    line = row(**{at.BEGINS: "2020-02-03 08:00"})
    sheet = opened(liaison, call)
    sheet.read(line)
    assert not Enrollment.objects.exists()
    assert sheet.write([line]) == 1
    answer, place = Enrollment.objects.get(), Assignment.objects.get()
    assert (answer.organization, answer.by, answer.state) == (unit, liaison, "accepted")
    assert (place.shift, place.organization, place.origin) == (shift, unit, "liaison")


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        ({at.NUMBER: "V209900001"}, "没有编号 V209900001 的志愿者（王样例）"),
        (MINOR, "监护人的姓名和电话"),
        ({**GUARDED, at.CONSENT: "否"}, "监护人同意"),
        ({at.WILLING: ""}, "报名自愿"),
        ({at.PHONE: ""}, "手机号"),
        ({at.PHONE: "12"}, "电话号码"),
        ({at.UNIT: "别人的局"}, "单位"),
        ({at.BEGINS: "2020-02-03 09:00"}, "没有“2020-02-03 09:00"),
    ],
)
def test_what_cannot_be_says_why_and_registers_nobody(liaison, call, cells, words):
    make_shift(call.activity)
    with pytest.raises(DomainError, match=words):
        opened(liaison, call).read(row(**cells))
    assert not Volunteer.objects.exists()


def test_a_minor_with_guardian_comes_but_not_where_it_is_dangerous(office, liaison, call):
    opened(liaison, call).read(row(**GUARDED))
    dangerous = make_call(make_activity(office, dangerous=True, risks="路口车多", insurance="样例意外险"))
    with pytest.raises(Invalid, match="18"):
        opened(liaison, dangerous).read(row(**GUARDED))


def test_a_number_goes_with_its_name(office, liaison, call):
    known = make_volunteer(office, "李样例")
    with pytest.raises(Conflict, match="不是王样例的"):
        opened(liaison, call).read(row(**{at.NUMBER: known.number}))
    opened(liaison, call).write([row(**{at.NAME: "李样例", at.NUMBER: known.number, at.PHONE: ""})])
    assert Enrollment.objects.get().volunteer == known


def test_who_answered_before_or_stands_there_twice_is_taken_once(liaison, call):
    opened(liaison, call).write([row()])
    rows = [row(2), row(3, **{at.NAME: "李样例"}), row(4, **{at.NAME: "李样例", at.PHONE: "138 0000 0001"})]
    opened(liaison, call).mark_repeated(rows)
    assert [one.repeated for one in rows] == [True, False, True]


def test_after_the_deadline_no_row_is_taken(liaison, call):
    with clock.set_to(NOW + timedelta(days=2)), pytest.raises(Conflict, match="截止"):
        opened(liaison, call).read(row())


def test_nobody_sends_another_units_people(office, liaison, call):
    other = make_organization(office)
    with pytest.raises(NotAllowed):
        services.send_person(liaison, call=call, unit=other, who=make_volunteer(office))
    own = make_call(make_activity(office), audience="organization", organization=other)
    with pytest.raises(NotAllowed):
        opened(liaison, own).read(row())


def test_from_the_file_to_the_list_on_the_page(client, liaison, call):
    client.force_login(liaison, backend="gongjian.registry.signin.OfficeAuthenticationBackend")
    lines = [[cells.get(column.title, "") for column in PeopleSheet.columns] for cells in (row().cells, row(**MINOR).cells)]
    upload = f"{reverse('desk:sheet_upload', args=['volunteering.people'])}?about={call.token}"
    seen = client.post(upload, {"file": make_sheet(PeopleSheet.columns, lines)}, follow=True)
    assert "监护人的姓名和电话" in seen.content.decode()
    client.post(seen.request["PATH_INFO"])
    assert "王样例" not in client.get(reverse("volunteering:call", args=[call.token])).content.decode()
    assert Volunteer.objects.get().number in client.get(reverse("volunteering:sent", args=[call.token])).content.decode()
