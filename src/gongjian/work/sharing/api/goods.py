"""The books of donated goods, to read."""

from django.http import HttpRequest
from ninja import Query

from gongjian.kernel.permissions import require
from gongjian.kernel.rest import Paged, Paging, paged
from gongjian.work.sharing.api.routes import router
from gongjian.work.sharing.api.schemas import DonationOut, ItemOut
from gongjian.work.sharing.selectors import goods


@router.get("/items", response=Paged[ItemOut])
def list_items(request: HttpRequest, paging: Query[Paging]) -> object:
    """What was received, what of it is in stock and where, what was allocated and written off."""
    require(request.user, "sharing.see_goods")
    return paged(goods.items(), paging, order=("pk",))


@router.get("/donations", response=Paged[DonationOut])
def list_donations(request: HttpRequest, paging: Query[Paging]) -> object:
    """The register, the newest first."""
    require(request.user, "sharing.see_goods")
    return paged(goods.donations(), paging, order=("-pk",))


@router.get("/donations/{number}", response=DonationOut)
def get_one_donation(request: HttpRequest, number: str) -> object:
    """By the number on its receipt."""
    require(request.user, "sharing.see_goods")
    return goods.donation_by_number(number)
