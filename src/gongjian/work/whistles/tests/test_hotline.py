"""The hotline's sheet: rows are read, or refused with a reason; never an error, never evaluated; none comes in twice."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.utils.translation import override
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gongjian.kernel import clock
from gongjian.kernel.errors import NotAllowed
from gongjian.kernel.sheets.models import SheetImport
from gongjian.kernel.sheets.reading import rows_of
from gongjian.kernel.sheets.receiving import look_at, receive_sheet
from gongjian.kernel.sheets.selectors import rows_of as rows_in
from gongjian.kernel.sheets.writing import confirm_sheet
from gongjian.kernel.tests.sheets import make_sheet
from gongjian.work.whistles.hotline.columns import COLUMNS
from gongjian.work.whistles.hotline.sheet import HotlineSheet, report_of
from gongjian.work.whistles.models import Whistle
from gongjian.work.whistles.tests.factories import Cast, make_whistle
from gongjian.work.whistles.tests.orders import make_order

FIRST = datetime(2024, 1, 1)  # noqa: DTZ001
CELLS = st.one_of(
    st.none(), st.text(max_size=30), st.integers(), st.floats(), st.booleans(), st.datetimes(), st.dates(), st.times()
)


@pytest.fixture
def cast(office: Any) -> Cast:
    return Cast()


def read(cast: Cast, *orders: Any) -> SheetImport:
    file = make_sheet(COLUMNS, orders)
    return receive_sheet(cast.clerk, code="whistles.hotline", file=file, defer=lambda sheet: None)


def take_in(cast: Cast, *orders: Any) -> SheetImport:
    return confirm_sheet(cast.clerk, sheet=read(cast, *orders), defer=lambda sheet: None)


def looked_at(order: list[Any]) -> Any:
    kind = HotlineSheet(None)
    kind.places, kind.categories = {}, {}
    with override("zh-hans"):
        (row,) = rows_of_values(order)
        look_at(kind, row)
    return row


def rows_of_values(order: list[Any]) -> Any:
    from gongjian.kernel.sheets.cells import text_of
    from gongjian.kernel.sheets.kinds import Row

    titles = [column.title for column in COLUMNS]
    return [Row(7, {t: text_of(v) for t, v in zip(titles, order, strict=True)}, dict(zip(titles, order, strict=True)))]


class TestRows:
    @settings(suppress_health_check=list(HealthCheck), deadline=None)
    @given(st.lists(CELLS, min_size=10, max_size=10))
    def test_any_row_is_read_or_has_a_reason(self, values: list[Any]) -> None:
        row = looked_at(values)
        if not row.why:
            assert report_of(row, {}, {}).text == row.cells["内容"]
            assert not any(isinstance(value, str) and value.startswith("=") for value in values)

    @settings(deadline=None)
    @given(st.integers(0, 60 * 24 * 700).map(lambda minutes: timedelta(minutes=minutes) + FIRST))
    def test_a_time_is_read_however_it_is_written(self, moment: datetime) -> None:
        forms = ["%Y-%m-%d %H:%M", "%Y/%m/%d %H:%M:%S", "%Y年%m月%d日 %H:%M"]
        written = (moment, *(moment.strftime(form) for form in forms))
        assert {looked_at(make_order(said_at=value)).values["at"] for value in written} == {f"{moment.isoformat()}+08:00"}

    @pytest.mark.parametrize(
        ("cells", "why"),
        [
            ({"text": ""}, "请写几个字"),
            ({"text": "=1+1+1+1"}, "公式"),
            ({"spot": '=HYPERLINK("http://evil")'}, "公式"),
            ({"spot": "#REF!"}, "错误值"),
            ({"phone": "12345"}, "电话号码不对"),
            ({"longitude": 113.6}, "坐标不对"),
            ({"place": "不存在社区"}, "“不存在社区”对不上"),
            ({"said_at": "前天"}, "看不懂"),
            ({"said_at": "2999-01-01"}, "不能晚于现在"),
            ({"number": 1234567890123456789}, "末几位已经丢失"),
            ({"number": "9" * 61}, "太长"),
        ],
    )
    def test_what_is_wrong_is_said(self, cells: dict[str, Any], why: str) -> None:
        assert why in looked_at(make_order(**cells)).why


@pytest.mark.django_db
class TestRepeated:
    def test_known_numbers_and_the_same_words_from_the_same_phone(self, cast: Cast) -> None:
        take_in(cast, make_order("A-1", phone="13800000000"))
        make_whistle("路灯不亮已经一周", phone="13900000000")
        sheet = read(
            cast,
            make_order("A-1", "别的内容也一样算"),
            make_order("A-2", phone=13800000000),
            make_order("A-3", "路灯不亮已经一周", phone="139-0000-0000"),
            make_order("A-4", "路灯不亮已经一周", phone="13700000000"),
            make_order("A-4", "同一张表里又来一次"),
            make_order("", "路灯不亮已经一周", phone="13700000000"),
            make_order("A-6", "路灯不亮已经一周"),
        )
        assert (sheet.new, sheet.repeated) == (2, 5)

    def test_after_thirty_days_the_same_words_are_new(self, cast: Cast) -> None:
        with clock.set_to(clock.now() - timedelta(days=31)):
            make_whistle(phone="13800000000")
        assert read(cast, make_order(phone="13800000000")).new == 1

    def test_what_came_meanwhile_is_left_out(self, cast: Cast) -> None:
        sheets = [read(cast, make_order()) for _ in range(2)]
        one, other = [confirm_sheet(cast.clerk, sheet=sheet, defer=lambda sheet: None) for sheet in sheets]
        assert Whistle.objects.count() == 1
        assert (one.written, other.written, other.repeated) == (1, 0, 1)


@pytest.mark.django_db
class TestWriting:
    def test_every_good_row_becomes_a_whistle_with_its_clocks(self, cast: Cast) -> None:
        order = make_order(place=cast.community.name, said_at="2026-03-02 08:30", phone="13800000000", spot="东门", name="样例")
        sheet = take_in(cast, order, make_order("A-2", "亮"))
        whistle = Whistle.objects.get()
        assert (sheet.state, sheet.written, sheet.broken) == ("done", 1, 1)
        assert (whistle.source, whistle.state) == ("hotline", "blown")
        assert (whistle.community, whistle.spot, whistle.reporter_phone) == (cast.community, "东门", "13800000000")
        assert whistle.received_at.isoformat() == "2026-03-02T00:30:00+00:00"
        assert whistle.resolution_due_at > clock.now()  # nobody is late before it came in

    def test_a_category_that_the_catalogue_lacks_is_remarked_and_taken(self, cast: Cast) -> None:
        sheet = take_in(cast, make_order(category="热线自己的类"), make_order("A-2", category=str(cast.category)))
        assert (sheet.remarked, sheet.written) == (1, 2)
        assert Whistle.objects.get(external_number="A-2").category == cast.category
        assert Whistle.objects.get(external_number="A-1").suggestion["category"] == "refuse"

    def test_what_has_become_too_old_is_told_and_the_others_come_in(self, cast: Cast) -> None:
        old = clock.now() - timedelta(days=3 * 366 - 1)
        sheet = read(cast, make_order(said_at=old.strftime("%Y-%m-%d %H:%M")), make_order("A-2"))
        with clock.set_to(clock.now() + timedelta(days=2)):
            done = confirm_sheet(cast.clerk, sheet=sheet, defer=lambda sheet: None)
        assert (done.written, done.broken, done.new) == (1, 1, 1)
        assert "三年前" in next(rows_in(done, "broken")).why

    def test_rows_lie_encrypted(self, cast: Cast) -> None:
        read(cast, make_order(phone="13800000000", name="样例"))
        with connection.cursor() as cursor:
            cursor.execute("SELECT sealed_rows FROM kernel_sheetpart")
            assert "13800000000" not in cursor.fetchone()[0]

    def test_only_clerks_import(self, cast: Cast) -> None:
        with pytest.raises(NotAllowed):
            receive_sheet(cast.worker, code="whistles.hotline", file=make_sheet(COLUMNS, [make_order()]), defer=id)


def test_the_template_without_coordinates_is_taken() -> None:
    titles = [column for column in COLUMNS if not column.optional]
    (row,) = rows_of(make_sheet(titles, [["A-1", None, "垃圾没清"]]).read(), COLUMNS)
    assert (row.cells["内容"], row.cells["经度"]) == ("垃圾没清", "")
