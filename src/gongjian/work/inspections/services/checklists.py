"""The lists by which places are inspected: shipped to begin with, an office's own in versions."""

import tomllib
from collections.abc import Sequence
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext as _

from gongjian.kernel import audit, clock
from gongjian.kernel.errors import Invalid
from gongjian.kernel.locking import lock
from gongjian.kernel.permissions import require
from gongjian.registry.models import Account
from gongjian.work.inspections.models import Checklist, Item

SHIPPED = Path(__file__).resolve().parents[1] / "checklists.toml"
MOST_ITEMS = 40
MOST_LETTERS = 120


@transaction.atomic
def current_checklists(actor: Account, *, kinds: Sequence[str]) -> list[Checklist]:
    """Those of `kinds` in use; a kind that the office has none of gets the shipped one."""
    lock(f"inspections.checklists:{actor.office_id}")
    known = {one.kind: one for one in Checklist.objects.filter(current=True, kind__in=kinds)}
    for kind in kinds:
        if kind not in known:
            known[kind] = _write(actor, kind, 1, shipped()[kind])
    return [known[kind] for kind in kinds]


def shipped() -> dict[str, list[str]]:
    with SHIPPED.open("rb") as file:
        return {one["kind"]: one["items"] for one in tomllib.load(file)["checklist"]}


@transaction.atomic
def revise_checklist(actor: Account, *, kind: str, items: Sequence[str]) -> Checklist:
    """The next version; what was inspected by the former one keeps it. The same items again change nothing. Raises Invalid."""
    require(actor, "inspections.configure")
    lines = [line.strip() for line in items if line.strip()]
    _check(lines)
    lock(f"inspections.checklists:{actor.office_id}")
    latest = Checklist.objects.filter(kind=kind).order_by("-version").first()
    if latest and list(latest.items.values_list("text", flat=True)) == lines:
        return latest
    Checklist.objects.filter(kind=kind, current=True).update(current=False)
    checklist = _write(actor, kind, latest.version + 1 if latest else 1, lines)
    audit.record(actor, "inspections.revise", checklist, version=checklist.version)
    return checklist


def _check(lines: Sequence[str]) -> None:
    if not lines:
        raise Invalid(_("检查表里至少要有一项。"), code="items-missing", field="items")
    if len(lines) > MOST_ITEMS:
        raise Invalid(_("一张检查表最多 %(most)s 项。") % {"most": MOST_ITEMS}, code="too-many", field="items")
    if too_long := next((line for line in lines if len(line) > MOST_LETTERS), None):
        sentence = _("这一项太长，请压缩到 %(most)s 字以内：%(line)s…") % {"most": MOST_LETTERS, "line": too_long[:20]}
        raise Invalid(sentence, code="too-long", field="items")


def _write(actor: Account, kind: str, version: int, lines: Sequence[str]) -> Checklist:
    details = {"kind": kind, "version": version, "made_at": clock.now(), "made_by": actor}
    checklist = Checklist.objects.create(office=actor.office, **details)
    Item.objects.bulk_create(Item(checklist=checklist, number=n, text=line) for n, line in enumerate(lines, start=1))
    return checklist
