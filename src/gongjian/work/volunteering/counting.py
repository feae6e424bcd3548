"""From moments to hours: clipped to the shift, so that neither coming early nor travel counts, then rounded down."""

from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True)
class Counted:
    began: datetime
    ended: datetime
    minutes: int


def whole_minute(moment: datetime) -> datetime:
    """Seconds are dropped at both ends: who scans a second after eight came at eight."""
    return moment.replace(second=0, microsecond=0)


def counted(came: datetime, left: datetime, *, begins: datetime, ends: datetime, unit: timedelta) -> Counted:
    """`unit`: what is begun but not full is not counted. Never negative, never more than the shift lasts."""
    began = min(max(whole_minute(came), begins), ends)
    ended = max(began, min(whole_minute(left), ends))
    return Counted(began, ended, int((ended - began) // unit) * int(unit.total_seconds() // 60))
