from decimal import Decimal
from typing import Any

from gongjian.kernel.tests.matrix import Case
from gongjian.ledger.catalogue import load_catalogue
from gongjian.ledger.tests.factories import make_evidence
from gongjian.work.projects import services
from gongjian.work.projects.models import ProjectFile
from gongjian.work.projects.tests.factories import Cast, make_milestone, make_project, make_task
from tests.permissions.world import OFFICE, STAFF

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


MATRIX = [
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
