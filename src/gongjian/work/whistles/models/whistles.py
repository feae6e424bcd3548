"""The whistle itself: what was said, where, how far it has come, and by when."""

from decimal import Decimal
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.utils.translation import gettext_lazy as _
from django_fsm import transition
from encrypted_fields.fields import EncryptedCharField

from gongjian.kernel.labels import displaying
from gongjian.kernel.scoping import OfficeManager
from gongjian.kernel.states import StateField, Stateful
from gongjian.registry.models import Account, Office, Organization, Place
from gongjian.work.whistles.models.categories import Category, Grade

MOST_TEXT = 4000


class State(models.TextChoices):
    DRAFT = "draft", _("草稿")
    PENDING = "pending", _("待审核")
    BLOWN = "blown", _("已吹哨")
    TRIAGED = "triaged", _("已分类")
    DISPATCHED = "dispatched", _("已派单")
    RETURNED = "returned", _("有异议")
    ACCEPTED = "accepted", _("已应哨")
    ON_SITE = "on_site", _("已到场")
    HANDLED = "handled", _("已处置")
    REPORTED = "reported", _("已反馈")
    VERIFIED = "verified", _("已核实")
    RATED = "rated", _("已评价")
    CLOSED = "closed", _("已销哨")
    MERGED = "merged", _("已并入")
    NOT_ACCEPTED = "not_accepted", _("不予受理")
    WITHDRAWN = "withdrawn", _("已撤回")


BEFORE_DISPATCH = (State.BLOWN, State.TRIAGED)
WITH_LEAD = (State.DISPATCHED, State.ACCEPTED, State.ON_SITE, State.HANDLED)
OPEN_STATES = (*BEFORE_DISPATCH, *WITH_LEAD, State.RETURNED, State.REPORTED, State.VERIFIED, State.RATED)
"""What somebody still has to do something about."""
ENDED_STATES = (State.CLOSED, State.MERGED, State.NOT_ACCEPTED, State.WITHDRAWN)


class Satisfaction(models.TextChoices):
    SATISFIED = "satisfied", _("满意")
    BASICALLY = "basically", _("基本满意")
    DISSATISFIED = "dissatisfied", _("不满意")


class WhistleManager(OfficeManager["Whistle"]):
    """Without the columns that only the database reads; whoever wants them names them."""

    def get_queryset(self) -> "models.QuerySet[Whistle]":
        return super().get_queryset().defer("search", "terms")


class Whistle(Stateful):
    """Closed, solved and satisfied are three facts: `state`, `solved`, `satisfaction`.

    `place` is a community or lies in one; null while nobody knows. `outside`: the coordinates lie beyond the office, which is
    marked, never refused. `response_due_at` and `resolution_due_at` are computed from the happenings by `clocks`, null while
    a stop without end keeps them open. `next_check_at` is when a clock next changes its color.
    """

    class Source(models.TextChoices):
        PUBLIC = "public", _("居民网上反映")
        STAFF = "staff", _("工作人员登记")
        HOTLINE = "hotline", _("12345 热线")
        API = "api", _("系统接口")
        OPEN311 = "open311", _("Open311")
        MAIL = "mail", _("来信")
        PATROL = "patrol", _("巡查")

    class Color(models.IntegerChoices):
        NONE = 0, _("正常")
        BLUE = 1, _("蓝色提醒")
        YELLOW = 2, _("黄色警告")
        RED = 3, _("红色超期")

    class NotAcceptedReason(models.TextChoices):
        EMERGENCY_LINE = "emergency_line", _("属于 110、119、120 等紧急专线")
        IN_PROCEEDINGS = "in_proceedings", _("已进入诉讼、仲裁、复议、信访等程序")
        IN_HAND = "in_hand", _("正在办理或已办结，没有新情况")
        SECRET = "secret", _("涉及国家秘密、商业秘密、个人隐私")
        BEYOND_DUTY = "beyond_duty", _("超出政府职责，应由市场或社会渠道解决")
        AGAINST_LAW = "against_law", _("违反法律或公序良俗")

    office = models.ForeignKey(Office, models.PROTECT)
    source = models.CharField(_("来源"), max_length=8, choices=Source)
    external_number = models.CharField(_("来源编号"), max_length=60, blank=True)
    text = models.TextField(_("内容"), max_length=MOST_TEXT)
    place = models.ForeignKey(Place, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("地方"))
    community = models.ForeignKey(Place, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("社区"))
    spot = models.CharField(_("具体位置"), max_length=160, blank=True)
    latitude = models.DecimalField(_("纬度"), max_digits=9, decimal_places=6, null=True, blank=True)
    longitude = models.DecimalField(_("经度"), max_digits=9, decimal_places=6, null=True, blank=True)
    outside = models.BooleanField(_("位置在辖区外"), default=False)
    reporter_name = EncryptedCharField(_("反映人"), max_length=40, blank=True, null=True)
    reporter_phone = EncryptedCharField(_("电话"), max_length=20, blank=True, null=True)
    reporter_email = EncryptedCharField(_("邮箱"), max_length=254, blank=True, null=True)
    phone_mark = models.CharField(max_length=64, editable=False, blank=True)
    token = models.CharField(max_length=43, unique=True, editable=False)
    blown_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+", verbose_name=_("吹哨人"))
    received_at = models.DateTimeField(_("收到时间"))
    blown_at = models.DateTimeField(_("吹哨时间"), null=True)

    state = StateField(_("状态"), default=State.DRAFT, choices=State.choices, protected=True)
    category = models.ForeignKey(Category, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("类别"))
    grade = models.CharField(_("级别"), max_length=10, choices=Grade, default=Grade.ORDINARY)
    lead = models.ForeignKey(Organization, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("牵头单位"))
    suggestion = models.JSONField(default=dict, editable=False)
    """What the words led to at intake: {"category": code, "confidence": 0..1, "words": [...], "by": "rules" or "model"}."""
    not_accepted_reason = models.CharField(_("不予受理的原因"), max_length=16, choices=NotAcceptedReason, blank=True)
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="merged")
    split_from = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="parts")
    voices = models.PositiveIntegerField(_("几个人反映"), default=1)
    round = models.PositiveSmallIntegerField(_("第几次办理"), default=1)

    response_due_at = models.DateTimeField(_("应响应"), null=True)
    resolution_due_at = models.DateTimeField(_("应办结"), null=True)
    responded_at = models.DateTimeField(_("响应时间"), null=True)
    reported_at = models.DateTimeField(_("反馈时间"), null=True)
    closed_at = models.DateTimeField(_("销哨时间"), null=True)
    suspended = models.BooleanField(_("已暂停计时"), default=False)
    color = models.PositiveSmallIntegerField(_("预警"), choices=Color, default=Color.NONE)
    next_check_at = models.DateTimeField(null=True, editable=False)

    solved = models.BooleanField(_("已解决"), null=True)
    satisfaction = models.CharField(_("满意度"), max_length=12, choices=Satisfaction, blank=True)

    search = SearchVectorField(null=True, editable=False)
    terms = ArrayField(models.IntegerField(), default=list, editable=False)

    get_state_display = displaying("state", State)
    get_source_display = displaying("source", Source)
    get_grade_display = displaying("grade", Grade)
    get_color_display = displaying("color", Color)
    just_happened: Any = None
    """What was written with a new one, so that the answer to it reads nothing again."""

    objects = WhistleManager()

    class Meta:
        verbose_name = _("哨件")
        constraints = [
            models.UniqueConstraint(
                fields=["office", "source", "external_number"],
                condition=~models.Q(external_number=""),
                name="whistle_external_number_once",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=["draft", "pending"]) | models.Q(blown_at__isnull=False),
                name="whistle_blown_has_time",
            ),
            models.CheckConstraint(
                condition=models.Q(state="merged", merged_into__isnull=False)
                | (~models.Q(state="merged") & models.Q(merged_into__isnull=True)),
                name="whistle_merged_into_one",
            ),
            models.CheckConstraint(condition=~models.Q(merged_into=models.F("pk")), name="whistle_not_merged_into_itself"),
            models.CheckConstraint(
                condition=models.Q(state="not_accepted") ^ models.Q(not_accepted_reason=""),
                name="whistle_not_accepted_says_why",
            ),
            models.CheckConstraint(
                condition=models.Q(state="closed") ^ models.Q(closed_at__isnull=True), name="whistle_closed_has_time"
            ),
            models.CheckConstraint(
                condition=models.Q(latitude__isnull=True, longitude__isnull=True)
                | models.Q(latitude__range=(-Decimal(90), Decimal(90)), longitude__range=(-Decimal(180), Decimal(180))),
                name="whistle_coordinates_on_earth",
            ),
            models.CheckConstraint(condition=models.Q(voices__gt=0), name="whistle_has_a_voice"),
        ]
        indexes = [
            models.Index(fields=["office", "-received_at", "-id"], name="whistle_newest"),
            models.Index(fields=["office", "state", "-received_at", "-id"], name="whistle_state"),
            models.Index(fields=["office", "community", "-received_at", "-id"], name="whistle_community"),
            models.Index(fields=["office", "category", "-received_at", "-id"], name="whistle_category"),
            models.Index(fields=["office", "lead", "-received_at", "-id"], name="whistle_lead"),
            models.Index(
                fields=["office", "resolution_due_at", "id"],
                condition=models.Q(state__in=[str(state) for state in OPEN_STATES]),
                name="whistle_open_due",
            ),
            GinIndex(fields=["office", "search"], name="whistle_search", fastupdate=False),
            GinIndex(
                fields=["office", "terms"],
                condition=models.Q(state__in=[str(state) for state in OPEN_STATES]),
                name="whistle_open_terms",
                fastupdate=False,
            ),
            models.Index(fields=["next_check_at"], condition=models.Q(next_check_at__isnull=False), name="whistle_next_check"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.text[:24]}"

    @property
    def number(self) -> str:
        return f"{self.received_at:%Y}-{self.pk:06d}"

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_STATES

    @property
    def is_overdue(self) -> bool:
        return self.color == self.Color.RED

    @transition(field=state, source=State.DRAFT, target=State.PENDING)
    def submit(self) -> None:
        """To whoever approves."""

    @transition(field=state, source=[State.DRAFT, State.PENDING], target=State.BLOWN)
    def blow(self) -> None:
        """From here on the clocks run."""

    @transition(field=state, source=State.PENDING, target=State.DRAFT)
    def send_back(self) -> None:
        """Not approved as it stands."""

    @transition(field=state, source=[*BEFORE_DISPATCH, State.RETURNED], target=State.TRIAGED)
    def triage(self) -> None:
        """Category and grade are set by a person."""

    @transition(field=state, source=[State.TRIAGED, State.RETURNED], target=State.DISPATCHED)
    def dispatch(self) -> None:
        """A lead organization has it."""

    @transition(field=state, source=[State.DISPATCHED, State.ACCEPTED, State.ON_SITE], target=State.RETURNED)
    def return_(self) -> None:
        """The lead says it is not its business; the office decides."""

    @transition(field=state, source=State.RETURNED, target=State.DISPATCHED)
    def uphold(self) -> None:
        """The office decides that it stays where it is."""

    @transition(field=state, source=State.DISPATCHED, target=State.ACCEPTED)
    def accept(self) -> None:
        """The lead reports in (应哨)."""

    @transition(field=state, source=State.ACCEPTED, target=State.ON_SITE)
    def arrive(self) -> None:
        """Somebody of the lead stands there."""

    @transition(field=state, source=[State.ACCEPTED, State.ON_SITE], target=State.HANDLED)
    def handle(self) -> None:
        """The work is done, the report not yet written."""

    @transition(field=state, source=[State.ACCEPTED, State.ON_SITE, State.HANDLED], target=State.REPORTED)
    def report(self) -> None:
        """The lead says what came of it."""

    @transition(field=state, source=State.REPORTED, target=State.VERIFIED)
    def verify(self) -> None:
        """The community looked and found it so."""

    @transition(field=state, source=State.REPORTED, target=State.ACCEPTED)
    def refuse(self) -> None:
        """The community looked and found it otherwise."""

    @transition(field=state, source=[State.VERIFIED, State.RATED], target=State.RATED)
    def rate(self) -> None:
        """The resident said what they think of it."""

    @transition(field=state, source=[State.VERIFIED, State.RATED], target=State.CLOSED)
    def close(self) -> None:
        """The whistle is put away (销哨)."""

    @transition(field=state, source=State.CLOSED, target=State.TRIAGED)
    def reopen(self) -> None:
        """Closed too early: another round."""

    @transition(field=state, source=[*BEFORE_DISPATCH, *WITH_LEAD, State.RETURNED], target=State.MERGED)
    def merge(self) -> None:
        """Another whistle says the same and goes on for both."""

    @transition(field=state, source=[*BEFORE_DISPATCH, State.RETURNED], target=State.NOT_ACCEPTED)
    def not_accept(self) -> None:
        """For one of the listed reasons only."""

    @transition(
        field=state, source=[State.DRAFT, State.PENDING, *BEFORE_DISPATCH, *WITH_LEAD, State.RETURNED], target=State.WITHDRAWN
    )
    def withdraw(self) -> None:
        """Whoever reported it takes it back."""

    @transition(field=state, source=State.MERGED, target=State.TRIAGED)
    def unmerge(self) -> None:
        """It was another matter after all; it is triaged anew."""
