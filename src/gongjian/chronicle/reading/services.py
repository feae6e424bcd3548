"""Reading a report, and accepting what was proposed. Only accepting records anything in the ledger."""

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from gongjian.chronicle.reading.endpoint import propose_more
from gongjian.chronicle.reading.files import Opened, open_report, pasted
from gongjian.chronicle.reading.models import Report
from gongjian.chronicle.reading.proposed import proposed
from gongjian.chronicle.reading.reader import read
from gongjian.chronicle.reading.registering import register
from gongjian.kernel import audit, clock
from gongjian.kernel.errors import DomainError, Invalid, InvalidMany
from gongjian.kernel.permissions import require
from gongjian.ledger.models import Deed, DeedKind, Evidence
from gongjian.ledger.services import DeedSource, record_deed, take_in_evidence
from gongjian.registry.models import Account, Organization, Place
from gongjian.registry.services.organizations import enter_organization

ROOM = "reading"
_ORIGINAL = "报道原文"
_EXTENSIONS = {"application/pdf": ".pdf"}


@dataclass(frozen=True)
class Accepted:
    """What a person made of the proposal `number`: the arguments of `record_deed`. `key` makes it happen once."""

    number: int
    key: str
    kind: DeedKind
    place: Place
    organization: Organization
    statement: str
    occurred_from: date
    occurred_to: date
    precision: str
    quantity: Decimal | None = None
    approximation: str = "exact"
    beneficiary: str = ""
    public: bool = True


@transaction.atomic
def read_report(
    actor: Account, *, text: str = "", file: Any = None, published: date | None = None, place: Place | None = None
) -> Report:
    """Read pasted text or an uploaded file. Nothing is recorded in the ledger. Raises Invalid for what cannot be read."""
    require(actor, "reading.read")
    content = file.read() if file else b""
    opened = open_report(content, str(file.name)) if file else pasted(text)
    known = register()
    reading = read(opened.text, known, published=published)
    failure = propose_more(reading, known)
    report = Report.objects.create(
        office=actor.office,
        title=_title(opened),
        text=opened.text,
        media_type=opened.media_type,
        sha256=opened.sha256,
        evidence=_evidence(actor, opened, content),
        published=published,
        place=place,
        proposals=[one.content() for one in proposed(reading, opened.sha256)],
        warnings=[*([failure] if failure else []), *map(str, reading.contradictions)],
        read_by=actor,
        read_at=clock.now(),
    )
    audit.record(actor, "reading.read", report)
    return report


def _title(opened: Opened) -> str:
    return next(line.strip() for line in opened.text.splitlines() if line.strip())[:120]


def _evidence(actor: Account, opened: Opened, content: bytes) -> Evidence:
    """Word and PDF as they came; text and web pages as a Word file of their words, since the ledger keeps no scripts."""
    if opened.media_type in {"text/plain", "text/html"}:
        file = SimpleUploadedFile(f"{_ORIGINAL}.docx", _as_word(opened.text))
    else:
        name = re.sub(r"\.[A-Za-z]{1,5}$", "", opened.name) or _ORIGINAL
        file = SimpleUploadedFile(name + _EXTENSIONS.get(opened.media_type, ".docx"), content)
    return take_in_evidence(actor, file=file, caption=_title(opened))


def _as_word(text: str) -> bytes:
    from docx import Document

    document = Document()
    for line in text.splitlines():
        document.add_paragraph(line)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


@transaction.atomic
def accept_proposals(actor: Account, *, report: Report, accepted: Sequence[Accepted]) -> list[Deed]:
    """Record what a person ticked, as declared deeds with the report as evidence; a second time gives the same deeds.

    All or none: raises InvalidMany, a sentence for each proposal that the ledger refuses, by `take-NUMBER`.
    """
    require(actor, "reading.accept", report)
    if not accepted:
        raise Invalid(_("还没有勾选。勾上要记的，再点一次。"), code="nothing-ticked", field="take")
    refused: dict[str, str] = {}
    deeds = []
    for one in accepted:
        try:
            deeds.append(_record(actor, report, one))
        except DomainError as error:
            refused[f"take-{one.number}"] = _("第 %(number)s 条：%(why)s") % {"number": one.number, "why": error}
    if refused:
        raise InvalidMany(refused)
    audit.record(actor, "reading.accept", report, deeds=len(deeds))
    return deeds


def _record(actor: Account, report: Report, one: Accepted) -> Deed:
    return record_deed(
        actor,
        kind=one.kind,
        place=one.place,
        organization=one.organization,
        statement=one.statement,
        occurred_from=one.occurred_from,
        occurred_to=one.occurred_to,
        precision=one.precision,
        quantity=one.quantity,
        approximation=one.approximation,
        beneficiary=one.beneficiary,
        public=one.public,
        evidence=[report.evidence],
        source=DeedSource(ROOM, one.key),
    )


@transaction.atomic
def accept_with_new_organization(
    actor: Account, *, report: Report, accepted: Any, name: str, kind: str, community: Place | None
) -> list[Deed]:
    """Enter the organization that the registry lacks, and record its deed. `accepted(organization)` makes the rest."""
    organization = enter_organization(actor, name=name, kind=kind, community=community)
    return accept_proposals(actor, report=report, accepted=[accepted(organization)])
