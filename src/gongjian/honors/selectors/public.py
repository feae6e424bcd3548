"""What strangers see of campaigns, beyond single rows."""

import io
from dataclasses import dataclass
from typing import IO, Any

from django.db.models import Count, Prefetch, Q, QuerySet
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from gongjian.honors import links
from gongjian.honors.models import Campaign, Candidate, PublicNotice, Statement
from gongjian.honors.selectors.awards import certificate_pdf, verify
from gongjian.honors.selectors.campaigns import get_notice, published_campaigns
from gongjian.honors.selectors.candidates import candidates
from gongjian.kernel.errors import Missing
from gongjian.kernel.permissions import may


def honor_page_url(slug: str) -> str:
    """Empty while the storey above has no honor pages."""
    try:
        return reverse("chronicle:honor_page", args=[slug])
    except NoReverseMatch:
        return ""


def address(slug: str) -> str:
    """The honor page of a published campaign, else its public notice. Raises Missing where there is neither."""
    published = Campaign.objects.filter(slug=slug, published_at__isnull=False).exists()
    return (published and honor_page_url(slug)) or links.notice_url(get_notice(slug).campaign.slug)


def past_notices() -> QuerySet[PublicNotice]:
    """Those that have come down, newest first."""
    found = PublicNotice.objects.filter(Q(ended_at__isnull=False) | ~Q(campaign__state=Campaign.State.NOTICE))
    return found.select_related("campaign").order_by("-published_at")


@dataclass(frozen=True)
class Listed:
    """A candidate on the notice, with the statement that stands for it. One removed stays, and says so."""

    candidate: Candidate
    statement: str

    @property
    def is_removed(self) -> bool:
        return bool(self.candidate.state == Candidate.State.REMOVED)


def listed(campaign: Campaign) -> list[Listed]:
    """Whom the notice names: public names and current statements, in the campaign's order."""
    found = candidates(campaign).filter(state__in=["shortlisted", "removed", "awarded"])
    statements = Prefetch("statements", Statement.objects.order_by("-number"))
    return [
        Listed(candidate, next((statement.text for statement in candidate.statements.all()), ""))
        for candidate in found.prefetch_related(statements)
    ]


def roll() -> QuerySet[Campaign]:
    """Published campaigns with `awards_standing`: how many titles each gave that have not been revoked."""
    return published_campaigns().annotate(awards_standing=Count("awards", filter=Q(awards__revoked_on__isnull=True)))


@dataclass(frozen=True)
class CertificateFile:
    name: str
    file: IO[bytes]


def certificate_file(account: Any, key: str) -> CertificateFile:
    """For staff and for who brings the secret token. Raises Missing for the mere number: the file names a person in full."""
    found = verify(key).certificate
    if key.strip() != found.token and not may(account, "honors.view_scores"):
        raise Missing(_("凭证书上的编号可以查验；证书文件请向街道索取。"))
    return CertificateFile(f"{found.number}.pdf", io.BytesIO(certificate_pdf(found)))
