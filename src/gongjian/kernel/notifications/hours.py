"""When a channel may be used: digests at their hour, silence in between. All in the office's time zone."""

from datetime import datetime, time, timedelta

from django.utils import timezone

from gongjian.kernel.notifications.models import Channel


def first_moment(channel: Channel, *, urgent: bool, now: datetime) -> datetime:
    """When a notice written `now` is due at the channel."""
    if urgent and channel.urgent_passes:
        return now
    planned = now if channel.digest_hour is None else next_hour(now, channel.digest_hour)
    return end_of_quiet(channel, planned, urgent=False)


def end_of_quiet(channel: Channel, moment: datetime, *, urgent: bool) -> datetime:
    """`moment` itself, or the end of the quiet hours in which it lies."""
    start, end = channel.quiet_from, channel.quiet_until
    if start is None or end is None or (urgent and channel.urgent_passes):
        return moment
    local = timezone.localtime(moment)
    return _next(local, end) if _inside(local.time(), start, end) else moment


def next_hour(moment: datetime, hour: int) -> datetime:
    local = timezone.localtime(moment)
    return _next(local, time(hour))


def _inside(now: time, start: time, end: time) -> bool:
    """From 22:00 until 07:00 reaches across midnight."""
    return start <= now < end if start <= end else now >= start or now < end


def _next(local: datetime, at: time) -> datetime:
    today = local.replace(hour=at.hour, minute=at.minute, second=0, microsecond=0)
    return today if today >= local else today + timedelta(days=1)
