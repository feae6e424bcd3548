"""What was cast, in versions that are never changed, and powers of attorney."""

import pgtrigger
from django.db import models
from django.utils.translation import gettext_lazy as _

from gongjian.kernel.labels import displaying
from gongjian.ledger.models import Evidence
from gongjian.registry.models import Account
from gongjian.work.projects.voting.models.roll import Flat, OfFlat, Owner
from gongjian.work.projects.voting.models.votes import Motion, OfVote, Vote


class Proxy(models.Model):
    """A written power of attorney (委托书) of one owner for this vote. Revoked, it ends for what is cast from then on."""

    vote = models.ForeignKey(Vote, models.PROTECT, related_name="proxies")
    owner = models.ForeignKey(Owner, models.PROTECT, related_name="proxies", verbose_name=_("委托人"))
    name = models.CharField(_("受托人"), max_length=80)
    given_at = models.DateTimeField(_("委托时间"))
    scan = models.ForeignKey(Evidence, models.PROTECT, null=True, related_name="+", verbose_name=_("委托书"))
    recorded_by = models.ForeignKey(Account, models.PROTECT, related_name="+", verbose_name=_("登记人"))
    recorded_at = models.DateTimeField(_("登记时间"))
    revoked_at = models.DateTimeField(_("撤回时间"), null=True)
    revoked_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+", verbose_name=_("登记撤回的人"))

    objects = OfVote()

    class Meta:
        verbose_name = _("委托")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["vote", "owner"], condition=models.Q(revoked_at__isnull=True), name="proxy_one_at_a_time"
            ),
            models.CheckConstraint(
                condition=models.Q(revoked_at__isnull=True) | models.Q(revoked_at__gte=models.F("given_at")),
                name="proxy_revoked_after_given",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.owner} → {self.name}"


class Ballot(models.Model):
    """A flat's voice on a motion. A change is the next version; `owner` None is the developer.

    `cast_at` is when it was signed, `entered_at` when it came into the system.
    """

    class Choice(models.TextChoices):
        AGREE = "agree", _("同意")
        AGAINST = "against", _("反对")
        ABSTAIN = "abstain", _("弃权")

    class Means(models.TextChoices):
        PAPER = "paper", _("纸质票")
        ONLINE = "online", _("网上")

    flat = models.ForeignKey(Flat, models.PROTECT, related_name="ballots", verbose_name=_("房号"))
    motion = models.ForeignKey(Motion, models.PROTECT, related_name="ballots", verbose_name=_("事项"))
    version = models.PositiveSmallIntegerField(_("第几次"), default=1)
    owner = models.ForeignKey(Owner, models.PROTECT, null=True, related_name="+", verbose_name=_("业主"))
    choice = models.CharField(_("意见"), max_length=8, choices=Choice)
    means = models.CharField(_("方式"), max_length=6, choices=Means)
    cast_at = models.DateTimeField(_("表决时间"))
    proxy = models.ForeignKey(Proxy, models.PROTECT, null=True, related_name="+", verbose_name=_("委托"))
    scan = models.ForeignKey(Evidence, models.PROTECT, null=True, related_name="+", verbose_name=_("纸质票的照片"))
    entered_at = models.DateTimeField(_("录入时间"))
    entered_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+", verbose_name=_("录入人"))
    checked_at = models.DateTimeField(_("复核时间"), null=True)
    checked_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+", verbose_name=_("复核人"))

    objects = OfFlat()
    get_choice_display = displaying("choice", Choice)
    get_means_display = displaying("means", Means)

    class Meta:
        verbose_name = _("表决票")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["flat", "motion", "version"], name="ballot_once"),
            models.CheckConstraint(
                condition=models.Q(means="paper", entered_by__isnull=False) | models.Q(means="online", entered_by__isnull=True),
                name="ballot_paper_is_entered",
            ),
            models.CheckConstraint(
                condition=models.Q(checked_by__isnull=True) | ~models.Q(checked_by=models.F("entered_by")),
                name="ballot_checked_by_another",
            ),
        ]
        indexes = [models.Index(fields=["motion", "checked_by"], name="ballot_unchecked", condition=models.Q(means="paper"))]
        triggers = [
            pgtrigger.Trigger(
                name="cast_in_time",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func="""
                IF NOT EXISTS (
                    SELECT 1 FROM voting_vote v
                    JOIN voting_motion m ON m.vote_id = v.id JOIN voting_flat f ON f.vote_id = v.id
                    WHERE m.id = NEW.motion_id AND f.id = NEW.flat_id AND v.state = 'open'
                    AND NEW.cast_at BETWEEN v.opens_at AND v.closes_at FOR SHARE OF v)
                THEN RAISE EXCEPTION 'a ballot of another vote, or outside its time'; END IF;
                RETURN NEW;""",
            ),
            pgtrigger.Protect(
                name="kept_as_cast",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange(exclude=["checked_at", "checked_by"]),
            ),
            pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.flat} {self.get_choice_display()}"
