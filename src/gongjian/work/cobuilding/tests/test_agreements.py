from datetime import timedelta
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from django.db import connection
from docx import Document

from gongjian.kernel import clock
from gongjian.kernel.errors import Conflict, Invalid, NotAllowed
from gongjian.kernel.notifications.models import Notice
from gongjian.kernel.papers.word import as_word
from gongjian.ledger.models import Deed
from gongjian.ledger.tests.factories import image_file, make_deed
from gongjian.work.cobuilding import papers, services
from gongjian.work.cobuilding.models import Agreement, AgreementPerson
from gongjian.work.cobuilding.selectors.agreements import Quarter, agreements, latest_quarters, quarter_named, quarter_of
from gongjian.work.cobuilding.tests.factories import (
    PERSONS,
    Cast,
    another_community,
    make_agreement,
    make_room,
    make_signed,
    second_unit,
)


class TestDraft:
    def test_both_sides_name_who_is_in_charge_and_who_is_the_liaison(self, cast: Cast) -> None:
        agreement = make_agreement(cast)
        assert agreement.persons.count() == 4
        with pytest.raises(Invalid) as refused:
            make_agreement(cast, persons=PERSONS[:3])
        assert refused.value.field == "community_liaison"

    def test_it_ends_after_it_begins(self, cast: Cast) -> None:
        with pytest.raises(Invalid, match="晚于开始"):
            make_agreement(cast, ends_on=clock.today())

    def test_a_number_is_used_once(self, cast: Cast) -> None:
        make_agreement(cast, number="2020-1")
        with pytest.raises(Conflict, match="用过了"):
            make_agreement(cast, number="2020-1")
        assert Agreement.objects.count() == 1

    def test_telephones_are_encrypted_at_rest(self, cast: Cast) -> None:
        make_agreement(cast)
        with connection.cursor() as cursor:
            cursor.execute("SELECT phone FROM cobuilding_agreementperson")
            assert all("0371" not in row[0] for row in cursor.fetchall())
        assert AgreementPerson.objects.first().phone == "0371-00000000"

    def test_nobody_drafts_for_others(self, cast: Cast) -> None:
        _unit, liaison = second_unit(cast)
        with pytest.raises(NotAllowed):
            services.change_agreement(liaison, agreement=make_agreement(cast), persons=PERSONS)

    def test_a_quarrelling_community_sees_only_its_own(self, cast: Cast) -> None:
        make_agreement(cast)
        _place, worker = another_community(cast)
        assert not agreements(worker).exists()
        assert agreements(cast.liaison).count() == agreements(cast.clerk).count() == 1


class TestSign:
    def test_with_its_copy_it_is_in_force_and_leaves_a_deed(self, cast: Cast) -> None:
        agreement = make_signed(cast)
        deed = Deed.objects.get()
        assert agreement.state == "in_force"
        assert (deed.kind_id, deed.quantity, deed.organization) == ("agreement", 1, cast.organization)
        assert deed.evidence_digests == [agreement.files.get().evidence.sha256]
        assert "签订共驻共建协议1份" in deed.told

    def test_without_a_copy_it_is_not(self, cast: Cast) -> None:
        with pytest.raises(Invalid, match="附上签好字"):
            services.sign_agreement(cast.worker, agreement=make_agreement(cast), signed_on=clock.today(), papers=[])

    def test_not_tomorrow_and_not_twice(self, cast: Cast) -> None:
        tomorrow = clock.today() + timedelta(days=1)
        with pytest.raises(Invalid, match="今天之后"):
            services.sign_agreement(cast.worker, agreement=make_agreement(cast), signed_on=tomorrow, papers=[image_file()])
        with pytest.raises(Conflict, match="签过了"):
            services.sign_agreement(cast.worker, agreement=make_signed(cast), signed_on=clock.today(), papers=[image_file()])

    def test_what_was_signed_is_not_changed(self, cast: Cast) -> None:
        with pytest.raises(Conflict, match="不能再改"):
            services.change_agreement(cast.worker, agreement=make_signed(cast), persons=PERSONS)


class TestRooms:
    def test_handed_over_its_area_is_a_deed(self, cast: Cast) -> None:
        room = make_room(cast, make_signed(cast))
        services.hand_over_room(cast.liaison, room=room, on=clock.today())
        deed = Deed.objects.get(kind="space-area")
        assert deed.told == f"{cast.community}内620平方米自用办公区与社区共建，用作老年人日间照料"

    def test_what_the_ledger_has_is_not_given_twice(self, cast: Cast) -> None:
        facts = {"kind": "space-area", "quantity": Decimal(620), "statement": "让出{数}用房"}
        make_deed(cast.office, organization=cast.organization, occurred_from=clock.today(), **facts)
        services.hand_over_room(cast.liaison, room=make_room(cast, make_signed(cast)), on=clock.today())
        assert Deed.objects.filter(kind="space-area").count() == 1

    def test_once_and_only_under_a_signed_agreement(self, cast: Cast) -> None:
        with pytest.raises(Conflict, match="还没有签"):
            services.hand_over_room(cast.liaison, room=make_room(cast, make_agreement(cast)), on=clock.today())
        room = make_room(cast, make_signed(cast))
        services.hand_over_room(cast.liaison, room=room, on=clock.today())
        with pytest.raises(Conflict, match="已经移交"):
            services.hand_over_room(cast.liaison, room=room, on=clock.today())

    @pytest.mark.parametrize(
        "wrong", [{"area": Decimal(0)}, {"safety": "nobody"}, {"ownership": ""}, {"yearly_rent": Decimal(-1)}]
    )
    def test_what_cannot_be(self, cast: Cast, wrong: dict) -> None:
        with pytest.raises(Invalid) as refused:
            make_room(cast, make_agreement(cast), **wrong)
        assert refused.value.field in wrong


class TestTheEnd:
    def test_both_sides_are_reminded_once_for_each_step(self, cast: Cast) -> None:
        agreement = make_signed(cast)
        asked = Notice.objects.filter(kind="cobuilding.agreement_expires", account=cast.worker)
        for before, count in ((91, 0), (90, 1), (60, 1), (30, 2), (7, 3), (0, 3)):
            with clock.set_to(clock.now() + timedelta(days=365 - before)):
                services.watch_over_agreements()
            assert asked.count() == count, before
        assert Notice.objects.filter(kind="cobuilding.agreement_expires", account=cast.liaison).count() == 3
        agreement.refresh_from_db()
        assert agreement.state == "in_force"

    def test_past_its_last_day_it_is_over(self, cast: Cast) -> None:
        agreement = make_signed(cast)
        with clock.set_to(clock.now() + timedelta(days=366)):
            with pytest.raises(Conflict, match="到期或终止"):
                services.record_meeting(cast.worker, agreement=agreement, held_on=clock.today(), subject="季度碰头")
            assert services.watch_over_agreements() == 1
        agreement.refresh_from_db()
        assert (agreement.state, agreement.ended_because) == ("ended", "到期")

    def test_an_expired_one_gives_no_room_and_takes_none_in(self, cast: Cast) -> None:
        agreement = make_signed(cast)
        room = make_room(cast, agreement)
        with clock.set_to(clock.now() + timedelta(days=366)):
            with pytest.raises(Conflict, match="到期或终止"):
                services.hand_over_room(cast.liaison, room=room, on=clock.today())
            with pytest.raises(Conflict, match="到期或终止"):
                make_room(cast, agreement, name="另一处")
        assert not Deed.objects.filter(kind="space-area").exists()
        assert agreement.rooms.count() == 1

    def test_it_is_renewed_with_what_stood_in_it(self, cast: Cast) -> None:
        agreement = make_signed(cast)
        make_room(cast, agreement)
        renewed = services.renew_agreement(
            cast.clerk, agreement=agreement, number="续-1", ends_on=agreement.ends_on + timedelta(days=365)
        )
        assert (renewed.state, renewed.begins_on) == ("draft", agreement.ends_on + timedelta(days=1))
        assert (renewed.persons.count(), renewed.rooms.count()) == (4, 1)
        with pytest.raises(Conflict, match="有续签的了"):
            services.renew_agreement(cast.clerk, agreement=agreement, number="续-2", ends_on=renewed.ends_on)

    def test_a_room_stays_handed_over_when_it_is_renewed(self, cast: Cast) -> None:
        agreement = make_signed(cast)
        services.hand_over_room(cast.liaison, room=make_room(cast, agreement), on=clock.today())
        ends_on = agreement.ends_on + timedelta(days=365)
        renewed = services.renew_agreement(cast.clerk, agreement=agreement, number="续-1", ends_on=ends_on)
        assert renewed.rooms.get().handed_over_on == clock.today()

    def test_exit_says_why(self, cast: Cast) -> None:
        agreement = make_signed(cast)
        with pytest.raises(Invalid, match="为什么终止"):
            services.end_agreement(cast.clerk, agreement=agreement, on=clock.today(), because=" ")
        assert services.end_agreement(cast.clerk, agreement=agreement, on=clock.today(), because="单位搬走了").state == "ended"


class TestMeetings:
    def test_recorded_once_and_not_ahead(self, cast: Cast) -> None:
        agreement = make_signed(cast)
        services.record_meeting(cast.worker, agreement=agreement, held_on=clock.today(), subject="第一次碰头")
        with pytest.raises(Conflict, match="记过了"):
            services.record_meeting(cast.worker, agreement=agreement, held_on=clock.today(), subject="第一次碰头")
        tomorrow = clock.today() + timedelta(days=1)
        with pytest.raises(Invalid, match="还没有开"):
            services.record_meeting(cast.worker, agreement=agreement, held_on=tomorrow, subject="下次碰头")


class TestPapers:
    def test_the_quarterly_report_is_written_from_the_ledger(self, cast: Cast) -> None:
        agreement = make_signed(cast)
        services.hand_over_room(cast.liaison, room=make_room(cast, agreement), on=clock.today())
        said = words_of(as_word(papers.quarterly_report(agreement, quarter_of(clock.today()))))
        assert "620平方米" in said
        assert "共记事迹 2 件，其中社区或第三方已确认 0 件。" in said
        other = words_of(as_word(papers.quarterly_report(agreement, Quarter(2019, 1))))
        assert "这段时间没有记事迹。" in other

    def test_the_contribution_sheet_leaves_out_what_was_taken_back(self, cast: Cast) -> None:
        from gongjian.ledger.services import reverse_deed

        make_signed(cast)
        reverse_deed(cast.clerk, deed=Deed.objects.get(), reason="签错了单位")
        today = clock.today()
        sheet = papers.contribution_sheet(cast.organization, today.replace(month=1, day=1), today)
        assert "共记事迹 0 件" in words_of(as_word(sheet))

    def test_the_text_to_sign_names_parties_rooms_and_exit(self, cast: Cast) -> None:
        agreement = make_agreement(cast)
        make_room(cast, agreement)
        said = words_of(as_word(papers.agreement_paper(agreement)))
        for words in (cast.organization.name, "提前三个月说", "产权归单位（样例）", "免费"):
            assert words in said


class TestQuarters:
    def test_their_days(self) -> None:
        assert [(str(q.first), str(q.last)) for q in (Quarter(2020, 1), Quarter(2020, 4))] == [
            ("2020-01-01", "2020-03-31"),
            ("2020-10-01", "2020-12-31"),
        ]

    @pytest.mark.parametrize("name", ["", "2020", "2020-Q5", "abcd-Q1", "0000-Q1", "2020-Q11"])
    def test_what_is_no_quarter_is_this_one(self, name: str) -> None:
        assert quarter_named(name) == quarter_of(clock.today())

    def test_the_latest_go_back_to_the_signing(self) -> None:
        today = clock.today()
        assert latest_quarters(since=today) == [quarter_of(today)]
        assert len(latest_quarters(4)) == 4


def words_of(word: bytes) -> str:
    document = Document(BytesIO(word))
    cells: list[Any] = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([paragraph.text for paragraph in document.paragraphs] + cells)
