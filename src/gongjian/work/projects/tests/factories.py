"""Small makers for the tests of projects. Call them inside an office's scope."""

from dataclasses import dataclass
from datetime import timedelta
from itertools import count
from typing import Any

from gongjian.kernel import clock
from gongjian.ledger.catalogue import load_catalogue
from gongjian.registry.models import Account, Office, Organization, Place, Role
from gongjian.registry.tests.factories import first_community, make_account, make_clerk, make_organization
from gongjian.work.projects import services
from gongjian.work.projects.kinds import Part
from gongjian.work.projects.models import Meeting, Milestone, Poll, Project, Task

_numbers = count(1)


@dataclass(frozen=True)
class Cast:
    """Everybody whom a project takes."""

    office: Office
    community: Place
    worker: Account
    organization: Organization
    liaison: Account
    clerk: Account


def make_cast(office: Office) -> Cast:
    load_catalogue()
    community, organization = first_community(office), make_organization(office)
    return Cast(
        office,
        community,
        make_account(office, Role.COMMUNITY_WORKER, community=community),
        organization,
        make_account(office, Role.UNIT_LIAISON, organization=organization),
        make_clerk(office),
    )


def make_project(cast: Cast, *, led: bool = True, **details: Any) -> Project:
    """From today for a year, led by the cast's organization."""
    facts = {
        "place": cast.community,
        "kind": "renovation",
        "title": f"家属院改造{next(_numbers)}",
        "begins_on": clock.today(),
        "ends_on": clock.today() + timedelta(days=365),
        **details,
    }
    project = services.open_project(cast.clerk, **facts)
    if led:
        services.add_participant(cast.clerk, project=project, organization=cast.organization, part=Part.LEAD)
    return project


def make_milestone(cast: Cast, project: Project, **details: Any) -> Milestone:
    facts = {"title": f"节点{next(_numbers)}", "due_on": clock.today() + timedelta(days=30), **details}
    return services.add_milestone(cast.worker, project=project, **facts)


def make_task(cast: Cast, project: Project | None = None, **details: Any) -> Task:
    """Given by the community's worker to the liaison, due in ten days."""
    facts = {
        "title": f"清理楼院杂物{next(_numbers)}",
        "responsible": cast.liaison,
        "organization": cast.organization,
        "due_on": clock.today() + timedelta(days=10),
        **details,
    }
    return services.give_task(cast.worker, project=project or make_project(cast), **facts)


def make_meeting(cast: Cast, project: Project | None = None, **details: Any) -> Meeting:
    """A progress meeting an hour ago, called by the community's worker, hosted by the cast's organization."""
    facts = {
        "kind": "progress",
        "title": f"施工安排{next(_numbers)}",
        "host": cast.organization,
        "venue": "社区活动室",
        "starts_at": clock.now() - timedelta(hours=1),
        "accounts": [cast.liaison],
        "organizations": [cast.organization],
        "names": ["5 楼东户"],
        **details,
    }
    return services.call_meeting(cast.worker, project=project or make_project(cast), **facts)


def make_held(cast: Cast, project: Project | None = None, **details: Any) -> Meeting:
    meeting = make_meeting(cast, project, **details)
    return services.hold_meeting(cast.worker, meeting=meeting, came=meeting.attendees.all(), minutes="说好先修水管。")


def make_poll(cast: Cast, project: Project | None = None, **details: Any) -> Poll:
    facts = {
        "question": f"要不要加装电梯？{next(_numbers)}",
        "options": ["同意", "不同意"],
        "closes_on": clock.today() + timedelta(days=7),
        **details,
    }
    return services.open_poll(cast.worker, project=project or make_project(cast), **facts)
