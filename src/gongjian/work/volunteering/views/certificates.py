"""Certificates of service: the register, one of them, and what strangers check."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from gongjian.kernel.errors import Missing
from gongjian.kernel.permissions import may
from gongjian.kernel.web.pages import page, paginate, show_form
from gongjian.kernel.web.spreadsheets import spreadsheet
from gongjian.registry.requests import OfficeRequest
from gongjian.work.volunteering.forms.records import CertificateForm, ReasonForm, VerifyForm
from gongjian.work.volunteering.selectors import certificates, records
from gongjian.work.volunteering.services import certificates as services

GET = ("GET", "HEAD")


@page("volunteering.view_certificates", methods=GET)
def register(request: OfficeRequest) -> HttpResponse:
    found = certificates.register(request.user)
    return render(request, "volunteering/certificates/register.html", {"page": paginate(request, found, size=30)})


@page("volunteering.view_certificates", methods=GET)
def export(request: OfficeRequest) -> HttpResponse:
    head = [_("证明编号"), _("志愿者编号"), _("姓名"), _("时长"), _("出具单位"), _("出具日期"), _("状态")]
    rows = (
        [
            one.number,
            one.volunteer.number,
            str(one.volunteer.person),
            one.hours,
            one.issuer,
            one.issued_on,
            one.get_state_display(),
        ]
        for one in certificates.register(request.user)
    )
    return spreadsheet(_("服务证明登记簿"), head, rows)


@page("volunteering.certify")
def draft(request: OfficeRequest, pk: int) -> HttpResponse:
    volunteer = records.get_record(request.user, pk)
    form = CertificateForm(request.POST or None, account=request.user, volunteer=volunteer)

    def act(values: dict[str, Any]) -> str:
        made = services.draft_certificate(request.user, volunteer=volunteer, **values)
        return reverse("volunteering:manage_certificate", args=[made.pk])

    if request.method == "POST" and (url := form.submit(request, act)):
        messages.success(request, _("登记了。"))
        return redirect(url)
    return show_form(request, "volunteering/certificates/draft.html", form, volunteer=volunteer)


@page("volunteering.own_record", methods=GET)
def manage(request: OfficeRequest, pk: int) -> HttpResponse:
    """For those who issue it and for its holder."""
    found = certificates.get_certificate(request.user, pk)
    may_act = may(request.user, "volunteering.certify", found.issuer)
    return render(request, "volunteering/certificates/manage.html", {"certificate": found, "may_act": may_act})


@page("volunteering.certify")
def end(request: OfficeRequest, pk: int) -> HttpResponse:
    """Stopped after its notice, or revoked once issued."""
    found = certificates.get_certificate(request.user, pk)
    published = found.state == "published"
    act_on = services.stop_certificate if published else services.revoke_certificate
    form = ReasonForm(request.POST or None)

    def act(values: dict[str, Any]) -> str:
        act_on(request.user, certificate=found, **values)
        return reverse("volunteering:manage_certificate", args=[found.pk])

    if request.method == "POST" and (url := form.submit(request, act)):
        messages.success(request, _("登记簿里写明了。"))
        return redirect(url)
    return show_form(request, "volunteering/certificates/end.html", form, certificate=found)


@page("volunteering.certify", methods=("POST",))
def issue(request: OfficeRequest, pk: int) -> HttpResponse:
    found = certificates.get_certificate(request.user, pk)
    services.issue_after_notice(request.user, certificate=found)
    messages.success(request, _("出具了，文件正在制作。"))
    return redirect("volunteering:manage_certificate", found.pk)


@page("volunteering.join", methods=GET)
def notices(request: OfficeRequest) -> HttpResponse:
    return render(
        request, "volunteering/certificates/notices.html", {"page": paginate(request, certificates.published_now(), size=50)}
    )


@page("volunteering.join", methods=GET)
def verify(request: OfficeRequest) -> HttpResponse:
    form = VerifyForm(request.GET if "number" in request.GET else None)
    if form.is_valid():
        try:
            found = certificates.verify(form.cleaned_data["number"])
            return redirect("volunteering:certificate", key=found.certificate.number)
        except Missing as error:
            form.add_error("number", str(error))
    return show_form(request, "volunteering/certificates/verify.html", form)


@page("volunteering.join", methods=GET)
def certificate(request: OfficeRequest, key: str) -> HttpResponse:
    return render(request, "volunteering/certificates/certificate.html", {"found": certificates.verify(key), "key": key})


@page("volunteering.join", methods=GET)
def proof(request: OfficeRequest, key: str) -> HttpResponse:
    """The inclusion proofs of the hours, for anyone to check offline: they name the person's deeds, so the token is needed."""
    found = certificates.verify(key)
    if not found.by_holder:
        raise Missing(_("封存证明请用证明上的二维码打开后下载。"))
    response = JsonResponse(certificates.proofs_of(found.certificate), json_dumps_params={"ensure_ascii": False, "indent": 1})
    response["Content-Disposition"] = content_disposition_header(True, f"{found.certificate.number}.json")  # noqa: FBT003
    return response


@page("volunteering.join", methods=GET)
def pdf(request: OfficeRequest, key: str) -> HttpResponse:
    """For who brings the token of the paper: it names a person in full."""
    found = certificates.verify(key)
    if not found.by_holder:
        raise Missing(_("凭证明上的编号可以查验；证明文件请向出具单位索取。"))
    return _file(found.certificate)


@page("volunteering.own_record", methods=GET)
def own_pdf(request: OfficeRequest, pk: int) -> HttpResponse:
    """For its holder and for those who issue it."""
    return _file(certificates.get_certificate(request.user, pk))


def _file(found: Any) -> HttpResponse:
    response = HttpResponse(certificates.certificate_pdf(found), content_type="application/pdf")
    response["Content-Disposition"] = content_disposition_header(True, f"{found.number}.pdf")  # noqa: FBT003
    return response
