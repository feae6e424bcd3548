"""Registering volunteers, and what they tell about themselves."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from gongjian.kernel import audit, clock
from gongjian.kernel.errors import Conflict, Invalid
from gongjian.kernel.locking import lock
from gongjian.kernel.permissions import require
from gongjian.registry.models import Account, Office, Organization, Person, Place
from gongjian.registry.services.oneself import introduce_oneself
from gongjian.registry.services.people import check_phone
from gongjian.work.volunteering.models import Absence, Availability, Skill, Volunteer

MOST_SIGN_UPS, SIGN_UP_WINDOW = 60, timedelta(hours=1)
"""From one address: a unit's people may share one."""


@dataclass(frozen=True)
class Guardian:
    """Who answers for a minor; `consented` is their own yes."""

    born: date
    name: str = ""
    phone: str = ""
    consented: bool = False


@dataclass(frozen=True)
class Introduction:
    """What somebody says on the sign-up page, or a liaison's list says about them."""

    name: str
    phone: str
    organization: Organization | None = None
    community: Place | None = None
    guardian: Guardian | None = None


@transaction.atomic
def take_in_volunteer(actor: Any, *, office: Office, introduction: Introduction) -> Volunteer:
    """The volunteer who introduces themselves, or is known. Raises Invalid, also for a minor without guardian."""
    check_guardian(introduction.guardian)
    person = introduce_oneself(
        actor,
        office=office,
        name=introduction.name,
        phone=introduction.phone,
        organization=introduction.organization,
        community=introduction.community,
    )
    return _enter(actor, person, introduction.guardian)


@transaction.atomic
def register_volunteer(
    actor: Account, *, person: Person, skills: Iterable[Skill] = (), guardian: Guardian | None = None, **details: Any
) -> Volunteer:
    """`details`: languages, most_hours_a_week. Somebody who is registered already keeps the number."""
    require(actor, "volunteering.register")
    check_guardian(guardian)
    volunteer = _enter(actor, person, guardian)
    return describe_volunteer(actor, volunteer=volunteer, skills=skills, **details)


@transaction.atomic
def describe_volunteer(actor: Any, *, volunteer: Volunteer, skills: Iterable[Skill] = (), **details: Any) -> Volunteer:
    for field, value in details.items():
        setattr(volunteer, field, value)
    volunteer.save()
    volunteer.skills.set(skills)
    audit.record(actor, "volunteering.describe_volunteer", volunteer)
    return volunteer


@transaction.atomic
def set_times(
    actor: Any, *, volunteer: Volunteer, windows: Sequence[tuple[int, time, time]] = (), away: Sequence[tuple[date, date]] = ()
) -> None:
    """When the volunteer has time: weekly windows (weekday 1 to 7, from, to) and days away; replaces what was said before."""
    if any(last < first for first, last in away):
        raise Invalid(_("“不在的日子”里，结束不能早于开始。"), code="absence", field="away")
    volunteer.availabilities.all().delete()
    volunteer.absences.all().delete()
    Availability.objects.bulk_create(
        [Availability(volunteer=volunteer, weekday=day, begins=begins, ends=ends) for day, begins, ends in set(windows)]
    )
    Absence.objects.bulk_create([Absence(volunteer=volunteer, first=first, last=last) for first, last in away])
    audit.record(actor, "volunteering.set_times", volunteer)


@transaction.atomic
def retire_volunteer(actor: Any, *, volunteer: Volunteer) -> Volunteer:
    """Leaves all places that lie ahead; the record of service stays. Raises Conflict if retired before."""
    from gongjian.work.volunteering.services.places import leave_all

    if volunteer.retired_at:
        raise Conflict(_("已经退出了。"), code="retired")
    leave_all(actor, volunteer=volunteer)
    volunteer.retired_at = clock.now()
    volunteer.save(update_fields=["retired_at"])
    audit.record(actor, "volunteering.retire_volunteer", volunteer)
    return volunteer


def check_guardian(guardian: Guardian | None) -> None:
    """Minors sign up with a guardian's name, phone and consent (before sign-up, not after)."""
    if guardian is None:
        return
    if guardian.born > clock.today():
        raise Invalid(_("出生日期不能在将来。"), code="born", field="born")
    if not guardian.name.strip() or not guardian.phone.strip():
        raise Invalid(_("未满 18 周岁要填监护人的姓名和电话。"), code="guardian-missing", field="guardian_name")
    if not guardian.consented:
        raise Invalid(_("未满 18 周岁要监护人同意才能报名。"), code="guardian-consent", field="guardian_consents")


def _enter(actor: Any, person: Person, guardian: Guardian | None) -> Volunteer:
    known = Volunteer.objects.filter(person=person).first()
    volunteer = known or Volunteer(office=person.office, person=person, registered_at=clock.now(), agreed_at=clock.now())
    if known and (guardian is None or known.born) and not known.retired_at:
        return known
    volunteer.retired_at = None
    if guardian:
        volunteer.born, volunteer.guardian_name = guardian.born, guardian.name.strip()
        volunteer.guardian_phone, volunteer.guardian_consented_at = check_phone(guardian.phone), clock.now()
    volunteer.number = volunteer.number or _next_number(person.office)
    try:
        with transaction.atomic():
            volunteer.save()
    except IntegrityError:
        return Volunteer.objects.get(person=person)
    audit.record(actor, "volunteering.register_volunteer", volunteer)
    return volunteer


def _next_number(office: Office) -> str:
    """V, the year, and a running number; never anything of the identity number."""
    lock(f"volunteering.number:{office.pk}", seconds=30)
    start = f"V{clock.today().year}"
    last = Volunteer.objects.filter(number__startswith=start).order_by("-number").values_list("number", flat=True).first()
    return f"{start}{int(last[len(start) :]) + 1 if last else 1:05d}"


def skills_named(office: Office, names: Iterable[str]) -> list[Skill]:
    """The skills of these names; what is new is added to the office's list."""
    wanted = dict.fromkeys(name.strip()[:30] for name in names if name.strip())
    return [Skill.objects.get_or_create(office=office, name=name)[0] for name in wanted]
