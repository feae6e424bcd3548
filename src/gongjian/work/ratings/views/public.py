"""What everybody may see: the board of stars, results that hang or are published, objections, histories."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from gongjian.kernel.errors import Missing
from gongjian.kernel.permissions import may
from gongjian.kernel.web.pages import page, paginate
from gongjian.kernel.web.papers import send_paper
from gongjian.registry.models import Organization, Place
from gongjian.registry.selectors import get_organization, get_place
from gongjian.work.ratings import exporting
from gongjian.work.ratings.forms.public import ObjectionForm
from gongjian.work.ratings.selectors import public as selectors
from gongjian.work.ratings.selectors.rounds import kinds_of, table
from gongjian.work.ratings.selectors.standings import history
from gongjian.work.ratings.services import noticing
from gongjian.work.ratings.views.acting import GET, act_page, posted


@page("ratings.view_published", methods=GET)
def board(request: HttpRequest) -> HttpResponse:
    context = {
        "hanging": selectors.hanging(),
        "held": selectors.held(),
        "page": paginate(request, selectors.published(), size=20),
    }
    return render(request, "ratings/public/board.html", context)


@page("ratings.view_published", methods=GET)
def results(request: HttpRequest, pk: int) -> HttpResponse:
    """The notice while it hangs, afterwards the publication."""
    rated = selectors.get_public(pk)
    context = {
        "round": rated,
        "scheme": rated.scheme,
        "rows": table(rated),
        "hung": selectors.notice_of(rated),
        "kinds": kinds_of(rated),
    }
    return render(request, "ratings/public/results.html", context)


@page("ratings.view_published", methods=GET)
def paper(request: HttpRequest, pk: int) -> HttpResponse:
    """`?word` asks for Word, otherwise PDF."""
    rated = selectors.get_public(pk)
    return send_paper(request, exporting.paper(rated), rated.title)


@page("ratings.view_published", methods=GET)
def result(request: HttpRequest, pk: int, candidate: int) -> HttpResponse:
    rated = selectors.get_public(pk)
    row = next((row for row in table(rated) if row.candidate.pk == candidate), None)
    if row is None:
        raise Missing(_("没有这个参评对象。"))
    context = {
        "round": rated,
        "scheme": rated.scheme,
        "candidate": row.candidate,
        "sheet": row.sheet,
        "kinds": kinds_of(rated),
        "links": may(request.user, "ratings.view"),
    }
    return render(request, "ratings/public/result.html", context)


@page("ratings.object")
def object_to(request: HttpRequest, pk: int) -> HttpResponse:
    hung = selectors.get_hanging(pk)
    rated = hung.notice.round
    return act_page(
        request,
        ObjectionForm(
            posted(request), candidates=selectors.listed(rated), initial={"candidate": request.GET.get("candidate", "")}
        ),
        lambda values: noticing.raise_objection(request.user, notice=hung.notice, **values),
        template="ratings/public/object.html",
        back=reverse("ratings:results", args=[rated.pk]),
        onward=lambda objection: reverse("ratings:follow", args=[objection.token]),
        done=_("收到了。"),
        hung=hung,
    )


@page("ratings.object", methods=GET)
def follow(request: HttpRequest, token: str) -> HttpResponse:
    return render(request, "ratings/public/follow.html", {"objection": selectors.follow(token)})


@page("ratings.view_published", methods=GET)
def of_organization(request: HttpRequest, pk: int) -> HttpResponse:
    return _history(request, get_organization(pk))


@page("ratings.view_published", methods=GET)
def of_place(request: HttpRequest, pk: int) -> HttpResponse:
    return _history(request, get_place(pk))


def _history(request: HttpRequest, subject: Organization | Place) -> HttpResponse:
    found = list(history(subject)[:100])
    context = {"subject": subject, "standings": found, "may_propose": may(request.user, "ratings.propose_fall", subject)}
    return render(request, "ratings/public/history.html", context)
