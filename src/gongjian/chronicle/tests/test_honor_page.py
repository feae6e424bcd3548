"""The newspaper page: written from the deeds, every figure with its source, and what readers saw stays."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import ProgrammingError, transaction
from django.urls import reverse

from gongjian.chronicle.models import HonorPage
from gongjian.chronicle.selectors import newspaper
from gongjian.chronicle.services import write_honor_page
from gongjian.chronicle.writing.honor_page import compose
from gongjian.honors.services import publish_campaign, revoke_award
from gongjian.honors.tests.factories import certified, decided, make_team
from gongjian.kernel import clock
from gongjian.kernel.errors import Missing, NotAllowed
from gongjian.ledger.models import Deed
from gongjian.ledger.services import reverse_deed
from gongjian.ledger.tests.factories import make_deed, make_evidence
from gongjian.registry.tests.factories import make_clerk


@pytest.fixture
def team(office):
    return make_team(office)


@pytest.fixture
def awarded(office, team):
    """A campaign over 2020 with one organization, commended for eight hours, and that organization."""
    campaign, [candidate] = decided(office, team)
    return campaign, candidate.organization


def text_of(content):
    return "".join(piece["text"] for block in content["blocks"] for sentence in block["sentences"] for piece in sentence)


class TestCompose:
    def test_every_figure_names_the_deed_behind_it(self, office, awarded):
        campaign, organization = awarded
        deed = make_deed(
            office,
            kind="deposit-returned",
            organization=organization,
            statement="退还商户押金{数}",
            quantity=Decimal(20000),
            approximation="nearly",
            occurred_from=date(2020, 8, 31),
        )
        figures = [p for s in compose(campaign)["blocks"][0]["sentences"] for p in s if "deed" in p]
        assert {"text": "近2万元", "deed": str(deed.pk)} in figures

    def test_a_deed_without_a_figure_is_told_and_named(self, office, awarded):
        campaign, organization = awarded
        deed = make_deed(
            office,
            kind="law-outreach",
            organization=organization,
            statement="到社区开展普法宣传",
            quantity=None,
            occurred_from=date(2020, 5, 4),
        )
        content = compose(campaign)
        assert "到社区开展普法宣传" in text_of(content)
        assert str(deed.pk) in str(content["blocks"])

    def test_many_deeds_of_one_kind_become_one_sum(self, office, awarded):
        campaign, organization = awarded
        for day in range(1, 6):
            make_deed(office, organization=organization, occurred_from=date(2020, 6, day), quantity=Decimal(3))
        content = compose(campaign)
        assert "志愿服务时长累计23小时" in text_of(content)
        assert content["counts"]["deeds"] == 6

    def test_what_lies_outside_the_cycle_or_is_not_public_or_was_reversed_is_not_told(self, office, awarded):
        campaign, organization = awarded
        make_deed(office, organization=organization, occurred_from=date(2021, 1, 1), quantity=Decimal(111))
        make_deed(office, organization=organization, occurred_from=date(2020, 7, 1), quantity=Decimal(222), public=False)
        wrong = make_deed(office, organization=organization, occurred_from=date(2020, 7, 2), quantity=Decimal(333))
        reverse_deed(make_clerk(office), deed=wrong, reason="记错了单位")
        told = text_of(compose(campaign))
        assert not [number for number in ("111", "222", "333") if number in told]

    def test_the_same_evidence_behind_two_deeds_is_one_piece(self, office, awarded):
        campaign, organization = awarded
        evidence = make_evidence(office)
        for day in (1, 2):
            make_deed(office, organization=organization, occurred_from=date(2020, 6, day), evidence=[evidence])
        assert compose(campaign)["counts"]["evidence"] == 1

    def test_the_head_shows_each_kind_once_and_no_trifles(self, office, awarded):
        campaign, organization = awarded
        for quantity in (2, 620, 500):
            make_deed(
                office,
                kind="space-area",
                organization=organization,
                statement="让出用房{数}",
                quantity=Decimal(quantity),
                occurred_from=date(2020, 7, 30),
            )
        labels = [figure["label_zh"] for figure in compose(campaign)["figures"]]
        assert labels.count("让出或改建用房面积") == 1

    def test_its_cost_does_not_grow_with_the_deeds(self, office, awarded, django_assert_max_num_queries):
        campaign, organization = awarded
        for day in range(1, 29):
            make_deed(office, organization=organization, occurred_from=date(2020, 2, day))
        with django_assert_max_num_queries(8):
            compose(campaign)


class TestPublication:
    def test_publishing_a_campaign_writes_its_page(self, office, team):
        campaign = certified(office, team)
        assert HonorPage.objects.get().campaign == campaign

    def test_a_campaign_that_is_not_published_has_none(self, office, awarded):
        with pytest.raises(Missing):
            newspaper(awarded[0].slug)

    def test_what_readers_saw_stays(self, office, team):
        certified(office, team)
        with pytest.raises(ProgrammingError), transaction.atomic():
            HonorPage.objects.update(content={})

    def test_a_second_version_stands_beside_the_first(self, office, team):
        campaign = certified(office, team)
        write_honor_page(team.clerk, campaign=campaign)
        assert sorted(HonorPage.objects.values_list("number", flat=True)) == [1, 2]
        assert newspaper(campaign.slug).page.number == 2

    def test_strangers_write_nothing(self, office, team):
        campaign = certified(office, team)
        with pytest.raises(NotAllowed):
            write_honor_page(team.worker, campaign=campaign)


class TestThePage:
    def test_every_figure_is_a_link_to_its_deed(self, office, team, client):
        campaign = certified(office, team)
        deed = Deed.objects.get(source_room="", organization__isnull=False)
        page = client.get(reverse("chronicle:honor_page", args=[campaign.slug])).content.decode()
        assert f'<a class="fig" href="{reverse("ledger:deed", args=[deed.pk])}">8小时</a>' in page

    def test_it_says_so_when_a_deed_on_it_was_corrected_afterwards(self, office, team, client):
        campaign = certified(office, team)
        reverse_deed(team.clerk, deed=Deed.objects.get(source_room=""), reason="时长多记了一倍")
        page = client.get(reverse("chronicle:honor_page", args=[campaign.slug])).content.decode()
        assert "有 1 条事迹作了更正" in page

    def test_a_revoked_title_is_marked(self, office, team, client):
        campaign = certified(office, team)
        revoke_award(
            team.leader, award=campaign.awards.get(), reason="事迹不实", revoked_on=clock.today(), document_number="样街撤1号"
        )
        assert "称号已撤销" in client.get(reverse("chronicle:honor_page", args=[campaign.slug])).content.decode()

    def test_its_queries_do_not_depend_on_the_number_of_commended(self, office, team, client, django_assert_max_num_queries):
        campaign = certified(office, team, organizations=6)
        with django_assert_max_num_queries(12):
            assert client.get(reverse("chronicle:honor_page", args=[campaign.slug])).status_code == 200

    def test_markup_in_a_statement_stays_text(self, office, team, client):
        slug = published_with_markup(office, team)
        page = client.get(reverse("chronicle:honor_page", args=[slug])).content.decode()
        assert "<script>alert" not in page
        assert "&lt;script&gt;alert" in page

    def test_the_deeds_of_the_page_come_as_excel(self, office, team, client):
        campaign = certified(office, team)
        answer = client.get(reverse("chronicle:honor_page_deeds", args=[campaign.slug]))
        assert answer["Content-Type"].endswith("spreadsheetml.sheet")


def published_with_markup(office, team):
    """The slug of a campaign whose commended did something with a script in its words."""
    campaign, [candidate] = decided(office, team)
    make_deed(
        office,
        organization=candidate.organization,
        statement="值守{数}<script>alert(1)</script>",
        occurred_from=date(2020, 4, 1),
    )
    return publish_campaign(team.clerk, campaign=campaign).slug
