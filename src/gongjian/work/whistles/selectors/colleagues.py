"""Who else works on a whistle."""

from django.db.models import Q, QuerySet

from gongjian.registry.models import Account, Assignment, Role
from gongjian.work.whistles.models import Dispatch, Whistle
from gongjian.work.whistles.selectors.reach import COMMITTEE, SEES_ALL


def colleagues_of(whistle: Whistle) -> QuerySet[Account]:
    """Active accounts that may see it: the office, its community's workers, and whoever speaks for an organization sent."""
    sent = whistle.dispatches.exclude(state=Dispatch.State.RECALLED)
    committees = sent.filter(organization__kind=COMMITTEE).values("organization__community")
    own_ground = Q(role=Role.COMMUNITY_WORKER) & (Q(community=whistle.community_id) | Q(community__in=committees))
    liaisons = Q(role=Role.UNIT_LIAISON, organization__in=sent.values("organization"))
    held = Assignment.objects.filter(Q(role__in=SEES_ALL) | own_ground | liaisons, until__isnull=True)
    return Account.objects.filter(office=whistle.office_id, is_active=True, pk__in=held.values("account")).order_by("name")
