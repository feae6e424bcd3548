"""Where the room's pages are, and how strangers reach them from paper."""

from django.conf import settings
from django.urls import reverse

from gongjian.registry.models import Office


def campaign_url(slug: str) -> str:
    """The public honor page."""
    return reverse("honors:campaign", args=[slug])


def manage_url(slug: str) -> str:
    """The wizard of those who run the campaign."""
    return reverse("honors:manage", args=[slug])


def notice_url(slug: str) -> str:
    return reverse("honors:notice", args=[slug])


def candidate_url(pk: int) -> str:
    return reverse("honors:candidate", args=[pk])


def objection_url(pk: int) -> str:
    return reverse("honors:objection", args=[pk])


def certificate_url(number: str) -> str:
    """The public page that verifies a certificate."""
    return reverse("honors:certificate", args=[number])


def absolute(office: Office, path: str) -> str:
    """With the office's public address in front, for QR codes on paper: its own host name, else the installation's origin."""
    if office.hostnames:
        return f"{'https' if settings.BEHIND_TLS else 'http'}://{office.hostnames[0]}{path}"
    origin = settings.CSRF_TRUSTED_ORIGINS[0] if settings.CSRF_TRUSTED_ORIGINS else "http://localhost:8000"
    return f"{origin.rstrip('/')}{path}"
