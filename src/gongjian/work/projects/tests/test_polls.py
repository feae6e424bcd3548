"""Polls, the site diary and the Gantt page."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError
from django.urls import reverse

from gongjian.kernel import clock
from gongjian.kernel.errors import Conflict, DomainError, Invalid
from gongjian.ledger.tests.factories import image_file
from gongjian.work.projects import services
from gongjian.work.projects.models import Answer, DiaryEntry, Poll
from gongjian.work.projects.selectors.gantt import gantt
from gongjian.work.projects.selectors.polls import counted
from gongjian.work.projects.tests.factories import Cast, make_milestone, make_poll, make_project, make_task

BACKEND = "gongjian.registry.signin.OfficeAuthenticationBackend"


class TestAnswer:
    def test_one_for_each_household_however_it_is_written(self, cast: Cast) -> None:
        poll = make_poll(cast)
        services.answer_poll(poll=poll, household="3-2-501", choice=0, reason="盼了十年")
        with pytest.raises(Conflict, match="一户一份"):
            services.answer_poll(poll=poll, household=" ３-２-５０１", choice=1)
        assert [row.count for row in counted(poll, reasons=True)] == [1, 0]

    def test_an_anonymous_one_keeps_no_household(self, cast: Cast) -> None:
        services.answer_poll(poll=make_poll(cast), household="3-2-501", choice=0)
        with connection.cursor() as cursor:
            cursor.execute("SELECT to_jsonb(answer)::text FROM projects_answer AS answer")
            assert "501" not in cursor.fetchone()[0].replace(Answer.objects.get().household_mark, "")

    def test_a_named_one_says_whose_reason_it_is(self, cast: Cast) -> None:
        poll = make_poll(cast, anonymous=False)
        services.answer_poll(poll=poll, household="3-2-501", choice=1, reason="挡光")
        ((reason,),) = [row.reasons for row in counted(poll, reasons=True) if row.reasons]
        assert (reason.household, reason.reason) == ("3-2-501", "挡光")

    @pytest.mark.parametrize(
        ("facts", "sentence"),
        [
            ({"household": "9-9-999"}, "名单里没有"),
            ({"household": " "}, "哪一户"),
            ({"choice": 7}, "请选一项"),
        ],
    )
    def test_what_cannot_be(self, cast: Cast, facts: dict[str, Any], sentence: str) -> None:
        poll = make_poll(cast, households=["3-2-501", "3-2-502"])
        with pytest.raises(Invalid, match=sentence):
            services.answer_poll(poll=poll, **{"household": "3-2-501", "choice": 0, **facts})
        assert not Answer.objects.exists()

    def test_not_after_the_last_day_and_not_once_closed(self, cast: Cast) -> None:
        poll = make_poll(cast)
        with clock.set_to(clock.now() + timedelta(days=8)), pytest.raises(Conflict, match="结束了"):
            services.answer_poll(poll=poll, household="3-2-501", choice=0)
        services.close_poll(cast.worker, poll=poll)
        with pytest.raises(Conflict, match="结束了"):
            services.answer_poll(poll=poll, household="3-2-501", choice=0)

    def test_an_answer_stays_as_it_was_given(self, cast: Cast) -> None:
        services.answer_poll(poll=make_poll(cast), household="3-2-501", choice=0)
        with pytest.raises(ProgrammingError), transaction.atomic():
            Answer.objects.update(choice=1)


@pytest.mark.parametrize(
    "wrong", [{"options": ["同意", "同意"]}, {"closes_on": clock.today() - timedelta(days=1)}, {"question": ""}]
)
def test_no_poll_without_a_choice_a_day_and_a_question(cast: Cast, wrong: dict[str, Any]) -> None:
    with pytest.raises(DomainError):
        make_poll(cast, **wrong)
    assert not Poll.objects.exists()


def test_a_resident_answers_by_the_address_and_sees_the_result_later(cast: Cast, client: Any) -> None:
    poll = make_poll(cast)
    url = reverse("projects:answer", args=[poll.slug])
    typed = {"household": "3-2-501", "choice": "0", "reason": "盼了十年"}
    assert client.post(url, {**typed, "choice": ""}).status_code == 422
    assert client.post(url, typed).status_code == 302
    assert client.post(url, typed).status_code == 422
    services.close_poll(cast.worker, poll=poll)
    said = client.get(url).content.decode()
    assert "结果" in said
    assert "盼了十年" not in said
    client.force_login(cast.worker, backend=BACKEND)
    assert "盼了十年" in client.get(reverse("projects:poll", args=[poll.pk])).content.decode()


class TestDiary:
    def test_written_with_a_photo_and_never_changed(self, cast: Cast, client: Any) -> None:
        project = make_project(cast)
        facts = {"on": clock.today(), "words": "挖开三号楼前的水管。"}
        services.write_diary(cast.liaison, project=project, photos=[image_file(color="red")], **facts)
        with pytest.raises(Conflict, match="同样的一条"):
            services.write_diary(cast.liaison, project=project, **facts)
        with pytest.raises(ProgrammingError), transaction.atomic():
            DiaryEntry.objects.update(words="什么也没做")
        client.force_login(cast.worker, backend=BACKEND)
        said = client.get(reverse("projects:diary", args=[project.pk])).content.decode()
        assert reverse("projects:file", args=[project.files.get().pk]) in said

    def test_not_of_tomorrow(self, cast: Cast) -> None:
        with pytest.raises(Invalid, match="今天之后"):
            services.write_diary(cast.worker, project=make_project(cast), on=clock.today() + timedelta(days=1), words="挖开了")


class TestGantt:
    def test_bars_lie_where_their_days_are(self, cast: Cast, client: Any) -> None:
        today = clock.today()
        project = make_project(cast, begins_on=today, ends_on=today + timedelta(days=99))
        make_milestone(cast, project, title="开工", due_on=today + timedelta(days=50))
        make_task(cast, project, begins_on=today, due_on=today + timedelta(days=9))
        milestone, task = sorted(gantt(project).bars, key=lambda bar: bar.width)
        assert (milestone.x, milestone.width, milestone.kind) == (50, 0, "milestone")
        assert (task.x, task.width, task.kind) == (0, 10, "open")
        assert gantt(project).today == 0
        client.force_login(cast.worker, backend=BACKEND)
        assert "开工" in client.get(reverse("projects:gantt", args=[project.pk])).content.decode()

    def test_what_lies_outside_the_plan_is_still_shown(self, cast: Cast) -> None:
        today = clock.today()
        project = make_project(cast, begins_on=today, ends_on=today)
        make_task(cast, project, begins_on=today - timedelta(days=400), due_on=today + timedelta(days=400))
        drawn = gantt(project)
        assert (drawn.first, drawn.last) == (today - timedelta(days=400), today + timedelta(days=400))
        assert all(bar.x >= 0 and bar.x + bar.width <= 100.01 for bar in drawn.bars)
