"""Claim: the task ledger with 5,000 tasks answers 95 of 100 requests within 100 ms, its filters and last page included."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from benchmarks.harness import Measurement, step
from benchmarks.pages import Page, measure_page, plain_page, times
from benchmarks.people import clerk, leader, worker
from benchmarks.server import signed_in

NAME = "tasks"
COUNT = 5_000
PROJECTS = 10
NAMES = ("清理楼院杂物", "征求居民意见", "管线改造", "外墙粉刷", "门头整治", "水电协调", "安全巡查", "垃圾清运")


def measure(office: Any) -> list[Measurement]:
    """Call inside the office's scope."""
    ensure_tasks(office)
    reference = times(plain_page())
    return [measure_page(page, reference) for page in _pages(office)]


def ensure_tasks(office: Any) -> None:
    """Through the services, so that each has its history, its responsible person and its notice."""
    from gongjian.registry.selectors import communities
    from gongjian.work.projects.models import Task

    if Task.objects.count() >= COUNT:
        return
    actor, places = clerk(office), list(communities()[:PROJECTS])
    with step(f"giving {COUNT:,} tasks"):
        for number in range(PROJECTS):
            _project_with_tasks(actor, office, places[number % len(places)], number)


def _project_with_tasks(actor: Any, office: Any, place: Any, number: int) -> None:
    from gongjian.kernel import clock
    from gongjian.work.projects.services import Draft, give_tasks, open_project

    today = clock.today()
    days = {"begins_on": today - timedelta(days=200), "ends_on": today + timedelta(days=400)}
    project = open_project(actor, place=place, kind="renovation", title=f"性能测试改造 {number}", **days)
    people = [actor, leader(office), worker(office, place)]
    drafts = [
        Draft(
            title=f"{NAMES[at % len(NAMES)]} {number}-{at}",
            responsible=people[at % len(people)],
            due_on=today + timedelta(days=at % 400 - 100),
        )
        for at in range(COUNT // PROJECTS)
    ]
    give_tasks(actor, project=project, drafts=drafts)


def _pages(office: Any) -> Iterator[Page]:
    from django.urls import reverse

    from gongjian.work.projects.models import Project, Task

    staff, url = signed_in(clerk(office)), reverse("projects:tasks")
    projects = list(Project.objects.values_list("pk", flat=True)[:PROJECTS])
    views: dict[str, list[dict[str, Any]]] = {
        "open": [{}],
        "late, soon": [{"state": "late"}, {"state": "soon"}],
        "of a project": [{"project": pk} for pk in projects],
        "of a person": [{"responsible": clerk(office).pk}, {"responsible": leader(office).pk}],
        "words": [{"words": name} for name in NAMES],
        "later pages": [{"state": "all", "page": page} for page in (2, 50, 100)],
    }
    for name, queries in views.items():
        yield Page(f"task ledger, {name}", staff, [f"{url}?{urlencode(query)}" for query in queries])
    newest = Task.objects.order_by("-pk").values_list("pk", flat=True)[:40]
    yield Page("one task", staff, [reverse("projects:task", args=[pk]) for pk in newest])
    yield Page("one project", staff, [reverse("projects:project", args=[pk]) for pk in projects])
