from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse

from gongjian.desk.calendars.deadlines import deadlines
from gongjian.desk.selectors import things_to_do
from gongjian.kernel import clock
from gongjian.kernel.errors import Conflict, Invalid, NotAllowed
from gongjian.kernel.notifications.models import Notice
from gongjian.ledger.models import Deed, DeedKind
from gongjian.ledger.tests.factories import image_file
from gongjian.registry.models import Role
from gongjian.registry.selectors import changes_of
from gongjian.registry.tests.factories import make_account, make_clerk, make_organization
from gongjian.work.projects import services
from gongjian.work.projects.deeds import Told
from gongjian.work.projects.models import Task
from gongjian.work.projects.selectors.tasks import progress, tasks
from gongjian.work.projects.tests.factories import Cast, make_milestone, make_project, make_task

BACKEND = "gongjian.registry.signin.OfficeAuthenticationBackend"


def told(kind: str = "renovation-support", **facts: Any) -> Told:
    return Told(DeedKind.objects.get(code=kind), **{"statement": "清理楼院杂物", **facts})


class TestGive:
    def test_whoever_is_responsible_is_told(self, cast: Cast) -> None:
        task = make_task(cast)
        assert Notice.objects.get(kind="projects.task_given").account == cast.liaison
        assert (task.state, task.given_by) == ("todo", cast.worker)

    @pytest.mark.parametrize(
        ("field", "facts"),
        [
            ("responsible", {"responsible": None}),
            ("due_on", {"begins_on": clock.today() + timedelta(days=11)}),
            ("title", {"title": " "}),
        ],
    )
    def test_what_cannot_be(self, cast: Cast, field: str, facts: dict[str, Any]) -> None:
        with pytest.raises(Invalid) as refused:
            make_task(cast, **facts)
        assert refused.value.field == field
        assert not Task.objects.exists()

    def test_not_to_somebody_outside_the_project(self, cast: Cast) -> None:
        other = make_account(cast.office, Role.UNIT_LIAISON, organization=make_organization(cast.office))
        with pytest.raises(Invalid, match="不在这个项目里"):
            make_task(cast, responsible=other)

    def test_an_open_one_has_its_name_once(self, cast: Cast) -> None:
        project = make_project(cast)
        task = make_task(cast, project, title="清理杂物")
        with pytest.raises(Conflict, match="同名的任务"):
            make_task(cast, project, title="清理杂物")
        services.finish_task(cast.liaison, task=task, on=clock.today(), result="清完了")
        assert make_task(cast, project, title="清理杂物").pk != task.pk

    def test_no_milestone_of_another_project(self, cast: Cast) -> None:
        with pytest.raises(Invalid, match="别的项目"):
            make_task(cast, milestone=make_milestone(cast, make_project(cast)))

    def test_of_a_closed_project_nobody_gives(self, cast: Cast) -> None:
        project = make_project(cast)
        services.stop_project(cast.clerk, project=project, because="居民不同意")
        with pytest.raises(Conflict):
            make_task(cast, project)


class TestHistory:
    def test_every_change_is_kept_with_who_made_it(self, cast: Cast) -> None:
        task = make_task(cast)
        facts = {"title": task.title, "due_on": task.due_on + timedelta(days=5), "organization": cast.organization}
        task = services.change_task(cast.clerk, task=task, responsible=cast.worker, **facts)
        services.start_task(cast.worker, task=task)
        started, changed = changes_of(task)
        assert {step.label for step in changed.steps} == {"责任人", "完成时限"}
        assert changed.who == cast.clerk.name
        assert [(step.before, step.after) for step in started.steps] == [("待办", "在办")]


class TestFinish:
    def test_its_deed_follows_once(self, cast: Cast) -> None:
        task = make_task(cast, begins_on=clock.today() - timedelta(days=3))
        photo = image_file(color="green")
        services.finish_task(cast.liaison, task=task, on=clock.today(), result="三车运走", told=told(), photos=[photo])
        deed = Deed.objects.get()
        assert (deed.organization, deed.told, deed.evidence_digests) == (
            cast.organization,
            "清理楼院杂物",
            [task.files.get().evidence.sha256],
        )
        assert (deed.occurred_from, deed.source_room) == (task.begins_on, "projects")
        with pytest.raises(Conflict, match="另一步"):
            services.finish_task(cast.liaison, task=task, on=clock.today(), result="再来一次", told=told())
        assert Deed.objects.count() == 1

    def test_without_a_kind_no_deed(self, cast: Cast) -> None:
        services.finish_task(cast.liaison, task=make_task(cast), on=clock.today(), result="清完了")
        assert not Deed.objects.exists()

    def test_a_deed_of_nobody_is_refused_and_the_task_stays_open(self, cast: Cast) -> None:
        task = make_task(cast, organization=None)
        with pytest.raises(Invalid, match="哪个单位做的"):
            services.finish_task(cast.worker, task=task, on=clock.today(), result="清完了", told=told())
        task.refresh_from_db()
        assert task.state == "todo"

    def test_a_quantity_that_the_kind_does_not_count(self, cast: Cast) -> None:
        wrong = told(quantity=Decimal(3))
        with pytest.raises(Invalid):
            services.finish_task(cast.liaison, task=make_task(cast), on=clock.today(), result="清完了", told=wrong)
        assert Task.objects.get().state == "todo"

    def test_not_tomorrow(self, cast: Cast) -> None:
        with pytest.raises(Invalid, match="今天之后"):
            services.finish_task(cast.liaison, task=make_task(cast), on=clock.today() + timedelta(days=1), result="清完了")

    def test_by_whoever_is_responsible_or_runs_it(self, cast: Cast) -> None:
        other = make_organization(cast.office)
        bystander = make_account(cast.office, Role.UNIT_LIAISON, organization=other)
        project = make_project(cast)
        services.add_participant(cast.clerk, project=project, organization=other, part="support")
        with pytest.raises(NotAllowed):
            services.start_task(bystander, task=make_task(cast, project))
        services.start_task(bystander, task=make_task(cast, project, responsible=bystander))

    def test_reopened_only_without_a_deed(self, cast: Cast) -> None:
        task = services.finish_task(cast.liaison, task=make_task(cast), on=clock.today(), result="清完了")
        task = services.reopen_task(cast.worker, task=task, because="又堆上了")
        assert (task.state, task.done_on) == ("doing", None)
        task = services.finish_task(cast.liaison, task=task, on=clock.today(), result="清完了", told=told())
        with pytest.raises(Conflict, match="记了事迹"):
            services.reopen_task(cast.worker, task=task, because="又堆上了")


class TestMyDesk:
    def test_own_open_tasks_with_their_dates_and_in_the_calendar(self, cast: Cast) -> None:
        late = make_task(cast, due_on=clock.today() - timedelta(days=2))
        make_task(cast, due_on=clock.today())
        make_task(cast, responsible=cast.worker)
        assert [todo.due.kind for todo in things_to_do(cast.liaison)] == ["late", "today"]
        assert any(event.title == late.title for event in deadlines(cast.liaison))
        services.finish_task(cast.liaison, task=late, on=clock.today(), result="办完")
        assert len(things_to_do(cast.liaison)) == 1

    def test_late_is_said_once_for_each_date(self, cast: Cast) -> None:
        task = make_task(cast, due_on=clock.today() - timedelta(days=1))
        services.watch_over_tasks()
        services.watch_over_tasks()
        assert Notice.objects.filter(kind="projects.task_late").count() == 1
        facts = {"title": task.title, "responsible": cast.liaison, "due_on": clock.today()}
        services.change_task(cast.worker, task=task, **facts)
        with clock.set_to(clock.now() + timedelta(days=2)):
            services.watch_over_tasks()
        assert Notice.objects.filter(kind="projects.task_late").count() == 2


class TestLedger:
    def test_late_and_soon_late(self, cast: Cast) -> None:
        project = make_project(cast)
        late = make_task(cast, project, due_on=clock.today() - timedelta(days=1))
        soon = make_task(cast, project, due_on=clock.today() + timedelta(days=3))
        later = make_task(cast, project, due_on=clock.today() + timedelta(days=4))
        assert list(tasks(cast.clerk, state="late")) == [late]
        assert list(tasks(cast.clerk, state="soon")) == [soon]
        assert list(tasks(cast.clerk, state="open")) == [late, soon, later]
        assert progress(project) == {"count": 3, "done": 0, "late": 1, "percent": 0}

    def test_others_tasks_are_not_there(self, cast: Cast) -> None:
        make_task(cast)
        other = make_account(cast.office, Role.UNIT_LIAISON, organization=make_organization(cast.office))
        assert not tasks(other).exists()

    def test_it_asks_as_often_for_fifty_as_for_one(self, cast: Cast, client: Any, django_assert_max_num_queries: Any) -> None:
        project = make_project(cast)
        draft = {"responsible": cast.liaison, "due_on": clock.today(), "organization": cast.organization}
        drafts = [services.Draft(title=f"任务 {number}", **draft) for number in range(60)]
        services.give_tasks(cast.worker, project=project, drafts=drafts)
        assert Notice.objects.filter(account=cast.liaison).count() == 1
        client.force_login(cast.worker, backend=BACKEND)
        url = reverse("projects:tasks")
        client.get(url)
        with django_assert_max_num_queries(15):
            said = client.get(url, {"state": "soon", "project": project.pk}).content.decode()
        assert said.count("今天") + said.count("24:00") >= 50
        assert client.get(url, {"print": "1"}).content.decode().count("<td>任务 ") == 60

    def test_made_up_filters_filter_nothing(self, cast: Cast, client: Any) -> None:
        make_task(cast)
        client.force_login(cast.clerk, backend=BACKEND)
        said = client.get(reverse("projects:tasks"), {"project": "x", "responsible": "9" * 30, "until": "never", "page": "-1"})
        assert "清理楼院杂物" in said.content.decode()


class TestMilestones:
    def test_reached_once_with_its_deed(self, cast: Cast) -> None:
        milestone = make_milestone(cast, make_project(cast))
        said = told("renovation-support", organization=cast.organization, statement="主体完工")
        services.reach_milestone(cast.worker, milestone=milestone, on=clock.today(), told=said)
        with pytest.raises(Conflict, match="已经到了"):
            services.reach_milestone(cast.worker, milestone=milestone, on=clock.today(), told=said)
        assert Deed.objects.get().told == "主体完工"

    def test_a_name_once_in_a_project(self, cast: Cast) -> None:
        project = make_project(cast)
        make_milestone(cast, project, title="开工")
        with pytest.raises(Conflict, match="已经有了"):
            make_milestone(cast, project, title="开工")


class TestPages:
    def test_from_the_form_to_the_deed(self, cast: Cast, client: Any) -> None:
        project = make_project(cast)
        client.force_login(cast.liaison, backend=BACKEND)
        typed = {"title": "清理杂物", "responsible": cast.liaison.pk, "due_on": str(clock.today())}
        assert client.post(reverse("projects:give_task", args=[project.pk]), typed).status_code == 302
        task = Task.objects.get()
        finish = reverse("projects:finish_task", args=[task.pk])
        assert client.get(finish).status_code == 200
        typed = {"on": str(clock.today()), "result": "三车运走", "kind": "renovation-support"}
        refused = client.post(finish, typed)
        assert (refused.status_code, "哪个单位做的" in refused.content.decode()) == (422, True)
        typed["organization"] = cast.organization.pk
        assert client.post(finish, typed).status_code == 302
        said = client.get(reverse("projects:task", args=[task.pk])).content.decode()
        assert reverse("ledger:deed", args=[Deed.objects.get().pk]) in said
        assert "改动记录" in said

    def test_without_a_person_it_says_so_and_keeps_the_rest(self, cast: Cast, client: Any) -> None:
        client.force_login(make_clerk(cast.office), backend=BACKEND)
        url = reverse("projects:give_task", args=[make_project(cast).pk])
        refused = client.post(url, {"title": "清理杂物", "due_on": "2026-03-01"})
        assert refused.status_code == 422
        assert 'value="清理杂物"' in refused.content.decode()
        assert not Task.objects.exists()
