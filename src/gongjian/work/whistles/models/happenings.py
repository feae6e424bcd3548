"""What happened to a whistle, in order. Clocks, timeline and contact log are read from here."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from gongjian.kernel.append_only import append_only
from gongjian.kernel.labels import displaying
from gongjian.registry.models import Account
from gongjian.work.whistles.models.dispatches import Dispatch
from gongjian.work.whistles.models.managers import OfWhistle
from gongjian.work.whistles.models.whistles import Whistle


class Happening(models.Model):
    """One line of a whistle's history. `public` ones are shown to who follows the whistle by its link.

    `detail` by kind: contact {"means", "reached"}; comment {"mentions": [account ids]}; extended {"until": ISO time};
    dispatched {"organization", "part"}.
    """

    class Kind(models.TextChoices):
        RECEIVED = "received", _("收到")
        APPROVED = "approved", _("审核通过")
        SENT_BACK = "sent_back", _("审核退回")
        BLOWN = "blown", _("吹哨")
        TRIAGED = "triaged", _("分类")
        DISPATCHED = "dispatched", _("派单")
        RECALLED = "recalled", _("收回派单")
        OBJECTED = "objected", _("提出异议")
        OBJECTION_UPHELD = "objection_upheld", _("异议成立")
        OBJECTION_REFUSED = "objection_refused", _("异议不成立")
        ACCEPTED = "accepted", _("应哨")
        CONTACT = "contact", _("联系")
        ON_SITE = "on_site", _("到场")
        HANDLED = "handled", _("处置")
        REPORTED = "reported", _("反馈")
        VERIFIED = "verified", _("核实通过")
        REFUSED = "refused", _("核实未通过")
        RATED = "rated", _("评价")
        CLOSED = "closed", _("销哨")
        REOPENED = "reopened", _("重新办理")
        MERGED = "merged", _("并入")
        UNMERGED = "unmerged", _("拆出")
        SPLIT = "split", _("拆分")
        SUSPENDED = "suspended", _("暂停计时")
        RESUMED = "resumed", _("恢复计时")
        EXTENDED = "extended", _("延期")
        PAUSE_ASKED = "pause_asked", _("申请延期或暂停")
        PAUSE_REFUSED = "pause_refused", _("延期或暂停未批准")
        NOT_ACCEPTED = "not_accepted", _("不予受理")
        WITHDRAWN = "withdrawn", _("撤回")
        COMMENT = "comment", _("留言")
        VOICE = "voice", _("又有人反映")
        ESCALATED = "escalated", _("预警督办")
        REVISITED = "revisited", _("回访")
        RECLASSIFIED = "reclassified", _("改类别")

    whistle = models.ForeignKey(Whistle, models.PROTECT, related_name="happenings")
    kind = models.CharField(_("事项"), max_length=20, choices=Kind)
    at = models.DateTimeField(_("时间"))
    by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+", verbose_name=_("经办人"))
    dispatch = models.ForeignKey(Dispatch, models.PROTECT, null=True, related_name="happenings")
    words = models.TextField(_("说明"), max_length=2000, blank=True)
    public = models.BooleanField(_("公开"), default=False)
    round = models.PositiveSmallIntegerField(default=1)
    detail: Any = models.JSONField(default=dict)

    get_kind_display = displaying("kind", Kind)

    objects = OfWhistle()

    class Meta:
        verbose_name = _("经过")
        ordering = ["at", "pk"]
        indexes = [models.Index(fields=["whistle", "at"], name="happening_of_whistle")]
        triggers = append_only()

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.words[:24]}".strip()
