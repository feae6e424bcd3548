"""Co-building agreements (共建协议): who, for how long, with which duties and rooms; and the signed copy as evidence."""

from decimal import Decimal

from django.db import models
from django.utils.translation import gettext_lazy as _
from django_fsm import transition
from encrypted_fields.fields import EncryptedCharField

from gongjian.kernel.quantities import Quantity, Unit
from gongjian.kernel.scoping import OfficeManager
from gongjian.kernel.states import StateField, Stateful
from gongjian.ledger.models import Evidence
from gongjian.registry.models import Account, Office, Organization, Place


class Side(models.TextChoices):
    ORGANIZATION = "organization", _("单位")
    COMMUNITY = "community", _("社区")


class Agreement(Stateful):
    """Between an organization and a community. In force from signing until its last day, unless it was ended before."""

    class State(models.TextChoices):
        DRAFT = "draft", _("起草")
        IN_FORCE = "in_force", _("有效")
        ENDED = "ended", _("已终止")

    office = models.ForeignKey(Office, models.PROTECT)
    number = models.CharField(_("编号"), max_length=40)
    title = models.CharField(_("名称"), max_length=80)
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="+", verbose_name=_("单位"))
    place = models.ForeignKey(Place, models.PROTECT, related_name="+", verbose_name=_("社区"))
    content = models.TextField(_("共建内容"), max_length=2000)
    duties_organization = models.TextField(_("单位做什么"), max_length=1000)
    duties_community = models.TextField(_("社区做什么"), max_length=1000)
    begins_on = models.DateField(_("从哪天起"))
    ends_on = models.DateField(_("到哪天止"))
    meetings_per_year = models.PositiveSmallIntegerField(_("每年碰头几次"), default=4)
    state = StateField(_("状态"), default=State.DRAFT, choices=State.choices, protected=True)
    signed_on = models.DateField(_("签订日期"), null=True)
    ended_on = models.DateField(_("终止日期"), null=True)
    ended_because = models.CharField(_("终止的原因"), max_length=200, blank=True)
    renews = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="renewed_by", verbose_name=_("续签自")
    )
    drafted_by = models.ForeignKey(Account, models.PROTECT, related_name="+", verbose_name=_("起草人"))
    drafted_at = models.DateTimeField(_("起草时间"))

    objects = OfficeManager()

    class Meta:
        verbose_name = _("共建协议")
        constraints = [
            models.UniqueConstraint(fields=["office", "number"], name="agreement_number_once"),
            models.CheckConstraint(condition=models.Q(ends_on__gt=models.F("begins_on")), name="agreement_days_in_order"),
            models.CheckConstraint(
                condition=models.Q(state="draft", signed_on__isnull=True) | models.Q(signed_on__isnull=False),
                name="agreement_signed_once_in_force",
            ),
            models.CheckConstraint(
                condition=models.Q(state="ended", ended_on__isnull=False) | models.Q(ended_on__isnull=True),
                name="agreement_ended_has_day",
            ),
        ]
        indexes = [
            models.Index(fields=["office", "state", "ends_on"], name="agreement_ending"),
            models.Index(fields=["office", "-begins_on", "-id"], name="agreement_newest"),
        ]

    def __str__(self) -> str:
        return self.title

    @transition(field=state, source=State.DRAFT, target=State.IN_FORCE)
    def sign(self) -> None:
        """Both have signed; the copy is there."""

    @transition(field=state, source=State.IN_FORCE, target=State.ENDED)
    def end(self) -> None:
        """By its last day, or before by exit."""


class AgreementPerson(models.Model):
    """Who is in charge and who is the liaison, on either side. Telephones are encrypted and shown to the two sides only."""

    class Part(models.TextChoices):
        IN_CHARGE = "in_charge", _("负责人")
        LIAISON = "liaison", _("联络员")

    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="persons")
    side = models.CharField(_("哪一方"), max_length=12, choices=Side)
    part = models.CharField(_("身份"), max_length=9, choices=Part)
    name = models.CharField(_("姓名"), max_length=40)
    phone = EncryptedCharField(_("电话"), max_length=20, blank=True, null=True)

    class Meta:
        verbose_name = _("协议人员")
        ordering = ["side", "part"]
        constraints = [models.UniqueConstraint(fields=["agreement", "side", "part"], name="agreement_person_once")]

    def __str__(self) -> str:
        return self.name


class AgreementRoom(models.Model):
    """A room that the agreement gives. `yearly_rent` None: free of charge."""

    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="rooms")
    place = models.ForeignKey(Place, models.PROTECT, related_name="+", verbose_name=_("在哪里"))
    name = models.CharField(_("哪一处用房"), max_length=60)
    area = models.DecimalField(_("面积（平方米）"), max_digits=10, decimal_places=2)
    ownership = models.CharField(_("产权材料"), max_length=120)
    purpose = models.CharField(_("用途"), max_length=120)
    yearly_rent = models.DecimalField(_("每年租金（元）"), max_digits=12, decimal_places=2, null=True, blank=True)
    safety = models.CharField(_("安全谁负责"), max_length=12, choices=Side)
    utilities = models.CharField(_("水电谁承担"), max_length=12, choices=Side)
    exit_terms = models.CharField(_("怎么退出"), max_length=200)
    handed_over_on = models.DateField(_("移交日期"), null=True)

    class Meta:
        verbose_name = _("协议用房")
        constraints = [
            models.CheckConstraint(condition=models.Q(area__gt=0), name="agreement_room_has_area"),
            models.CheckConstraint(
                condition=models.Q(yearly_rent__isnull=True) | models.Q(yearly_rent__gt=0), name="agreement_room_rent_positive"
            ),
            models.UniqueConstraint(fields=["agreement", "place", "name"], name="agreement_room_once"),
        ]

    def __str__(self) -> str:
        return f"{self.place}{self.name}"

    @property
    def amount(self) -> Quantity:
        return Quantity(Decimal(self.area), Unit.SQUARE_METER)


class AgreementMeeting(models.Model):
    """A joint meeting (联席会) that was held."""

    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="meetings")
    held_on = models.DateField(_("哪天开的"))
    subject = models.CharField(_("议题"), max_length=120)
    minutes = models.TextField(_("纪要"), max_length=2000, blank=True)
    recorded_by = models.ForeignKey(Account, models.PROTECT, related_name="+", verbose_name=_("记录人"))
    recorded_at = models.DateTimeField(_("记录时间"))

    class Meta:
        verbose_name = _("联席会")
        ordering = ["-held_on", "-pk"]
        constraints = [models.UniqueConstraint(fields=["agreement", "held_on", "subject"], name="agreement_meeting_once")]

    def __str__(self) -> str:
        return self.subject


class AgreementFile(models.Model):
    """The signed copy, and papers of a room."""

    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="files")
    evidence = models.ForeignKey(Evidence, models.PROTECT, related_name="+")
    room = models.ForeignKey(AgreementRoom, models.PROTECT, null=True, related_name="files")

    class Meta:
        verbose_name = _("协议材料")
        constraints = [models.UniqueConstraint(fields=["agreement", "evidence"], name="agreement_file_once")]

    def __str__(self) -> str:
        return str(self.evidence)
