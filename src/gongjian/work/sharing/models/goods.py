"""What is kept where. Every change is a movement; the database derives the books from them and refuses any other hand.

received = in stock + allocated + written off, for every item at every moment.
"""

from decimal import Decimal
from typing import Any

import pgtrigger
from django.db import models
from django.utils.translation import gettext_lazy as _

from gongjian.kernel.append_only import append_only
from gongjian.kernel.scoping import OfficeManager
from gongjian.registry.models import Account, Office, Place

_ONLY_BY_MOVEMENTS = "RAISE EXCEPTION 'books of goods change by movements only' USING ERRCODE = 'check_violation';"
_POST = """
IF (SELECT whole FROM sharing_item WHERE id = NEW.item_id) AND NEW.quantity <> trunc(NEW.quantity) THEN
    RAISE EXCEPTION 'pieces have no fractions' USING ERRCODE = 'check_violation', CONSTRAINT = 'movement_whole_pieces';
END IF;
delta := CASE WHEN NEW.kind IN ('received', 'found', 'returned') THEN NEW.quantity ELSE -NEW.quantity END;
INSERT INTO sharing_stock (item_id, place_id, quantity) VALUES (NEW.item_id, NEW.place_id, 0) ON CONFLICT DO NOTHING;
UPDATE sharing_stock SET quantity = quantity + delta WHERE item_id = NEW.item_id AND place_id = NEW.place_id;
IF NEW.kind = 'moved' THEN
    INSERT INTO sharing_stock (item_id, place_id, quantity) VALUES (NEW.item_id, NEW.to_place_id, 0) ON CONFLICT DO NOTHING;
    UPDATE sharing_stock SET quantity = quantity + NEW.quantity WHERE item_id = NEW.item_id AND place_id = NEW.to_place_id;
    RETURN NULL;
END IF;
UPDATE sharing_item SET
    in_stock = in_stock + delta,
    received = received + CASE WHEN NEW.kind IN ('received', 'found') THEN NEW.quantity ELSE 0 END,
    allocated = allocated + CASE NEW.kind WHEN 'allocated' THEN NEW.quantity WHEN 'returned' THEN -NEW.quantity ELSE 0 END,
    written_off = written_off + CASE WHEN NEW.kind = 'written_off' THEN NEW.quantity ELSE 0 END
WHERE id = NEW.item_id;
RETURN NULL;
"""


class OfItem(OfficeManager[Any]):
    office_path = "item__office"


def _amount(label: Any) -> Any:
    return models.DecimalField(label, max_digits=14, decimal_places=2, default=Decimal(0), editable=False)


class Item(models.Model):
    """A kind of goods, counted in its own measure word. `whole`: there are no fractions of it."""

    office = models.ForeignKey(Office, models.PROTECT)
    name = models.CharField(_("名称"), max_length=60)
    unit = models.CharField(_("单位"), max_length=10)
    whole = models.BooleanField(_("只能整数"), default=True)
    received = _amount(_("收到"))
    in_stock = _amount(_("在库"))
    allocated = _amount(_("分配"))
    written_off = _amount(_("核销"))

    objects = OfficeManager()

    class Meta:
        verbose_name = _("物资")
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["office", "name", "unit"], name="item_once"),
            models.CheckConstraint(
                condition=models.Q(received=models.F("in_stock") + models.F("allocated") + models.F("written_off")),
                name="item_books_balance",
            ),
            models.CheckConstraint(
                condition=models.Q(in_stock__gte=0, allocated__gte=0, written_off__gte=0), name="item_nothing_below_zero"
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="books_by_movements",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("received", "in_stock", "allocated", "written_off"),
                func=f"""
                IF (TG_OP = 'INSERT' AND NEW.received <> 0) OR (TG_OP = 'UPDATE' AND pg_trigger_depth() < 2
                    AND (NEW.received, NEW.in_stock, NEW.allocated, NEW.written_off)
                    IS DISTINCT FROM (OLD.received, OLD.in_stock, OLD.allocated, OLD.written_off))
                THEN {_ONLY_BY_MOVEMENTS} END IF; RETURN NEW;""",
            )
        ]

    def __str__(self) -> str:
        return self.name

    def told(self, quantity: Decimal) -> str:
        """12.00 → 12台"""
        return f"{quantity.normalize():f}{self.unit}"


class Stock(models.Model):
    """How much of an item lies in a place."""

    item = models.ForeignKey(Item, models.PROTECT, related_name="stocks")
    place = models.ForeignKey(Place, models.PROTECT, related_name="+", verbose_name=_("存放地"))
    quantity = models.DecimalField(_("数量"), max_digits=14, decimal_places=2)

    objects = OfItem()

    class Meta:
        verbose_name = _("库存")
        constraints = [
            models.UniqueConstraint(fields=["item", "place"], name="stock_once"),
            models.CheckConstraint(condition=models.Q(quantity__gte=0), name="stock_not_below_zero"),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="books_by_movements",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                func=f"IF pg_trigger_depth() < 2 THEN {_ONLY_BY_MOVEMENTS} END IF; RETURN COALESCE(NEW, OLD);",
            )
        ]

    def __str__(self) -> str:
        return f"{self.item} {self.place}"


class Movement(models.Model):
    """One line of the books. `quantity` is always positive; `kind` says which way it goes."""

    class Kind(models.TextChoices):
        RECEIVED = "received", _("收到")
        FOUND = "found", _("盘盈")
        ALLOCATED = "allocated", _("分配")
        RETURNED = "returned", _("退回")
        WRITTEN_OFF = "written_off", _("核销")
        MOVED = "moved", _("移库")

    item = models.ForeignKey(Item, models.PROTECT, related_name="movements", verbose_name=_("物资"))
    place = models.ForeignKey(Place, models.PROTECT, related_name="+", verbose_name=_("存放地"))
    to_place = models.ForeignKey(Place, models.PROTECT, null=True, related_name="+", verbose_name=_("移到"))
    kind = models.CharField(_("种类"), max_length=12, choices=Kind)
    quantity = models.DecimalField(_("数量"), max_digits=14, decimal_places=2)
    reason = models.CharField(_("原因"), max_length=200, blank=True)
    source = models.CharField(max_length=60, blank=True)
    """Of which paper it is a line: `donation:12`, `allocation:7`, `count:3`."""
    at = models.DateTimeField(_("时间"))
    by = models.ForeignKey(Account, models.PROTECT, related_name="+", verbose_name=_("经办人"))

    objects = OfItem()

    class Meta:
        verbose_name = _("出入库")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=models.Q(quantity__gt=0), name="movement_positive"),
            models.CheckConstraint(
                condition=models.Q(kind="moved", to_place__isnull=False) & ~models.Q(to_place=models.F("place"))
                | ~models.Q(kind="moved") & models.Q(to_place__isnull=True),
                name="movement_to_another_place",
            ),
            models.CheckConstraint(
                condition=~models.Q(kind__in=["found", "written_off"]) | ~models.Q(reason=""), name="movement_says_why"
            ),
        ]
        indexes = [
            models.Index(fields=["item", "-id"], name="movement_item"),
            models.Index(fields=["source"], name="movement_of"),
        ]
        triggers = [
            *append_only(),
            pgtrigger.Trigger(
                name="post",
                when=pgtrigger.After,
                operation=pgtrigger.Insert,
                declare=[("delta", "numeric")],
                func=_POST,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.item} {self.quantity}"
