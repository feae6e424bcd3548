"""What kinds of projects there are, and which deed a finished one leaves for who led it."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    RENOVATION = "renovation", _("楼院改造")
    ELEVATOR = "elevator", _("加装电梯")
    FACADE = "facade", _("立面、街景整治")
    VACATING = "vacating", _("腾退、拆违")
    OWNERS = "owners", _("业主自治")
    STREET = "street", _("道路、绿化、管网")
    OTHER = "other", _("其他")


DEEDS: dict[str, str] = {Kind.RENOVATION: "renovation-project", Kind.OWNERS: "owners-committee"}
"""Kinds that the catalogue counts one by one. What vacated shopfronts and elevators leave, their own pages record."""


class Source(models.TextChoices):
    FISCAL = "fiscal", _("财政资金")
    OWN = "own", _("单位自筹")
    OWNERS = "owners", _("居民出资")
    MAINTENANCE = "maintenance", _("住宅专项维修资金")
    DONATION = "donation", _("捐赠")
    OTHER = "other", _("其他")


class Part(models.TextChoices):
    """What an organization has to do with a project."""

    LEAD = "lead", _("牵头单位")
    SUPPORT = "support", _("配合单位")
    OWNER = "owner", _("产权单位")
    BUILDER = "builder", _("施工单位")
    DESIGNER = "designer", _("设计单位")
    SUPERVISOR = "supervisor", _("监理单位")


MEETINGS = {
    "progress": ("meeting", "推进会"),
    "consultation": ("consultation", "协商会"),
    "reception": ("reception-day", "接待日"),
    "assembly": ("owners-assembly", "业主大会"),
}
"""The deed of each kind of meeting, and what it is called in the ledger, whatever language is read just now."""
