from io import BytesIO
from typing import Any

import pytest
from django.urls import reverse
from openpyxl import load_workbook
from stdnum.cn import uscc

from gongjian.kernel.errors import Conflict, Invalid, Missing, NotAllowed
from gongjian.registry.models import Organization, PartyOrganization, Place, Role
from gongjian.registry.selectors import changes_of, find_organization, get_organization, organizations
from gongjian.registry.services.organizations import add_alias, edit_organization, enter_organization
from gongjian.registry.tests.factories import first_community, make_account, make_clerk, make_organization


class TestEnterOrganization:
    def test_it_is_found_by_each_of_its_names_whatever_the_width(self, office: Any) -> None:
        bank = make_organization(office, "中国建设银行河南省分行", short_name="省建行", aliases=("建行 河南省分行",))
        for name in ("中国建设银行（河南省分行）", "省建行", "建行河南省分行"):
            assert find_organization(name) == bank

    def test_two_spellings_of_one_name_are_one_alias(self, office: Any) -> None:
        assert make_organization(office, "甲 公司", short_name="甲公司").aliases.count() == 1

    @pytest.mark.parametrize("words", ["建设", "zhongguojianshe", "zgjs", "建行河南"])
    def test_it_is_searched_by_words_and_pinyin(self, office: Any, words: str) -> None:
        bank = make_organization(office, "中国建设银行河南省分行", aliases=("建行河南省分行",))
        make_organization(office, "丰乐园轻易酒店")
        assert list(organizations(words)) == [bank]

    def test_a_taken_name_is_said_beside_the_name(self, office: Any) -> None:
        make_organization(office, "甲公司")
        with pytest.raises(Conflict) as refused:
            make_organization(office, "甲公司")
        assert refused.value.field == "name"

    def test_a_name_that_is_anothers_alias_is_refused(self, office: Any) -> None:
        make_organization(office, "甲公司", aliases=("老甲",))
        with pytest.raises(Conflict, match="老甲"):
            make_organization(office, "老甲")

    def test_a_taken_credit_code_is_said_beside_the_code(self, office: Any) -> None:
        code = _credit_code()
        make_organization(office, "甲公司", credit_code=code)
        with pytest.raises(Conflict) as refused:
            make_organization(office, "乙公司", credit_code=code)
        assert refused.value.field == "credit_code"

    def test_a_wrong_credit_code_is_refused(self, office: Any) -> None:
        with pytest.raises(Invalid, match="18 位"):
            make_organization(office, "甲公司", credit_code="123")

    @pytest.mark.parametrize("name", ["", "   ", "（）"])
    def test_without_a_name_it_is_refused(self, office: Any, name: str) -> None:
        with pytest.raises(Invalid, match="全称"):
            enter_organization(make_clerk(office), name=name, kind="company")

    def test_the_longest_name_fits(self, office: Any) -> None:
        assert make_organization(office, "双" * 120).pk

    def test_a_liaison_enters_nothing(self, office: Any) -> None:
        liaison = make_account(office, Role.UNIT_LIAISON, organization=make_organization(office))
        with pytest.raises(NotAllowed):
            enter_organization(liaison, name="甲公司", kind="company")


def _credit_code() -> str:
    base = "91410100000000019"
    return base + uscc.calc_check_digit(base)


class TestEditOrganization:
    def edit(self, organization: Organization, **changes: Any) -> Organization:
        values = {"name": organization.name, "short_name": organization.short_name, "parent": organization.parent, **changes}
        return edit_organization(make_clerk(organization.office), organization=organization, **values)

    def test_the_former_name_stays_an_alias(self, office: Any) -> None:
        organization = self.edit(make_organization(office, "甲公司"), name="甲集团")
        assert find_organization("甲公司") == find_organization("甲集团") == organization

    def test_who_changed_what_is_in_the_history(self, office: Any) -> None:
        organization = make_organization(office, "甲公司", kind="company")
        self.edit(organization, name="甲集团", kind="hotel", community=first_community(office))
        (change,) = changes_of(organization)
        assert change.who.startswith("样例")
        assert {(step.label, step.before, step.after) for step in change.steps} == {
            ("全称", "甲公司", "甲集团"),
            ("类别", "企业", "酒店"),
            ("所在社区", "—", "一号社区"),
        }

    def test_it_cannot_stand_below_itself(self, office: Any) -> None:
        top = make_organization(office)
        part = make_organization(office, parent=top)
        with pytest.raises(Invalid, match="下属"):
            self.edit(top, parent=part)

    def test_history_costs_the_same_however_long(self, office: Any, django_assert_max_num_queries: Any) -> None:
        organization = make_organization(office)
        for number in range(8):
            self.edit(organization, name=f"第{number}名公司")
        with django_assert_max_num_queries(4):
            assert len(changes_of(organization)) == 8


class TestAddAlias:
    def test_a_second_time_is_said_to_be_there(self, office: Any) -> None:
        organization, clerk = make_organization(office), make_clerk(office)
        add_alias(clerk, organization=organization, name="老字号")
        with pytest.raises(Conflict, match="已经登记"):
            add_alias(clerk, organization=organization, name="老 字 号")


class TestGetOrganization:
    def test_of_another_office_it_is_missing(self, office: Any) -> None:
        with pytest.raises(Missing):
            get_organization(0)


class TestPages:
    @pytest.fixture
    def clerk_client(self, client: Any, office: Any) -> Any:
        client.force_login(make_clerk(office), backend="gongjian.registry.signin.OfficeAuthenticationBackend")
        return client

    def test_a_list_of_sixty_costs_no_more_than_one_of_six(
        self, clerk_client: Any, office: Any, django_assert_max_num_queries: Any
    ) -> None:
        community = first_community(office)
        for number in range(60):
            make_organization(office, f"第{number}公司", community=community)
        clerk_client.get(reverse("registry:organizations"))
        with django_assert_max_num_queries(8):
            page = clerk_client.get(reverse("registry:organizations")).content.decode()
        assert "共 60 条" in page

    def test_entering_one_leads_to_its_page(self, clerk_client: Any) -> None:
        response = clerk_client.post(reverse("registry:enter_organization"), {"name": "甲公司", "kind": "company"}, follow=True)
        assert "登记好了" in response.content.decode()
        assert "甲公司" in response.content.decode()

    def test_what_is_refused_keeps_what_was_typed(self, clerk_client: Any, office: Any) -> None:
        make_organization(office, "甲公司")
        url = reverse("registry:enter_organization")
        response = clerk_client.post(url, {"name": "甲公司", "kind": "company", "address": "纬五路12号"})
        assert response.status_code == 422
        assert "已经有叫“甲公司”的单位" in response.content.decode()
        assert "纬五路12号" in response.content.decode()

    def test_an_edit_shows_in_the_history(self, clerk_client: Any, office: Any) -> None:
        organization = make_organization(office, "甲公司")
        url = reverse("registry:edit_organization", args=[organization.pk])
        page = clerk_client.post(url, {"name": "甲集团", "kind": "company"}, follow=True).content.decode()
        assert "<del>甲公司</del>" in page

    def test_the_selection_is_exported(self, clerk_client: Any, office: Any) -> None:
        make_organization(office, "甲公司")
        make_organization(office, "乙酒店", kind="hotel")
        response = clerk_client.get(reverse("registry:organizations_export"), {"kind": "hotel"})
        names = [row[0] for row in load_workbook(BytesIO(response.content)).active.iter_rows(values_only=True)]
        assert names == ["全称", "乙酒店"]

    def test_a_place_is_entered_below_a_community(self, clerk_client: Any, office: Any) -> None:
        url = reverse("registry:add_place", args=[first_community(office).pk])
        clerk_client.post(url, {"level": "compound", "name": "75号院"})
        assert Place.objects.filter(name="75号院").exists()
        assert "75号院" in clerk_client.get(reverse("registry:places")).content.decode()

    def test_a_branch_is_founded_and_dissolved(self, clerk_client: Any) -> None:
        clerk_client.post(reverse("registry:found_party"), {"name": "临时支部", "kind": "temporary_branch"})
        party = PartyOrganization.objects.get()
        url = reverse("registry:dissolve_party", args=[party.pk])
        page = clerk_client.post(url, {"on": "2020-12-01"}, follow=True).content.decode()
        assert "2020年12月1日" in page
        assert "临时支部" in clerk_client.get(reverse("registry:party")).content.decode()
