"""Reporting in, and ending it."""

from datetime import date

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from gongjian.kernel import audit, clock
from gongjian.kernel.errors import Conflict, Invalid
from gongjian.kernel.permissions import require
from gongjian.registry.models import Account, PartyOrganization, Person, Place
from gongjian.work.cobuilding.models import ReportIn
from gongjian.work.cobuilding.services.checks import checked_words


@transaction.atomic
def report_in(
    actor: Account,
    *,
    place: Place,
    post: str,
    reported_on: date,
    party: PartyOrganization | None = None,
    person: Person | None = None,
) -> ReportIn:
    """Raises Invalid for both or neither, for somebody who is no member, for a future day; Conflict if it is known."""
    require(actor, "cobuilding.report_in", place)
    if (party is None) == (person is None):
        raise Invalid(_("请选一个党组织，或者一位党员，只选一样。"), code="who", field="party")
    if person is not None and not person.party_member:
        raise Invalid(_("底册里没有写这位是党员，请先核对。"), code="no-member", field="person")
    if party is not None and party.dissolved:
        raise Invalid(_("“%(name)s”已经撤销。") % {"name": party.name}, code="dissolved", field="party")
    if reported_on > clock.today():
        raise Invalid(_("报到日期在今天之后。"), code="in-future", field="reported_on")
    post = checked_words(post, field="post", sentence=_("请写明认领了什么岗位或任务。"))[:120]
    known = ReportIn(office=actor.office, place=place, party=party, person=person, post=post, recorded_by=actor)
    known.reported_on = reported_on
    try:
        with transaction.atomic():
            known.save()
    except IntegrityError as error:
        raise Conflict(_("已经在这个社区报到过了。"), code="known", field="party" if party else "person") from error
    audit.record(actor, "cobuilding.report_in", known)
    return known


@transaction.atomic
def end_report_in(actor: Account, *, report: ReportIn, on: date) -> ReportIn:
    """They moved on. What they did stays in the ledger."""
    require(actor, "cobuilding.report_in", report)
    report = ReportIn.objects.select_for_update(of=("self",)).get(pk=report.pk)
    if report.ended_on is not None:
        raise Conflict(_("已经结束了。"), code="ended")
    if on < report.reported_on or on > clock.today():
        raise Invalid(_("结束日期应在报到之后、今天或今天以前。"), code="day", field="on")
    report.ended_on = on
    report.save(update_fields=["ended_on"])
    audit.record(actor, "cobuilding.end_report_in", report)
    return report
