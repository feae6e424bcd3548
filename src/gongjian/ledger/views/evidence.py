"""Evidence files: public copies for whoever may see them, originals by permission and on record."""

from typing import Any

from django.contrib import messages
from django.core.files.storage import default_storage
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from gongjian.kernel import audit
from gongjian.kernel.errors import Missing
from gongjian.kernel.permissions import require
from gongjian.kernel.web.pages import page
from gongjian.ledger import services
from gongjian.ledger.models import Evidence
from gongjian.ledger.selectors import get_evidence

FOREVER = "public, max-age=31536000, immutable"
"""A public copy is named by its evidence and never changes; a withdrawn one may linger in a reader's own cache."""
NEVER_KEPT = "private, no-store"


@page("ledger.view_evidence", methods=("GET", "HEAD"))
def thumbnail(request: HttpRequest, pk: int) -> FileResponse:
    evidence = get_evidence(request.user, pk)
    return _copy(evidence, evidence.thumbnail_path)


@page("ledger.view_evidence", methods=("GET", "HEAD"))
def picture(request: HttpRequest, pk: int) -> FileResponse:
    evidence = get_evidence(request.user, pk)
    return _copy(evidence, evidence.public_path)


@page("ledger.view_original", methods=("GET", "HEAD"))
def original(request: HttpRequest, pk: int) -> FileResponse:
    """Reading an original is written down: it tells where and when somebody stood."""
    evidence = get_evidence(request.user, pk)
    require(request.user, "ledger.view_original", evidence)
    audit.record(request.user, "ledger.view_original", evidence)
    response = _file(evidence.original_path, evidence.media_type, as_attachment=True, filename=evidence.file_name)
    response["Cache-Control"] = NEVER_KEPT
    return response


@page("ledger.publish_evidence", methods=("POST",))
def publish(request: HttpRequest, pk: int) -> HttpResponse:
    services.publish_evidence(request.user, evidence=get_evidence(request.user, pk))  # type: ignore[arg-type]
    messages.success(request, _("公开了：去掉了拍摄信息的副本谁都能看，原件仍只给工作人员看。"))
    return redirect(_back(request))


@page("ledger.publish_evidence", methods=("POST",))
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    services.withdraw_evidence(request.user, evidence=get_evidence(request.user, pk))  # type: ignore[arg-type]
    messages.success(request, _("不再公开。证据本身还在。"))
    return redirect(_back(request))


def _copy(evidence: Evidence, path: str) -> FileResponse:
    if not evidence.is_image:
        raise Missing(_("这份证据没有可以看的副本。"))
    response = _file(path, "image/jpeg")
    response["Cache-Control"] = FOREVER if evidence.public else NEVER_KEPT
    return response


def _file(path: str, media_type: str, **options: Any) -> FileResponse:
    try:
        file = default_storage.open(path)
    except FileNotFoundError as error:
        raise Missing(_("文件不在了，请告诉系统管理员。")) from error
    return FileResponse(file, content_type=media_type, **options)


def _back(request: HttpRequest) -> str:
    came_from = request.headers.get("Referer", "")
    safe = url_has_allowed_host_and_scheme(came_from, allowed_hosts={request.get_host()}, require_https=request.is_secure())
    return came_from if safe else "/"
