"""The deeds that projects leave. Keys begin with the project's, so that all of one are found together."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from gongjian.kernel.errors import Invalid
from gongjian.kernel.quantities import Approximation
from gongjian.ledger.models import Deed, DeedKind, Evidence
from gongjian.ledger.services import DeedSource, record_deed
from gongjian.registry.models import Account, Organization
from gongjian.work.projects.kinds import DEEDS, MEETINGS, Part, Source
from gongjian.work.projects.models import Meeting, Project

ROOM = "projects"


@dataclass(frozen=True)
class Told:
    """What somebody says of a thing that is done, so that it goes into the ledger."""

    kind: DeedKind
    statement: str
    quantity: Decimal | None = None
    approximation: str = Approximation.EXACT
    organization: Organization | None = None

    def by(self, organization: Organization | None) -> "Told":
        """With this organization, where none is named."""
        return self if self.organization else replace(self, organization=organization)


def deeds_of(project: Project) -> QuerySet[Deed]:
    """Newest first."""
    mine = Deed.objects.filter(source_room=ROOM, source_key__startswith=f"{project.pk}:", reverses__isnull=True)
    return mine.filter(reversed_by__isnull=True).select_related("kind", "organization").order_by("-occurred_to", "-pk")


def record(
    actor: Account,
    *,
    project: Project,
    key: str,
    kind: str,
    organization: Organization,
    statement: str,
    on: date,
    quantity: Decimal | None = None,
    approximation: str = Approximation.EXACT,
    evidence: Sequence[Evidence] = (),
    since: date | None = None,
) -> Deed:
    """One deed for each key of a project, ever."""
    return record_deed(
        actor,
        kind=DeedKind.objects.get(code=kind),
        place=project.place,
        organization=organization,
        beneficiary=str(project.place),
        statement=statement,
        quantity=quantity,
        approximation=approximation,
        occurred_from=since or on,
        occurred_to=on,
        evidence=evidence,
        source=DeedSource(ROOM, f"{project.pk}:{key}"),
    )


def record_finished(actor: Account, project: Project, statement: str, evidence: Sequence[Evidence]) -> list[Deed]:
    """For who led it the project itself, where its kind is counted; for who paid out of their own the money."""
    said, on = statement.strip(), project.finished_on
    assert on is not None
    found = []
    if code := DEEDS.get(project.kind):
        for one in project.participants.filter(part=Part.LEAD).select_related("organization"):
            facts: dict[str, Any] = {
                "kind": code,
                "organization": one.organization,
                "quantity": Decimal(1),
                "evidence": evidence,
            }
            words = said or f"{project.title}{{数}}，已经完工"
            found.append(record(actor, project=project, key=f"finished:{one.organization_id}", statement=words, on=on, **facts))
    for paid in project.fundings.filter(source=Source.OWN).select_related("organization"):
        assert paid.organization is not None
        words = paid.note or f"自筹{{数}}，用于{project.title}"
        facts = {"kind": "renovation-funds", "organization": paid.organization, "quantity": paid.amount}
        facts |= {"approximation": paid.approximation, "evidence": evidence}
        found.append(record(actor, project=project, key=f"funding:{paid.pk}", statement=words, on=on, **facts))
    return found


def record_branch(
    actor: Account, *, project: Project, organization: Organization, statement: str, on: date, evidence: Sequence[Evidence]
) -> Deed:
    words = statement.strip() or f"成立{project.party_branch}{{数}}"
    facts: dict[str, Any] = {"kind": "party-branch", "organization": organization, "quantity": Decimal(1)}
    facts["evidence"] = evidence
    return record(actor, project=project, key="branch", statement=words, on=on, **facts)


def record_told(
    actor: Account,
    told: Told,
    *,
    project: Project,
    key: str,
    on: date,
    since: date | None = None,
    evidence: Sequence[Evidence] = (),
) -> Deed:
    """Raises Invalid for a deed of nobody."""
    if told.organization is None:
        raise Invalid(_("要记入台账，请写明是哪个单位做的。"), code="doer-missing", field="organization")
    return record(
        actor,
        project=project,
        key=key,
        kind=told.kind.code,
        organization=told.organization,
        statement=told.statement,
        on=on,
        since=since if since is not None and since <= on else None,
        quantity=told.quantity,
        approximation=told.approximation,
        evidence=evidence,
    )


def record_meeting(actor: Account, meeting: Meeting, statement: str, evidence: Sequence[Evidence]) -> Deed:
    """For the organization that called it."""
    kind, name = MEETINGS[meeting.kind]
    counted = bool(DeedKind.objects.get(code=kind).unit)
    words = statement.strip() or f"召开{meeting.project.title}{name}{'{数}' if counted else ''}，商量{meeting.title}"
    return record(
        actor,
        project=meeting.project,
        key=f"meeting:{meeting.pk}",
        kind=kind,
        organization=meeting.host,
        statement=words,
        on=timezone.localtime(meeting.starts_at).date(),
        quantity=Decimal(1) if counted else None,
        evidence=evidence,
    )
