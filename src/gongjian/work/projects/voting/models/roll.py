"""The roll: exclusive units with their areas, and who owns them. It stands still once the vote is open."""

import secrets
from decimal import Decimal
from typing import Any

import pgtrigger
from django.db import models
from django.utils.translation import gettext_lazy as _

from gongjian.kernel.masking import mask_name
from gongjian.kernel.scoping import OfficeManager
from gongjian.work.projects.voting.models.votes import OfVote, Vote
from gongjian.work.projects.voting.roll import Unit


def new_token() -> str:
    return secrets.token_urlsafe(18)


def _standing_still(vote: str) -> pgtrigger.Trigger:
    """`vote`: SQL for the key of the vote that the row `known` belongs to."""
    return pgtrigger.Trigger(
        name="stands_still",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        declare=[("known", "record")],
        func=f"""
        IF TG_OP = 'DELETE' THEN known := OLD; ELSE known := NEW; END IF;
        PERFORM 1 FROM voting_vote WHERE id = ({vote}) AND state = 'draft' FOR SHARE;
        IF NOT FOUND THEN RAISE EXCEPTION 'the roll of a vote that was opened stands still'; END IF;
        RETURN known;""",
    )


class OfFlat(OfficeManager[Any]):
    office_path = "flat__vote__office"


class Owner(models.Model):
    """A person of the roll. `mark` tells two of the same name apart: the last characters of a document's number."""

    vote = models.ForeignKey(Vote, models.PROTECT, related_name="owners")
    name = models.CharField(_("业主"), max_length=80)
    mark = models.CharField(_("证件后四位"), max_length=8, blank=True)

    objects = OfVote()

    class Meta:
        verbose_name = _("业主")
        constraints = [models.UniqueConstraint(fields=["vote", "name", "mark"], name="owner_of_roll_once")]
        triggers = [_standing_still("known.vote_id")]

    def __str__(self) -> str:
        return self.name

    @property
    def key(self) -> str:
        return f"{self.name}·{self.mark}" if self.mark else self.name

    @property
    def masked(self) -> str:
        return mask_name(self.name)


class Flat(models.Model):
    """An exclusive unit (专有部分). `token` opens its ballot without an account."""

    vote = models.ForeignKey(Vote, models.PROTECT, related_name="flats")
    number = models.CharField(_("房号"), max_length=30)
    floor = models.SmallIntegerField(_("楼层"), null=True, blank=True)
    register_area = models.DecimalField(_("登记簿面积"), max_digits=9, decimal_places=2, null=True)
    survey_area = models.DecimalField(_("测绘面积"), max_digits=9, decimal_places=2, null=True)
    contract_area = models.DecimalField(_("合同面积"), max_digits=9, decimal_places=2, null=True)
    developer = models.BooleanField(_("建设单位未出售"), default=False)
    owners: "models.ManyToManyField[Owner, FlatOwner]" = models.ManyToManyField(
        Owner, through="FlatOwner", related_name="flats"
    )
    token = models.CharField(max_length=32, default=new_token, unique=True, editable=False)

    objects = OfVote()

    class Meta:
        verbose_name = _("专有部分")
        ordering = ["number", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["vote", "number"], name="flat_once"),
            models.CheckConstraint(
                condition=models.Q(register_area__gt=0) | models.Q(survey_area__gt=0) | models.Q(contract_area__gt=0),
                name="flat_has_area",
            ),
        ]
        triggers = [_standing_still("known.vote_id")]

    def __str__(self) -> str:
        return self.number

    @property
    def areas(self) -> dict[str, Decimal]:
        named = {"register": self.register_area, "survey": self.survey_area, "contract": self.contract_area}
        return {name: area for name, area in named.items() if area is not None}

    @property
    def area(self) -> Decimal:
        """The one that counts: register before survey before contract."""
        return Unit(self.number, self.areas).area

    @property
    def area_source(self) -> str:
        """From which title the area is taken."""
        labels = {"register": _("登记簿"), "survey": _("测绘"), "contract": _("合同")}
        return str(labels[Unit(self.number, self.areas).area_source])


class FlatOwner(models.Model):
    """Joint owners each have a row."""

    flat = models.ForeignKey(Flat, models.CASCADE, related_name="titles")
    owner = models.ForeignKey(Owner, models.CASCADE, related_name="titles")

    objects = OfFlat()

    class Meta:
        verbose_name = _("业主的房")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["flat", "owner"], name="flat_owner_once")]
        triggers = [_standing_still("SELECT vote_id FROM voting_owner WHERE id = known.owner_id")]

    def __str__(self) -> str:
        return f"{self.flat} {self.owner}"
