"""Polls: opened, answered by household, closed."""

import secrets
from collections.abc import Sequence
from datetime import date, timedelta

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from gongjian.kernel import audit, clock
from gongjian.kernel.errors import Conflict, Invalid
from gongjian.kernel.permissions import require
from gongjian.kernel.rates import spend
from gongjian.registry.folding import fold_name
from gongjian.registry.models import Account
from gongjian.registry.services.people import mark
from gongjian.work.projects.models import Answer, Poll, Project
from gongjian.work.projects.services.checks import check_open, check_title
from gongjian.work.projects.services.projects import locked, moving, refusing

MOST_OPTIONS, MOST_HOUSEHOLDS = 10, 5000
MOST_ANSWERS, WITHIN = 300, timedelta(hours=1)
"""A compound answers more slowly than a program."""


@transaction.atomic
def open_poll(
    actor: Account,
    *,
    project: Project,
    question: str,
    options: Sequence[str],
    closes_on: date,
    details: str = "",
    households: Sequence[str] = (),
    anonymous: bool = True,
) -> Poll:
    """Raises Invalid for fewer than two different options or a last day that has passed."""
    require(actor, "projects.run", project)
    project = locked(project)
    check_open(project)
    poll = Poll(office=actor.office, project=project, anonymous=anonymous, closes_on=closes_on)
    poll.question, poll.details = check_title(question, most=200, field="question"), details.strip()[:2000]
    poll.options = _lines(options, most=MOST_OPTIONS, length=60, field="options")
    if len(poll.options) < 2:
        raise Invalid(_("至少写两项不一样的，一行一项。"), code="options", field="options")
    poll.households = _lines(households, most=MOST_HOUSEHOLDS, length=40, field="households")
    if closes_on < clock.today():
        raise Invalid(_("最后一天已经过去了。"), code="in-past", field="closes_on")
    poll.slug, poll.opened_by, poll.opened_at = secrets.token_urlsafe(16), actor, clock.now()
    with refusing(_("这个问题已经在征求意见。"), field="question"):
        poll.save()
    audit.record(actor, "projects.open_poll", poll)
    return poll


@transaction.atomic
def answer_poll(*, poll: Poll, household: str, choice: int, reason: str = "") -> Answer:
    """By anybody who has the address: once for each household. Raises Conflict for a second answer or after the last day."""
    poll = Poll.objects.select_for_update(of=("self",)).get(pk=poll.pk)
    if poll.state != Poll.State.OPEN or poll.closes_on < clock.today():
        raise Conflict(_("已经结束了，不再收回答。"), code="poll-closed")
    if not 0 <= choice < len(poll.options):
        raise Invalid(_("请选一项。"), code="choice", field="choice")
    household = _household(poll, household)
    spend(f"poll:{poll.pk}", most=MOST_ANSWERS, within=WITHIN)
    answer = Answer(poll=poll, choice=choice, reason=reason.strip()[:300], on=clock.today())
    answer.household_mark = mark(f"poll:{poll.pk}:{fold_name(household)}")
    answer.household = "" if poll.anonymous else household
    try:
        with transaction.atomic():
            answer.save(force_insert=True)
    except IntegrityError as error:
        raise Conflict(_("这一户已经答过了，一户一份。"), code="answered", field="household") from error
    return answer


@transaction.atomic
def close_poll(actor: Account, *, poll: Poll) -> Poll:
    require(actor, "projects.run", poll.project)
    poll = Poll.objects.select_for_update(of=("self",)).get(pk=poll.pk)
    with moving():
        poll.close()
    poll.save()
    audit.record(actor, "projects.close_poll", poll)
    return poll


def _household(poll: Poll, typed: str) -> str:
    """As it stands in the list, where there is one. Raises Invalid."""
    folded = fold_name(typed)
    if not folded:
        raise Invalid(_("请写是哪一户。"), code="household", field="household")
    if not poll.households:
        return typed.strip()[:40]
    found = next((one for one in poll.households if fold_name(one) == folded), None)
    if found is None:
        raise Invalid(_("名单里没有这一户，请照门牌写。"), code="household-unknown", field="household")
    return found


def _lines(lines: Sequence[str], *, most: int, length: int, field: str) -> list[str]:
    found = list(dict.fromkeys(line.strip() for line in lines if line.strip()))
    if len(found) > most:
        raise Invalid(_("最多写 %(most)s 行。") % {"most": most}, code="too-many", field=field)
    if any(len(line) > length for line in found):
        raise Invalid(_("每行不超过 %(most)s 个字。") % {"most": length}, code="too-long", field=field)
    return found
