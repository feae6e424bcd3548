"""Hours: ticked in and out by another system at the gate, listed, confirmed; and whether a certificate stands."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Query

from gongjian.kernel.errors import Invalid
from gongjian.kernel.permissions import require
from gongjian.kernel.rest import Paged, Paging, idempotent, paged
from gongjian.registry.models import Account
from gongjian.work.volunteering import services
from gongjian.work.volunteering.api.routes import REFUSALS, WRITES, account_of, router
from gongjian.work.volunteering.api.schemas import CertificateOut, ConfirmIn, HoursOut, HoursState, Rows, TickIn
from gongjian.work.volunteering.models import Attendance, Shift, Volunteer
from gongjian.work.volunteering.selectors import reach
from gongjian.work.volunteering.selectors.certificates import verify
from gongjian.work.volunteering.selectors.hours import reached

WRITTEN: dict[str, Any] = {"response": {200: Rows, **REFUSALS}, "auth": WRITES}


@router.get("/hours", response={200: Paged[HoursOut], **REFUSALS})
def list_hours(
    request: HttpRequest, paging: Query[Paging], activity: int | None = None, state: HoursState | None = None
) -> object:
    """Of the activities that the account reaches, the latest first."""
    require(request.user, "volunteering.look")
    rows = reached(account_of(request), state=state or "")
    return paged(rows.filter(shift__activity=activity) if activity else rows, paging, order=("-began", "-pk"))


@router.post("/shifts/{int:pk}/tick-in", **WRITTEN)
@idempotent()
def tick_in(request: HttpRequest, pk: int, told: TickIn) -> Any:
    """These are here. Who is already keeps the first tick."""
    return _ticked(account_of(request), pk, told, services.tick_in)


@router.post("/shifts/{int:pk}/tick-out", **WRITTEN)
@idempotent()
def tick_out(request: HttpRequest, pk: int, told: TickIn) -> Any:
    """These left. Who is not on duty is left out."""
    return _ticked(account_of(request), pk, told, services.tick_out)


def _ticked(account: Account, pk: int, told: TickIn, act: Callable[..., list[Attendance]]) -> Rows:
    shift: Shift = reach.get_shift(account, pk)
    people = {one.number: one for one in Volunteer.objects.select_related("person").filter(number__in=told.volunteers)}
    for number in told.volunteers:
        if number not in people:
            raise Invalid(_("没有“%(code)s”。") % {"code": number}, code="unknown", field="volunteers")
    return _rows(act(account, shift=shift, volunteers=list(people.values()), at=told.at))


@router.post("/hours/confirm", **WRITTEN)
@idempotent()
def confirm_hours(request: HttpRequest, told: ConfirmIn) -> Any:
    """All or none; not what the account typed in itself, nor its own."""
    require(request.user, "volunteering.confirm_hours")
    account = account_of(request)
    found = list(reached(account).filter(pk__in=told.hours))
    if len(found) != len(set(told.hours)):
        raise Invalid(_("有的到岗记录不存在，或者不归您管。"), code="unknown", field="hours")
    return _rows(services.confirm_hours(account, attendances=found, quality=told.quality or ""))


def _rows(rows: list[Attendance]) -> Rows:
    found = Attendance.objects.filter(pk__in=[row.pk for row in rows]).select_related("shift", "volunteer")
    return Rows.from_orm({"items": list(found.order_by("pk"))})


@router.get("/certificates/{key}", response={200: CertificateOut, **REFUSALS})
def verify_service_certificate(request: HttpRequest, key: str) -> object:
    """`key`: its number, or the token on the paper."""
    require(request.user, "volunteering.join")
    return CertificateOut.of(verify(key))
