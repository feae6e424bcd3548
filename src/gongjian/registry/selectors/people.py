"""People, as far as the asking account may know of them."""

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from gongjian.kernel.errors import Missing
from gongjian.registry.models import Account, Consent, DataRequest, Person, Role
from gongjian.registry.services.people import mark

WHOLE_OFFICE = (Role.OFFICE_CLERK, Role.OFFICE_LEADER, Role.AUDITOR)


def people(account: Account, words: str = "") -> QuerySet[Person]:
    """By a part of the name or the whole phone number. Community workers: of their own communities."""
    found = Person.objects.filter(erased_at=None).select_related("organization", "community")
    if not account.holds(*WHOLE_OFFICE):
        found = found.filter(community__in=[a.community_id for a in account.active_assignments if a.community_id])
    if words := words.strip():
        digits = "".join(character for character in words if character.isdigit())
        found = found.filter(Q(name__contains=words) | Q(phone_mark=mark(digits)) if digits else Q(name__contains=words))
    return found


def get_person(account: Account, pk: int) -> Person:
    """Raises Missing, also for somebody whom `account` may not know of."""
    found = people(account).filter(pk=pk).first()
    if found is None:
        raise Missing(_("没有这个人。"))
    return found


def get_consent(account: Account, pk: int) -> Consent:
    """Raises Missing."""
    found = Consent.objects.select_related("person").filter(pk=pk, person__in=people(account)).first()
    if found is None:
        raise Missing(_("没有这条同意记录。"))
    return found


def data_requests(account: Account) -> QuerySet[DataRequest]:
    """The register of handling, newest first. Community workers: of their own communities, as far as people are still there."""
    found = DataRequest.objects.select_related("person", "handled_by").order_by("-handled_at", "-pk")
    return found if account.holds(*WHOLE_OFFICE) else found.filter(person__in=people(account))
