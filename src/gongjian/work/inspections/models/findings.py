"""What is wrong, how bad, who mends it until when, and what became of it."""

from typing import TypeVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from django_fsm import transition
from encrypted_fields.fields import EncryptedCharField

from gongjian.kernel.append_only import append_only
from gongjian.kernel.labels import displaying
from gongjian.kernel.scoping import OfficeManager
from gongjian.kernel.states import StateField, Stateful
from gongjian.ledger.models import Evidence
from gongjian.registry.models import Account, Office, Organization, Place
from gongjian.work.inspections.models.checklists import Item
from gongjian.work.inspections.models.inspections import Inspection

Row = TypeVar("Row", bound=models.Model)


class Severity(models.TextChoices):
    MINOR = "minor", _("一般")
    SERIOUS = "serious", _("较大")
    MAJOR = "major", _("重大")


class FindingState(models.TextChoices):
    OPEN = "open", _("待整改")
    MENDED = "mended", _("等复查")
    PASSED = "passed", _("复查通过")
    TRANSFERRED = "transferred", _("已移交")


OPEN_STATES = (FindingState.OPEN, FindingState.MENDED, FindingState.TRANSFERRED)


class Finding(Stateful):
    """`slip` is the number that the phone gave it: sent twice it is one. Coordinates (WGS 84) are its photo's, else none.

    `department` has it where only a department may enforce; the street may look, stop and report.
    """

    State = FindingState
    Severity = Severity

    office = models.ForeignKey(Office, models.PROTECT)
    inspection = models.ForeignKey(Inspection, models.PROTECT, related_name="findings")
    item = models.ForeignKey(Item, models.PROTECT, null=True, related_name="+", verbose_name=_("检查项"))
    slip = models.UUIDField(_("编号"))
    place = models.ForeignKey(Place, models.PROTECT, related_name="+", verbose_name=_("地方"))
    spot = models.CharField(_("具体位置"), max_length=120, blank=True)
    text = models.CharField(_("问题"), max_length=200)
    severity = models.CharField(_("等级"), max_length=8, choices=Severity)
    state = StateField(_("状态"), default=FindingState.OPEN, choices=FindingState.choices, protected=True)
    organization = models.ForeignKey(
        Organization, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("整改单位")
    )
    person = EncryptedCharField(_("整改责任人"), max_length=40, blank=True, null=True)
    due_on = models.DateField(_("整改期限"))
    department = models.ForeignKey(
        Organization, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("移交部门")
    )
    latitude = models.DecimalField(_("纬度"), max_digits=9, decimal_places=6, null=True)
    longitude = models.DecimalField(_("经度"), max_digits=9, decimal_places=6, null=True)
    found_at = models.DateTimeField(_("发现时间"))
    received_at = models.DateTimeField(_("收到时间"))
    found_by = models.ForeignKey(Account, models.PROTECT, related_name="+", verbose_name=_("谁发现的"))
    passed_at = models.DateTimeField(_("复查通过时间"), null=True)

    get_state_display = displaying("state", FindingState)
    get_severity_display = displaying("severity", Severity)
    objects = OfficeManager()

    class Meta:
        verbose_name = _("隐患")
        constraints = [
            models.UniqueConstraint(fields=["office", "slip"], name="finding_slip_once"),
            models.CheckConstraint(condition=models.Q(found_at__lte=models.F("received_at")), name="finding_not_ahead"),
            models.CheckConstraint(
                condition=~models.Q(state="transferred") | models.Q(department__isnull=False), name="finding_transferred_to"
            ),
            models.CheckConstraint(
                condition=models.Q(state="passed", passed_at__isnull=False)
                | (~models.Q(state="passed") & models.Q(passed_at__isnull=True)),
                name="finding_passed_has_time",
            ),
        ]
        indexes = [
            models.Index(fields=["office", "state", "due_on", "id"], name="finding_due"),
            models.Index(fields=["inspection"], name="finding_inspection"),
            models.Index(fields=["organization"], name="finding_organization"),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_STATES

    @transition(field=state, source=FindingState.OPEN, target=FindingState.MENDED)
    def mend(self) -> None:
        """Whoever is responsible says it is mended."""

    @transition(field=state, source=[FindingState.MENDED, FindingState.TRANSFERRED], target=FindingState.PASSED)
    def pass_(self) -> None:
        """Looked at again and found in order, or settled by the department."""

    @transition(field=state, source=[FindingState.MENDED, FindingState.TRANSFERRED], target=FindingState.OPEN)
    def reopen(self) -> None:
        """Looked at again and not in order, or sent back by the department."""

    @transition(field=state, source=[FindingState.OPEN, FindingState.MENDED], target=FindingState.TRANSFERRED)
    def transfer(self) -> None:
        """To the department that may enforce."""


class OfFinding(OfficeManager[Row]):
    office_path = "finding__office"


class FindingStep(models.Model):
    """What happened to a finding, for good."""

    class Kind(models.TextChoices):
        FOUND = "found", _("发现")
        MENDED = "mended", _("报整改")
        PASSED = "passed", _("复查通过")
        FAILED = "failed", _("复查没通过")
        LIMIT = "limit", _("改期限")
        TRANSFERRED = "transferred", _("移交")
        SETTLED = "settled", _("部门处理完")
        SENT_BACK = "sent_back", _("部门退回")

    finding = models.ForeignKey(Finding, models.PROTECT, related_name="steps")
    kind = models.CharField(_("什么事"), max_length=12, choices=Kind)
    at = models.DateTimeField(_("时间"))
    by = models.ForeignKey(Account, models.PROTECT, related_name="+")
    words = models.CharField(_("说明"), max_length=400, blank=True)
    due_on = models.DateField(_("当时的期限"))

    get_kind_display = displaying("kind", Kind)
    objects = OfFinding()

    class Meta:
        verbose_name = _("隐患经过")
        indexes = [models.Index(fields=["finding", "-at"], name="finding_step")]
        triggers = append_only()

    def __str__(self) -> str:
        return f"{self.finding} {self.get_kind_display()}"


class FindingPhoto(models.Model):
    class Moment(models.TextChoices):
        BEFORE = "before", _("整改前")
        AFTER = "after", _("整改后")

    finding = models.ForeignKey(Finding, models.PROTECT, related_name="photos")
    evidence = models.ForeignKey(Evidence, models.PROTECT, related_name="+")
    moment = models.CharField(_("时点"), max_length=8, choices=Moment)

    get_moment_display = displaying("moment", Moment)
    objects = OfFinding()

    class Meta:
        verbose_name = _("照片")
        constraints = [models.UniqueConstraint(fields=["finding", "evidence", "moment"], name="finding_photo_once")]

    def __str__(self) -> str:
        return f"{self.get_moment_display()} {self.evidence}"
