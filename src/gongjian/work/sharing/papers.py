"""The receipt of a donation as PDF."""

from pathlib import Path
from typing import Any

from django.utils.translation import override

from gongjian.kernel.papers.typesetting import qr_drawing, typeset
from gongjian.work.sharing.models import Donation

_TEMPLATE = Path(__file__).with_name("receipt.typ")


def receipt_pdf(donation: Donation, *, link: str) -> bytes:
    """Papers are Chinese whoever prints them. `link` leads to the public page of the receipt."""
    with override("zh-hans"):
        facts = receipt_facts(donation, link)
    return typeset(_TEMPLATE, facts)


def receipt_facts(donation: Donation, link: str) -> dict[str, Any]:
    day = donation.received_on
    organization = str(donation.organization or "")
    return {
        "title": "接收物资收据",
        "number": donation.number,
        "office": donation.office.name,
        "donor": donation.donor or ("" if donation.arranged else organization) or "不愿留名",
        "arranged": f"（{organization}联系）" if donation.arranged else "",
        "channel": donation.get_channel_display(),
        "via": donation.via,
        "document": donation.document,
        "purpose": donation.purpose,
        "place": str(donation.place),
        "lines": [[line.item.name, line.item.told(line.quantity)] for line in donation.lines.all()],
        "date": f"{day.year}年{day.month}月{day.day}日",
        "handler": donation.recorded_by.name,
        "link": link,
        "qr": qr_drawing(link),
    }
