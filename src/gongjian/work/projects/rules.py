"""Who may do what with projects and everything that belongs to one."""

from typing import Any

from gongjian.kernel.permissions import may
from gongjian.registry.models import Account
from gongjian.registry.roles import (
    anyone,
    grant,
    in_own_community,
    is_auditor,
    is_clerk,
    is_community_worker,
    is_liaison,
    is_office,
    is_staff,
    predicate,
)
from gongjian.work.projects.kinds import Part


@predicate
def takes_part(account: Account, project: Any) -> bool:
    """An organization that the account speaks for stands in the project."""
    return project is None or bool(account.organization_ids() & {one.organization_id for one in project.participants.all()})


@predicate
def leads(account: Account, project: Any) -> bool:
    if project is None:
        return True
    leading = {one.organization_id for one in project.participants.all() if one.part == Part.LEAD}
    return bool(account.organization_ids() & leading)


@predicate
def is_responsible(account: Account, task: Any) -> bool:
    return task is None or task.responsible_id == account.pk


@predicate
def runs_its_project(account: Account, task: Any) -> bool:
    return may(account, "projects.run", None if task is None else task.project)


own_ground = is_community_worker & in_own_community

# Each is asked about the project.
grant(
    {
        "projects.view": is_office | is_auditor | own_ground | (is_liaison & takes_part),
        "projects.plan": is_clerk,
        # Asked about the place while there is no project yet.
        "projects.open": is_clerk | own_ground,
        "projects.keep": is_clerk | own_ground,
        # The daily work on it: milestones, tasks, meetings, the diary.
        "projects.run": is_clerk | own_ground | (is_liaison & leads),
        "projects.answer": anyone,
        # Asked about the task: whoever is responsible for it does it, even where somebody else runs the project.
        "projects.do_task": (is_staff & is_responsible) | runs_its_project,
    }
)
