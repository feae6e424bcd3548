"""Certificates of service as PDF: typeset by Typst from one template, the same bytes for the same facts."""

import io
import json
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.conf import settings
from django.urls import reverse

from gongjian.kernel.masking import mask_number
from gongjian.registry.models import Office
from gongjian.work.volunteering.models import ServiceCertificate

_TEMPLATE = Path(__file__).with_name("certificate.typ")


def typeset(certificate: ServiceCertificate, proofs: Sequence[dict[str, Any]], *, revoked: bool = False) -> bytes:
    """`proofs`: the inclusion proofs of the deeds. Papers are Chinese whoever prints them."""
    return _compile({"facts": json.dumps(_facts(certificate, proofs) | {"revoked": revoked}, ensure_ascii=False)})


def _facts(certificate: ServiceCertificate, proofs: Sequence[dict[str, Any]]) -> dict[str, Any]:
    person = certificate.volunteer.person
    seal = proofs[0]["seal"]
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
        "qr": _qr(absolute(certificate.office, reverse("volunteering:certificate", args=[certificate.token]))),
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


def absolute(office: Office, path: str) -> str:
    """With the office's public address in front: its own host name, else the installation's origin."""
    if office.hostnames:
        return f"{'https' if settings.BEHIND_TLS else 'http'}://{office.hostnames[0]}{path}"
    origin = settings.CSRF_TRUSTED_ORIGINS[0] if settings.CSRF_TRUSTED_ORIGINS else "http://localhost:8000"
    return f"{origin.rstrip('/')}{path}"


def _qr(address: str) -> str:
    import segno

    buffer = io.BytesIO()
    segno.make(address, error="m").save(buffer, kind="svg", border=0, dark="#1c1b1a", xmldecl=False)
    return buffer.getvalue().decode()


def _compile(inputs: dict[str, str]) -> bytes:
    """Typst and its fonts take some 60 MB while they work; the web process imports them only when it must print."""
    import pylopdf_fonts_zh_cn
    import typst

    fonts = Path(pylopdf_fonts_zh_cn.serif_path()).parent
    return bytes(
        typst.compile(_TEMPLATE, root=_TEMPLATE.parent, font_paths=[fonts], ignore_system_fonts=True, sys_inputs=inputs)
    )
