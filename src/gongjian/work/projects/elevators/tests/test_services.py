from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import transaction
from django.db.utils import DatabaseError

from gongjian.kernel import clock
from gongjian.kernel.errors import Conflict, Invalid, InvalidMany, Missing, NotAllowed
from gongjian.ledger.models import Deed
from gongjian.registry.models import Role
from gongjian.registry.tests.factories import make_account, make_community
from gongjian.work.projects.elevators import services
from gongjian.work.projects.elevators.models import CoefficientTable, CostShare, Retrofit
from gongjian.work.projects.elevators.selectors.costs import shares_of
from gongjian.work.projects.elevators.template import steps
from gongjian.work.projects.elevators.tests.factories import (
    make_agreed,
    make_priced,
    make_retrofit,
    make_vote_of,
    sample_table,
)
from gongjian.work.projects.tests.factories import Cast, make_project


class TestCosts:
    def test_by_floor_and_area_summing_exactly(self, cast: Cast) -> None:
        """Σk over floors 3 to 6 is 3.4, twice; a flat on floor 6 pays 500000 × 1.0 / 6.8 = 73529.41."""
        shares = shares_of(make_priced(cast))
        assert sum(one.amount for one in shares) == Decimal("500000.00")
        by_number = {one.flat.number: one.amount for one in shares}
        assert (by_number["101"], by_number["201"]) == (0, 0)
        assert by_number["601"] == Decimal("73529.41")
        assert by_number["301"] == Decimal("51470.59")

    def test_subsidies_need_a_basis_and_lower_every_share(self, cast: Cast) -> None:
        with pytest.raises(Invalid, match="写依据"):
            make_priced(cast, subsidies=Decimal(100))
        retrofit = make_priced(cast, subsidies=Decimal("150000"), subsidy_basis="样例补贴文件")
        assert sum(one.amount for one in shares_of(retrofit)) == retrofit.own_cost == 350_000

    def test_without_costs_nothing_is_shared(self, cast: Cast) -> None:
        retrofit = make_retrofit(cast)
        assert shares_of(retrofit) == []
        with pytest.raises(Conflict, match="没有定造价"):
            services.agree_with(cast.worker, retrofit=retrofit, agreed_on=clock.today(), agreement=None)

    @pytest.mark.parametrize("details", [{"total": Decimal(0)}, {"subsidies": Decimal("500001"), "subsidy_basis": "样例文件"}])
    def test_what_cannot_be_divided_changes_nothing(self, cast: Cast, details: dict) -> None:
        with pytest.raises(InvalidMany):
            make_priced(cast, **details)
        assert Retrofit.objects.get().total is None

    def test_another_projects_vote_is_none_of_it(self, cast: Cast) -> None:
        vote = make_vote_of(cast, make_project(cast, kind="elevator"))
        with pytest.raises(Invalid, match="不是这个项目的"):
            services.set_costs(
                cast.worker, retrofit=make_retrofit(cast), vote=vote, table=sample_table(cast), total=Decimal(1000)
            )

    def test_agreed_shares_stand(self, cast: Cast) -> None:
        retrofit = make_agreed(cast)
        assert retrofit.shares.count() == 12
        with pytest.raises(DatabaseError), transaction.atomic():
            CostShare.objects.update(amount=0)
        with pytest.raises(DatabaseError), transaction.atomic():
            Retrofit.objects.update(total=1)
        with pytest.raises(Conflict):
            services.set_costs(cast.worker, retrofit=retrofit, vote=retrofit.vote, table=retrofit.table, total=Decimal(1000))

    def test_no_agreement_without_a_vote_that_passed(self, cast: Cast) -> None:
        retrofit = make_priced(cast, agree=3)
        with pytest.raises(Conflict, match="表决还没有通过"):
            services.agree_with(cast.worker, retrofit=retrofit, agreed_on=clock.today(), agreement=None)
        assert not CostShare.objects.exists()


class TestSteps:
    def do(self, cast: Cast, retrofit: Retrofit, code: str, **details: object) -> None:
        services.do_step(cast.worker, retrofit=retrofit, code=code, done_on=details.pop("done_on", clock.today()), **details)

    def test_running_leaves_a_deed_once(self, cast: Cast) -> None:
        retrofit = make_agreed(cast)
        with pytest.raises(Conflict, match="使用登记"):
            self.do(cast, retrofit, "running")
        self.do(cast, retrofit, "registered")
        self.do(cast, retrofit, "running", note="第一台（样例）")
        deed = Deed.objects.get(kind="elevator-installed")
        assert (deed.quantity, deed.organization, deed.told) == (
            1,
            cast.organization,
            "加装电梯1台投用，第一台（样例）",
        )
        with pytest.raises(Conflict):
            self.do(cast, retrofit, "running")

    def test_pre_review_leaves_one_too(self, cast: Cast) -> None:
        self.do(cast, make_retrofit(cast), "pre_review")
        assert Deed.objects.get().kind_id == "elevator-approved"

    def test_consent_is_what_the_vote_says(self, cast: Cast) -> None:
        with pytest.raises(Conflict, match="表决还没有通过"):
            self.do(cast, make_retrofit(cast), "consent")
        self.do(cast, make_priced(cast), "consent")

    def test_each_once_and_not_in_the_future(self, cast: Cast) -> None:
        retrofit = make_retrofit(cast)
        self.do(cast, retrofit, "wishes")
        with pytest.raises(Conflict, match="已经登记"):
            self.do(cast, retrofit, "wishes")
        with pytest.raises(Invalid, match="还没有到"):
            self.do(cast, retrofit, "notice", done_on=clock.today() + timedelta(days=1))
        with pytest.raises(Missing):
            self.do(cast, retrofit, "nothing")
        with pytest.raises(Conflict, match="费用还没有约定"):
            self.do(cast, retrofit, "running")

    def test_stopped_it_takes_no_step(self, cast: Cast) -> None:
        retrofit = services.stop_retrofit(cast.worker, retrofit=make_retrofit(cast), reason="底层业主不同意")
        with pytest.raises(Conflict, match="不办了"):
            self.do(cast, retrofit, "wishes")

    def test_the_template_says_what_is_unverified(self) -> None:
        assert {step.verified for step in steps()} == {True, False}
        assert len({step.code for step in steps()}) == len(steps())


class TestTables:
    def test_shipped_once_with_the_sample_marked(self, cast: Cast) -> None:
        assert services.load_shipped_tables(cast.clerk) == 2
        assert services.load_shipped_tables(cast.clerk) == 0
        assert CoefficientTable.objects.get(is_sample=True).by_floor[9] == Decimal("1.3")

    @pytest.mark.parametrize("factors", [{1: Decimal(0)}, {1: Decimal(-1), 2: Decimal(1)}, {1: Decimal("0.1234")}])
    def test_what_cannot_be(self, cast: Cast, factors: dict) -> None:
        with pytest.raises(Invalid):
            services.add_table(cast.clerk, name="表", basis="样例", factors=factors)


def test_one_title_in_a_project_and_only_in_the_own_community(cast: Cast) -> None:
    retrofit = make_retrofit(cast)
    with pytest.raises(Conflict, match="已经有这台"):
        make_retrofit(cast, retrofit.project)
    stranger = make_account(cast.office, Role.COMMUNITY_WORKER, community=make_community(cast.office))
    with pytest.raises(NotAllowed):
        services.stop_retrofit(stranger, retrofit=retrofit, reason="不相干")
