"""Certificates that are issued and made by themselves."""

from django_scopes import scope
from procrastinate.contrib.django import app

from gongjian.ledger.sealing.sealer import seal
from gongjian.registry.everywhere import in_every_office
from gongjian.registry.models import Office
from gongjian.work.volunteering.models import ServiceCertificate
from gongjian.work.volunteering.selectors.certificates import notice_over
from gongjian.work.volunteering.services.certificates import issue_after_notice, make_certificate


@app.task
def make_in_background(certificate_id: int, office_id: int) -> None:
    """Seal what waits, then make the file. Run again, it does nothing."""
    with scope(office=Office.objects.get(pk=office_id)):
        seal()
        make_certificate(ServiceCertificate.objects.get(pk=certificate_id))


@app.periodic(cron="11 1 * * *")
@app.task(queueing_lock="volunteering.issue_after_notice", pass_context=False)
def issue_all_after_notice(timestamp: int) -> None:
    """Every night; a missed one is made up by the next."""
    in_every_office(_issue_after_notice)


def _issue_after_notice() -> None:
    for certificate in notice_over():
        issue_after_notice(None, certificate=certificate)
