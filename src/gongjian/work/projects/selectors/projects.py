"""Questions about projects, as far as the asking account may know of them."""

from decimal import Decimal
from typing import TypeVar

from django.db.models import Model, Prefetch, Q, QuerySet
from django.utils.translation import gettext as _

from gongjian.kernel.errors import Missing
from gongjian.registry.models import Account, Role
from gongjian.work.projects.models import Funding, Milestone, Participant, Project

Thing = TypeVar("Thing", bound=Model)
WHOLE_OFFICE = (Role.OFFICE_CLERK, Role.OFFICE_LEADER, Role.AUDITOR)


def projects(
    account: Account, *, state: str = "", kind: str = "", programme: int | None = None, words: str = ""
) -> QuerySet[Project]:
    """`state`: one of a project's, `open`, or empty for all. What ends first stands first."""
    found = Project.objects.filter(own(account)).select_related("place", "programme", "party_branch")
    if state == "open":
        found = found.filter(state__in=[Project.State.PLANNED, Project.State.UNDER_WAY])
    elif state in Project.State.values:
        found = found.filter(state=state)
    if kind:
        found = found.filter(kind=kind)
    if programme is not None:
        found = found.filter(programme=programme)
    if words := words.strip():
        found = found.filter(Q(title__icontains=words) | Q(place__name__icontains=words))
    return found.order_by("ends_on", "pk")


def own(account: Account) -> Q:
    """Projects in the account's communities or with its organizations."""
    if account.holds(*WHOLE_OFFICE):
        return Q()
    found = Q(pk__in=[])
    for path in account.community_paths():
        found |= Q(place__path=path) | Q(place__path__startswith=f"{path}/")
    taking_part = Participant.objects.filter(organization__in=account.organization_ids()).values("project")
    return found | Q(pk__in=taking_part)


def get_project(account: Account, pk: int) -> Project:
    """With who takes part and the money. Raises Missing also for one that `account` may not know of."""
    found = projects(account).select_related("opened_by")
    taking_part = Prefetch("participants", Participant.objects.select_related("organization"))
    money = Prefetch("fundings", Funding.objects.select_related("organization"))
    project = found.prefetch_related(taking_part, money).filter(pk=pk).first()
    if project is None:
        raise Missing(_("没有这个项目，或者它不归您看。"))
    return project


def get_milestone(account: Account, pk: int) -> Milestone:
    """Raises Missing."""
    return of_own_project(account, Milestone.objects.prefetch_related("project__participants"), pk)


def of_own_project(account: Account, found: QuerySet[Thing], pk: int) -> Thing:
    """The one of `found` with that key, whose `project` the account may know of. Raises Missing."""
    thing = found.filter(project__in=projects(account).order_by(), pk=pk).select_related("project__place").first()
    if thing is None:
        raise Missing(_("没有找到，可能刚被删去，或者不归您看。"))
    return thing


def funded(project: Project) -> Decimal:
    return sum((one.amount for one in project.fundings.all()), Decimal(0))
