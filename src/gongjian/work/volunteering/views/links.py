"""Secret links, and phones that were here before."""

from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse

from gongjian.kernel.errors import Missing
from gongjian.kernel.rates import spend
from gongjian.kernel.web.addresses import client_address
from gongjian.work.volunteering.models import Enrollment, Volunteer
from gongjian.work.volunteering.selectors.public import enrollment_by_token

MOST_WRONG_AN_HOUR = 30
REMEMBERED = "volunteering"


def by_token(request: HttpRequest, token: str) -> Enrollment:
    """Raises Missing for a token that is not one, and TooMany for an address that goes on guessing."""
    try:
        return enrollment_by_token(token)
    except Missing:
        spend(f"volunteering.guess:{client_address(request)}", most=MOST_WRONG_AN_HOUR, within=timedelta(hours=1))
        raise


def remember(request: HttpRequest, volunteer: Volunteer) -> None:
    """This phone is theirs, until its session ends."""
    request.session[REMEMBERED] = volunteer.pk


def known_volunteer(request: Any) -> Volunteer | None:
    """Whose account or phone this is."""
    rows = Volunteer.objects.select_related("person__organization")
    if request.user.is_authenticated and request.user.person_id:
        return rows.filter(person=request.user.person_id).first()
    remembered = request.session.get(REMEMBERED)
    return rows.filter(pk=remembered).first() if remembered else None


def kept_private(response: HttpResponse) -> HttpResponse:
    """Nothing of a secret link is kept or found by a search engine."""
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    return response
