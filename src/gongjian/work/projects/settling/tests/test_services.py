from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import transaction
from django.db.utils import DatabaseError

from gongjian.kernel import clock
from gongjian.kernel.errors import Conflict, Invalid, InvalidMany, NotAllowed
from gongjian.ledger.models import Deed
from gongjian.registry.models import Role
from gongjian.registry.tests.factories import make_account, make_organization
from gongjian.work.projects.settling import services
from gongjian.work.projects.settling.lease import Amount
from gongjian.work.projects.settling.models import Charge, Payment, ReliefRule, Settlement
from gongjian.work.projects.settling.selectors import lines_of, settlements, totals
from gongjian.work.projects.settling.selectors.desk import desk_items
from gongjian.work.projects.settling.tests.factories import facts, make_closed, make_settlement, make_site, pay, sign
from gongjian.work.projects.tests.factories import Cast

WATER = Amount("水费", Decimal("120.50"))


def sample_relief(cast: Cast) -> ReliefRule:
    services.load_shipped_reliefs(cast.clerk)
    return ReliefRule.objects.get()


class TestDraft:
    def test_line_by_line_to_the_cent(self, cast: Cast) -> None:
        """Twenty days of August: 3100 × 20/31 = 2000.00; 1200.00 + 0 − 2000.00 − 120.50 = −920.50."""
        lines = lines_of(make_settlement(cast, utilities=[WATER]))
        assert [str(line.amount) for line in lines] == ["1200.00", "-2000.00", "-120.50"]
        assert "3100.00 × 20/31" in lines[1].how

    def test_the_shipped_relief_waives_three_months_and_halves_two(self, cast: Cast) -> None:
        """From February: 3 × 3100 + 2 × 1550 = 12,400."""
        rule = sample_relief(cast)
        settlement = make_settlement(cast, relief=rule, relief_from=date(2020, 2, 9))
        assert sum(line.amount for line in lines_of(settlement) if line.part == "relief") == 12_400
        assert rule.is_sample
        assert "未核实" in rule.basis
        assert services.load_shipped_reliefs(cast.clerk) == 0

    @pytest.mark.parametrize(
        ("details", "field"),
        [
            ({"credit_code": "91410100MA4XXXXX0X"}, "credit_code"),
            ({"lease_to": date(2019, 12, 31)}, "lease"),
            ({"vacated": date(2021, 1, 1)}, "vacated"),
            ({"paid_until": date(2019, 12, 30)}, "paid_until"),
            ({"deposit": Decimal("-1")}, "deposit"),
        ],
    )
    def test_what_cannot_be_changes_nothing(self, cast: Cast, details: dict, field: str) -> None:
        with pytest.raises(InvalidMany) as refused:
            make_settlement(cast, **details)
        assert field in refused.value.sentences
        assert not Settlement.objects.exists()

    def test_relief_beyond_the_lease(self, cast: Cast) -> None:
        with pytest.raises(InvalidMany, match="超出了租期"):
            make_settlement(cast, relief=sample_relief(cast), relief_from=date(2020, 9, 1))
        with pytest.raises(Invalid, match="从哪个月起减"):
            make_settlement(cast, relief=ReliefRule.objects.get())

    def test_premises_are_settled_once(self, cast: Cast) -> None:
        known = make_settlement(cast)
        with pytest.raises(Conflict, match="已经有结算"):
            make_settlement(cast, known.project, premises=known.premises)
        services.cancel_settlement(cast.liaison, settlement=known, reason="录错了")
        assert make_settlement(cast, known.project, premises=known.premises).number.endswith("-002")

    def test_changed_as_long_as_it_is_a_draft(self, cast: Cast) -> None:
        known = make_settlement(cast, utilities=[WATER])
        changed = services.change_settlement(cast.liaison, settlement=known, facts=facts(others=[WATER]))
        assert [(one.part, one.name) for one in changed.charges.all()] == [("other", "水费")]

    def test_another_units_liaison_may_not(self, cast: Cast) -> None:
        other = make_organization(cast.office)
        stranger = make_account(cast.office, Role.UNIT_LIAISON, organization=other)
        with pytest.raises(NotAllowed):
            services.cancel_settlement(stranger, settlement=make_settlement(cast), reason="不相干")
        assert not settlements(stranger).exists()


class TestFix:
    def test_under_a_signature_the_figures_stand(self, cast: Cast) -> None:
        settlement = sign(cast, make_settlement(cast, utilities=[WATER]))
        assert (settlement.state, settlement.net) == ("fixed", Decimal("-920.50"))
        assert settlement.lines.count() == 3
        with pytest.raises(Conflict):
            services.change_settlement(cast.liaison, settlement=settlement, facts=facts())
        with pytest.raises(DatabaseError), transaction.atomic():
            Settlement.objects.update(deposit=0)
        with pytest.raises(DatabaseError, match="stand"), transaction.atomic():
            Charge.objects.all().delete()
        with pytest.raises(Conflict):
            sign(cast, settlement)

    def test_a_signature_and_a_name_are_needed(self, cast: Cast) -> None:
        settlement = make_settlement(cast)
        with pytest.raises(Invalid, match="签名"):
            services.sign_settlement(cast.liaison, settlement=settlement, signer="样例", signature=None)
        with pytest.raises(Invalid, match="签字人"):
            services.sign_settlement(cast.liaison, settlement=settlement, signer=" ", signature=None)
        assert not settlement.lines.exists()

    def test_the_compulsory_route_is_another_one(self, cast: Cast) -> None:
        settlement = make_settlement(cast, route="compulsory")
        with pytest.raises(Conflict, match="不签承诺书"):
            sign(cast, settlement)
        with pytest.raises(Invalid, match="复议和诉讼"):
            services.decide_settlement(cast.liaison, settlement=settlement, decision="样例罚字1号", announced=False)
        done = services.decide_settlement(cast.liaison, settlement=settlement, decision="样例罚字1号", announced=True)
        assert (done.state, done.signature) == ("fixed", None)
        with pytest.raises(Conflict, match="签承诺书"):
            services.decide_settlement(cast.liaison, settlement=make_settlement(cast), decision="样例罚字1号", announced=True)

    def test_nothing_to_pay_is_paid(self, cast: Cast) -> None:
        settlement = sign(cast, make_settlement(cast, deposit=Decimal("2000.00")))
        assert (settlement.net, settlement.state) == (0, "paid")


class TestPay:
    def test_in_parts_to_the_cent_and_never_more(self, cast: Cast) -> None:
        settlement = sign(cast, make_settlement(cast))  # 1200 − 2000: the tenant owes 800
        pay(cast, settlement, Decimal("300.00"))
        with pytest.raises(Invalid, match=r"只差 500\.00 元"):
            pay(cast, settlement, Decimal("500.01"))
        pay(cast, settlement, Decimal("500.00"))
        settlement.refresh_from_db()
        assert settlement.state == "paid"

    def test_the_database_refuses_more_too(self, cast: Cast) -> None:
        settlement = sign(cast, make_settlement(cast))
        known = pay(cast, settlement, Decimal("800.00"))
        known.pk, known.document = None, "又一张"
        with pytest.raises(DatabaseError, match="beyond"), transaction.atomic():
            known.save()

    @pytest.mark.parametrize(
        ("details", "says"),
        [
            ({"amount": Decimal("0.001")}, "最多到分"),
            ({"document": " "}, "凭证号"),
            ({"paid_on": date(2999, 1, 1)}, "还没有到"),
            ({"way": "treasury"}, "国库退付"),
        ],
    )
    def test_what_cannot_be(self, cast: Cast, details: dict, says: str) -> None:
        settlement = sign(cast, make_settlement(cast))
        with pytest.raises(Invalid, match=says):
            pay(cast, settlement, **details)
        assert not Payment.objects.exists()

    def test_the_same_document_once(self, cast: Cast) -> None:
        settlement = sign(cast, make_settlement(cast))
        pay(cast, settlement, Decimal(100), document="转账0001")
        with pytest.raises(Conflict, match="已经登记"):
            pay(cast, settlement, Decimal(100), document="转账0001")

    def test_remitted_rent_comes_back_apart_from_the_deposit(self, cast: Cast) -> None:
        """Paid until October, vacated on August 31: two months' rent went into the treasury."""
        paid = {"paid_until": date(2020, 10, 31), "vacated": date(2020, 8, 31), "remitted": True}
        settlement = sign(cast, make_settlement(cast, **paid))
        assert (settlement.net, settlement.refund_of_remitted) == (Decimal("7400.00"), Decimal("6200.00"))
        with pytest.raises(Invalid, match=r"最多 6200\.00 元"):
            pay(cast, settlement, Decimal(7400), way="treasury")
        pay(cast, settlement, Decimal(6200), way="treasury")
        pay(cast, settlement, Decimal(1200))
        sums = totals(settlements(cast.clerk))
        assert (sums.to_treasury, sums.deposits, sums.to_tenants, sums.paid) == (6200, 1200, 7400, 7400)


class TestClose:
    def test_paid_first_and_not_before_it_was_vacated(self, cast: Cast) -> None:
        settlement = sign(cast, make_settlement(cast))
        with pytest.raises(Conflict):
            services.close_settlement(cast.liaison, settlement=settlement, cleared_on=date(2020, 8, 25))
        assert desk_items(cast.liaison)
        pay(cast, settlement)
        with pytest.raises(Invalid, match="不能早于腾退日"):
            services.close_settlement(cast.liaison, settlement=settlement, cleared_on=date(2020, 8, 1))
        services.close_settlement(cast.liaison, settlement=settlement, cleared_on=date(2020, 8, 25))
        assert not desk_items(cast.liaison)


class TestClearance:
    def test_deeds_for_the_organization_once(self, cast: Cast) -> None:
        project = make_site(cast)
        for deposit in ("9800.00", "9900.00"):
            make_closed(cast, project, deposit=Decimal(deposit), relief=None)
        visit = {"project": project, "organization": cast.organization, "people": "样例二人", "found": "围挡齐全"}
        services.record_visit(cast.liaison, **visit, visited_on=date(2020, 8, 21))
        with pytest.raises(Conflict, match="已经登记"):
            services.record_visit(cast.liaison, **visit, visited_on=date(2020, 8, 21))
        services.finish_clearance(cast.liaison, project=project, organization=cast.organization, rounded=True)
        told = {deed.kind_id: deed for deed in Deed.objects.filter(source_room="settling").select_related("kind")}
        assert set(told) == {"shops-vacated", "settlement", "deposit-returned", "commitment-signed", "site-safety"}
        assert told["shops-vacated"].quantity == 2
        assert (told["deposit-returned"].quantity, told["deposit-returned"].approximation) == (20_000, "nearly")
        assert {deed.organization for deed in told.values()} == {cast.organization}
        with pytest.raises(Conflict, match="已经记进台账"):
            services.finish_clearance(cast.liaison, project=project, organization=cast.organization)
        assert Deed.objects.filter(source_room="settling").count() == 5

    def test_exactly_where_nobody_asks_for_round_and_where_it_is_far(self, cast: Cast) -> None:
        for rounded, deposit in ((False, "9900.00"), (True, "8000.00")):
            project = make_site(cast)
            make_closed(cast, project, deposit=Decimal(deposit))
            services.finish_clearance(cast.liaison, project=project, organization=cast.organization, rounded=rounded)
        found = Deed.objects.filter(kind="deposit-returned").order_by("quantity")
        assert [(one.quantity, one.approximation) for one in found] == [(8000, "exact"), (9900, "exact")]

    def test_not_while_one_is_open_or_none_is_there(self, cast: Cast) -> None:
        project = make_site(cast)
        with pytest.raises(Conflict, match="没有结算"):
            services.finish_clearance(cast.liaison, project=project, organization=cast.organization)
        make_closed(cast, project)
        make_settlement(cast, project)
        with pytest.raises(Conflict, match="还有 1 户没有办结"):
            services.finish_clearance(cast.liaison, project=project, organization=cast.organization)
        assert not Deed.objects.exists()

    def test_no_visit_in_the_future(self, cast: Cast) -> None:
        tomorrow = clock.today() + timedelta(days=1)
        with pytest.raises(Invalid, match="还没有到"):
            services.record_visit(
                cast.liaison,
                project=make_site(cast),
                organization=cast.organization,
                visited_on=tomorrow,
                people="样例",
                found="看了围挡",
            )


class TestReliefs:
    @pytest.mark.parametrize("steps", [[], [(0, Decimal(0))], [(3, Decimal(2))]])
    def test_what_cannot_be(self, cast: Cast, steps: list) -> None:
        with pytest.raises(Invalid):
            services.add_relief(cast.clerk, name="办法", basis="样例文件1号", steps=steps)

    def test_a_name_once_and_never_changed(self, cast: Cast) -> None:
        rule = services.add_relief(cast.clerk, name="办法", basis="样例文件1号", steps=[(2, Decimal("0.25"))])
        assert rule.told == "2 个月付 25%"
        with pytest.raises(Conflict):
            services.add_relief(cast.clerk, name="办法", basis="样例文件2号", steps=[(2, Decimal("0.5"))])
        with pytest.raises(DatabaseError), transaction.atomic():
            ReliefRule.objects.update(basis="别的")
