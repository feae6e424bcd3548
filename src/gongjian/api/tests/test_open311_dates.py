"""Open311's times: whatever is sent is a time or a refusal, and what we write we read."""

from contextlib import suppress
from datetime import UTC, datetime, timedelta, timezone

import pytest
from django.utils.translation import override
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gongjian.api.open311.dates import LONGEST, read, span, told
from gongjian.kernel.errors import Invalid

ZONES = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
MOMENTS = st.builds(
    lambda seconds, zone: datetime.fromtimestamp(seconds, UTC).astimezone(zone), st.integers(0, 7_000_000_000), ZONES
)
SLOW = settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
"""The machine may be busy."""


@SLOW
@given(MOMENTS)
def test_what_we_write_we_read(moment: datetime) -> None:
    assert read(told(moment), "start_date") == moment


@SLOW
@given(st.text(max_size=40))
def test_anything_else_is_refused_with_a_sentence(text: str) -> None:
    with suppress(Invalid):
        assert read(text, "start_date").utcoffset() is not None


@SLOW
@given(MOMENTS, MOMENTS)
def test_a_span_is_in_order_and_never_longer_than_ninety_days(one: datetime, other: datetime) -> None:
    try:
        found = span(one.isoformat(), other.isoformat())
    except Invalid:
        assert other < one or other - one > LONGEST
    else:
        assert timedelta(0) <= found.end - found.begin <= LONGEST


@pytest.mark.parametrize(("text", "utc"), [("2026-03-02", "2026-03-01T16:00"), ("2026-03-02T08:30:00Z", "2026-03-02T08:30")])
def test_a_day_begins_at_the_offices_midnight(text: str, utc: str) -> None:
    assert read(text, "start_date").astimezone(UTC).isoformat().startswith(utc)


@pytest.mark.parametrize("text", ["0001-01-01", "9999-12-31T23:59:59-12:00", "2026-02-30", "yesterday", ""])
def test_no_such_time(text: str) -> None:
    with override("zh-hans"), pytest.raises(Invalid, match="不是日期"):
        read(text, "start_date")
