"""Pages behind a secret link."""

from datetime import timedelta

from django.http import HttpRequest, HttpResponse

from gongjian.kernel.errors import Missing
from gongjian.kernel.rates import spend
from gongjian.kernel.web.addresses import client_address
from gongjian.work.sharing.models import Booking
from gongjian.work.sharing.selectors.bookings import follow

MOST_WRONG_AN_HOUR = 30


def by_token(request: HttpRequest, token: str) -> Booking:
    """Raises Missing for a token that is not one, and TooMany for an address that goes on guessing."""
    try:
        return follow(token)
    except Missing:
        spend(f"sharing.guess:{client_address(request)}", most=MOST_WRONG_AN_HOUR, within=timedelta(hours=1))
        raise


def kept_private(response: HttpResponse) -> HttpResponse:
    """Nothing of a secret link is kept or found by a search engine."""
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    return response
