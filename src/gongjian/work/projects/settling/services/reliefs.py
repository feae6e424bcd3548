"""Rules of relief: shipped as a sample, added by the office with their document."""

import tomllib
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from gongjian.kernel import audit, clock
from gongjian.kernel.errors import Conflict, Invalid
from gongjian.kernel.permissions import require
from gongjian.registry.models import Account
from gongjian.work.projects.settling.lease import MOST_MONTHS
from gongjian.work.projects.settling.models import ReliefRule

SHIPPED = Path(__file__).resolve().parents[1] / "reliefs.toml"


@transaction.atomic
def add_relief(
    actor: Account, *, name: str, basis: str, steps: Sequence[tuple[int, Decimal]], is_sample: bool = False
) -> ReliefRule:
    """`steps`: months, and the factor of the rent that is still owed in them. Raises Invalid, Conflict."""
    require(actor, "settling.keep_rules")
    if len(basis.strip()) < 2:
        raise Invalid(_("减免要写明依据的文件。"), code="basis", field="basis")
    if not steps:
        raise Invalid(_("请写怎么减，一行一段。"), code="steps", field="steps")
    for months, factor in steps:
        if not (1 <= months <= MOST_MONTHS and 0 <= factor <= 1):
            said = {"most": MOST_MONTHS}
            sentence = _("减免的月数要在 1 到 %(most)s 之间，仍付的比例在 0 到 1 之间。") % said
            raise Invalid(sentence, code="steps", field="steps")
    rule = ReliefRule(office=actor.office, name=name.strip(), basis=basis.strip(), is_sample=is_sample)
    rule.steps = [[months, str(factor)] for months, factor in steps]
    rule.added_by, rule.added_at = actor, clock.now()
    try:
        with transaction.atomic():
            rule.save()
    except IntegrityError as error:
        raise Conflict(_("已经有叫这个名字的办法；改了内容的，请换个名字。"), code="known", field="name") from error
    audit.record(actor, "settling.add_relief", rule)
    return rule


@transaction.atomic
def load_shipped_reliefs(actor: Account) -> int:
    """Those that are not there yet."""
    known = set(ReliefRule.objects.values_list("name", flat=True))
    rules = [rule for rule in tomllib.loads(SHIPPED.read_text(encoding="utf-8"))["rule"] if rule["name"] not in known]
    for rule in rules:
        steps = [(months, Decimal(factor)) for months, factor in rule["steps"]]
        add_relief(actor, name=rule["name"], basis=rule["basis"], steps=steps, is_sample=True)
    return len(rules)
