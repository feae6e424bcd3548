"""Texts are built from deeds, every figure has its source, and nothing is said that no deed says."""

import re
from datetime import date
from decimal import Decimal

import pytest

from gongjian.chronicle.writing.document import plain
from gongjian.chronicle.writing.genres import GENRES, compose
from gongjian.chronicle.writing.subjects import of_campaign
from gongjian.chronicle.writing.tests.factories import about, donate, make_doer
from gongjian.honors.tests.factories import decided, make_team, open_nominations
from gongjian.kernel.errors import Conflict
from gongjian.ledger.services import reverse_deed
from gongjian.ledger.tests.factories import make_deed
from gongjian.registry.tests.factories import first_community, make_clerk, make_community, make_person


@pytest.fixture
def bank(office):
    return make_doer(office, "样城银行花园路支行", kind="bank")


def text_of(document):
    return "\n".join(plain(paragraph) for paragraph in document.paragraphs())


def unsourced_numbers(document):
    """Digits in pieces that name no source, outside periods and what a deed's own words say without a figure."""
    runs = [run for paragraph in document.paragraphs() for run in paragraph if run.source is None]
    return [run.text for run in runs if re.search(r"\d", run.text) and not re.match(r"\d{4}年", run.text)]


@pytest.mark.parametrize("genre", GENRES)
class TestEveryGenre:
    def test_tells_the_figure_and_names_the_deed_behind_it(self, office, bank, genre):
        deed = donate(office, bank)
        document = compose(about(office), genre)
        figures = [run for p in document.paragraphs() for run in p if run.is_figure and run.text == "620平方米"]
        assert [str(deed.pk) in run.source.path for run in figures] == [True]

    def test_states_no_number_without_a_source(self, office, bank, genre):
        donate(office, bank)
        for day in range(1, 7):
            make_deed(office, organization=bank, occurred_from=date(2020, 7, day), quantity=Decimal(3))
        assert unsourced_numbers(compose(about(office), genre)) == []

    def test_says_the_same_for_the_same_seed(self, office, bank, genre):
        donate(office, bank)
        assert compose(about(office), genre, seed="3") == compose(about(office), genre, seed="3")

    def test_leaves_out_what_is_not_public_was_reversed_or_lies_outside(self, office, bank, genre):
        donate(office, bank, 620)
        donate(office, bank, 111, public=False)
        donate(office, bank, 222, occurred_from=date(2020, 8, 1))
        reverse_deed(make_clerk(office), deed=donate(office, bank, 333), reason="记错了单位")
        told = text_of(compose(about(office), genre))
        assert not [number for number in ("111", "222", "333") if number in told]

    def test_has_nothing_to_say_where_nothing_was_done(self, office, genre):
        with pytest.raises(Conflict, match="没有可公开的事迹"):
            compose(about(office), genre)

    def test_costs_the_same_however_much_was_done(self, office, bank, genre, django_assert_max_num_queries):
        for day in range(1, 29):
            make_deed(office, organization=bank, occurred_from=date(2020, 7, day))
            donate(office, make_doer(office, f"单位{day}"), occurred_from=date(2020, 7, day))
        with django_assert_max_num_queries(12):
            compose(about(office), genre)


class TestSubjects:
    def test_a_campaign_is_told_by_those_it_commended_under_its_own_words(self, office):
        campaign, [candidate] = decided(office, make_team(office), slogan="向劳动者学习")
        document = compose(of_campaign(campaign), "page")
        assert document.title == "向劳动者学习"
        assert [section.kick for section in document.sections] == [candidate.organization.name]

    def test_a_campaign_without_a_decision_has_nobody_to_tell_of(self, office):
        with pytest.raises(Conflict, match="还没有作出决定"):
            compose(of_campaign(open_nominations(office)), "page")

    def test_an_organization_is_told_alone(self, office, bank):
        donate(office, bank)
        donate(office, make_doer(office, "样城饭店"), 111)
        document = compose(about(office, organization=bank), "statement")
        assert document.title == "样城银行花园路支行事迹材料"
        assert "111" not in text_of(document)

    def test_a_community_is_told_by_what_was_done_in_it(self, office, bank):
        donate(office, bank, place=first_community(office))
        donate(office, bank, 111, place=make_community(office, "另一社区"))
        assert "111" not in text_of(compose(about(office, community=first_community(office)), "report"))

    def test_people_who_acted_alone_are_not_named(self, office):
        make_deed(office, person=make_person(office, "张小满"), occurred_from=date(2020, 7, 2))
        told = text_of(compose(about(office), "report"))
        assert "8小时" in told
        assert "张小满" not in told

    def test_beyond_the_most_that_are_named_the_rest_is_counted(self, office, monkeypatch):
        monkeypatch.setattr("gongjian.chronicle.writing.subjects.MOST_DOERS", 2)
        for number in range(4):
            donate(office, make_doer(office, f"单位{number}"))
        assert "其余2家单位记有2条" in text_of(compose(about(office), "page"))


class TestSentences:
    def test_a_year_is_not_repeated_and_one_day_is_one_day(self, office, bank):
        for day, amount in ((28, 10), (30, 20), (30, 30)):
            donate(office, bank, amount, occurred_from=date(2020, 7, day))
        told = text_of(compose(about(office), "page"))
        assert "2020年7月28日，样城银行花园路支行让出用房10平方米" in told
        assert re.search(r"(?<!年)7月30日，.*(当天|同日)，.*30平方米", told)

    def test_the_name_stands_only_before_a_statement_that_lacks_its_subject(self, office, bank):
        donate(office, bank, 10, statement="家属院让出用房{数}")
        assert "样城银行花园路支行家属院" not in text_of(compose(about(office), "page"))

    def test_many_deeds_of_one_kind_are_told_as_a_sum_with_their_list(self, office, bank):
        for day in range(1, 6):
            make_deed(office, organization=bank, occurred_from=date(2020, 7, day), quantity=Decimal(3))
        document = compose(about(office), "page")
        [figure] = [run for p in document.paragraphs() for run in p if run.text == "15小时"]
        assert "kind=volunteer-hours" in figure.source.path

    def test_other_seeds_say_it_in_other_words_with_the_same_figures(self, office, bank):
        donate(office, bank)
        texts = {text_of(compose(about(office), "page", seed=str(seed))) for seed in range(6)}
        assert len(texts) > 1
        assert all("620平方米" in told for told in texts)
