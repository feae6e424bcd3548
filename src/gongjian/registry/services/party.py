"""Founding and dissolving party organizations, permanent and temporary (三领)."""

from datetime import date

import pghistory
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from gongjian.kernel import audit, clock
from gongjian.kernel.errors import Conflict, Invalid
from gongjian.kernel.permissions import require
from gongjian.registry.models import Account, Organization, PartyOrganization, Place

ABOVE = {
    PartyOrganization.Kind.GENERAL_BRANCH: {PartyOrganization.Kind.COMMITTEE},
    PartyOrganization.Kind.BRANCH: {PartyOrganization.Kind.COMMITTEE, PartyOrganization.Kind.GENERAL_BRANCH},
    PartyOrganization.Kind.COMMITTEE: {PartyOrganization.Kind.COMMITTEE},
}
"""What may stand above what; a temporary branch may stand below any."""


@transaction.atomic
def found_party_organization(
    actor: Account,
    *,
    name: str,
    kind: str,
    parent: PartyOrganization | None = None,
    organization: Organization | None = None,
    place: Place | None = None,
    founded: date | None = None,
) -> PartyOrganization:
    """Raises Invalid below one that cannot stand above it or is dissolved, Conflict if the name is taken."""
    require(actor, "registry.edit_register", organization or place)
    _check_above(kind, parent)
    if not name.strip():
        raise Invalid(_("请写名称。"), code="name-missing", field="name")
    party = PartyOrganization(
        office=actor.office,
        name=name.strip(),
        kind=kind,
        parent=parent,
        organization=organization,
        place=place,
        founded=founded,
    )
    try:
        with transaction.atomic(), pghistory.context(account=actor.pk):
            party.save()
    except IntegrityError as error:
        raise Conflict(_("已经有叫“%(name)s”的党组织。") % {"name": name}, code="taken", field="name") from error
    audit.record(actor, "registry.found_party_organization", party)
    return party


def _check_above(kind: str, parent: PartyOrganization | None) -> None:
    if parent is None:
        return
    if parent.dissolved:
        raise Invalid(_("“%(name)s”已经撤销。") % {"name": parent.name}, code="dissolved", field="parent")
    if parent.kind not in ABOVE.get(PartyOrganization.Kind(kind), set(PartyOrganization.Kind.values)):
        sentence = _("%(kind)s不能设在%(above)s下面。") % {
            "kind": PartyOrganization.Kind(kind).label,
            "above": parent.get_kind_display(),
        }
        raise Invalid(sentence, code="above", field="parent")


@transaction.atomic
def dissolve_party_organization(actor: Account, *, party: PartyOrganization, on: date) -> PartyOrganization:
    """It stays in the register with its day. Raises Conflict while branches stand below it, Invalid for an impossible day."""
    require(actor, "registry.edit_register", party)
    party = PartyOrganization.objects.select_for_update().get(pk=party.pk)
    if party.dissolved:
        raise Conflict(_("这个党组织已经撤销了。"), code="dissolved")
    if party.branches.filter(dissolved__isnull=True).exists():
        raise Conflict(_("它下面还有党组织，先撤销下面的。"), code="has-branches")
    if on > clock.today() or (party.founded and on < party.founded):
        raise Invalid(_("撤销日期应在成立之后、今天或今天以前。"), code="date", field="on")
    party.dissolved = on
    with pghistory.context(account=actor.pk):
        party.save(update_fields=["dissolved"])
    audit.record(actor, "registry.dissolve_party_organization", party)
    return party
