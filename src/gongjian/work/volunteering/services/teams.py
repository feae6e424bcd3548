"""Founding teams, and who belongs to them."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from gongjian.kernel import audit, clock
from gongjian.kernel.errors import Conflict, Invalid
from gongjian.kernel.permissions import require
from gongjian.ledger.models import DeedKind
from gongjian.ledger.services import DeedSource, record_deed
from gongjian.registry.models import Account, Organization
from gongjian.registry.services.organizations import enter_organization
from gongjian.work.volunteering.models import Membership, Team, Volunteer


@transaction.atomic
def found_teams(
    actor: Account, *, parent: Organization, names: Sequence[str], field: str, purpose: str = "", founded: date | None = None
) -> list[Team]:
    """Teams inside `parent` (a unit, a committee, another team), founded together: one deed of the unit tells how many."""
    require(actor, "volunteering.found_team")
    wanted = list(dict.fromkeys(name.strip() for name in names if name.strip()))
    if not wanted:
        raise Invalid(_("请写队伍的名称，一行一支。"), code="name-missing", field="names")
    day = founded or clock.today()
    details = {"field": field, "purpose": purpose.strip(), "founded": day}
    teams = [_found(actor, parent, name, **details) for name in wanted]
    unit = unit_of(parent)
    place = unit.community
    if place is not None:
        record_deed(
            actor,
            kind=DeedKind.objects.get(code="volunteer-team"),
            place=place,
            organization=unit,
            statement="组建" + "、".join(wanted) + "，共{数}",
            quantity=Decimal(len(teams)),
            occurred_from=day,
            source=DeedSource("volunteering", f"teams:{teams[0].pk}"),
        )
    return teams


def unit_of(organization: Organization) -> Organization:
    """The unit in which a team stands, however deep."""
    while organization.kind == Organization.Kind.TEAM and organization.parent is not None:
        organization = organization.parent
    return organization


@transaction.atomic
def join_team(actor: Account, *, team: Team, volunteer: Volunteer, part: str = Membership.Part.MEMBER) -> Membership:
    """Raises Conflict for somebody who belongs to it already, or a team that is dissolved."""
    require(actor, "volunteering.lead_team", unit_of(team.organization))
    if team.dissolved:
        raise Conflict(_("这支队伍已经解散。"), code="dissolved")
    membership = Membership(team=team, volunteer=volunteer, part=part, since=clock.today())
    try:
        with transaction.atomic():
            membership.save()
    except IntegrityError as error:
        raise Conflict(_("这位志愿者已经在队里了。"), code="member", field="volunteer") from error
    audit.record(actor, "volunteering.join_team", team, volunteer=volunteer.number)
    return membership


@transaction.atomic
def leave_team(actor: Account, *, membership: Membership) -> Membership:
    require(actor, "volunteering.lead_team", unit_of(membership.team.organization))
    if membership.until:
        raise Conflict(_("已经离队了。"), code="left")
    membership.until = clock.today()
    membership.save(update_fields=["until"])
    audit.record(actor, "volunteering.leave_team", membership.team, volunteer=membership.volunteer.number)
    return membership


@transaction.atomic
def dissolve_team(actor: Account, *, team: Team) -> Team:
    """Its members leave; what it did stays its own."""
    require(actor, "volunteering.lead_team", unit_of(team.organization))
    if team.dissolved:
        raise Conflict(_("这支队伍已经解散。"), code="dissolved")
    team.dissolved = clock.today()
    team.save(update_fields=["dissolved"])
    team.memberships.filter(until=None).update(until=clock.today())
    audit.record(actor, "volunteering.dissolve_team", team)
    return team


def _found(actor: Account, parent: Organization, name: str, **details: Any) -> Team:
    organization = enter_organization(actor, name=name, kind=Organization.Kind.TEAM, parent=parent, community=parent.community)
    team = Team.objects.create(organization=organization, **details)
    audit.record(actor, "volunteering.found_team", team)
    return team
