"""Taking in evidence: the original kept as it came, a public copy made without EXIF."""

from collections.abc import Sequence
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.translation import gettext as _

from gongjian.kernel import audit, clock
from gongjian.kernel.errors import Invalid
from gongjian.kernel.files import Examined, examine, public_copy
from gongjian.kernel.permissions import require
from gongjian.ledger.models import Evidence
from gongjian.registry.models import Account, Office

PUBLIC_EDGE, THUMBNAIL_EDGE = 1600, 360
MOST_FILES = 12
"""In one form, since all of them are in memory at once."""
MOST_FROM_STRANGER = 4


@transaction.atomic
def take_in_evidence(actor: Account, *, file: Any, caption: str = "", public: bool = False) -> Evidence:
    """`file` is an uploaded file. The same file again gives the evidence that is already there.

    Raises Invalid for files that are too large, of a refused type, broken, or disguised.
    """
    require(actor, "ledger.add_evidence")
    return _take_in(actor, examine(file), caption, public)


@transaction.atomic
def take_in_files(actor: Account, *, files: Sequence[Any], public: bool = False) -> list[Evidence]:
    """All or none: every file is examined before any is stored. Raises Invalid as `take_in_evidence` does."""
    if not files:
        return []
    require(actor, "ledger.add_evidence")
    if len(files) > MOST_FILES:
        raise Invalid(_("一次最多传 %(most)s 个文件。") % {"most": MOST_FILES}, code="too-many-files", field="evidence")
    return [_take_in(actor, examined, "", public) for examined in [examine(file) for file in files]]


@transaction.atomic
def take_in_from_stranger(office: Office, *, files: Sequence[Any]) -> list[Evidence]:
    """Photos that come with a resident's report, without an account; never public by themselves. Raises Invalid."""
    if len(files) > MOST_FROM_STRANGER:
        raise Invalid(_("一次最多传 %(most)s 张照片。") % {"most": MOST_FROM_STRANGER}, code="too-many-files", field="photos")
    examined = [examine(file) for file in files]
    if any(not item.media_type.startswith("image/") for item in examined):
        raise Invalid(_("这里只收照片。"), code="file-type", field="photos")
    return [_take_in(None, item, "", public=False, office=office) for item in examined]


def _take_in(
    actor: Account | None, examined: Examined, caption: str, public: bool, *, office: Office | None = None
) -> Evidence:
    known = Evidence.objects.filter(sha256=examined.sha256).first()
    if known:
        return known
    evidence = Evidence(
        office=actor.office if actor else office,
        sha256=examined.sha256,
        media_type=examined.media_type,
        size=examined.size,
        file_name=examined.name,
        caption=caption.strip()[:160],
        public=public,
        width=examined.width,
        height=examined.height,
        captured_at=examined.captured_at,
        latitude=examined.latitude,
        longitude=examined.longitude,
        perceptual_hash=examined.perceptual_hash,
        edited_with=examined.software,
        uploaded_by=actor,
        uploaded_at=clock.now(),
    )
    _store(evidence, examined)
    Evidence.objects.bulk_create([evidence], ignore_conflicts=True)
    stored = Evidence.objects.get(office_id=evidence.office_id, sha256=examined.sha256)
    audit.record(actor, "ledger.take_in_evidence", stored)
    return stored


def _store(evidence: Evidence, examined: Examined) -> None:
    """Files are named by their hash: writing one twice, or before a failed transaction, does no harm."""
    _put(evidence.original_path, examined.content)
    if evidence.is_image:
        _put(evidence.public_path, public_copy(examined.content, edge=PUBLIC_EDGE))
        _put(evidence.thumbnail_path, public_copy(examined.content, edge=THUMBNAIL_EDGE))


def _put(path: str, content: bytes) -> None:
    if not default_storage.exists(path):
        default_storage.save(path, ContentFile(content))


@transaction.atomic
def publish_evidence(actor: Account, *, evidence: Evidence) -> Evidence:
    return _set_public(actor, evidence, public=True)


@transaction.atomic
def withdraw_evidence(actor: Account, *, evidence: Evidence) -> Evidence:
    """The public copy is no longer served; the evidence stays."""
    return _set_public(actor, evidence, public=False)


def _set_public(actor: Account, evidence: Evidence, *, public: bool) -> Evidence:
    require(actor, "ledger.publish_evidence", evidence)
    evidence.public = public
    evidence.save(update_fields=["public"])
    audit.record(actor, "ledger.publish_evidence" if public else "ledger.withdraw_evidence", evidence)
    return evidence
