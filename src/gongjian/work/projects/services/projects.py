"""Programmes and projects, from the opening to the end."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from typing import Any

import pghistory
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django_fsm import TransitionNotAllowed

from gongjian.kernel import audit, clock
from gongjian.kernel.errors import Conflict, Invalid
from gongjian.kernel.permissions import require
from gongjian.kernel.quantities import Approximation
from gongjian.ledger.models import Evidence
from gongjian.ledger.services import take_in_files
from gongjian.registry.models import Account, Organization, PartyOrganization, Place
from gongjian.work.projects.deeds import record_branch, record_finished
from gongjian.work.projects.kinds import Kind, Part, Source
from gongjian.work.projects.models import Funding, Participant, Programme, Project
from gongjian.work.projects.services.checks import (
    check_amount,
    check_days,
    check_open,
    check_past,
    check_title,
    check_words,
)


@transaction.atomic
def add_programme(actor: Account, *, name: str, aim: str = "") -> Programme:
    """Raises Conflict if the name is taken."""
    require(actor, "projects.plan")
    programme = Programme(office=actor.office, name=check_title(name, most=60, field="name"), aim=aim.strip()[:1000])
    with refusing(_("已经有这个名称的工程计划。"), field="name"):
        programme.save()
    audit.record(actor, "projects.add_programme", programme)
    return programme


@transaction.atomic
def open_project(actor: Account, *, place: Place, **facts: Any) -> Project:
    """`facts` as in `_describe`. Raises Conflict where the place has a project of that name."""
    require(actor, "projects.open", place)
    project = Project(office=actor.office, place=place, opened_by=actor, opened_at=clock.now())
    _describe(project, **facts)
    keep(actor, project)
    audit.record(actor, "projects.open_project", project)
    return project


@transaction.atomic
def change_project(actor: Account, *, project: Project, **facts: Any) -> Project:
    """Raises Conflict once it is finished or stopped."""
    require(actor, "projects.keep", project)
    project = locked(project)
    check_open(project)
    _describe(project, **facts)
    keep(actor, project)
    audit.record(actor, "projects.change_project", project)
    return project


def _describe(
    project: Project,
    *,
    kind: str,
    title: str,
    begins_on: date,
    ends_on: date,
    programme: Programme | None = None,
    aim: str = "",
    budget: Decimal | None = None,
    party_branch: PartyOrganization | None = None,
) -> None:
    if kind not in Kind.values:
        raise Invalid(_("请选类别。"), code="kind", field="kind")
    check_days(begins_on, ends_on)
    if budget is not None:
        check_amount(budget, field="budget")
    project.kind, project.title, project.programme = kind, check_title(title), programme
    project.begins_on, project.ends_on, project.budget = begins_on, ends_on, budget
    project.aim, project.party_branch = aim.strip()[:2000], party_branch


@transaction.atomic
def start_project(actor: Account, *, project: Project) -> Project:
    require(actor, "projects.keep", project)
    project = locked(project)
    with moving():
        project.start()
    return _moved(actor, project, "projects.start_project")


@transaction.atomic
def finish_project(actor: Account, *, project: Project, on: date, statement: str = "", photos: Sequence[Any] = ()) -> Project:
    """Leaves a deed for who led it and for who paid out of their own; `statement` is how the first is told."""
    require(actor, "projects.keep", project)
    return finish_with(actor, project=project, on=on, statement=statement, evidence=take_in_files(actor, files=photos))


@transaction.atomic
def finish_with(
    actor: Account, *, project: Project, on: date, statement: str = "", evidence: Sequence[Evidence] = ()
) -> Project:
    """The same with evidence that the ledger has already."""
    require(actor, "projects.keep", project)
    project = locked(project)
    check_past(on, field="on")
    check_days(project.begins_on, on, field="on")
    with moving():
        project.finish()
    project.finished_on = on
    project = _moved(actor, project, "projects.finish_project")
    record_finished(actor, project, statement, evidence)
    return project


@transaction.atomic
def stop_project(actor: Account, *, project: Project, because: str) -> Project:
    """What was done so far stays in the ledger."""
    require(actor, "projects.keep", project)
    because = check_words(because, field="because", sentence=_("请写明为什么停办。"))
    project = locked(project)
    with moving():
        project.stop()
    project.stopped_because = because
    return _moved(actor, project, "projects.stop_project")


@transaction.atomic
def add_participant(actor: Account, *, project: Project, organization: Organization, part: str) -> Participant:
    require(actor, "projects.keep", project)
    project = locked(project)
    check_open(project)
    if part not in Part.values:
        raise Invalid(_("请选身份。"), code="part", field="part")
    participant = Participant(project=project, organization=organization, part=part)
    with refusing(_("这个单位已经以这个身份在项目里了。"), field="organization"):
        participant.save()
    audit.record(actor, "projects.add_participant", project, organization=organization.pk, part=part)
    return participant


@transaction.atomic
def remove_participant(actor: Account, *, participant: Participant) -> Project:
    project = locked(participant.project)
    require(actor, "projects.keep", project)
    check_open(project)
    Participant.objects.filter(pk=participant.pk, project=project).delete()
    audit.record(actor, "projects.remove_participant", project, organization=participant.organization_id, part=participant.part)
    return project


@transaction.atomic
def add_funding(
    actor: Account,
    *,
    project: Project,
    source: str,
    amount: Decimal,
    organization: Organization | None = None,
    approximation: str = Approximation.EXACT,
    note: str = "",
) -> Funding:
    """Raises Invalid for own funds of nobody."""
    require(actor, "projects.keep", project)
    project = locked(project)
    check_open(project)
    check_amount(amount)
    if source not in Source.values:
        raise Invalid(_("请选来源。"), code="source", field="source")
    if source == Source.OWN and organization is None:
        raise Invalid(_("自筹资金要写明是哪个单位的。"), code="whose", field="organization")
    funding = Funding(project=project, source=source, amount=amount, organization=organization)
    funding.approximation, funding.note = approximation, note.strip()[:120]
    funding.save()
    audit.record(actor, "projects.add_funding", project, amount=str(amount))
    return funding


@transaction.atomic
def remove_funding(actor: Account, *, funding: Funding) -> Project:
    project = locked(funding.project)
    require(actor, "projects.keep", project)
    check_open(project)
    Funding.objects.filter(pk=funding.pk, project=project).delete()
    audit.record(actor, "projects.remove_funding", project, amount=str(funding.amount))
    return project


@transaction.atomic
def found_branch(
    actor: Account,
    *,
    project: Project,
    branch: PartyOrganization,
    organization: Organization,
    on: date,
    statement: str = "",
    evidence: Sequence[Evidence] = (),
) -> Project:
    """The project has a party branch of its own from now on; `organization` is whose deed that is."""
    require(actor, "projects.keep", project)
    project = locked(project)
    check_open(project)
    check_past(on, field="on")
    if branch.dissolved:
        raise Invalid(_("“%(name)s”已经撤销。") % {"name": branch.name}, code="dissolved", field="branch")
    project.party_branch = branch
    keep(actor, project)
    record_branch(actor, project=project, organization=organization, statement=statement, on=on, evidence=evidence)
    audit.record(actor, "projects.found_branch", project, branch=branch.pk)
    return project


def locked(project: Project) -> Project:
    """For everything that is written about a project: one after another."""
    found = Project.objects.select_for_update(of=("self",)).select_related("place", "party_branch", "programme")
    return found.get(pk=project.pk)


def keep(actor: Account, project: Project) -> None:
    with refusing(_("这个地方已经有同名的项目。"), field="title"), pghistory.context(account=actor.pk):
        project.save()


@contextmanager
def moving() -> Iterator[None]:
    """Around a transition: one that does not fit the state is a Conflict."""
    try:
        yield
    except TransitionNotAllowed as error:
        raise Conflict(_("已经走到另一步了，请刷新后再看。"), code="wrong-state") from error


@contextmanager
def refusing(sentence: str, *, field: str | None = None) -> Iterator[None]:
    """Around a save: what the database refuses as a second of the same is a Conflict with this sentence."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        raise Conflict(sentence, code="known", field=field) from error


def _moved(actor: Account, project: Project, action: str) -> Project:
    keep(actor, project)
    audit.record(actor, action, project)
    return project
