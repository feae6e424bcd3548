"""What everybody may see: notices and objections to them, the honor roll, and whether a certificate holds."""

from django.http import FileResponse, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from gongjian.honors import selectors, services
from gongjian.honors.forms.awards import VerifyForm
from gongjian.honors.forms.notices import ObjectionForm
from gongjian.honors.selectors import public as public_selectors
from gongjian.honors.views.acting import GET, act_page, posted
from gongjian.kernel.errors import Missing
from gongjian.kernel.web.pages import page, paginate, show_form


@page("honors.view_published", methods=GET)
def roll(request: HttpRequest) -> HttpResponse:
    return render(request, "honors/roll.html", {"page": paginate(request, public_selectors.roll(), size=20)})


@page("honors.view_published", methods=GET)
def campaign(request: HttpRequest, slug: str) -> HttpResponse:
    """Where a campaign is to be seen now: its honor page, else its notice."""
    return redirect(public_selectors.address(slug))


@page("honors.view_published", methods=GET)
def notices(request: HttpRequest) -> HttpResponse:
    past = paginate(request, public_selectors.past_notices(), size=20)
    return render(request, "honors/notices.html", {"hanging": selectors.current_notices(), "page": past})


@page("honors.view_published", methods=GET)
def notice(request: HttpRequest, slug: str) -> HttpResponse:
    hung = selectors.get_notice(slug)
    listed = public_selectors.listed(hung.campaign)
    return render(request, "honors/notice.html", {"hung": hung, "listed": listed})


@page("honors.object")
def object_to(request: HttpRequest, slug: str) -> HttpResponse:
    hung = selectors.get_notice(slug)
    candidates = selectors.candidates(hung.campaign).filter(state="shortlisted")
    initial = {"candidate": request.GET.get("candidate", "")}
    return act_page(
        request,
        ObjectionForm(posted(request), candidates=candidates, initial=initial),
        lambda values: services.raise_objection(request.user, campaign=hung.campaign, **values),
        template="honors/object.html",
        back=reverse("honors:notice", args=[slug]),
        onward=lambda objection: reverse("honors:follow", args=[objection.token]),
        done=_("收到了。"),
        hung=hung,
    )


@page("honors.object", methods=GET)
def follow(request: HttpRequest, token: str) -> HttpResponse:
    return render(request, "honors/follow.html", {"objection": selectors.follow_objection(token)})


@page("honors.verify", methods=GET)
def verify(request: HttpRequest) -> HttpResponse:
    form = VerifyForm(request.GET if "number" in request.GET else None)
    if form.is_valid():
        try:
            found = selectors.verify(form.cleaned_data["number"])
            return redirect("honors:certificate", key=found.certificate.number)
        except Missing as error:
            form.add_error("number", str(error))
    return show_form(request, "honors/verify.html", form)


@page("honors.verify", methods=GET)
def certificate(request: HttpRequest, key: str) -> HttpResponse:
    return render(request, "honors/certificate.html", {"found": selectors.verify(key), "key": key})


@page("honors.verify", methods=GET)
def proof(request: HttpRequest, key: str) -> HttpResponse:
    """The inclusion proof of the award, for anyone to check offline."""
    found = selectors.verify(key).certificate
    response = JsonResponse(selectors.proof_of_certificate(found), json_dumps_params={"ensure_ascii": False, "indent": 1})
    response["Content-Disposition"] = f'attachment; filename="{found.number}.json"'
    return response


@page("honors.verify", methods=GET)
def pdf(request: HttpRequest, key: str) -> FileResponse:
    """The certificate itself: for its holder by the token, for staff by its number."""
    found = public_selectors.certificate_file(request.user, key)
    return FileResponse(found.file, as_attachment=True, filename=found.name, content_type="application/pdf")
