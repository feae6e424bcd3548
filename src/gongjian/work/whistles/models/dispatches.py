"""Who was sent: the lead and its supporters, each with its own limit."""

from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from django_fsm import transition

from gongjian.kernel.deadlines import Limit, TimeUnit
from gongjian.kernel.states import StateField, Stateful
from gongjian.registry.models import Account, Organization
from gongjian.work.whistles.models.managers import OfWhistle
from gongjian.work.whistles.models.whistles import Whistle


class Dispatch(Stateful):
    """One organization's part in a whistle. The lead keeps it to the end (首接负责); supporters answer to the lead."""

    class Part(models.TextChoices):
        LEAD = "lead", _("牵头")
        SUPPORT = "support", _("配合")

    class State(models.TextChoices):
        SENT = "sent", _("待应哨")
        OBJECTED = "objected", _("有异议")
        ACCEPTED = "accepted", _("已应哨")
        ON_SITE = "on_site", _("已到场")
        HANDLED = "handled", _("已处置")
        REPORTED = "reported", _("已反馈")
        RECALLED = "recalled", _("已收回")

    class Outcome(models.TextChoices):
        SOLVED = "solved", _("已解决")
        PARTLY = "partly", _("部分解决")
        EXPLAINED = "explained", _("暂时解决不了，已说明")

    LIVE = (State.SENT, State.OBJECTED, State.ACCEPTED, State.ON_SITE, State.HANDLED, State.REPORTED)
    WAITING = (State.SENT, State.ACCEPTED, State.ON_SITE, State.HANDLED)

    whistle = models.ForeignKey(Whistle, models.PROTECT, related_name="dispatches")
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="+", verbose_name=_("单位"))
    part = models.CharField(_("分工"), max_length=7, choices=Part)
    task = models.CharField(_("要办的事"), max_length=300, blank=True)
    limit_amount = models.PositiveSmallIntegerField(_("时限"), validators=[MinValueValidator(1)])
    limit_unit = models.CharField(_("单位"), max_length=14, choices=TimeUnit)
    state = StateField(_("状态"), default=State.SENT, choices=State.choices, protected=True)
    sent_at = models.DateTimeField(_("派单时间"))
    sent_by = models.ForeignKey(Account, models.PROTECT, related_name="+", verbose_name=_("派单人"))
    due_at = models.DateTimeField(_("办结期限"), null=True)
    accepted_at = models.DateTimeField(_("应哨时间"), null=True)
    on_site_at = models.DateTimeField(_("到场时间"), null=True)
    handled_at = models.DateTimeField(_("处置时间"), null=True)
    reported_at = models.DateTimeField(_("反馈时间"), null=True)
    report = models.TextField(_("办理结果"), max_length=2000, blank=True)
    outcome = models.CharField(_("结果"), max_length=10, choices=Outcome, blank=True)
    objection = models.CharField(_("异议理由"), max_length=500, blank=True)
    objected_at = models.DateTimeField(_("提出异议时间"), null=True)
    answer_due_at = models.DateTimeField(_("异议应答复"), null=True)

    objects = OfWhistle()

    class Meta:
        verbose_name = _("派单")
        constraints = [
            models.UniqueConstraint(
                fields=["whistle"], condition=models.Q(part="lead") & ~models.Q(state="recalled"), name="dispatch_one_lead"
            ),
            models.UniqueConstraint(
                fields=["whistle", "organization"], condition=~models.Q(state="recalled"), name="dispatch_organization_once"
            ),
            models.CheckConstraint(
                condition=~models.Q(state="reported") | (~models.Q(report="") & ~models.Q(outcome="")),
                name="dispatch_reported_with_words",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="objected") | ~models.Q(objection=""), name="dispatch_objection_says_why"
            ),
        ]
        indexes = [
            models.Index(fields=["organization", "state", "due_at"], name="dispatch_organization"),
        ]

    def __str__(self) -> str:
        return f"{self.organization} {self.get_part_display()}"

    @property
    def limit(self) -> Limit:
        return Limit(self.limit_amount, self.limit_unit)

    @property
    def is_lead(self) -> bool:
        return self.part == self.Part.LEAD

    @transition(field=state, source=[State.SENT, State.ACCEPTED, State.ON_SITE], target=State.OBJECTED)
    def object_(self) -> None:
        """Not ours, because."""

    @transition(field=state, source=State.OBJECTED, target=State.SENT)
    def uphold(self) -> None:
        """The objection is not accepted."""

    @transition(field=state, source=State.SENT, target=State.ACCEPTED)
    def accept(self) -> None:
        """The organization reports in."""

    @transition(field=state, source=State.ACCEPTED, target=State.ON_SITE)
    def arrive(self) -> None:
        """Somebody stands there."""

    @transition(field=state, source=[State.ACCEPTED, State.ON_SITE], target=State.HANDLED)
    def handle(self) -> None:
        """The work is done."""

    @transition(field=state, source=[State.ACCEPTED, State.ON_SITE, State.HANDLED], target=State.REPORTED)
    def submit_report(self) -> None:
        """Told what came of it."""

    @transition(field=state, source=State.REPORTED, target=State.ACCEPTED)
    def refuse(self) -> None:
        """Found otherwise on site: to be done again."""

    @transition(field=state, source=list(LIVE), target=State.RECALLED)
    def recall(self) -> None:
        """Another organization takes over, or the whistle ended."""
