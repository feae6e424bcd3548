"""The Merkle log: leaves in order, tiles of hashes, signed roots, and what still waits to be sealed."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from gongjian.kernel.append_only import append_only


class UnsealedRecord(models.Model):
    """A deed or confirmation that no seal covers yet. Filled by triggers on those tables, emptied by sealing."""

    record_id = models.UUIDField(primary_key=True)
    is_deed = models.BooleanField()

    class Meta:
        verbose_name = _("待封存记录")

    def __str__(self) -> str:
        return str(self.record_id)


class Leaf(models.Model):
    """Position of a record in the log. Its hash stands in the tile `index // 256`."""

    index = models.BigIntegerField(primary_key=True)
    deed_id = models.UUIDField(null=True, unique=True)
    confirmation_id = models.UUIDField(null=True, unique=True)

    class Meta:
        verbose_name = _("封存序号")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(deed_id__isnull=False, confirmation_id__isnull=True)
                | models.Q(deed_id__isnull=True, confirmation_id__isnull=False),
                name="leaf_is_one_record",
            )
        ]
        triggers = append_only()

    def __str__(self) -> str:
        return str(self.index)


class Tile(models.Model):
    """Up to 256 node hashes of tree level 8·`level`, starting at node 256·`index` (layout of C2SP tlog-tiles)."""

    level = models.SmallIntegerField()
    index = models.BigIntegerField()
    hashes = models.BinaryField()

    class Meta:
        verbose_name = _("散列块")
        constraints = [models.UniqueConstraint(fields=["level", "index"], name="tile_once")]

    def __str__(self) -> str:
        return f"{self.level}/{self.index}"


class Seal(models.Model):
    """A signed root over the first `size` leaves (RFC 6962 §2.1 hash, Ed25519 signature), with the key that signed it."""

    size = models.BigIntegerField(_("记录数"), primary_key=True)
    root = models.CharField(_("根"), max_length=64)
    sealed_at = models.DateTimeField(_("封存时间"))
    public_key = models.CharField(max_length=64)
    key_id = models.CharField(max_length=16)
    signature = models.CharField(max_length=128)

    class Meta:
        verbose_name = _("封存")
        ordering = ["-size"]
        triggers = append_only()

    def __str__(self) -> str:
        return f"{self.size} {self.root[:12]}"
