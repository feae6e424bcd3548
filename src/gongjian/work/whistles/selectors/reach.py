"""What an account reaches: the office all, a community worker the own ground, a liaison what its unit was sent."""

from django.db.models import Q, QuerySet

from gongjian.registry.models import Account, Organization, Role
from gongjian.work.whistles.models import Dispatch, Whistle

SEES_ALL = (Role.OFFICE_CLERK, Role.OFFICE_LEADER, Role.AUDITOR)
COMMITTEE = Organization.Kind.COMMITTEE


def speaks_for(account: Account) -> QuerySet[Organization]:
    """The organizations of a liaison; for a community worker also the committee of the own community."""
    paths = Q(pk__in=[])
    for path in account.community_paths():
        paths |= Q(kind=COMMITTEE, community__path=path)
    return Organization.objects.filter(Q(pk__in=account.organization_ids()) | paths)


def visible(account: Account) -> QuerySet[Whistle]:
    """Everything but other people's drafts."""
    found = Whistle.objects.exclude(Q(state="draft") & ~Q(blown_by=account.pk))
    if account.holds(*SEES_ALL):
        return found
    return found.filter(_on_own_ground(account) | Q(pk__in=_sent_to(account)))


def _on_own_ground(account: Account) -> Q:
    inside = Q(pk__in=[])
    for assignment in account.active_assignments:
        if assignment.role == Role.COMMUNITY_WORKER:
            inside |= Q(community=assignment.community)
    return inside


def _sent_to(account: Account) -> "QuerySet[Dispatch, int]":
    live = Dispatch.objects.exclude(state=Dispatch.State.RECALLED)
    return live.filter(organization__in=speaks_for(account)).values_list("whistle_id", flat=True)
