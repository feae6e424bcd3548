"""Which inspections and hazards an account may know of."""

from typing import Any

from django.db.models import Count, F, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from gongjian.kernel import clock
from gongjian.kernel.errors import Missing
from gongjian.kernel.permissions import may
from gongjian.kernel.rooms import Found
from gongjian.registry.models import Account, Place, Role
from gongjian.work.inspections.models import OPEN_STATES, Answer, Finding, FindingPhoto, Inspection, Item, Party

WHOLE_OFFICE = (Role.OFFICE_CLERK, Role.OFFICE_LEADER, Role.AUDITOR)
INSPECTION = ("place", "organization")
FINDING = ("place", "organization", "department", "inspection")
VIEWS = ("open", "late", "mended", "transferred", "passed")


def on_own_ground(account: Account) -> Q:
    inside = Q(pk__in=[])
    if account.holds(Role.COMMUNITY_WORKER):
        for path in account.community_paths():
            inside |= Q(place__path=path) | Q(place__path__startswith=f"{path}/")
    return inside


def inspections(account: Account) -> QuerySet[Inspection]:
    found = Inspection.objects.select_related(*INSPECTION)
    if account.holds(*WHOLE_OFFICE):
        return found
    own = account.organization_ids() if account.holds(Role.UNIT_LIAISON) else set()
    takes_part = Q(pk__in=Party.objects.filter(organization__in=own).values("inspection"))
    concerned = Finding.objects.filter(Q(organization__in=own) | Q(department__in=own)).values("inspection")
    return found.filter(on_own_ground(account) | takes_part | Q(organization__in=own) | Q(pk__in=concerned))


def listed(account: Account, view: str) -> QuerySet[Inspection]:
    """`ahead`: planned and under way, the next first; otherwise those that are over, newest first. With their open hazards."""
    hazards = Count("findings", filter=Q(findings__state__in=OPEN_STATES))
    found = inspections(account).annotate(hazards=hazards)
    ahead = [Inspection.State.PLANNED, Inspection.State.UNDER_WAY]
    if view == "over":
        return found.exclude(state__in=ahead).order_by("-planned_for", "-pk")
    return found.filter(state__in=ahead).order_by("planned_for", "pk")


def get_inspection(account: Account, pk: int) -> Inspection:
    """Raises Missing, also for one that the account may not know of."""
    found = inspections(account).filter(pk=pk).first()
    if found is None:
        raise Missing(_("没有这次检查。"))
    return found


def items_of(inspection: Inspection) -> list[tuple[Item, Answer | None]]:
    """In the order of the lists, each with its answer so far."""
    answers = {answer.item_id: answer for answer in inspection.answers.all()}
    items = Item.objects.filter(checklist__in=inspection.checklists.all()).select_related("checklist")
    return [(item, answers.get(item.pk)) for item in items.order_by("checklist", "number")]


def findings(account: Account) -> QuerySet[Finding]:
    found = Finding.objects.select_related(*FINDING)
    if account.holds(*WHOLE_OFFICE):
        return found
    own = account.organization_ids() if account.holds(Role.UNIT_LIAISON) else set()
    takes_part = Q(inspection__in=Party.objects.filter(organization__in=own).values("inspection"))
    inspected = Q(inspection__organization__in=own)
    mine = Q(organization__in=own) | Q(department__in=own) | takes_part | inspected
    return found.filter(on_own_ground(account) | mine)


def listed_findings(account: Account, view: str, severity: str = "") -> QuerySet[Finding]:
    """`view`: one of VIEWS. Whatever is due first stands first."""
    found = findings(account)
    if severity in Finding.Severity.values:
        found = found.filter(severity=severity)
    if view == "late":
        return found.filter(state__in=OPEN_STATES, due_on__lt=clock.today()).order_by("due_on", "pk")
    if view == "passed":
        return found.filter(state=view).order_by("-passed_at", "-pk")
    return found.filter(state=view if view in VIEWS else Finding.State.OPEN).order_by("due_on", "pk")


def counts(account: Account) -> dict[str, int]:
    late = Q(state__in=OPEN_STATES, due_on__lt=clock.today())
    states = {view: Count("pk", filter=Q(state=view)) for view in VIEWS if view != "late"}
    return findings(account).aggregate(late=Count("pk", filter=late), **states)


def get_finding(account: Account, pk: int) -> Finding:
    """Raises Missing, also for one that the account may not know of."""
    found = findings(account).filter(pk=pk).first()
    if found is None:
        raise Missing(_("没有这处隐患。"))
    return found


def get_photo(account: Account, finding: int, pk: int) -> FindingPhoto:
    """Raises Missing."""
    photo = FindingPhoto.objects.select_related("evidence").filter(pk=pk, finding=get_finding(account, finding)).first()
    if photo is None:
        raise Missing(_("没有这张照片。"))
    return photo


def choosable_places(account: Account) -> QuerySet[Place]:
    """Where the account may plan an inspection: communities and what lies in them."""
    found = Place.objects.filter(level__in=("community", "compound", "building", "street"))
    if account.holds(Role.OFFICE_CLERK):
        return found
    inside = Q(pk__in=[])
    for path in account.community_paths():
        inside |= Q(path=path) | Q(path__startswith=f"{path}/")
    return found.filter(inside)


def points(found: QuerySet[Finding], *, most: int = 500) -> dict[str, Any]:
    """GeoJSON (RFC 7946) of those that can be placed; without a point of their own, at their place."""
    somewhere = Q(latitude__isnull=False) | Q(place__latitude__isnull=False)
    return {"type": "FeatureCollection", "features": [_feature(one) for one in found.filter(somewhere)[:most]]}


def _feature(finding: Finding) -> dict[str, Any]:
    known = finding if finding.latitude is not None else finding.place
    return {
        "type": "Feature",
        "id": finding.pk,
        "geometry": {"type": "Point", "coordinates": [float(known.longitude or 0), float(known.latitude or 0)]},
        "properties": {
            "text": finding.text[:60],
            "severity": str(finding.get_severity_display()),
            "state": str(finding.get_state_display()),
            "color": 1 + list(Finding.Severity).index(Finding.Severity(finding.severity)),
            "url": reverse("inspections:finding", args=[finding.pk]),
        },
    }


def landmarks() -> list[dict[str, Any]]:
    """Communities with coordinates, the map's base; JSON."""
    known = Place.objects.filter(level=Place.Level.COMMUNITY, latitude__isnull=False, longitude__isnull=False)
    rows = known.values("name", lat=F("latitude"), lon=F("longitude"))
    return [
        {"name": row["name"], "community": True, "latitude": float(row["lat"]), "longitude": float(row["lon"])} for row in rows
    ]


def search(account: Any, words: str) -> list[Found]:
    if not may(account, "inspections.look"):
        return []
    found = inspections(account).filter(title__icontains=words).order_by("-planned_for")[:8]
    return [Found(_("检查"), i.title, str(i.place), reverse("inspections:inspection", args=[i.pk])) for i in found]
