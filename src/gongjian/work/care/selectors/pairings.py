"""Which pairings an account may know of: the office all, a community its own, a unit and a carer theirs."""

from datetime import timedelta

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from gongjian.kernel import clock
from gongjian.kernel.errors import Missing
from gongjian.kernel.referrals import Referred, referred
from gongjian.registry.models import Account, Role
from gongjian.work.care.models import Pairing, Step, Visit

WHOLE_OFFICE = (Role.OFFICE_CLERK, Role.OFFICE_LEADER, Role.AUDITOR)
RELATED = ("elder", "community", "organization", "carer")
SOON = timedelta(days=3)
VIEWS = ("late", "soon", "active", "paused", "ended")


def seen_by(account: Account) -> QuerySet[Pairing]:
    found = Pairing.objects.select_related(*RELATED)
    if account.holds(*WHOLE_OFFICE):
        return found
    reach = Q(pk__in=[])
    if account.holds(Role.COMMUNITY_WORKER):
        reach |= Q(community__path__in=account.community_paths())
    if account.holds(Role.UNIT_LIAISON):
        reach |= Q(organization__in=account.organization_ids())
    if account.holds(Role.VOLUNTEER) and account.person_id:
        reach |= Q(carer=account.person_id)
    return found.filter(reach)


def listed(account: Account, view: str) -> QuerySet[Pairing]:
    """`view`: one of VIEWS. Whoever is due first stands first."""
    return _view(seen_by(account), view).order_by("due_at", "pk")


def _view(found: QuerySet[Pairing], view: str) -> QuerySet[Pairing]:
    now = clock.now()
    if view == "late":
        return found.filter(due_at__lt=now)
    if view == "soon":
        return found.filter(due_at__gte=now, due_at__lt=now + SOON)
    return found.filter(state=view if view in VIEWS else Pairing.State.ACTIVE)


def counts(account: Account) -> dict[str, int]:
    """How many each view shows; one query."""
    now = clock.now()
    return seen_by(account).aggregate(
        late=Count("pk", filter=Q(due_at__lt=now)),
        soon=Count("pk", filter=Q(due_at__gte=now, due_at__lt=now + SOON)),
        **{state: Count("pk", filter=Q(state=state)) for state in ("active", "paused", "ended")},
    )


def get_pairing(account: Account, pk: int) -> Pairing:
    """Raises Missing, also for one that the account may not know of."""
    found = seen_by(account).filter(pk=pk).first()
    if found is None:
        raise Missing(_("没有这个结对。"))
    return found


def visits_of(pairing: Pairing) -> QuerySet[Visit]:
    """Newest first. Not the notes, only whether there is one."""
    return pairing.visits.select_related("by").annotate(notes=Count("note")).order_by("-at", "-pk")


def steps_of(pairing: Pairing) -> list[Step]:
    return list(pairing.steps.select_related("by").defer("words").order_by("-at", "-pk")[:30])


def referrals_of(account: Account, visits: list[Visit]) -> dict[str, Referred]:
    return referred(account, [visit.referral_key for visit in visits if visit.referred])
