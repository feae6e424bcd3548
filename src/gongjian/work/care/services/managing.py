"""What changes about a pairing: risk, carer, family, a major change, a pause, the end."""

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from gongjian.kernel import audit
from gongjian.kernel.errors import Conflict, Invalid
from gongjian.kernel.notifications.outbox import notify
from gongjian.kernel.permissions import require
from gongjian.registry.models import Account, Organization, Person
from gongjian.work.care.models import Pairing, Step
from gongjian.work.care.services.holding import held, moving, note_step
from gongjian.work.care.services.pairing import Family, check_carer, describe

Kind = Step.Kind


@transaction.atomic
def set_risk(actor: Account, *, pairing: Pairing, risk: str, words: str = "") -> Pairing:
    """The cadence follows. Setting the same again changes nothing."""
    pairing = _open(actor, pairing)
    if pairing.risk != risk:
        pairing.risk = risk
        note_step(actor, pairing, Kind.RISK, "care.risk", words)
    return pairing


@transaction.atomic
def report_change(actor: Account, *, pairing: Pairing, words: str) -> Pairing:
    """A fall, a loss, a discharge: somebody looks in within the hours that the cadence names."""
    require(actor, "care.visit" if actor.has_perm("care.visit", pairing) else "care.manage", pairing)
    pairing = held(pairing)
    if pairing.state != Pairing.State.ACTIVE:
        raise Conflict(_("这个结对没有在进行，先恢复再记。"), code="wrong-state")
    note_step(actor, pairing, Kind.CHANGE, "care.report_change", _said(words, _("请写一句是什么变化。")))
    if pairing.organization and pairing.due_at:
        until = f"{timezone.localtime(pairing.due_at):%m-%d %H:%M}"
        context = {"community": str(pairing.community), "due": until}
        notify([pairing.organization], "care.changed", context, url=reverse("care:pairing", args=[pairing.pk]), urgent=True)
    return pairing


@transaction.atomic
def change_carer(
    actor: Account, *, pairing: Pairing, organization: Organization | None, carer: Person | None, words: str = ""
) -> Pairing:
    """Whoever leaves can no longer read anything about the elder. Raises Invalid without anybody."""
    pairing = _open(actor, pairing)
    if organization is None and carer is None:
        raise Invalid(_("请写由哪个单位、哪个人结对。"), code="carer-missing", field="organization")
    check_carer([pairing.elder], carer)
    pairing.organization, pairing.carer = organization, carer
    note_step(actor, pairing, Kind.CARER, "care.change", words)
    return pairing


@transaction.atomic
def set_family(actor: Account, *, pairing: Pairing, family: Family) -> Pairing:
    pairing = _open(actor, pairing)
    describe(pairing, family)
    pairing.save()
    audit.record(actor, "care.change", pairing)
    return pairing


@transaction.atomic
def pause(actor: Account, *, pairing: Pairing, words: str) -> Pairing:
    """In hospital, say. Nothing is overdue meanwhile."""
    require(actor, "care.manage", pairing)
    pairing = held(pairing)
    with moving(pairing):
        pairing.pause()
    note_step(actor, pairing, Kind.PAUSED, "care.pause", _said(words, _("请写一句为什么暂停，例如：住院。")))
    return pairing


@transaction.atomic
def resume(actor: Account, *, pairing: Pairing) -> Pairing:
    require(actor, "care.manage", pairing)
    pairing = held(pairing)
    with moving(pairing):
        pairing.resume()
    note_step(actor, pairing, Kind.RESUMED, "care.resume")
    return pairing


@transaction.atomic
def end(actor: Account, *, pairing: Pairing, words: str) -> Pairing:
    """For good. Visits and deeds stay; the elder may be paired anew."""
    require(actor, "care.manage", pairing)
    pairing = held(pairing)
    with moving(pairing):
        pairing.end()
    note_step(actor, pairing, Kind.ENDED, "care.end", _said(words, _("请写一句为什么结束。")))
    return pairing


def _open(actor: Account, pairing: Pairing) -> Pairing:
    require(actor, "care.manage", pairing)
    pairing = held(pairing)
    if pairing.state == Pairing.State.ENDED:
        raise Conflict(_("这个结对已经结束。"), code="ended")
    return pairing


def _said(words: str, sentence: str) -> str:
    if len(words.strip()) < 2:
        raise Invalid(sentence, code="words", field="words")
    return words.strip()
