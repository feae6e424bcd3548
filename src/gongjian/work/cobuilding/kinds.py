"""What can be offered and needed, in which units, and which kind of deed it becomes."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from gongjian.kernel.quantities import Unit


class Kind(models.TextChoices):
    SPACE = "space", _("场地")
    PEOPLE = "people", _("人员和技能")
    GOODS = "goods", _("物资")
    FUNDS = "funds", _("资金")
    VEHICLE = "vehicle", _("车辆")
    SERVICE = "service", _("服务")


DEEDS: dict[tuple[str, str], str] = {
    (Kind.SPACE, Unit.SQUARE_METER): "space-area",
    (Kind.SPACE, Unit.HOUR): "space-hours",
    (Kind.SPACE, Unit.PLACE): "space-shared",
    (Kind.PEOPLE, Unit.PERSON): "volunteer-people",
    (Kind.PEOPLE, Unit.HOUR): "volunteer-hours",
    (Kind.GOODS, Unit.PIECE): "donated-goods",
    (Kind.FUNDS, Unit.YUAN): "donated-money",
    (Kind.VEHICLE, Unit.TIME): "vehicle-trips",
    (Kind.SERVICE, Unit.SESSION): "service-sessions",
    (Kind.SERVICE, Unit.TIME): "service-times",
}
"""The units in which a kind is counted, the usual one first, and the deed of the catalogue that it becomes."""


class Condition(models.TextChoices):
    """What a need may insist on and an offer may promise; compared exactly, so these are words to choose from."""

    FREE = "free", _("免费")
    ACCESSIBLE = "accessible", _("无障碍，轮椅能到")
    GROUND_FLOOR = "ground_floor", _("在一楼或有电梯")
    DELIVERED = "delivered", _("送货上门")
    QUALIFIED = "qualified", _("持证或有资质")
    CHILDREN = "children", _("适合未成年人")
    WEEKEND = "weekend", _("节假日也行")


class Weekday(models.IntegerChoices):
    MONDAY = 1, _("周一")
    TUESDAY = 2, _("周二")
    WEDNESDAY = 3, _("周三")
    THURSDAY = 4, _("周四")
    FRIDAY = 5, _("周五")
    SATURDAY = 6, _("周六")
    SUNDAY = 7, _("周日")


def units_of(kind: str) -> list[Unit]:
    return [Unit(unit) for of_kind, unit in DEEDS if of_kind == kind]
