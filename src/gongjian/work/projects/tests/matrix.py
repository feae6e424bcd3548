from decimal import Decimal
from typing import Any

from gongjian.kernel.tests.matrix import Case
from gongjian.ledger.catalogue import load_catalogue
from gongjian.ledger.tests.factories import make_evidence
from gongjian.work.projects import services
from gongjian.work.projects.models import ProjectFile
from gongjian.work.projects.tests.factories import Cast, make_held, make_milestone, make_poll, make_project, make_task
from tests.permissions.world import EVERYBODY, OFFICE, STAFF

CLERK = {"office_clerk"}
OWN_WORKER, OWN_LIAISON = {"community_worker"}, {"unit_liaison"}
LIAISONS = OWN_LIAISON | {"other_unit_liaison"}
WORKERS = OWN_WORKER | {"other_community_worker"}
SEES = OFFICE | {"auditor"} | OWN_WORKER | OWN_LIAISON
KEEPS = CLERK | OWN_WORKER
RUNS = KEEPS | OWN_LIAISON


def _of(name: str) -> Any:
    return lambda world: {"pk": getattr(world, name).pk}


def _sheet(code: str) -> Any:
    return lambda world: {"code": f"projects.{code}"}


def _both(url_name: str, allowed: Any, **options: Any) -> list[Case]:
    return [Case(url_name, allowed=allowed, **options), Case(url_name, allowed=allowed, method="post", **options)]


READ, WRITE = "projects:read", "projects:write"


def _told_task(world: Any) -> dict[str, Any]:
    return {"title": "由机器派的任务", "responsible": world.accounts["unit_liaison"].username, "due_on": "2030-01-01"}


MATRIX = [
    Case("api:list_projects", allowed=STAFF, token=READ),
    Case("api:get_one_project", allowed=SEES, token=READ, kwargs=_of("project")),
    Case("api:list_tasks", allowed=STAFF, token=READ),
    Case("api:get_one_task", allowed=SEES, token=READ, kwargs=_of("task")),
    Case("api:give_task", method="post", allowed=RUNS, token=WRITE, kwargs=_of("project"), data=_told_task),
    Case("api:start_task", method="post", allowed=RUNS, token=WRITE, kwargs=_of("task")),
    Case(
        "api:finish_task",
        method="post",
        allowed=RUNS,
        token=WRITE,
        kwargs=_of("task"),
        data=lambda world: {"on": "2026-01-01", "result": "办完了"},
    ),
    Case("projects:list", allowed=STAFF),
    *_both("projects:new_programme", CLERK),
    *_both("projects:new_project", CLERK | WORKERS),
    Case("projects:project", allowed=SEES, kwargs=_of("project")),
    *_both("projects:change_project", KEEPS, kwargs=_of("project")),
    Case("projects:start_project", method="post", allowed=KEEPS, kwargs=_of("project")),
    *_both("projects:finish_project", KEEPS, kwargs=_of("project")),
    *_both("projects:stop_project", KEEPS, kwargs=_of("project")),
    *_both("projects:add_participant", KEEPS, kwargs=_of("project")),
    Case(
        "projects:remove_participant",
        method="post",
        allowed=KEEPS,
        kwargs=_of("project"),
        data=lambda world: {"one": world.participant.pk},
    ),
    *_both("projects:add_funding", KEEPS, kwargs=_of("project")),
    Case(
        "projects:remove_funding",
        method="post",
        allowed=KEEPS,
        kwargs=_of("project"),
        data=lambda world: {"one": world.funding.pk},
    ),
    *_both("projects:found_branch", KEEPS, kwargs=_of("project")),
    *_both("projects:add_milestone", RUNS, kwargs=_of("project")),
    *_both("projects:move_milestone", RUNS, kwargs=_of("milestone")),
    *_both("projects:reach_milestone", RUNS, kwargs=_of("milestone")),
    Case("projects:tasks", allowed=STAFF),
    *_both("projects:give_task", RUNS, kwargs=_of("project")),
    Case("projects:task", allowed=SEES, kwargs=_of("task")),
    Case("projects:start_task", method="post", allowed=RUNS, kwargs=_of("task")),
    *(
        case
        for name in ("change_task", "finish_task", "drop_task", "reopen_task")
        for case in _both(f"projects:{name}", RUNS, kwargs=_of("task"))
    ),
    Case("projects:meetings", allowed=STAFF),
    *_both("projects:call_meeting", RUNS, kwargs=_of("project")),
    Case("projects:meeting", allowed=SEES, kwargs=_of("meeting")),
    Case("projects:minutes_paper", allowed=SEES, kwargs=_of("meeting")),
    *(
        case
        for name in ("cancel_meeting", "hold_meeting", "write_minutes", "note_opinion", "resolve")
        for case in _both(f"projects:{name}", RUNS, kwargs=_of("meeting"))
    ),
    *_both("projects:turn_into_task", RUNS, kwargs=_of("resolution")),
    Case("projects:gantt", allowed=SEES, kwargs=_of("project")),
    Case("projects:diary", allowed=SEES, kwargs=_of("project")),
    *_both("projects:write_diary", RUNS, kwargs=_of("project")),
    *_both("projects:new_poll", RUNS, kwargs=_of("project")),
    Case("projects:poll", allowed=SEES, kwargs=_of("poll")),
    Case("projects:close_poll", method="post", allowed=RUNS, kwargs=_of("poll")),
    *_both("projects:answer", EVERYBODY, kwargs=lambda world: {"slug": world.poll.slug}),
    Case("projects:file", allowed=SEES, kwargs=_of("project_file")),
    *(
        Case("desk:sheet_upload", allowed=CLERK | WORKERS | LIAISONS, kwargs=_sheet("tasks"), label="tasks", method=method)
        for method in ("get", "post")
    ),
]


def build(world: Any) -> None:
    load_catalogue()
    accounts = world.accounts
    cast = Cast(
        world.office,
        world.community,
        accounts["community_worker"],
        world.organization,
        accounts["unit_liaison"],
        accounts["office_clerk"],
    )
    world.things["project"] = project = make_project(cast)
    world.things["participant"] = project.participants.get()
    world.things["funding"] = services.add_funding(cast.clerk, project=project, source="fiscal", amount=Decimal(500_000))
    world.things["milestone"] = make_milestone(cast, project)
    world.things["task"] = task = make_task(cast, project)
    evidence = make_evidence(world.office, public=False)
    world.things["project_file"] = ProjectFile.objects.create(project=project, task=task, evidence=evidence)
    world.things["meeting"] = meeting = make_held(cast, project)
    world.things["resolution"] = services.resolve(cast.worker, meeting=meeting, words="先修水管")
    world.things["poll"] = make_poll(cast, project)
