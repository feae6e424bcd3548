"""Where the room's pages are."""

from django.urls import reverse


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
