"""Drawing hours to check, and writing down what was found. What is wrong is corrected by request, like everything else."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from gongjian.kernel import audit, clock
from gongjian.kernel.errors import Conflict, Invalid, NotAllowed
from gongjian.kernel.permissions import require
from gongjian.registry.models import Account
from gongjian.work.volunteering import sampling
from gongjian.work.volunteering.models import Attendance, SpotCheck, SpotCheckLine
from gongjian.work.volunteering.models.spot_checks import MOST, new_seed
from gongjian.work.volunteering.selectors.spot_checks import frame_of
from gongjian.work.volunteering.services.corrections import ask_correction

LONGEST = timedelta(days=366)
Result = SpotCheckLine.Result


@transaction.atomic
def draw_spot_check(actor: Account, *, first: date, last: date, by: str, size: int, seed: str = "") -> SpotCheck:
    """Of the confirmed hours of these days. `seed`: a number that everybody can see, else one is made.

    Raises Invalid for days in the wrong order, Conflict where nothing is confirmed.
    """
    require(actor, "volunteering.spot_check")
    if last < first or last - first > LONGEST:
        raise Invalid(_("从哪天到哪天要按先后，最多一年。"), code="days", field="last")
    if not 1 <= size <= MOST:
        raise Invalid(_("一次抽 1 到 %(most)d 条。") % {"most": MOST}, code="size", field="size")
    frame = frame_of(first, last, by)
    if not frame:
        raise Conflict(_("这几天没有已确认的时长可抽。"), code="nothing", field="first")
    check = SpotCheck(office=actor.office, first=first, last=last, by=by, size=size, seed=seed.strip() or new_seed())
    check.frame, check.frame_digest = frame, sampling.digest(frame)
    check.drawn_by, check.drawn_at = actor, clock.now()
    check.save(force_insert=True)
    drawn = sampling.draw(frame, size, check.seed)
    SpotCheckLine.objects.bulk_create(
        SpotCheckLine(check_of=check, attendance_id=key, stratum=stratum, number=number)
        for number, (stratum, key) in enumerate(drawn, start=1)
    )
    audit.record(actor, "volunteering.draw_spot_check", check, size=len(drawn), seed=check.seed)
    return check


@transaction.atomic
def record_finding(
    actor: Account,
    *,
    line: SpotCheckLine,
    result: str,
    words: str,
    began: datetime | None = None,
    ended: datetime | None = None,
) -> SpotCheckLine:
    """Once, by neither the person nor who confirmed the hours. What is wrong asks for a correction, which another decides."""
    require(actor, "volunteering.spot_check")
    line = SpotCheckLine.objects.select_for_update(of=("self",)).get(pk=line.pk)
    attendance = Attendance.objects.select_related("shift__activity", "volunteer__person").get(pk=line.attendance_id)
    if line.result:
        raise Conflict(_("这一条已经记了结果。"), code="found")
    if actor.pk == attendance.confirmed_by_id or (actor.person_id and actor.person_id == attendance.volunteer.person_id):
        raise NotAllowed(_("抽查要由别人来做：不能是本人，也不能是确认这条时长的人。"))
    if result not in Result.values:
        raise Invalid(_("请选结果。"), code="result", field="result")
    if len(words.strip()) < 4:
        raise Invalid(_("请写明怎么查的、查到什么。"), code="words", field="words")
    line.result, line.words, line.found_by, line.found_at = result, words.strip(), actor, clock.now()
    if result == Result.CORRECTED:
        if began is None or ended is None:
            raise Invalid(_("请填应为几点到几点。"), code="times", field="began")
        line.correction = ask_correction(actor, attendance=attendance, began=began, ended=ended, reason=line.words)
    elif result == Result.STRUCK:
        line.correction = ask_correction(
            actor,
            attendance=attendance,
            began=attendance.began,
            ended=attendance.ended or attendance.shift.ends,
            reason=line.words,
            strikes=True,
        )
    line.save()
    audit.record(actor, "volunteering.record_finding", attendance, result=result)
    return line
