"""Calls, their shifts, and signing up a unit's people."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Query

from gongjian.kernel.errors import Invalid
from gongjian.kernel.permissions import require
from gongjian.kernel.rest import Paged, Paging, idempotent, paged
from gongjian.registry.models import Organization
from gongjian.work.volunteering import services
from gongjian.work.volunteering.api.routes import REFUSALS, WRITES, account_of, router
from gongjian.work.volunteering.api.schemas import AnswerIn, AnswerOut, CallOut, ShiftOut
from gongjian.work.volunteering.models import Call, Shift, Volunteer
from gongjian.work.volunteering.selectors.public import call_by_token, open_calls
from gongjian.work.volunteering.selectors.reach import sent


@router.get("/calls", response={200: Paged[CallOut], **REFUSALS})
def list_calls(request: HttpRequest, paging: Query[Paging]) -> object:
    """Those that are open, which close first first."""
    require(request.user, "volunteering.join")
    return paged(open_calls(), paging, order=("closes_at", "pk"))


@router.get("/calls/{token}", response={200: CallOut, **REFUSALS})
def get_call(request: HttpRequest, token: str) -> object:
    """Also one that is closed."""
    require(request.user, "volunteering.join")
    return call_by_token(token)


@router.get("/calls/{token}/shifts", response={200: Paged[ShiftOut], **REFUSALS})
def list_shifts(request: HttpRequest, token: str, paging: Query[Paging]) -> object:
    """Of the call's activity, cancelled ones left out."""
    require(request.user, "volunteering.join")
    return paged(_shifts(call_by_token(token)), paging, order=("begins", "pk"))


def _shifts(call: Call) -> QuerySet[Shift]:
    return Shift.objects.filter(activity=call.activity, cancelled_at=None).select_related("post", "activity")


@router.get("/calls/{token}/answers", response={200: Paged[AnswerOut], **REFUSALS})
def list_answers(request: HttpRequest, token: str, paging: Query[Paging]) -> object:
    """Who comes for the units that the account speaks for."""
    require(request.user, "volunteering.send_people")
    return paged(sent(account_of(request), call_by_token(token)), paging, order=("at", "pk"))


@router.post("/calls/{token}/answers", response={201: AnswerOut, **REFUSALS}, auth=WRITES)
@idempotent(status=201)
def answer_call(request: HttpRequest, token: str, told: AnswerIn) -> Any:
    call, unit = call_by_token(token), Organization.objects.filter(pk=told.organization).first()
    if unit is None:
        raise Invalid(_("没有“%(code)s”。") % {"code": told.organization}, code="unknown", field="organization")
    answer = services.send_person(
        account_of(request), call=call, unit=unit, who=_who(told, unit), shift=_shift(call, told.shift)
    )
    return AnswerOut.from_orm(answer)


def _who(told: AnswerIn, unit: Organization) -> Volunteer | services.Introduction:
    if not told.volunteer:
        guardian = services.Guardian(**told.guardian.dict()) if told.guardian else None
        return services.Introduction(name=told.name, phone=told.phone, organization=unit, guardian=guardian)
    found = Volunteer.objects.select_related("person__organization").filter(number=told.volunteer).first()
    if found is None:
        raise Invalid(_("没有“%(code)s”。") % {"code": told.volunteer}, code="unknown", field="volunteer")
    return found


def _shift(call: Call, pk: int | None) -> Shift | None:
    if pk is None:
        return None
    found = _shifts(call).filter(pk=pk).first()
    if found is None:
        raise Invalid(_("没有这一班。"), code="unknown", field="shift")
    return found
