"""Work that runs by itself."""

from django_scopes import scope
from procrastinate.contrib.django import app

from gongjian.honors.models import Certificate
from gongjian.ledger.sealing.sealer import seal
from gongjian.registry.models import Office


@app.task
def make_certificates(campaign_id: int, office_id: int) -> None:
    """Seal what waits, then make the files that are missing. Run again, it does only what is left."""
    from gongjian.honors.services.certifying import make_certificate

    with scope(office=Office.objects.get(pk=office_id)):
        seal()
        missing = Certificate.objects.filter(award__campaign=campaign_id, sha256="", award__revoked_on__isnull=True)
        for certificate in missing.exclude(award__campaign__state="revoked"):
            make_certificate(None, certificate=certificate)
