from datetime import date
from typing import Any

import pytest

from gongjian.kernel.errors import Conflict, Invalid
from gongjian.registry.models import PartyOrganization
from gongjian.registry.selectors import party_tree
from gongjian.registry.services.party import dissolve_party_organization, found_party_organization
from gongjian.registry.services.places import enter_place
from gongjian.registry.tests.factories import first_community, make_clerk, subdistrict_of


class TestPartyOrganizations:
    def found(self, office: Any, name: str, kind: str, **details: Any) -> PartyOrganization:
        return found_party_organization(make_clerk(office), name=name, kind=kind, **details)

    def test_they_are_told_as_a_tree(self, office: Any) -> None:
        committee = self.found(office, "街道党工委", "committee")
        general = self.found(office, "社区党总支", "general_branch", parent=committee)
        self.found(office, "纬五路12号院临时党支部", "temporary_branch", parent=general)
        self.found(office, "机关党支部", "branch", parent=committee)
        assert [(depth, party.name) for depth, party in party_tree()] == [
            (0, "街道党工委"),
            (1, "机关党支部"),
            (1, "社区党总支"),
            (2, "纬五路12号院临时党支部"),
        ]

    def test_a_committee_does_not_stand_below_a_branch(self, office: Any) -> None:
        branch = self.found(office, "支部", "branch")
        with pytest.raises(Invalid, match="不能设在"):
            self.found(office, "党委", "committee", parent=branch)

    def test_nothing_is_founded_below_a_dissolved_one(self, office: Any) -> None:
        branch = self.found(office, "支部", "branch")
        branch = dissolve_party_organization(make_clerk(office), party=branch, on=date(2020, 7, 30))
        with pytest.raises(Invalid, match="已经撤销"):
            self.found(office, "临时支部", "temporary_branch", parent=branch)

    def test_a_name_is_borne_once(self, office: Any) -> None:
        self.found(office, "支部", "branch")
        with pytest.raises(Conflict, match="支部"):
            self.found(office, "支部", "branch")


class TestDissolve:
    @pytest.fixture
    def branch(self, office: Any) -> PartyOrganization:
        clerk = make_clerk(office)
        return found_party_organization(clerk, name="支部", kind="branch", founded=date(2020, 3, 1))

    def test_it_stays_with_its_day(self, office: Any, branch: PartyOrganization) -> None:
        dissolve_party_organization(make_clerk(office), party=branch, on=date(2020, 12, 1))
        branch.refresh_from_db()
        assert branch.dissolved == date(2020, 12, 1)

    @pytest.mark.parametrize("on", [date(2020, 2, 29), date(2999, 1, 1)])
    def test_an_impossible_day_is_refused(self, office: Any, branch: PartyOrganization, on: date) -> None:
        with pytest.raises(Invalid, match="日期"):
            dissolve_party_organization(make_clerk(office), party=branch, on=on)

    def test_twice_is_once(self, office: Any, branch: PartyOrganization) -> None:
        dissolve_party_organization(make_clerk(office), party=branch, on=date(2020, 12, 1))
        with pytest.raises(Conflict, match="已经撤销"):
            dissolve_party_organization(make_clerk(office), party=branch, on=date(2020, 12, 2))

    def test_what_stands_below_goes_first(self, office: Any, branch: PartyOrganization) -> None:
        found_party_organization(make_clerk(office), name="临时", kind="temporary_branch", parent=branch)
        with pytest.raises(Conflict, match="先撤销下面"):
            dissolve_party_organization(make_clerk(office), party=branch, on=date(2020, 12, 1))


class TestEnterPlace:
    def test_it_gets_the_next_code_below_its_parent(self, office: Any) -> None:
        community, clerk = first_community(office), make_clerk(office)
        first = enter_place(clerk, parent=community, level="compound", name="12号院")
        building = enter_place(clerk, parent=first, level="building", name="1号楼")
        second = enter_place(clerk, parent=community, level="street", name="经一路")
        assert (first.code, second.code) == (f"{community.code}-1", f"{community.code}-2")
        assert building.path == f"{community.path}/{first.code}/{first.code}-1"

    @pytest.mark.parametrize("level", ["community", "district", "office"])
    def test_only_what_belongs_there(self, office: Any, level: str) -> None:
        with pytest.raises(Invalid, match="下面不能"):
            enter_place(make_clerk(office), parent=first_community(office), level=level, name="甲")

    def test_nothing_is_entered_below_a_building(self, office: Any) -> None:
        clerk = make_clerk(office)
        building = enter_place(clerk, parent=first_community(office), level="building", name="1号楼")
        with pytest.raises(Invalid):
            enter_place(clerk, parent=building, level="building", name="2号楼")

    def test_a_name_stands_once_below_one_parent(self, office: Any) -> None:
        clerk = make_clerk(office)
        enter_place(clerk, parent=subdistrict_of(office), level="street", name="纬二路")
        with pytest.raises(Conflict, match="纬二路"):
            enter_place(clerk, parent=subdistrict_of(office), level="street", name="纬二路 ")
