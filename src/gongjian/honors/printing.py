"""Certificates as PDF: typeset by Typst from one template, the same bytes for the same facts."""

from pathlib import Path
from typing import Any

from django.utils.translation import override

from gongjian.honors import links
from gongjian.honors.models import Certificate
from gongjian.honors.papers import in_chinese
from gongjian.kernel.basis import Nature
from gongjian.kernel.papers import typesetting
from gongjian.registry.addresses import absolute

_TEMPLATE = Path(__file__).with_name("certificate.typ")
_HEADINGS = {Nature.APPROVED: "荣誉证书", Nature.THANKS: "感谢证书"}


def typeset(certificate: Certificate, proof: dict[str, Any], *, revoked: bool = False) -> bytes:
    """`proof` is the inclusion proof of the award's deed. Papers are Chinese whoever prints them."""
    with override("zh-hans"):
        facts = _facts(certificate, proof) | {"revoked": revoked, "revoked_word": "已撤销"}
    return typesetting.typeset(_TEMPLATE, facts)


def _facts(certificate: Certificate, proof: dict[str, Any]) -> dict[str, Any]:
    award = certificate.award
    campaign, decision, office = award.campaign, award.campaign.decision, award.campaign.office
    thanks = campaign.nature == Nature.THANKS
    return {
        "heading": _HEADINGS.get(Nature(campaign.nature), "荣誉证书"),
        "name": award.candidate.name,
        "campaign": campaign.title,
        "cycle": f"{in_chinese(campaign.cycle_from)}至{in_chinese(campaign.cycle_to)}",
        "verb": "表现突出，列为" if thanks else "被评为",
        "title": award.title,
        "closing": "特此通报表扬，谨致谢忱。" if thanks else "特发此证。",
        "issuer": decision.issued_by,
        "date": in_chinese(decision.decided_on),
        "number": certificate.number,
        "basis": decision.document_number,
        "seal": f"第 {proof['index'] + 1} 条，共 {proof['seal']['size']} 条，根 {proof['seal']['root'][:16]}",
        "root": proof["seal"]["root"],
        "site": absolute(office, "").split("://", 1)[-1],
        "sample": "演示样例：所引文号为样例，不是真实文件。" if campaign.basis_is_sample else "",
        "qr": typesetting.qr_drawing(absolute(office, links.certificate_url(certificate.number))),
    }
