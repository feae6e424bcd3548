from django_scopes import get_scope

from gongjian.work.care.models import SHIPPED, Cadence, Risk


def cadences() -> dict[str, Cadence]:
    """By risk, the office's own or, unsaved, the shipped ones."""
    own = {cadence.risk: cadence for cadence in Cadence.objects.all()}
    office = get_scope()["office"]
    return {risk: own.get(risk) or Cadence(office=office, risk=risk, **SHIPPED[risk]) for risk in Risk.values}
