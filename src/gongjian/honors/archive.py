"""The archive: everything about a campaign in one zip, each file's SHA-256 in its manifest, the same bytes every time."""

import hashlib
import json
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import closing
from typing import IO, Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Model

from gongjian.honors import papers, scoring
from gongjian.honors.models import BodyOpinion, Campaign, Candidate, ConflictDeclaration, Review, Statement, Veto
from gongjian.honors.scoring import RuleSet
from gongjian.honors.scoring.rule_sets import read
from gongjian.honors.selectors.awards import certificate_pdf, certificate_register, proof_of_certificate
from gongjian.honors.selectors.candidates import candidates
from gongjian.kernel.errors import Missing

_EPOCH = (1980, 1, 1, 0, 0, 0)


def write(campaign: Campaign, file: IO[bytes]) -> None:
    """One member after the other; nothing is held in memory but the member being written."""
    manifest: dict[str, str] = {}
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for name, chunks in _members(campaign):
            manifest[name] = _add(archive, name, chunks)
        listing = {"format": "gongjian-honors-archive/1", "campaign": campaign.slug, "sha256": manifest}
        _add(archive, "manifest.json", [_json(listing)])


def _add(archive: zipfile.ZipFile, name: str, chunks: Iterable[bytes]) -> str:
    digest = hashlib.sha256()
    entry = zipfile.ZipInfo(name, _EPOCH)
    entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
    with closing(archive.open(entry, "w", force_zip64=True)) as member:
        for chunk in chunks:
            digest.update(chunk)
            member.write(chunk)
    return digest.hexdigest()


def _members(campaign: Campaign) -> Iterator[tuple[str, Iterable[bytes]]]:
    standing = list(candidates(campaign))
    yield "campaign.json", [_json(_campaign(campaign))]
    yield "candidates.json", [_json([_candidate(c) for c in standing])]
    yield "statements.json", [_json(_rows(Statement, campaign, "candidate", "number", "text", "generated", "written_at"))]
    yield "reviews.json", [_json(_reviews(campaign))]
    yield "opinions.json", [_json(_opinions(campaign))]
    if hasattr(campaign, "shortlist_decision"):
        shortlist = campaign.shortlist_decision
        yield "shortlist.json", [_json(_fields(shortlist, leave_out={"recorded_by", "rule_set"}))]
        yield "rule_set.json", [_json(shortlist.rule_set.content)]
        rule_set = read(shortlist.rule_set.content)
        for candidate in standing:
            yield f"scores/{candidate.pk}.json", _deeds(candidate, rule_set)
    yield "notice.json", [_json(_notice(campaign))]
    yield "decision.json", [_json(_decision(campaign))]
    yield from _certificates(campaign)


def _json(content: Any) -> bytes:
    return json.dumps(content, cls=DjangoJSONEncoder, ensure_ascii=False, indent=1, sort_keys=True).encode()


def _fields(row: Model, *, leave_out: Iterable[str] = ()) -> dict[str, Any]:
    return {f.name: f.value_from_object(row) for f in row._meta.concrete_fields if f.name not in leave_out}


def _rows(model: type[Model], campaign: Campaign, *names: str) -> list[dict[str, Any]]:
    found = model._default_manager.filter(candidate__campaign=campaign)
    return list(found.order_by("pk").values(*names))


def _campaign(campaign: Campaign) -> dict[str, Any]:
    categories = [_fields(category, leave_out={"campaign"}) for category in campaign.categories.all()]
    levels = [_fields(level, leave_out={"campaign"}) for level in campaign.levels.all()]
    known = _fields(campaign, leave_out={"state", "state_before_revocation", "opened_by"})
    return known | {"office": campaign.office.name, "categories": categories, "levels": levels}


def _candidate(candidate: Candidate) -> dict[str, Any]:
    return _fields(candidate, leave_out={"campaign", "nominated_by"}) | {
        "name": candidate.name,
        "public_name": candidate.public_name,
    }


def _reviews(campaign: Campaign) -> dict[str, Any]:
    return {
        "reviews": _rows(Review, campaign, "candidate", "level__name", "reviewer__name", "recommendation", "words", "given_at"),
        "declarations": _rows(ConflictDeclaration, campaign, "candidate", "account__name", "recused", "reason", "declared_at"),
        "vetoes": _rows(Veto, campaign, "candidate", "reason", "note", "set_at", "lifted_at", "lifted_because"),
    }


def _opinions(campaign: Campaign) -> list[dict[str, Any]]:
    return _rows(
        BodyOpinion, campaign, "candidate", "body", "requested_at", "answer", "answered_on", "document_number", "words"
    )


def _deeds(candidate: Candidate, rule_set: RuleSet) -> Iterator[bytes]:
    """The ids of the deeds behind each line, streamed: there may be a million."""
    yield b'{"candidate": %d, "lines": {' % candidate.pk
    for position, rule in enumerate(rule_set.rules):
        yield b'%s\n"%s": [' % (b"," if position else b"", rule.key.encode())
        pks = scoring.deeds_behind(candidate, rule, rule_set).values_list("pk", flat=True)
        for number, pk in enumerate(pks.iterator(chunk_size=5000)):
            yield b'%s"%s"' % (b"," if number else b"", str(pk).encode())
        yield b"]"
    yield b"}}\n"


def _notice(campaign: Campaign) -> dict[str, Any]:
    """Objections without who raised them: neither name, contact nor the token is taken along."""
    notice = campaign.notice
    private = {"name", "contact", "token", "notice", "investigator"}
    return {
        "title": papers.notice_title(campaign),
        **_fields(notice, leave_out={"campaign", "published_by", "ended_by"}),
        "objections": [
            _fields(objection, leave_out=private) | {"named": bool(objection.name)} for objection in notice.objections.all()
        ],
    }


def _decision(campaign: Campaign) -> dict[str, Any]:
    awards = campaign.awards.select_related("candidate__organization", "candidate__person").order_by("pk")
    return {
        "title": papers.decision_title(campaign),
        **_fields(campaign.decision, leave_out={"campaign", "decided_by"}),
        "awards": [_fields(award, leave_out={"campaign"}) | {"name": award.candidate.name} for award in awards],
    }


def _certificates(campaign: Campaign) -> Iterator[tuple[str, Iterable[bytes]]]:
    register = list(certificate_register(campaign))
    private = {"token", "issued_by"}
    yield "certificates.json", [_json([_fields(c, leave_out=private) for c in register])]
    for certificate in register:
        try:
            yield f"certificates/{certificate.number}.pdf", [certificate_pdf(certificate)]
            yield f"proofs/{certificate.number}.json", [_json(proof_of_certificate(certificate))]
        except Missing:
            continue
