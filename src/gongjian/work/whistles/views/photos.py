"""Photos beside a whistle: copies without what the camera wrote, never kept by a cache."""

from django.core.files.storage import default_storage
from django.http import FileResponse, HttpRequest
from django.utils.translation import gettext as _

from gongjian.kernel.errors import Missing
from gongjian.work.whistles.models import Photo


def send_photo(request: HttpRequest, photo: Photo) -> FileResponse:
    """`?small` asks for the thumbnail. Raises Missing if the file is not there."""
    evidence = photo.evidence
    path = evidence.thumbnail_path if "small" in request.GET else evidence.public_path
    if not evidence.is_image:
        raise Missing(_("这份材料没有可以看的副本。"))
    try:
        file = default_storage.open(path)
    except FileNotFoundError as error:
        raise Missing(_("文件不在了，请告诉系统管理员。")) from error
    response = FileResponse(file, content_type="image/jpeg")
    response.headers["Cache-Control"] = "private, no-store"
    return response
