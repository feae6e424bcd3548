"""What an office decides about its whistles: the rules, and the catalogue of categories."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django_scopes import get_scope

from gongjian.kernel import audit
from gongjian.kernel.errors import Conflict, Invalid, InvalidMany
from gongjian.kernel.permissions import require
from gongjian.registry.models import Account
from gongjian.work.whistles.models import Category, Policy
from gongjian.work.whistles.recomputing import recompute_later
from gongjian.work.whistles.words.catalogue import shipped_categories

MOVES_CLOCKS = {
    *("morning_from", "morning_to", "afternoon_from", "afternoon_to", "blue_share", "yellow_share"),
    *("response_amount", "response_unit", "resolution_amount", "resolution_unit"),
}
"""Fields of a policy or category from which running clocks are computed."""

_AMOUNTS = ("response_amount", "resolution_amount", "objection_amount", "rate_within_days")


@transaction.atomic
def change_policy(actor: Account, **values: Any) -> Policy:
    """Only the fields given. Raises Invalid. What moves the clocks has them recomputed once this is committed."""
    require(actor, "whistles.configure")
    Policy.objects.get_or_create(office=actor.office)
    rules = Policy.objects.select_for_update().get()
    changed = _set(rules, values)
    _check_policy(rules)
    _clean(rules)
    rules.save()
    audit.record(actor, "whistles.change_policy", rules, fields=sorted(changed))
    if changed & MOVES_CLOCKS:
        recompute_later()
    return rules


def _check_policy(rules: Policy) -> None:
    """The constraints of the table, each said beside its field."""
    wrong: dict[str, Any] = {}
    hours = (rules.morning_from, rules.morning_to, rules.afternoon_from, rules.afternoon_to)
    if not hours[0] < hours[1] <= hours[2] < hours[3]:
        wrong["morning_from"] = _("上下班时间要从早到晚排：上午上班、上午下班、下午上班、下午下班。")
    wrong |= {name: _("时限至少是 1。") for name in _AMOUNTS if not getattr(rules, name)}
    if not rules.blue_share < rules.yellow_share < 1:
        wrong["blue_share"] = _("蓝色提醒要早于黄色警告，黄色警告要早于到期（小于 1）。")
    if not rules.whistle_rate_low < rules.whistle_rate_high:
        wrong["whistle_rate_low"] = _("吹哨率下限要小于上限。")
    if rules.response_weight + rules.resolution_weight + rules.satisfaction_weight != 1:
        wrong["response_weight"] = _("三个权重加起来要等于 1。")
    if (rules.center_latitude is None) != (rules.center_longitude is None):
        wrong["center_latitude"] = _("纬度和经度要么都填，要么都不填。")
    if wrong:
        raise InvalidMany(wrong)


@transaction.atomic
def add_category(actor: Account, **values: Any) -> Category:
    require(actor, "whistles.configure")
    category = Category(office=actor.office)
    _set(category, values)
    return _keep_category(actor, category, "whistles.add_category")


@transaction.atomic
def change_category(actor: Account, *, category: Category, **values: Any) -> Category:
    """The code stays: machines know the category by it. New limits hold for open whistles too."""
    require(actor, "whistles.configure", category)
    values.pop("code", None)
    category = Category.objects.select_for_update(of=("self",)).get(pk=category.pk)
    changed = _set(category, values)
    _keep_category(actor, category, "whistles.change_category")
    if changed & MOVES_CLOCKS:
        recompute_later()
    return category


@transaction.atomic
def load_shipped_categories(actor: Account | None = None) -> int:
    """Adds those of the shipped catalogue that the office lacks; changes none. How many. `actor` None: on setting up."""
    if actor is not None:
        require(actor, "whistles.configure")
    office = get_scope()["office"]
    codes = set(Category.objects.values_list("code", flat=True))
    names = set(Category.objects.values_list("major", "minor"))
    rows = [row for row in shipped() if row["code"] not in codes and (row["major"], row["minor"]) not in names]
    Category.objects.bulk_create([Category(office=office, **row) for row in rows])
    if rows:
        audit.record(actor, "whistles.load_categories", None, count=len(rows))
    return len(rows)


def shipped() -> list[dict[str, Any]]:
    """The rows of the shipped catalogue, as fields of a category."""
    return [
        {
            "code": row.code,
            "major": row.major,
            "minor": row.minor,
            "grade": row.grade,
            "opening_condition": row.opening_condition,
            "closing_condition": row.closing_condition,
            "response_amount": row.response.amount,
            "response_unit": row.response.unit,
            "resolution_amount": row.resolution.amount,
            "resolution_unit": row.resolution.unit,
            "keywords": list(row.keywords),
        }
        for row in shipped_categories()
    ]


def _set(thing: Policy | Category, values: dict[str, Any]) -> set[str]:
    """The names of the fields that changed."""
    changed = {name for name, value in values.items() if getattr(thing, name) != value}
    for name in changed:
        setattr(thing, name, values[name])
    return changed


def _clean(thing: Policy | Category) -> None:
    try:
        thing.clean_fields()
    except ValidationError as error:
        raise InvalidMany({name: " ".join(said) for name, said in error.message_dict.items()}) from error


def _keep_category(actor: Account, category: Category, action: str) -> Category:
    if not category.major.strip() or not category.minor.strip():
        raise Invalid(_("请写大类和小类。"), code="name-missing", field="minor")
    _clean(category)
    try:
        with transaction.atomic():
            category.save()
    except IntegrityError as error:
        raise Conflict(_("代码或者“大类＋小类”已经有了。"), code="taken", field="code") from error
    audit.record(actor, action, category)
    return category
