"""Visits become deeds of whoever went, stretch by stretch, each once."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils import timezone
from django.utils.translation import gettext as _

from gongjian.kernel import audit, clock
from gongjian.kernel.errors import Conflict
from gongjian.kernel.permissions import require
from gongjian.ledger.models import Deed, DeedKind, Evidence
from gongjian.ledger.services import DeedSource, record_deed
from gongjian.registry.models import Account, Organization, Person, Place
from gongjian.work.care.models import Credit, Visit

Doer = Organization | Person


@dataclass(frozen=True)
class Wording:
    """How deeds are told; Chinese, whatever language is read just now. `precision` as of a deed; `since` where it is told of
    more days than those whose visits count.
    """

    counted: str = "上门看望结对老人{数}"
    kept: str = "定期走访、电话联系结对老人"
    beneficiary: str = ""
    precision: str = Deed.Precision.DAY
    since: date | None = None
    evidence: Sequence[Evidence] = ()


@dataclass
class Done:
    """What one doer did; `visits` are those at the door that are counted with nobody else."""

    visits: int = 0
    contacts: int = 0


@transaction.atomic
def credit_visits(actor: Account, *, community: Place, first: date, last: date, wording: Wording | None = None) -> list[Credit]:
    """All visits of those days in the community. Raises Conflict before they are over, where none is, or for days that were
    credited before.
    """
    require(actor, "care.credit", community)
    if last >= clock.today():
        raise Conflict(_("这段时间还没有过完。"), code="not-over")
    done = _done(_visits(community, first, last))
    if not done:
        raise Conflict(_("这段时间没有可以记的探访。"), code="nothing")
    made = [_credit(actor, community, DateRange(first, last + timedelta(days=1)), doer, did) for doer, did in done.items()]
    for credit in made:
        _record(actor, credit, last, wording or Wording())
        audit.record(actor, "care.credit", credit)
    return made


def _visits(community: Place, first: date, last: date) -> Iterable[Visit]:
    span = _midnight(first), _midnight(last + timedelta(days=1))
    rows = Visit.objects.filter(pairing__community=community, at__gte=span[0], at__lt=span[1])
    return rows.exclude(went=Visit.Went.ABSENT).select_related("pairing__organization", "pairing__carer").order_by("at")


def _done(visits: Iterable[Visit]) -> dict[Doer, Done]:
    done: dict[Doer, Done] = defaultdict(Done)
    for visit in visits:
        for doer, kept in _doers(visit):
            did = done[doer]
            did.contacts += 1
            did.visits += int(visit.means == Visit.Means.VISIT and not kept)
    return dict(done)


def _doers(visit: Visit) -> Iterator[tuple[Doer, bool]]:
    """Whom a visit counts for, and whether it is counted with somebody else already. The community's own count for nobody."""
    pairing = visit.pairing
    if visit.doer == Visit.Doer.COMMUNITY:
        return
    if pairing.carer and visit.doer == Visit.Doer.CARER:
        yield pairing.carer, False
    if pairing.organization:
        yield pairing.organization, visit.doer == Visit.Doer.CARER


def _credit(actor: Account, community: Place, days: DateRange, doer: Doer, did: Done) -> Credit:
    credit = Credit(office=actor.office, community=community, days=days, by=actor, at=clock.now())
    credit.organization = doer if isinstance(doer, Organization) else None
    credit.person = doer if isinstance(doer, Person) else None
    credit.visits, credit.contacts = did.visits, did.contacts
    try:
        with transaction.atomic():
            credit.save(force_insert=True)
    except IntegrityError as error:
        raise Conflict(_("这段时间里有几天已经记进台账了。"), code="credited") from error
    return credit


def _record(actor: Account, credit: Credit, last: date, wording: Wording) -> Deed:
    """Counted where somebody stood at the door, otherwise told without a figure."""
    counted = credit.visits > 0
    return record_deed(
        actor,
        kind=DeedKind.objects.get(code="visit" if counted else "visit-kept"),
        place=credit.community,
        organization=credit.organization,
        person=credit.person,
        statement=wording.counted if counted else wording.kept,
        beneficiary=wording.beneficiary or f"{credit.community}独居老人",
        quantity=Decimal(credit.visits) if counted else None,
        occurred_from=wording.since or credit.days.lower,
        occurred_to=last,
        precision=wording.precision,
        evidence=wording.evidence,
        source=DeedSource("care", f"credit:{credit.pk}"),
    )


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
