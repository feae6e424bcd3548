"""Certificates of service as PDF: typeset by Typst from one template, the same bytes for the same facts."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.urls import reverse

from gongjian.kernel.masking import mask_number
from gongjian.kernel.papers import typesetting
from gongjian.registry.addresses import absolute
from gongjian.work.volunteering.models import ServiceCertificate

_TEMPLATE = Path(__file__).with_name("certificate.typ")


def typeset(certificate: ServiceCertificate, proofs: Sequence[dict[str, Any]], *, revoked: bool = False) -> bytes:
    """`proofs`: the inclusion proofs of the deeds. Papers are Chinese whoever prints them."""
    return typesetting.typeset(_TEMPLATE, _facts(certificate, proofs) | {"revoked": revoked})


def _facts(certificate: ServiceCertificate, proofs: Sequence[dict[str, Any]]) -> dict[str, Any]:
    person = certificate.volunteer.person
    seal = proofs[0]["seal"]
    page = reverse("volunteering:certificate", args=[certificate.token])
    return {
        "number": certificate.number,
        "name": person.name,
        "id_type": "居民身份证" if person.identity_number else "",
        "id_number": mask_number(person.identity_number or "", head=3, tail=2),
        "volunteer_number": certificate.volunteer.number,
        "first": _in_chinese(certificate.first),
        "last": _in_chinese(certificate.last),
        "hours": _plain(certificate.hours),
        "times": str(certificate.times),
        "lines": [_line(line) for line in certificate.lines],
        "issuer": certificate.issuer.name,
        "organizer": certificate.organizer,
        "person_in_charge": certificate.person_in_charge,
        "handler": certificate.handler,
        "contact": certificate.contact,
        "purpose": certificate.purpose,
        "date": _in_chinese(certificate.issued_on) if certificate.issued_on else "",
        "published": f"已自{_in_chinese(certificate.published_on)}起公示7日" if certificate.published_on else "",
        "seal": f"{len(proofs)} 条时长记录在封存日志中，共 {seal['size']} 条，根 {seal['root'][:16]}",
        "root": seal["root"],
        "site": absolute(certificate.office, "").split("://", 1)[-1],
        "qr": typesetting.qr_drawing(absolute(certificate.office, page)),
    }


def _line(line: dict[str, str]) -> dict[str, str]:
    first, last = date.fromisoformat(line["first"]), date.fromisoformat(line["last"])
    days = _in_chinese(first) if first == last else f"{_in_chinese(first)}至{_in_chinese(last)}"
    return {
        "activity": line["activity"],
        "content": line["content"][:60],
        "days": days,
        "times": str(line["times"]),
        "hours": _plain(Decimal(line["hours"])),
    }


def _plain(hours: Decimal) -> str:
    return f"{hours.normalize():f}"


def _in_chinese(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
