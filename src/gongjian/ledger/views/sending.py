"""Evidence as an answer, for a room's page that has asked who may see it. Never kept by a cache."""

from django.core.files.storage import default_storage
from django.http import FileResponse
from django.utils.translation import gettext as _

from gongjian.kernel import audit
from gongjian.kernel.errors import Missing
from gongjian.ledger.models import Evidence
from gongjian.registry.models import Account


def send(account: Account, evidence: Evidence | None) -> FileResponse:
    """A picture as its copy without what the camera wrote; a paper as it came, and written down. Raises Missing."""
    if evidence is None:
        raise Missing(_("没有这份材料。"))
    path = evidence.public_path if evidence.is_image else evidence.original_path
    try:
        file = default_storage.open(path)
    except FileNotFoundError as error:
        raise Missing(_("文件不在了，请告诉系统管理员。")) from error
    if evidence.is_image:
        response = FileResponse(file, content_type="image/jpeg")
    else:
        audit.record(account, "ledger.view_original", evidence)
        response = FileResponse(file, content_type=evidence.media_type, as_attachment=True, filename=evidence.file_name)
    response.headers["Cache-Control"] = "private, no-store"
    return response
