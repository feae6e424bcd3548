"""What is written about: a campaign, an organization, a community, or the whole office in a period."""

from calendar import monthrange
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from gongjian.chronicle.writing.gathering import Doer, Gathered, gather, standing
from gongjian.honors.models import Award, Campaign, Candidate
from gongjian.honors.selectors.candidates import candidates
from gongjian.kernel.errors import Conflict
from gongjian.ledger.models import Deed
from gongjian.registry.models import Office, Organization, Place
from gongjian.registry.selectors.places import places

MOST_DOERS = 60
"""Organizations that a text about a period names; it says how many more there were."""


@dataclass(frozen=True)
class Subject:
    """`conditions` are those of the public list of deeds that shows the same deeds. At most one of the three is given."""

    office: Office
    since: date
    until: date
    campaign: Campaign | None = None
    organization: Organization | None = None
    community: Place | None = None

    @property
    def name(self) -> str:
        if self.organization:
            return self.organization.name
        return self.community.name if self.community else self.office.name

    @property
    def conditions(self) -> dict[str, Any]:
        given = {"organization": self.organization and self.organization.pk, "place": self.community and self.community.pk}
        return {name: pk for name, pk in given.items() if pk} | {"since": self.since, "until": self.until}

    @property
    def seed(self) -> str:
        parts = (self.campaign and self.campaign.slug, self.organization, self.community, self.since, self.until)
        return "/".join(str(part or "") for part in parts)


@dataclass
class Material:
    """What was done, doer by doer. `awards` stand beside `gathered` where a campaign is told; `more` doers are not named."""

    subject: Subject
    gathered: list[Gathered]
    awards: list[Award] = field(default_factory=list)
    more_doers: int = 0
    more_deeds: int = 0

    @property
    def deeds(self) -> int:
        return self.more_deeds + sum(one.sum_of("count") for one in self.gathered)


def of_campaign(campaign: Campaign) -> Subject:
    return Subject(campaign.office, campaign.cycle_from, campaign.cycle_to, campaign=campaign)


def month(day: date) -> tuple[date, date]:
    return day.replace(day=1), day.replace(day=monthrange(day.year, day.month)[1])


def gather_about(subject: Subject) -> Material:
    """In a number of queries that does not depend on how much was done. Raises Conflict where there is nothing to tell."""
    found = _of_campaign(subject, subject.campaign) if subject.campaign else _of_period(subject)
    if not found.deeds:
        raise Conflict(_("这段时间没有可公开的事迹，写不出来。可以换一段时间，或者先记事迹。"), code="no-deeds")
    return found


def _of_campaign(subject: Subject, campaign: Campaign) -> Material:
    awards = awards_of(campaign)
    if not awards:
        raise Conflict(_("这次评选还没有作出决定，还没有可写的对象。"), code="no-awards")
    gathered = gather(deeds_of_campaign(campaign), [doer_of(award.candidate) for award in awards])
    return Material(subject, gathered, awards)


def awards_of(campaign: Campaign) -> list[Award]:
    """In the order of the campaign's categories, each with its candidate."""
    known = {candidate.pk: candidate for candidate in candidates(campaign)}
    awards = list(campaign.awards.order_by("candidate__category__order", "pk"))
    for award in awards:
        award.candidate = known[award.candidate_id]
    return awards


def doer_of(candidate: Candidate) -> Doer:
    kind = candidate.organization.kind if candidate.organization else "person"
    return Doer(candidate.doer_column, candidate.doer.pk, candidate.public_name, kind)


def deeds_of_campaign(campaign: Campaign) -> QuerySet[Any]:
    return standing(Deed.objects.filter(public=True), campaign.cycle_from, campaign.cycle_to)


def deeds_about(subject: Subject, deeds: QuerySet[Any]) -> QuerySet[Any]:
    """Those of `deeds` that stand and that the subject is about, of whoever did them."""
    if subject.campaign:
        deeds = _of_doers(deeds, [doer_of(award.candidate) for award in awards_of(subject.campaign)])
    if subject.organization:
        deeds = deeds.filter(**{_column_of(subject.organization): subject.organization})
    if subject.community:
        deeds = deeds.filter(place__in=places(below=subject.community).values("pk"))
    return standing(deeds, subject.since, subject.until)


def _of_doers(deeds: QuerySet[Any], doers: list[Doer]) -> QuerySet[Any]:
    wanted = Q(pk__in=[])
    for column in {doer.column for doer in doers}:
        wanted |= Q(**{f"{column}__in": [doer.pk for doer in doers if doer.column == column]})
    return deeds.filter(wanted)


def _column_of(organization: Organization) -> str:
    return "team" if organization.kind == Organization.Kind.TEAM else "organization"


def _of_period(subject: Subject) -> Material:
    """Organizations by name, those with most deeds; then people who acted for themselves, together and without names."""
    deeds = deeds_about(subject, Deed.objects.filter(public=True))
    if subject.organization:
        one = subject.organization
        return Material(subject, gather(deeds, [Doer(_column_of(one), one.pk, one.name, one.kind)]))
    counts = deeds.filter(organization__isnull=False).order_by().values_list("organization").annotate(count=Count("pk"))
    ranked = sorted(counts, key=lambda row: (-row[1], row[0]))
    named, rest = ranked[:MOST_DOERS], ranked[MOST_DOERS:]
    organizations = Organization.objects.in_bulk([pk for pk, _count in named])
    in_order = sorted(organizations.values(), key=lambda one: (one.pinyin, one.pk))
    gathered = gather(deeds, [Doer("organization", one.pk, one.name, one.kind) for one in in_order])
    alone = deeds.filter(organization__isnull=True)
    gathered += [one for one in gather(alone, [Doer("office", subject.office.pk, "志愿队伍和个人")]) if one.kinds]
    return Material(subject, gathered, more_doers=len(rest), more_deeds=sum(count for _pk, count in rest))
