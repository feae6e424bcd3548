"""The stars that somebody holds, as a history: each row is what stands from its day on, until the next."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from django_fsm import transition

from gongjian.kernel.append_only import append_only
from gongjian.kernel.scoping import OfficeManager
from gongjian.kernel.states import StateField, Stateful
from gongjian.ledger.models import Evidence
from gongjian.registry.models import Account, Organization, Place
from gongjian.work.ratings.models.rounds import Result
from gongjian.work.ratings.models.schemes import Scheme


class OfScheme(OfficeManager[Any]):
    office_path = "scheme__office"


class Fall(Stateful):
    """Somebody should lose stars before the next round, for a reason; a second person decides."""

    class State(models.TextChoices):
        PROPOSED = "proposed", _("待复核")
        CONFIRMED = "confirmed", _("已降星")
        REFUSED = "refused", _("没有同意")

    scheme = models.ForeignKey(Scheme, models.PROTECT, related_name="falls")
    organization = models.ForeignKey(Organization, models.PROTECT, null=True, related_name="+", verbose_name=_("单位"))
    place = models.ForeignKey(Place, models.PROTECT, null=True, related_name="+", verbose_name=_("地方"))
    stars_from = models.PositiveSmallIntegerField(_("原来几星"))
    stars_to = models.PositiveSmallIntegerField(_("降到几星"))
    reason = models.CharField(_("原因"), max_length=300)
    evidence = models.ManyToManyField(Evidence, related_name="+", verbose_name=_("证据"))
    state = StateField(_("状态"), default=State.PROPOSED, choices=State.choices, protected=True)
    proposed_at = models.DateTimeField(_("提出时间"))
    proposed_by = models.ForeignKey(Account, models.PROTECT, related_name="+", verbose_name=_("提出人"))
    decided_at = models.DateTimeField(_("决定时间"), null=True)
    decided_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+", verbose_name=_("决定人"))
    words = models.CharField(_("意见"), max_length=300, blank=True)

    objects = OfScheme()

    class Meta:
        verbose_name = _("降星")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(organization__isnull=False, place__isnull=True)
                | models.Q(organization__isnull=True, place__isnull=False),
                name="rating_fall_of_one",
            ),
            models.CheckConstraint(condition=models.Q(stars_to__lt=models.F("stars_from")), name="rating_fall_goes_down"),
            models.CheckConstraint(
                condition=models.Q(decided_by__isnull=True) | ~models.Q(decided_by=models.F("proposed_by")),
                name="rating_fall_decided_by_another",
            ),
            models.UniqueConstraint(
                fields=["scheme", "organization"], condition=models.Q(state="proposed"), name="rating_fall_open_once"
            ),
            models.UniqueConstraint(
                fields=["scheme", "place"], condition=models.Q(state="proposed"), name="rating_fall_of_place_open_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject} {self.stars_from}★ → {self.stars_to}★"

    @property
    def subject(self) -> Organization | Place:
        return self.organization or self.place  # type: ignore[return-value]  # a constraint: one of them is there

    @transition(field=state, source=State.PROPOSED, target=State.CONFIRMED)
    def confirm(self) -> None: ...

    @transition(field=state, source=State.PROPOSED, target=State.REFUSED)
    def refuse(self) -> None: ...


class Standing(models.Model):
    """By a published result or by a fall. `was`: the stars before; none the first time."""

    scheme = models.ForeignKey(Scheme, models.PROTECT, related_name="standings")
    organization = models.ForeignKey(Organization, models.PROTECT, null=True, related_name="+", verbose_name=_("单位"))
    place = models.ForeignKey(Place, models.PROTECT, null=True, related_name="+", verbose_name=_("地方"))
    stars = models.PositiveSmallIntegerField(_("星级"))
    was = models.PositiveSmallIntegerField(_("原来几星"), null=True)
    since = models.DateField(_("起"))
    result = models.OneToOneField(Result, models.PROTECT, null=True, related_name="standing")
    fall = models.OneToOneField(Fall, models.PROTECT, null=True, related_name="standing")

    objects = OfScheme()

    class Meta:
        verbose_name = _("持有星级")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(organization__isnull=False, place__isnull=True)
                | models.Q(organization__isnull=True, place__isnull=False),
                name="rating_standing_of_one",
            ),
            models.CheckConstraint(
                condition=models.Q(result__isnull=False, fall__isnull=True) | models.Q(result__isnull=True, fall__isnull=False),
                name="rating_standing_from_one",
            ),
        ]
        indexes = [
            models.Index(fields=["organization", "-id"], name="rating_standing_unit"),
            models.Index(fields=["place", "-id"], name="rating_standing_place"),
        ]
        triggers = append_only()

    def __str__(self) -> str:
        return f"{self.subject} {self.stars}★"

    @property
    def subject(self) -> Organization | Place:
        return self.organization or self.place  # type: ignore[return-value]  # a constraint: one of them is there

    @property
    def has_fallen(self) -> bool:
        return self.was is not None and self.stars < self.was
