"""Makers of served hours, certificates and corrections."""

from datetime import date, timedelta
from typing import Any

from gongjian.kernel import clock
from gongjian.ledger.sealing.sealer import seal
from gongjian.registry.models import Account, Organization, Role
from gongjian.registry.tests.factories import make_account, make_organization
from gongjian.work.volunteering import services
from gongjian.work.volunteering.models import Activity, Attendance, Correction, ServiceCertificate, Volunteer
from gongjian.work.volunteering.services.certificates import draft_certificate, make_certificate
from gongjian.work.volunteering.services.corrections import ask_correction
from gongjian.work.volunteering.services.spot_checks import draw_spot_check
from gongjian.work.volunteering.tests.factories import at, make_activity, make_assignment, make_shift, make_volunteer


def serve(
    clerk: Account,
    volunteer: Volunteer,
    activity: Activity,
    begins: str = "2020-02-03 08:00",
    *,
    hours: int = 4,
    quality: str = "",
) -> Attendance:
    """Ticked in and out by the organizer, and confirmed."""
    shift = make_shift(activity, at(begins), hours=hours)
    make_assignment(shift, volunteer)
    with clock.set_to(shift.begins):
        attendance = services.tick_in(clerk, shift=shift, volunteers=[volunteer])[0]
    with clock.set_to(shift.ends):
        services.tick_out(clerk, shift=shift, volunteers=[volunteer])
    with clock.set_to(shift.ends + timedelta(hours=1)):
        return services.confirm_hours(clerk, attendances=[attendance], quality=quality)[0]


def credit(clerk: Account, activity: Activity, moment: str = "2020-02-20 09:00") -> None:
    with clock.set_to(at(moment)):
        services.credit_hours(clerk, activity=activity)


def make_committee(office: Any, community: Any = None) -> Organization:
    return make_organization(office, kind=Organization.Kind.COMMITTEE, community=community)


def certify(clerk: Account, volunteer: Volunteer, issuer: Organization, **said: Any) -> ServiceCertificate:
    plain = {
        "first": date(2020, 2, 1),
        "last": date(2020, 2, 10),
        "published": False,
        "organizer": volunteer.office.name,
        "person_in_charge": "样例甲",
        "handler": "样例乙",
        "contact": "0000-0000000",
    }
    return draft_certificate(clerk, volunteer=volunteer, issuer=issuer, **(plain | said))


def made(certificate: ServiceCertificate) -> ServiceCertificate:
    seal()
    return make_certificate(certificate)


def build_records(world: Any, clerk: Account, volunteer: Volunteer) -> dict[str, Any]:
    """For the permission matrix: a certificate of the community's committee, made, and an open correction."""
    activity = make_activity(world.office, clerk=clerk, organization=world.organization, place=world.community)
    somebody = make_volunteer(world.office)
    attendance = serve(clerk, somebody, activity)
    credit(clerk, activity)
    certificate = made(certify(clerk, somebody, make_committee(world.office, world.community)))
    asked: Correction = ask_correction(
        make_clerk_of(world), attendance=attendance, began=attendance.began, ended=at("2020-02-03 11:00"), reason="早走一小时"
    )
    day = date(2020, 2, 3)
    check = draw_spot_check(make_clerk_of(world), first=day, last=day, by="random", size=1)
    return {
        "volunteering_certificate": certificate,
        "volunteering_correction": asked,
        "volunteering_spot_check": check,
        "volunteering_spot_check_line": check.lines.get(),
    }


def make_clerk_of(world: Any) -> Account:
    return make_account(world.office, Role.OFFICE_CLERK)
