"""Evidence files: the original as it came, and what was read from it."""

import pghistory
from django.db import models
from django.utils.translation import gettext_lazy as _

from gongjian.kernel.scoping import OfficeManager
from gongjian.registry.models import Account, Office


@pghistory.track()
class Evidence(models.Model):
    """A photo, scan or document. The original stays untouched under its SHA-256; images have a public copy without EXIF."""

    class Type(models.TextChoices):
        JPEG = "image/jpeg", _("照片（JPEG）")
        PNG = "image/png", _("图片（PNG）")
        WEBP = "image/webp", _("图片（WebP）")
        HEIC = "image/heic", _("照片（HEIC）")
        PDF = "application/pdf", _("PDF 文件")
        DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document", _("Word 文件")
        XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", _("Excel 文件")

    office = models.ForeignKey(Office, models.PROTECT)
    sha256 = models.CharField("SHA-256", max_length=64)
    media_type = models.CharField(_("类型"), max_length=80, choices=Type)
    size = models.PositiveIntegerField(_("大小"))
    file_name = models.CharField(_("文件名"), max_length=160)
    caption = models.CharField(_("说明"), max_length=160, blank=True)
    public = models.BooleanField(_("公开"), default=False)
    width = models.PositiveIntegerField(null=True)
    height = models.PositiveIntegerField(null=True)
    captured_at = models.DateTimeField(_("拍摄时间"), null=True)
    latitude = models.DecimalField(max_digits=9, decimal_places=6, null=True)
    longitude = models.DecimalField(max_digits=9, decimal_places=6, null=True)
    perceptual_hash = models.BigIntegerField(null=True)
    edited_with = models.CharField(_("处理软件"), max_length=120, blank=True)
    uploaded_by = models.ForeignKey(
        Account,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("上传人"),
        help_text=_("空：居民没有登录，随反映一起送来。"),
    )
    uploaded_at = models.DateTimeField(_("上传时间"))

    objects = OfficeManager()

    class Meta:
        verbose_name = _("证据")
        constraints = [models.UniqueConstraint(fields=["office", "sha256"], name="evidence_once")]

    def __str__(self) -> str:
        return self.caption or self.file_name

    @property
    def is_image(self) -> bool:
        return self.media_type.startswith("image/")

    @property
    def original_path(self) -> str:
        return f"originals/{self.sha256[:2]}/{self.sha256}"

    @property
    def public_path(self) -> str:
        return f"public/{self.sha256[:2]}/{self.sha256}.jpg"

    @property
    def thumbnail_path(self) -> str:
        return f"public/{self.sha256[:2]}/{self.sha256}-small.jpg"
