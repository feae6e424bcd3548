"""Planning activities, opening them, ending them."""

from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django_fsm import can_proceed

from gongjian.kernel import audit, clock
from gongjian.kernel.errors import Conflict, Invalid
from gongjian.kernel.permissions import require
from gongjian.registry.models import Account, Organization, Place
from gongjian.work.volunteering.models import Activity, Post, Shift, ShiftNeed


@transaction.atomic
def plan_activity(
    actor: Account, *, title: str, field: str, place: Place, organization: Organization, responsible: str, **details: Any
) -> Activity:
    """`details`: the other fields of Activity. Raises Invalid for danger without insurance or without a word of the risks."""
    activity = Activity(office=actor.office, place=place, organization=organization, created_at=clock.now(), created_by=actor)
    require(actor, "volunteering.organize", activity)
    _describe(activity, title=title, field=field, responsible=responsible, **details)
    activity.save()
    audit.record(actor, "volunteering.plan_activity", activity)
    return activity


@transaction.atomic
def edit_activity(actor: Account, *, activity: Activity, **changes: Any) -> Activity:
    require(actor, "volunteering.organize", activity)
    _describe(activity, **changes)
    require(actor, "volunteering.organize", activity)
    activity.save()
    audit.record(actor, "volunteering.edit_activity", activity)
    return activity


@transaction.atomic
def open_activity(actor: Account, *, activity: Activity) -> Activity:
    """People may sign up and come. Raises Conflict without a shift."""
    require(actor, "volunteering.organize", activity)
    if not activity.shifts.filter(cancelled_at=None).exists():
        raise Conflict(_("还没有班次，先排出班次再开始。"), code="no-shifts")
    return _move(actor, activity, "open")


@transaction.atomic
def cancel_activity(actor: Account, *, activity: Activity) -> Activity:
    """Whoever was booked is told."""
    from gongjian.work.volunteering.services.shifts import cancel_shift

    require(actor, "volunteering.organize", activity)
    for shift in activity.shifts.filter(cancelled_at=None, begins__gt=clock.now()):
        cancel_shift(actor, shift=shift)
    return _move(actor, activity, "cancel")


@transaction.atomic
def finish_activity(actor: Account, *, activity: Activity) -> Activity:
    """Nobody comes any more. Raises Conflict while a shift lies ahead."""
    from gongjian.work.volunteering.services.crediting import record_turnout

    require(actor, "volunteering.organize", activity)
    if activity.shifts.filter(cancelled_at=None, ends__gt=clock.now()).exists():
        raise Conflict(_("后面还有班次。请等最后一班结束，或先取消不办的班次。"), code="shifts-ahead")
    activity = _move(actor, activity, "finish")
    record_turnout(actor, activity=activity)
    return activity


@transaction.atomic
def repeat_activity(actor: Account, *, activity: Activity, first: date, title: str = "") -> Activity:
    """The same once more from another day on: its text, posts and shifts, in the same distances. Nobody is signed up."""
    require(actor, "volunteering.organize", activity)
    shifts = list(activity.shifts.filter(cancelled_at=None).order_by("begins").prefetch_related("needs"))
    if not shifts:
        raise Conflict(_("这个活动没有班次，没有什么可以照办。"), code="no-shifts")
    shift_by = timedelta(days=(first - timezone.localtime(shifts[0].begins).date()).days)
    kept = ("title", "field", "team", "content", "beneficiary", "responsible", "contact", "risks", "dangerous", "insurance")
    rules = ("least_age", "needs_approval", "rounding", "rest_hours")
    details = {name: getattr(activity, name) for name in (*kept, *rules)}
    details["title"] = title.strip() or activity.title
    again = plan_activity(actor, place=activity.place, organization=activity.organization, **details)
    posts = {post.pk: _copy_post(post, again) for post in activity.posts.all()}
    for old in shifts:
        _copy_shift(old, again, posts, shift_by)
    return again


def _copy_post(post: Post, again: Activity) -> Post:
    return Post.objects.create(
        activity=again, name=post.name, place=post.place, latitude=post.latitude, longitude=post.longitude
    )


def _copy_shift(old: Shift, again: Activity, posts: dict[int, Post], by: timedelta) -> None:
    new = Shift.objects.create(
        office=old.office,
        activity=again,
        post=posts.get(old.post_id) if old.post_id else None,
        begins=old.begins + by,
        ends=old.ends + by,
        least=old.least,
        most=old.most,
    )
    ShiftNeed.objects.bulk_create(
        [ShiftNeed(shift=new, skill_id=need.skill_id, at_least=need.at_least) for need in old.needs.all()]
    )


def _describe(activity: Activity, **details: Any) -> None:
    for name, value in details.items():
        setattr(activity, name, value.strip() if isinstance(value, str) else value)
    if not activity.title:
        raise Invalid(_("请写活动名称。"), code="title-missing", field="title")
    if activity.dangerous and not activity.insurance:
        raise Invalid(_("有危险的活动要先写明保险。"), code="insurance-missing", field="insurance")
    if activity.dangerous and not activity.risks:
        raise Invalid(_("有危险的活动要先写明风险。"), code="risks-missing", field="risks")


def _move(actor: Account, activity: Activity, step: str) -> Activity:
    activity = Activity.objects.select_for_update(of=("self",)).get(pk=activity.pk)
    if not can_proceed(getattr(activity, step)):
        state = activity.get_state_display()
        raise Conflict(_("活动现在是“%(state)s”，不能这样办。") % {"state": state}, code="state")
    getattr(activity, step)()
    activity.save(update_fields=["state"])
    audit.record(actor, f"volunteering.{step}_activity", activity)
    return activity
