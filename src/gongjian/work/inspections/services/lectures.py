"""Lectures on safety, each a deed of whoever held it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from gongjian.kernel import audit, clock
from gongjian.kernel.errors import Conflict, Invalid
from gongjian.kernel.permissions import require
from gongjian.ledger.models import Deed, DeedKind, Evidence
from gongjian.ledger.services import DeedSource, record_deed
from gongjian.registry.models import Account, Organization, Place
from gongjian.work.inspections.models import Lecture
from gongjian.work.inspections.models.lectures import MOST_PEOPLE

Form = Lecture.Form


@dataclass(frozen=True)
class Held:
    """`statement`: how it is told, where otherwise than by itself."""

    place: Place
    organization: Organization
    title: str
    held_on: date
    form: str = Form.LECTURE
    people: int | None = None
    statement: str = ""
    precision: str = Deed.Precision.DAY
    evidence: Sequence[Evidence] = ()


@transaction.atomic
def record_lecture(actor: Account, *, held: Held) -> Lecture:
    """Raises Invalid for a day that has not come, Conflict for one recorded before."""
    lecture = _drafted(actor, held)
    require(actor, "inspections.lecture", lecture)
    try:
        with transaction.atomic():
            lecture.save(force_insert=True)
    except IntegrityError as error:
        raise Conflict(_("这一场已经记过了。"), code="recorded", field="title") from error
    _record(actor, lecture, held)
    audit.record(actor, "inspections.lecture", lecture)
    return lecture


def _drafted(actor: Account, held: Held) -> Lecture:
    if held.held_on > clock.today():
        raise Invalid(_("讲座还没有到日子，讲完再记。"), code="future", field="held_on")
    if len(held.title.strip()) < 2:
        raise Invalid(_("请写讲了什么。"), code="title", field="title")
    if held.people is not None and not 1 <= held.people <= MOST_PEOPLE:
        raise Invalid(_("听的人数应在 1 到 %(most)s 之间。") % {"most": MOST_PEOPLE}, code="people", field="people")
    if held.form == Form.LECTURE and held.people is None:
        raise Invalid(_("讲座请写多少人听；挨家挨户讲的，选“上门宣讲”。"), code="people", field="people")
    return Lecture(
        office=actor.office,
        place=held.place,
        organization=held.organization,
        title=held.title.strip()[:80],
        form=held.form,
        held_on=held.held_on,
        people=held.people,
        recorded_by=actor,
        recorded_at=clock.now(),
    )


def _record(actor: Account, lecture: Lecture, held: Held) -> Deed:
    counted = lecture.form == Form.LECTURE
    own = f"举办安全讲座{{数}}：{lecture.title}" if counted else f"上门宣讲：{lecture.title}"
    by_year = held.precision == Deed.Precision.YEAR
    return record_deed(
        actor,
        kind=DeedKind.objects.get(code="safety-lecture" if counted else "fire-lecture"),
        place=lecture.place,
        organization=lecture.organization,
        statement=held.statement or own,
        beneficiary=str(lecture.place),
        quantity=Decimal(1) if counted else None,
        occurred_from=lecture.held_on.replace(month=1, day=1) if by_year else lecture.held_on,
        occurred_to=lecture.held_on,
        precision=held.precision,
        evidence=held.evidence,
        source=DeedSource("inspections", f"lecture:{lecture.pk}"),
    )
