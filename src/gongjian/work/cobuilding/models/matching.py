"""Runs of the matching and what they suggested. A suggestion commits nobody."""

from typing import Any

from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from gongjian.kernel.quantities import Quantity
from gongjian.kernel.scoping import OfficeManager
from gongjian.registry.models import Account, Office
from gongjian.work.cobuilding.models.claims import Claim
from gongjian.work.cobuilding.models.listings import Need, Offer


def _weight(label: Any, default: int) -> "models.PositiveSmallIntegerField[int, int]":
    return models.PositiveSmallIntegerField(label, default=default, validators=[MaxValueValidator(100)])


class Weighting(models.Model):
    """What counts how much when an office lets pairs be suggested, each 0 to 100."""

    words = _weight(_("说的是不是一件事"), 40)
    nearness = _weight(_("离得近"), 30)
    record = _weight(_("以往办得好"), 30)
    fairness = _weight(_("大家分着来"), 20)

    class Meta:
        abstract = True


class MatchingPolicy(Weighting):
    office = models.OneToOneField(Office, models.PROTECT)

    objects = OfficeManager()

    class Meta:
        verbose_name = _("配对规则")

    def __str__(self) -> str:
        return str(self.office)


class MatchingRun(Weighting):
    """One optimization over all open needs and offers. `gap`: proven distance from the best there is, at most, in percent;
    `over_greedy`: worth as a ratio to taking the best pair first."""

    class State(models.TextChoices):
        WAITING = "waiting", _("正在配")
        DONE = "done", _("配好了")
        FAILED = "failed", _("没配成")

    office = models.ForeignKey(Office, models.PROTECT)
    state = models.CharField(_("状态"), max_length=7, choices=State, default=State.WAITING)
    asked_by = models.ForeignKey(Account, models.PROTECT, related_name="+", verbose_name=_("谁要的"))
    asked_at = models.DateTimeField(_("什么时候"))
    finished_at = models.DateTimeField(_("配好的时间"), null=True)
    needs = models.PositiveIntegerField(_("需求"), default=0)
    offers = models.PositiveIntegerField(_("资源"), default=0)
    pairs = models.PositiveIntegerField(_("可能的配对"), default=0)
    gap = models.DecimalField(_("离最好最多差"), max_digits=5, decimal_places=2, default=0)
    over_greedy = models.DecimalField(_("比逐对挑好"), max_digits=6, decimal_places=3, default=1)

    objects = OfficeManager()

    class Meta:
        verbose_name = _("配对")
        constraints = [
            models.UniqueConstraint(fields=["office"], condition=models.Q(state="waiting"), name="matching_run_one_at_a_time")
        ]
        indexes = [models.Index(fields=["office", "-asked_at"], name="matching_run_newest")]

    def __str__(self) -> str:
        return f"{self.asked_at:%Y-%m-%d %H:%M}"


class OfRun(OfficeManager["Suggestion"]):
    office_path = "run__office"


class Suggestion(models.Model):
    """A pair of the run. The three parts of its score are thousandths; `claim` once somebody took it up."""

    run = models.ForeignKey(MatchingRun, models.CASCADE, related_name="suggestions")
    need = models.ForeignKey(Need, models.CASCADE, related_name="suggestions")
    offer = models.ForeignKey(Offer, models.CASCADE, related_name="suggestions")
    quantity = models.DecimalField(_("数量"), max_digits=12, decimal_places=2)
    score = models.PositiveSmallIntegerField(_("分"))
    words = models.PositiveSmallIntegerField()
    nearness = models.PositiveSmallIntegerField()
    record = models.PositiveSmallIntegerField()
    meters = models.PositiveIntegerField(null=True)
    kept = models.PositiveIntegerField(default=0)
    lapsed = models.PositiveIntegerField(default=0)
    claim = models.OneToOneField(Claim, models.PROTECT, null=True, related_name="suggestion")

    objects = OfRun()

    class Meta:
        verbose_name = _("配对建议")
        constraints = [models.UniqueConstraint(fields=["run", "need", "offer"], name="suggestion_once")]
        indexes = [models.Index(fields=["run", "-score"], name="suggestion_best")]

    def __str__(self) -> str:
        return f"{self.need} ← {self.offer}"

    @property
    def amount(self) -> Quantity:
        """As much of it as is still there on both sides."""
        return Quantity(min(self.quantity, self.need.left.value, self.offer.left.value), self.need.unit)


class Unmatched(models.Model):
    """A need that the run left open, wholly or in part. `reasons` counts the offers of its kind by the limit that they fail."""

    run = models.ForeignKey(MatchingRun, models.CASCADE, related_name="unmatched")
    need = models.ForeignKey(Need, models.CASCADE, related_name="+")
    missing = models.DecimalField(_("还差"), max_digits=12, decimal_places=2)
    fitting = models.PositiveIntegerField(_("合适的资源"), default=0)
    reasons = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("没配上的需求")
        constraints = [models.UniqueConstraint(fields=["run", "need"], name="unmatched_once")]

    def __str__(self) -> str:
        return str(self.need)

    @property
    def amount(self) -> Quantity:
        return Quantity(self.missing, self.need.unit)


class Dismissal(models.Model):
    """A pair that a person put aside; later runs do not suggest it again."""

    office = models.ForeignKey(Office, models.PROTECT)
    need = models.ForeignKey(Need, models.CASCADE, related_name="+")
    offer = models.ForeignKey(Offer, models.CASCADE, related_name="+")
    reason = models.CharField(_("原因"), max_length=200)
    by = models.ForeignKey(Account, models.PROTECT, related_name="+", verbose_name=_("谁"))
    at = models.DateTimeField(_("时间"))

    objects = OfficeManager()

    class Meta:
        verbose_name = _("不合适的配对")
        constraints = [models.UniqueConstraint(fields=["need", "offer"], name="dismissal_once")]

    def __str__(self) -> str:
        return f"{self.need} ✗ {self.offer}"
