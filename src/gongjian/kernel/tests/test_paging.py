from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gongjian.kernel.errors import Invalid
from gongjian.kernel.models import AuditEntry
from gongjian.kernel.paging import page_after

NEWEST_FIRST = ("-at", "-pk")
BEGINNING = datetime(2026, 1, 1, tzinfo=UTC)


def write(minutes: list[int]) -> None:
    AuditEntry.objects.bulk_create(AuditEntry(at=BEGINNING + timedelta(minutes=m), action="test.write") for m in minutes)


def read_all(size: int, *, between: object = None) -> list[int]:
    seen, cursor = [], None
    while True:
        page = page_after(AuditEntry.objects.all(), order=NEWEST_FIRST, cursor=cursor, size=size)
        seen += [entry.pk for entry in page.items]
        if page.next is None:
            return seen
        cursor = page.next
        if callable(between):
            between()


@pytest.mark.django_db
class TestPageAfter:
    @settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(minutes=st.lists(st.integers(0, 5), max_size=17), size=st.integers(1, 6))
    def test_pages_joined_are_the_whole_list(self, minutes: list[int], size: int, db: None) -> None:
        """Many rows share a moment; none is skipped and none comes twice."""
        first = AuditEntry.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
        write(minutes)
        expected = list(AuditEntry.objects.order_by(*NEWEST_FIRST).values_list("pk", flat=True))
        assert read_all(size) == expected
        assert len(expected) >= len(minutes)
        assert first >= 0

    def test_rows_that_come_in_meanwhile_neither_hide_nor_repeat_others(self) -> None:
        write([1, 2, 2, 3, 3, 3, 4])
        there = set(AuditEntry.objects.values_list("pk", flat=True))
        seen = read_all(2, between=lambda: write([0, 5]))
        assert there <= set(seen)
        assert len(seen) == len(set(seen))

    def test_the_last_page_has_no_next(self) -> None:
        write([1, 2])
        assert page_after(AuditEntry.objects.all(), order=NEWEST_FIRST, cursor=None, size=2).next is None

    def test_an_empty_list_is_one_empty_page(self) -> None:
        page = page_after(AuditEntry.objects.none(), order=NEWEST_FIRST, cursor=None, size=2)
        assert (page.items, page.next) == ([], None)

    @pytest.mark.parametrize("cursor", ["nonsense", "e30", "WyJhIl0", "WzEsMl0", "WyJub3QgYSBkYXRlIiwiMSJd", "文", "W10"])
    def test_a_cursor_of_ones_own_making_is_refused(self, cursor: str) -> None:
        with pytest.raises(Invalid, match="第一页"):
            list(page_after(AuditEntry.objects.all(), order=NEWEST_FIRST, cursor=cursor, size=2).items)
