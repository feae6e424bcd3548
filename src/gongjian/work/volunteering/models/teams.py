"""Teams. A team is an organization of the registry, so that deeds can name it; nesting is the registry's `parent`."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from gongjian.kernel.scoping import OfficeManager
from gongjian.registry.models import Organization
from gongjian.work.volunteering.models.fields import Field
from gongjian.work.volunteering.models.managers import OfTeam
from gongjian.work.volunteering.models.volunteers import Volunteer


class TeamManager(OfficeManager["Team"]):
    office_path = "organization__office"

    def get_queryset(self) -> "models.QuerySet[Team]":
        return super().get_queryset().select_related("organization")


class Team(models.Model):
    organization = models.OneToOneField(
        Organization, models.PROTECT, primary_key=True, related_name="volunteer_team", verbose_name=_("队伍")
    )
    field = models.CharField(_("服务领域"), max_length=16, choices=Field, default=Field.COMMUNITY)
    purpose = models.CharField(_("做什么"), max_length=300, blank=True)
    founded = models.DateField(_("成立"))
    dissolved = models.DateField(_("解散"), null=True, blank=True)

    objects = TeamManager()

    class Meta:
        verbose_name = _("志愿服务队")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(dissolved__isnull=True) | models.Q(dissolved__gte=models.F("founded")),
                name="team_dissolved_after_founded",
            )
        ]

    def __str__(self) -> str:
        return str(self.organization)


class Membership(models.Model):
    """Who belongs to a team, from when to when. A member of a team inside belongs to the outer team too; asked, not stored."""

    class Part(models.TextChoices):
        LEADER = "leader", _("队长")
        MEMBER = "member", _("队员")

    team = models.ForeignKey(Team, models.PROTECT, related_name="memberships", verbose_name=_("队伍"))
    volunteer = models.ForeignKey(Volunteer, models.PROTECT, related_name="memberships", verbose_name=_("志愿者"))
    part = models.CharField(_("身份"), max_length=8, choices=Part, default=Part.MEMBER)
    since = models.DateField(_("加入"))
    until = models.DateField(_("离队"), null=True, blank=True)

    objects = OfTeam()

    class Meta:
        verbose_name = _("队员")
        constraints = [
            models.UniqueConstraint(
                fields=["team", "volunteer"], condition=models.Q(until__isnull=True), name="membership_open_once"
            ),
            models.CheckConstraint(
                condition=models.Q(until__isnull=True) | models.Q(until__gte=models.F("since")),
                name="membership_days_in_order",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.team_id} {self.volunteer_id}"
