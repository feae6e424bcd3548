"""The decision, the titles and certificates it gave, and the archive."""

import tempfile

from django.http import FileResponse, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from gongjian.honors import papers, selectors, services
from gongjian.honors.forms.awards import DecisionForm, RevocationForm
from gongjian.honors.selectors import candidate_pages
from gongjian.honors.views.acting import GET, account, act_page, posted
from gongjian.honors.views.wizard import show_step
from gongjian.kernel.web.forms import ServiceForm
from gongjian.kernel.web.pages import page


@page("honors.view_scores", methods=GET)
def decision(request: HttpRequest, slug: str) -> HttpResponse:
    campaign = selectors.get_campaign(slug)
    made = getattr(campaign, "decision", None)
    chosen = selectors.shortlisted(campaign)
    return show_step(request, campaign, "decision", decision=made, chosen=chosen, title=papers.decision_title(campaign))


@page("honors.decide")
def decide(request: HttpRequest, slug: str) -> HttpResponse:
    campaign = selectors.get_campaign(slug)
    text = papers.decision_text(campaign, selectors.shortlisted(campaign))
    return act_page(
        request,
        DecisionForm(posted(request), initial={"text": text, "issued_by": campaign.office.name}),
        lambda values: services.decide(account(request), campaign=campaign, **values),
        title=papers.decision_title(campaign),
        sub=_("正文已按公示后的名单写好。作出决定，名单上的对象就获评了。"),
        submit=_("作出决定"),
        back=reverse("honors:decision", args=[slug]),
        onward=lambda made: reverse("honors:certificates", args=[slug]),
        done=_("决定作出了。接着颁发证书。"),
    )


@page("honors.view_scores", methods=GET)
def certificates(request: HttpRequest, slug: str) -> HttpResponse:
    campaign = selectors.get_campaign(slug)
    awards = campaign.awards.select_related("campaign", "certificate", "candidate__organization", "candidate__person")
    awards = awards.order_by("candidate__category__order", "pk")
    unissued = awards.filter(certificate__isnull=True, revoked_on__isnull=True).exists()
    return show_step(request, campaign, "certificates", awards=awards, unissued=unissued)


@page("honors.manage")
def issue(request: HttpRequest, slug: str) -> HttpResponse:
    campaign = selectors.get_campaign(slug)
    return act_page(
        request,
        ServiceForm(posted(request)),
        lambda values: services.issue_certificates(account(request), campaign=campaign),
        title=_("颁发证书"),
        sub=_("给每个称号编号、登记；证书文件在封存后自动制作。"),
        submit=_("颁发证书"),
        back=reverse("honors:certificates", args=[slug]),
        done=_("已编号登记，证书文件正在制作。"),
    )


@page("honors.revoke")
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    award = candidate_pages.get_award(pk)
    return act_page(
        request,
        RevocationForm(posted(request)),
        lambda values: services.revoke_award(account(request), award=award, **values),
        template="honors/danger.html",
        title=_("撤销称号"),
        sub=_("“%(name)s”的“%(title)s”作废：荣誉页和查验页都写明撤销和原因，证书盖上“已撤销”，不能恢复。")
        % {"name": award.candidate.name, "title": award.title},
        submit=_("撤销称号"),
        back=reverse("honors:certificates", args=[award.campaign.slug]),
        done=_("已撤销。"),
    )


@page("honors.view_scores", methods=GET)
def archive(request: HttpRequest, slug: str) -> HttpResponse:
    return show_step(request, selectors.get_campaign(slug), "archive")


@page("honors.take_archive", methods=GET)
def download(request: HttpRequest, slug: str) -> FileResponse:
    """The whole campaign as one zip, written to disk first: it may be large."""
    campaign = selectors.get_campaign(slug)
    file = tempfile.TemporaryFile()  # noqa: SIM115 - FileResponse closes it
    try:
        services.write_archive(account(request), campaign=campaign, file=file)
    except BaseException:
        file.close()
        raise
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=f"{slug}.zip")
