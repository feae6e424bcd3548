"""Deeds and evidence for tests, through the same services that the pages call."""

import io
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from gongjian.ledger.models import Deed, DeedKind, Evidence
from gongjian.ledger.services import record_deed, take_in_evidence
from gongjian.registry.models import Account, Office
from gongjian.registry.tests.factories import first_community, make_clerk, make_organization


def deed_kind(code: str = "volunteer-hours") -> DeedKind:
    return DeedKind.objects.get(code=code)


def make_deed(office: Office, actor: Account | None = None, **details: Any) -> Deed:
    """A declared deed of 8 volunteer hours, unless `details` say otherwise."""
    values: dict[str, Any] = {
        "kind": deed_kind(),
        "place": first_community(office),
        "statement": "在社区值守{数}",
        "occurred_from": date(2026, 3, 2),
        "quantity": Decimal(8),
    } | details
    if isinstance(values["kind"], str):
        values["kind"] = deed_kind(values["kind"])
    if not {"organization", "team", "person"} & values.keys():
        values["organization"] = make_organization(office)
    return record_deed(actor or make_clerk(office), **values)


def image_file(name: str = "photo.png", *, color: str = "red", size: tuple[int, int] = (64, 48)) -> SimpleUploadedFile:
    buffer = io.BytesIO()
    Image.new("RGB", size, color).save(buffer, "PNG")
    return SimpleUploadedFile(name, buffer.getvalue())


def make_evidence(office: Office, *, public: bool = True, **image: Any) -> Evidence:
    return take_in_evidence(make_clerk(office), file=image_file(**image), caption="样例照片", public=public)
