"""Photos and papers of a project, for whoever may see it."""

from django.http import FileResponse

from gongjian.kernel.web.pages import page
from gongjian.ledger.views.sending import send
from gongjian.registry.requests import OfficeRequest
from gongjian.work.projects.models import ProjectFile
from gongjian.work.projects.selectors.projects import of_own_project


@page("projects.view", methods=("GET", "HEAD"))
def project_file(request: OfficeRequest, pk: int) -> FileResponse:
    link = of_own_project(request.user, ProjectFile.objects.select_related("evidence"), pk)
    return send(request.user, link.evidence)
