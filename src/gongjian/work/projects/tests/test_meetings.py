from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.urls import reverse
from docx import Document
from icalendar import Calendar

from gongjian.desk.selectors import things_to_do
from gongjian.kernel import clock
from gongjian.kernel.calendars.events import ical
from gongjian.kernel.errors import Conflict, Invalid, Missing, NotAllowed
from gongjian.kernel.notifications.models import Notice
from gongjian.ledger.models import Deed
from gongjian.registry.models import Role
from gongjian.registry.tests.factories import make_account, make_organization
from gongjian.work.projects import services
from gongjian.work.projects.models import Attendee, Meeting, Task
from gongjian.work.projects.selectors.meetings import get_meeting, meeting_events, meetings, project_calendar
from gongjian.work.projects.tests.factories import Cast, make_held, make_meeting, make_milestone, make_project, make_task

BACKEND = "gongjian.registry.signin.OfficeAuthenticationBackend"


class TestCall:
    def test_accounts_and_organizations_are_invited(self, cast: Cast) -> None:
        meeting = make_meeting(cast)
        told = Notice.objects.filter(kind="projects.meeting_called")
        assert {notice.account or notice.organization for notice in told} == {cast.liaison, cast.organization}
        assert [str(one) for one in meeting.attendees.all()] == [cast.liaison.name, cast.organization.name, "5 楼东户"]

    def test_the_same_one_is_not_called_twice(self, cast: Cast) -> None:
        project, at = make_project(cast), clock.now() + timedelta(days=1)
        make_meeting(cast, project, starts_at=at)
        with pytest.raises(Conflict, match="同样的会"):
            make_meeting(cast, project, starts_at=at)
        assert (Meeting.objects.count(), Attendee.objects.count()) == (1, 3)

    def test_those_who_were_asked_are_told_that_it_is_off(self, cast: Cast) -> None:
        meeting = services.cancel_meeting(cast.worker, meeting=make_meeting(cast), because="下雨")
        assert Notice.objects.filter(kind="projects.meeting_canceled").count() == 2
        with pytest.raises(Conflict):
            services.hold_meeting(cast.worker, meeting=meeting, came=meeting.attendees.all())
        assert not Deed.objects.exists()

    def test_nobody_cancels_one_of_others(self, cast: Cast) -> None:
        other = make_account(cast.office, Role.UNIT_LIAISON, organization=make_organization(cast.office))
        with pytest.raises(NotAllowed):
            services.cancel_meeting(other, meeting=make_meeting(cast), because="下雨")


class TestHold:
    @pytest.mark.parametrize(
        ("kind", "code", "told"),
        [
            ("progress", "meeting", "召开家属院改造推进会1场，商量先修水管"),
            ("consultation", "consultation", "召开家属院改造协商会1场，商量先修水管"),
            ("reception", "reception-day", "召开家属院改造接待日，商量先修水管"),
            ("assembly", "owners-assembly", "召开家属院改造业主大会1场，商量先修水管"),
        ],
    )
    def test_a_deed_for_the_host_by_its_kind_once(self, cast: Cast, kind: str, code: str, told: str) -> None:
        meeting = make_held(cast, make_project(cast, title="家属院改造"), kind=kind, title="先修水管")
        deed = Deed.objects.get()
        assert (deed.kind_id, deed.organization, deed.told) == (code, cast.organization, told)
        with pytest.raises(Conflict):
            services.hold_meeting(cast.worker, meeting=meeting, came=meeting.attendees.all())
        assert Deed.objects.count() == 1

    def test_who_came_and_who_did_not(self, cast: Cast) -> None:
        meeting = make_meeting(cast)
        one = meeting.attendees.get(name="5 楼东户")
        services.hold_meeting(cast.worker, meeting=meeting, came=[one], names=["6 楼西户", " ", "6 楼西户"])
        assert [str(who) for who in meeting.attendees.filter(came=True)] == ["5 楼东户", "6 楼西户"]

    def test_not_before_its_time_and_not_with_nobody(self, cast: Cast) -> None:
        ahead = make_meeting(cast, starts_at=clock.now() + timedelta(hours=1))
        with pytest.raises(Invalid, match="还没有开"):
            services.hold_meeting(cast.worker, meeting=ahead, came=ahead.attendees.all())
        with pytest.raises(Invalid, match="总得有人到会"):
            services.hold_meeting(cast.worker, meeting=make_meeting(cast))
        assert not Deed.objects.exists()
        assert set(Meeting.objects.values_list("state", flat=True)) == {"called"}

    def test_who_called_it_is_reminded_to_write_it_up(self, cast: Cast) -> None:
        meeting = make_meeting(cast)
        assert [todo.item.title for todo in things_to_do(cast.worker)] == [meeting.title]
        services.hold_meeting(cast.worker, meeting=meeting, came=meeting.attendees.all())
        assert not things_to_do(cast.worker)


class TestSaidAndResolved:
    def test_by_person_and_by_floor(self, cast: Cast) -> None:
        meeting = make_held(cast)
        services.note_opinion(cast.worker, meeting=meeting, floor=1, stance="against", words="挡光")
        one = meeting.attendees.get(name="5 楼东户")
        services.note_opinion(cast.worker, meeting=meeting, attendee=one, stance="for", words="盼了十年")
        assert [(str(o.attendee or o.floor), o.stance) for o in meeting.opinions.all()] == [
            ("1", "against"),
            ("5 楼东户", "for"),
        ]

    @pytest.mark.parametrize("facts", [{"words": "挡光"}, {"words": " ", "floor": 1}, {"words": "挡光", "floor": 999}])
    def test_nobodys_and_nothing(self, cast: Cast, facts: dict[str, Any]) -> None:
        with pytest.raises(Invalid):
            services.note_opinion(cast.worker, meeting=make_held(cast), **facts)

    def test_the_same_twice_is_once(self, cast: Cast) -> None:
        meeting = make_held(cast)
        services.resolve(cast.worker, meeting=meeting, words="先修水管")
        services.note_opinion(cast.worker, meeting=meeting, floor=1, words="挡光")
        with pytest.raises(Conflict):
            services.resolve(cast.worker, meeting=meeting, words="先修水管")
        with pytest.raises(Conflict):
            services.note_opinion(cast.worker, meeting=meeting, floor=1, words="挡光")

    def test_before_it_was_held_nothing_is_resolved(self, cast: Cast) -> None:
        with pytest.raises(Conflict, match="还没有开"):
            services.resolve(cast.worker, meeting=make_meeting(cast), words="先修水管")

    def test_a_resolution_becomes_a_task_once(self, cast: Cast) -> None:
        resolution = services.resolve(cast.worker, meeting=make_held(cast), words="先修水管")
        facts = {"title": "先修水管", "responsible": cast.liaison, "due_on": clock.today() + timedelta(days=7)}
        task = services.turn_into_task(cast.worker, resolution=resolution, **facts)
        assert task.resolution == resolution
        with pytest.raises(Conflict, match="已经变成任务"):
            services.turn_into_task(cast.worker, resolution=resolution, **{**facts, "title": "再修一遍"})
        assert Task.objects.count() == 1


class TestWhoSeesIt:
    def test_those_who_were_asked_though_the_project_is_not_theirs(self, cast: Cast) -> None:
        unit = make_organization(cast.office)
        guest = make_account(cast.office, Role.UNIT_LIAISON, organization=unit)
        stranger = make_account(cast.office, Role.UNIT_LIAISON, organization=make_organization(cast.office))
        meeting = make_meeting(cast, organizations=[unit])
        assert list(meetings(guest)) == [meeting]
        with pytest.raises(Missing):
            get_meeting(stranger, meeting.pk)


class TestCalendars:
    def test_meetings_stand_in_those_of_whoever_was_asked(self, cast: Cast) -> None:
        meeting = make_meeting(cast, starts_at=clock.now() + timedelta(days=1))
        assert [event.key for event in meeting_events(cast.liaison)] == [f"meeting-{meeting.pk}"]
        assert not list(meeting_events(cast.clerk))

    def test_a_project_has_one_of_its_own(self, cast: Cast) -> None:
        project = make_project(cast)
        make_meeting(cast, project), make_milestone(cast, project), make_task(cast, project)
        feed = project_calendar(cast.liaison, str(project.pk))
        assert len(Calendar.from_ical(ical(feed)).events) == 3
        stranger = make_account(cast.office, Role.UNIT_LIAISON, organization=make_organization(cast.office))
        with pytest.raises(Missing):
            project_calendar(stranger, str(project.pk))


class TestPages:
    def test_from_the_invitation_to_the_paper(self, cast: Cast, client: Any) -> None:
        project = make_project(cast)
        client.force_login(cast.worker, backend=BACKEND)
        typed = {"kind": "progress", "title": "施工安排", "host": cast.organization.pk, "venue": "活动室"}
        typed |= {"starts_at": "2026-03-02T09:00", "organizations": [cast.organization.pk], "names": "5 楼东户\n\n6 楼西户"}
        assert client.post(reverse("projects:call_meeting", args=[project.pk]), typed).status_code == 302
        meeting = Meeting.objects.get()
        hold = reverse("projects:hold_meeting", args=[meeting.pk])
        assert client.get(hold).status_code == 200
        held = {"came": [one.pk for one in meeting.attendees.all()], "minutes": "说好先修水管。"}
        assert client.post(hold, held).status_code == 302
        assert client.post(reverse("projects:resolve", args=[meeting.pk]), {"words": "先修水管"}).status_code == 302
        turn = reverse("projects:turn_into_task", args=[meeting.resolutions.get().pk])
        assert 'value="先修水管"' in client.get(turn).content.decode()
        typed = {"title": "先修水管", "responsible": cast.liaison.pk, "due_on": str(clock.today())}
        assert client.post(turn, typed).status_code == 302
        page = client.get(reverse("projects:meeting", args=[meeting.pk])).content.decode()
        assert all(words in page for words in ("6 楼西户", "说好先修水管", cast.liaison.name))
        paper = client.get(reverse("projects:minutes_paper", args=[meeting.pk]), {"word": ""}).content
        document = Document(BytesIO(paper))
        cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
        assert "先修水管" in cells
        assert any("6 楼西户" in paragraph.text for paragraph in document.paragraphs)
        assert client.get(reverse("projects:minutes_paper", args=[meeting.pk])).content.startswith(b"%PDF")
        assert client.get(reverse("projects:project", args=[project.pk])).status_code == 200
        assert "施工安排" in client.get(reverse("projects:meetings")).content.decode()
