"""Venues, and when they are free."""

from datetime import date

from django.http import HttpRequest
from ninja import Query

from gongjian.kernel import clock
from gongjian.kernel.permissions import require
from gongjian.kernel.rest import Paged, Paging, paged
from gongjian.work.sharing.api.routes import router
from gongjian.work.sharing.api.schemas import DayOut, VenueOut
from gongjian.work.sharing.selectors import week
from gongjian.work.sharing.selectors.venues import get_venue, venues


@router.get("/venues", response=Paged[VenueOut])
def list_venues(request: HttpRequest, paging: Query[Paging], bookable: bool | None = None) -> object:
    require(request.user, "sharing.visit")
    found = venues() if bookable is None else venues().filter(bookable=bookable)
    return paged(found, paging, order=("pk",))


@router.get("/venues/{int:pk}", response=VenueOut)
def get_one_venue(request: HttpRequest, pk: int) -> object:
    require(request.user, "sharing.visit")
    return get_venue(pk)


@router.get("/venues/{int:pk}/week", response=list[DayOut])
def get_week(request: HttpRequest, pk: int, day: date | None = None) -> object:
    """From Monday to Sunday, the week of `day` (today, if left out): what is free, what is taken."""
    require(request.user, "sharing.visit")
    return week.week(get_venue(pk), week.monday_of(week.shown(day or clock.today())))
