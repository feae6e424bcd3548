"""Milestones: set, moved, reached."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from gongjian.kernel import audit
from gongjian.kernel.errors import Conflict
from gongjian.kernel.permissions import require
from gongjian.ledger.services import take_in_files
from gongjian.registry.models import Account
from gongjian.work.projects.deeds import Told, record_told
from gongjian.work.projects.models import Milestone, Project
from gongjian.work.projects.services.checks import check_open, check_past, check_title
from gongjian.work.projects.services.projects import locked, refusing


@transaction.atomic
def add_milestone(actor: Account, *, project: Project, title: str, due_on: date) -> Milestone:
    require(actor, "projects.run", project)
    project = locked(project)
    check_open(project)
    milestone = Milestone(project=project, title=check_title(title), due_on=due_on)
    with refusing(_("这个节点已经有了。"), field="title"):
        milestone.save()
    audit.record(actor, "projects.add_milestone", project, milestone=milestone.pk)
    return milestone


@transaction.atomic
def move_milestone(actor: Account, *, milestone: Milestone, due_on: date) -> Milestone:
    """Raises Conflict once it is reached."""
    project = locked(milestone.project)
    require(actor, "projects.run", project)
    check_open(project)
    milestone = _waiting(milestone)
    audit.record(
        actor, "projects.move_milestone", project, milestone=milestone.pk, before=str(milestone.due_on), after=str(due_on)
    )
    milestone.due_on = due_on
    milestone.save(update_fields=["due_on"])
    return milestone


@transaction.atomic
def reach_milestone(
    actor: Account, *, milestone: Milestone, on: date, told: Told | None = None, photos: Sequence[Any] = ()
) -> Milestone:
    """`told`: the deed that follows, if one does."""
    project = locked(milestone.project)
    require(actor, "projects.run", project)
    check_past(on, field="on")
    milestone = _waiting(milestone)
    milestone.reached_on = on
    milestone.save(update_fields=["reached_on"])
    evidence = take_in_files(actor, files=photos)
    if told is not None:
        record_told(actor, told, project=project, key=f"milestone:{milestone.pk}", on=on, evidence=evidence)
    audit.record(actor, "projects.reach_milestone", project, milestone=milestone.pk)
    return milestone


def _waiting(milestone: Milestone) -> Milestone:
    milestone = Milestone.objects.select_for_update(of=("self",)).select_related("project").get(pk=milestone.pk)
    if milestone.reached_on is not None:
        raise Conflict(_("这个节点已经到了。"), code="reached")
    return milestone
