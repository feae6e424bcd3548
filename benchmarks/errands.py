"""What people do all day, for the measurement of memory."""

import io
import random
from datetime import date
from typing import Any
from uuid import uuid4

from benchmarks.people import clerk
from benchmarks.server import signed_in
from benchmarks.traffic import Browser, Errand, Traffic, visit


def make_traffic(office: Any, campaign: Any, port: int) -> Traffic:
    """Call inside the office's scope."""
    name, _equals, value = signed_in(clerk(office)).cookie.partition("=")
    return Traffic(port, [*_readings(campaign), *_writings(campaign)], {name: value})


def _readings(campaign: Any) -> list[Errand]:
    from django.urls import reverse

    from gongjian.honors.models import Certificate
    from gongjian.ledger.models import Deed

    organizations = campaign.candidates.values_list("organization", flat=True)[:20]
    deeds = Deed.objects.filter(public=True).order_by("-occurred_to", "-id")[:20]
    certificate = Certificate.objects.exclude(sha256="").filter(award__campaign=campaign)[0]
    explorer, export = reverse("ledger:explorer"), reverse("ledger:export")
    year = campaign.cycle_to.year - 1
    return [
        visit(reverse("desk:home")),
        visit(reverse("desk:my_desk")),
        visit(reverse("desk:search"), q="合成单位"),
        visit(reverse("chronicle:honor_page", args=[campaign.slug])),
        visit(reverse("honors:campaigns")),
        visit(reverse("honors:review", args=[campaign.slug])),
        *(visit(reverse("desk:organization", args=[pk])) for pk in organizations),
        *(visit(reverse("ledger:deed", args=[deed.pk])) for deed in deeds),
        visit(reverse("ledger:proof", args=[deeds[0].pk])),
        visit(explorer),
        visit(explorer, rows="organization", columns="month"),
        visit(explorer, late="on"),
        visit(export, category="care", since=f"{year}-03", until=f"{year}-03"),
        visit(reverse("honors:certificate", args=[certificate.token])),
        visit(reverse("honors:pdf", args=[certificate.token])),
        visit("/api/v1/openapi.json"),
    ]


def _writings(campaign: Any) -> list[Errand]:
    """Deeds with a photograph of two megapixels, never the same twice."""
    from django.urls import reverse

    from gongjian.registry.models import Place

    organization = campaign.candidates.first().organization.name
    place = Place.objects.filter(level=Place.Level.COMMUNITY)[0].pk
    path = reverse("ledger:record")
    fields = {
        "organization": organization,
        "kind": "volunteer-hours",
        "place": str(place),
        "precision": "day",
        "occurred_from": date(2026, 3, 2).isoformat(),
        "quantity": "8",
        "approximation": "exact",
        "statement": "在社区值守{数}（性能测试）",
    }

    def record(browser: Browser) -> None:
        browser.post(path, {**fields, "submission": str(uuid4())})

    def record_with_photograph(browser: Browser) -> None:
        browser.post(path, {**fields, "submission": str(uuid4())}, {"evidence": ("照片.jpg", photograph())})

    return [record, record_with_photograph, record_with_photograph]


def photograph() -> bytes:
    from PIL import Image

    noise = random.Random().randbytes(60 * 80 * 3)
    buffer = io.BytesIO()
    Image.frombytes("RGB", (80, 60), noise).resize((1600, 1200)).save(buffer, "JPEG")
    return buffer.getvalue()
