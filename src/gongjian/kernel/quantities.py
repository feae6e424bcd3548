"""Quantities as people write them: a value, a unit and how exact it is; "近2万元" stays nearly."""

from dataclasses import dataclass
from decimal import Decimal

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _


class Unit(models.TextChoices):
    """What is counted. The label is the Chinese measure word, in every language; `ENGLISH` holds singular and plural."""

    PERSON = "person", "名"
    HOUR = "hour", "小时"
    SQUARE_METER = "m2", "平方米"
    YUAN = "yuan", "元"
    PIECE = "piece", "件"
    SHOP = "shop", "家"
    HOUSEHOLD = "household", "户"
    TIME = "time", "次"
    SESSION = "session", "场"
    ELEVATOR = "elevator", "台"
    ORGANIZATION = "organization", "个"
    TEAM = "team", "支"
    DOCUMENT = "document", "份"
    PLACE = "place", "处"


ENGLISH = {
    "person": ("person", "people"),
    "hour": ("hour", "hours"),
    "m2": ("m²", "m²"),
    "yuan": ("yuan", "yuan"),
    "piece": ("piece", "pieces"),
    "shop": ("shop", "shops"),
    "household": ("household", "households"),
    "time": ("time", "times"),
    "session": ("session", "sessions"),
    "elevator": ("elevator", "elevators"),
    "organization": ("organization", "organizations"),
    "team": ("team", "teams"),
    "document": ("document", "documents"),
    "place": ("place", "places"),
}
CHINESE = dict(Unit.choices)
WHOLE_UNITS = frozenset(ENGLISH) - {"hour", "m2", "yuan"}
"""Units of which there are no fractions."""


class Approximation(models.TextChoices):
    EXACT = "exact", _("正好")
    NEARLY = "nearly", _("近")
    OVER = "over", _("余")
    ABOUT = "about", _("约")


TOLD_ROUGHLY = 1000


@dataclass(frozen=True)
class Quantity:
    value: Decimal
    unit: str
    approximation: str = Approximation.EXACT

    def __str__(self) -> str:
        return self.in_english() if (get_language() or "").startswith("en") else self.in_chinese()

    def roughly(self) -> "Quantity":
        """A large sum of hours as one tells it: 2620 become over 2600. Whoever wants it exactly looks at the list."""
        rest = self.value % 100
        if self.unit != Unit.HOUR or self.value < TOLD_ROUGHLY or not rest or self.approximation != Approximation.EXACT:
            return self
        return Quantity(self.value - rest, self.unit, Approximation.OVER)

    @property
    def number(self) -> str:
        """The figure without its unit, in the reader's language."""
        if (get_language() or "").startswith("en"):
            return _english_words[self.approximation] + f"{self.value.normalize():,f}"
        return self._chinese_number()

    @property
    def unit_name(self) -> str:
        if (get_language() or "").startswith("en"):
            return ENGLISH[self.unit][0 if self.value == 1 else 1]
        return CHINESE[self.unit]

    def in_chinese(self) -> str:
        return self._chinese_number() + CHINESE[self.unit]

    def in_english(self) -> str:
        return (
            f"{_english_words[self.approximation]}{self.value.normalize():,f} "
            + ENGLISH[self.unit][0 if self.value == 1 else 1]
        )

    def _chinese_number(self) -> str:
        value, scale = self.value.normalize(), ""
        if value >= 10_000 and value % 1000 == 0:
            value, scale = (value / 10_000).normalize(), "万"
        before = {"nearly": "近", "about": "约"}.get(self.approximation, "")
        after = "余" if self.approximation == "over" else ""
        return f"{before}{value:f}{after}{scale}"


_english_words = {"exact": "", "nearly": "nearly ", "over": "over ", "about": "about "}
