"""Files that belong to a claim, for whoever may see it."""

from django.http import FileResponse

from gongjian.kernel.web.pages import page
from gongjian.ledger.views.sending import send
from gongjian.registry.requests import OfficeRequest
from gongjian.work.cobuilding.selectors.claims import get_claim


@page("cobuilding.view_claim", methods=("GET", "HEAD"))
def claim_file(request: OfficeRequest, pk: int, evidence: int) -> FileResponse:
    links = get_claim(request.user, pk).evidence_links.all()
    return send(request.user, next((link.evidence for link in links if link.evidence_id == evidence), None))
