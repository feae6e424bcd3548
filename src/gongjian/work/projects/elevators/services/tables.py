"""Tables of floor coefficients: shipped, and added by the office."""

import tomllib
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from gongjian.kernel import audit, clock
from gongjian.kernel.errors import Conflict, Invalid
from gongjian.kernel.permissions import require
from gongjian.registry.models import Account
from gongjian.work.projects.elevators.models import CoefficientTable

SHIPPED = Path(__file__).resolve().parents[1] / "coefficients.toml"
MOST = Decimal(100)


@transaction.atomic
def add_table(
    actor: Account, *, name: str, basis: str, factors: Mapping[int, Decimal], is_sample: bool = False
) -> CoefficientTable:
    """Raises Invalid, and Conflict for a name that is taken."""
    require(actor, "elevators.keep_tables")
    if not any(factors.values()) or any(not 0 <= factor < MOST for factor in factors.values()):
        raise Invalid(_("系数不能是负数，也不能全是零。"), code="factors", field="factors")
    if any(factor != factor.quantize(Decimal("0.001")) for factor in factors.values()):
        raise Invalid(_("系数最多三位小数。"), code="factors", field="factors")
    table = CoefficientTable(office=actor.office, name=name.strip(), basis=basis.strip(), is_sample=is_sample)
    table.factors = {str(floor): str(factor) for floor, factor in sorted(factors.items())}
    table.added_by, table.added_at = actor, clock.now()
    try:
        with transaction.atomic():
            table.save()
    except IntegrityError as error:
        raise Conflict(_("已经有叫这个名字的系数表；改了内容的，请换个名字。"), code="known", field="name") from error
    audit.record(actor, "elevators.add_table", table)
    return table


@transaction.atomic
def load_shipped_tables(actor: Account) -> int:
    """Those that are not there yet."""
    known = set(CoefficientTable.objects.values_list("name", flat=True))
    tables = [one for one in tomllib.loads(SHIPPED.read_text(encoding="utf-8"))["table"] if one["name"] not in known]
    for one in tables:
        factors = {int(floor): Decimal(factor) for floor, factor in one["factors"].items()}
        add_table(actor, name=one["name"], basis=one["basis"], factors=factors, is_sample=one["sample"])
    return len(tables)
