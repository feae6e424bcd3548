from dataclasses import replace
from decimal import Decimal

import pytest
from django.db import ProgrammingError, transaction

from gongjian.kernel.errors import Conflict, Invalid, NotAllowed
from gongjian.ledger.catalogue import load_catalogue
from gongjian.registry.models import Role
from gongjian.registry.tests.factories import make_account, make_clerk
from gongjian.work.ratings.examples import examples
from gongjian.work.ratings.models import Scheme, SchemeVersion
from gongjian.work.ratings.scoring.blueprint import Blueprint, Choice, FromLedger, Indicator, Kind, StarLevel, read
from gongjian.work.ratings.scoring.checking import check, check_ready
from gongjian.work.ratings.selectors.schemes import current_version
from gongjian.work.ratings.services import blueprints, schemes
from gongjian.work.ratings.tests.factories import make_scheme, small


@pytest.fixture
def clerk(office):
    return make_clerk(office)


class TestMakeScheme:
    @pytest.mark.parametrize("word", ["表彰", "创建", "评比", "达标"])
    @pytest.mark.parametrize("field", ["title", "about"])
    def test_without_a_basis_reserved_words_are_refused(self, clerk, word, field):
        with pytest.raises(Invalid) as refusal:
            make_scheme(clerk, **{field: f"星级{word}"})
        assert (refusal.value.code, refusal.value.field) == ("basis-missing", field)
        assert not Scheme.objects.exists()

    def test_nor_in_the_name_of_an_indicator(self, clerk):
        scheme = make_scheme(clerk)
        with pytest.raises(Invalid, match="创建"):
            blueprints.put_dimension(clerk, version=current_version(scheme), name="文明创建")

    def test_an_approved_one_names_its_approval(self, clerk):
        with pytest.raises(Invalid) as refusal:
            make_scheme(clerk, nature="approved")
        assert refusal.value.field == "approving_body"
        basis = {"approving_body": "样例区", "basis_number": "样评〔2020〕3号"}
        assert make_scheme(clerk, nature="approved", title="楼院达标", **basis).has_basis

    def test_the_database_knows_the_gate_too(self, clerk):
        scheme = make_scheme(clerk)
        with pytest.raises(Exception, match="scheme_approved_by_somebody"), transaction.atomic():
            Scheme.objects.filter(pk=scheme.pk).update(nature="approved")

    def test_a_title_stands_once(self, clerk):
        make_scheme(clerk, title="星级楼院")
        with pytest.raises(Conflict, match="星级楼院"):
            make_scheme(clerk, title="星级楼院")

    def test_only_a_clerk(self, office):
        with pytest.raises(NotAllowed):
            make_scheme(make_account(office, Role.OFFICE_LEADER))


class TestExamples:
    @pytest.mark.parametrize("code", ["buildings", "communities", "compounds"])
    def test_each_can_be_used_and_says_that_it_is_invented(self, db, code):
        load_catalogue()
        example = examples()[code]
        check(example.blueprint)
        check_ready(example.blueprint)
        assert "都是编的" in example.about
        automatic = [one for one in example.blueprint.indicators() if one.ledger]
        assert len(automatic) >= 3

    def test_what_is_written_is_read_again(self):
        for example in examples().values():
            assert read(example.blueprint.as_json()) == example.blueprint


class TestVersions:
    def test_while_no_round_uses_it_a_version_is_changed_in_place(self, clerk):
        scheme = make_scheme(clerk)
        blueprints.put_dimension(clerk, version=current_version(scheme), name="文化")
        assert current_version(scheme).number == 1
        assert [d.name for d in current_version(scheme).blueprint.dimensions] == ["环境", "平安", "文化"]

    def test_once_used_it_stands_and_changes_become_a_new_one(self, clerk):
        scheme = make_scheme(clerk)
        SchemeVersion.objects.filter(scheme=scheme).update(in_use=True)
        blueprints.remove_dimension(clerk, version=current_version(scheme), code="d2")
        first, second = SchemeVersion.objects.filter(scheme=scheme).order_by("number")
        assert first.blueprint == small()
        assert [d.code for d in second.blueprint.dimensions] == ["d1"]
        assert second.blueprint.levels[0].dimensions == {"d1": 15}

    @pytest.mark.parametrize("act", ["update", "delete"])
    def test_the_database_refuses_to_change_one_in_use(self, clerk, act):
        scheme = make_scheme(clerk)
        SchemeVersion.objects.filter(scheme=scheme).update(in_use=True)
        rows = SchemeVersion.objects.filter(scheme=scheme)
        acts = {"update": lambda: rows.update(content={}), "delete": rows.delete}
        with pytest.raises(ProgrammingError), transaction.atomic():
            acts[act]()

    def test_who_looked_at_an_older_version_is_told(self, clerk):
        scheme = make_scheme(clerk)
        looked_at = current_version(scheme)
        SchemeVersion.objects.filter(scheme=scheme).update(in_use=True)
        blueprints.put_dimension(clerk, version=looked_at, name="文化")
        with pytest.raises(Conflict, match="别人刚存了新的一版"):
            blueprints.put_dimension(clerk, version=looked_at, name="法治")

    def test_one_put_away_changes_no_more(self, clerk):
        scheme = make_scheme(clerk)
        schemes.close_scheme(clerk, scheme=scheme)
        with pytest.raises(Conflict, match="停用"):
            blueprints.put_dimension(clerk, version=current_version(scheme), name="文化")


def graded(**changes):
    plain = Indicator("", "新指标", Kind.GRADED, choices=(Choice("好", Decimal(10)), Choice("差", Decimal(1))))
    return replace(plain, **changes)


LAW = FromLedger("law-outreach", points=Decimal(1))


class TestPutIndicator:
    def test_it_gets_a_code_that_no_other_has(self, clerk):
        version = blueprints.put_indicator(
            clerk, version=current_version(make_scheme(clerk)), dimension="d2", indicator=graded()
        )
        assert version.blueprint.indicator("i6") == graded(code="i6")

    def test_it_may_move_to_another_dimension(self, clerk):
        scheme = make_scheme(clerk)
        moved = small().indicator("i1")
        version = blueprints.put_indicator(clerk, version=current_version(scheme), dimension="d2", indicator=moved)
        assert [[one.code for one in d.indicators] for d in version.blueprint.dimensions] == [["i2"], ["i3", "i4", "i5", "i1"]]

    @pytest.mark.parametrize(
        ("wrong", "words"),
        [
            (graded(name="卫生"), "已经有“卫生”了"),
            (graded(name=" "), "名称要写"),
            (graded(weight=Decimal(0)), "权重"),
            (graded(weight=Decimal("1.005")), "权重"),
            (graded(choices=graded().choices[:1]), "至少要有两档"),
            (graded(choices=(*graded().choices, Choice("好", Decimal(3)))), "不能重样"),
            (graded(choices=(Choice("好", Decimal(-1)), Choice("差"))), "0 到 1000"),
            (graded(choices=(Choice("好", Decimal("NaN")), Choice("差"))), "0 到 1000"),
            (graded(kind=Kind.ITEMIZED, choices=()), "至少要写一项"),
            (graded(kind=Kind.ITEMIZED, choices=(), ledger=LAW), "最多加几分"),
            (graded(kind=Kind.ITEMIZED, cap=Decimal(5), choices=(), ledger=replace(LAW, points=Decimal(0))), "算几分"),
            (graded(kind=Kind.ITEMIZED, cap=Decimal(5), ledger=replace(LAW, kind="nothing")), "没有这种事迹"),
            (graded(kind=Kind.ITEMIZED, cap=Decimal(5), ledger=replace(LAW, measure="quantity")), "不计数量"),
            (graded(kind=Kind.ITEMIZED, cap=Decimal(5), ledger=replace(LAW, months=0)), "月数"),
            (graded(ledger=LAW), "满多少"),
            (graded(kind=Kind.VETO, ledger=replace(LAW, at_least=Decimal(0))), "大于 0"),
            (graded(kind="guess"), "没有这种计分办法"),
        ],
    )
    def test_what_cannot_be_meant_is_refused_and_nothing_changes(self, clerk, wrong, words):
        scheme = make_scheme(clerk)
        with pytest.raises(Invalid, match=words):
            blueprints.put_indicator(clerk, version=current_version(scheme), dimension="d1", indicator=wrong)
        assert current_version(scheme).blueprint == small()


class TestPutLevel:
    @pytest.mark.parametrize(
        ("wrong", "words"),
        [
            (StarLevel(8, Decimal(20)), "从 1 到 7"),
            (StarLevel(5, Decimal(30)), "超过了满分 29"),
            (StarLevel(5, Decimal(29), {"d2": Decimal(11)}), "“平安”要的分超过了满分 10"),
            (StarLevel(4, Decimal(26)), "不能比 4 星还低"),
            (StarLevel(3, Decimal(10), {"d1": Decimal(16)}), "不能比 3 星还低"),
            (StarLevel(4, Decimal(20), {"d1": Decimal(15)}, Decimal(40)), "还宽"),
            (StarLevel(4, Decimal(20), {}, Decimal(101)), "比例上限"),
        ],
    )
    def test_what_cannot_be_meant_is_refused_and_nothing_changes(self, clerk, wrong, words):
        scheme = make_scheme(clerk)
        with pytest.raises(Invalid, match=words):
            blueprints.put_level(clerk, version=current_version(scheme), level=wrong)
        assert current_version(scheme).blueprint == small()

    def test_a_level_that_indicators_no_longer_reach_is_found_before_use(self, clerk):
        scheme = make_scheme(clerk)
        version = blueprints.remove_indicator(clerk, version=current_version(scheme), code="i1")
        with pytest.raises(Invalid, match="超过了满分 19"):
            check_ready(version.blueprint)

    def test_an_unfinished_one_cannot_be_used(self, office):
        with pytest.raises(Invalid, match="还没有得分的指标"):
            check_ready(Blueprint())
        with pytest.raises(Invalid, match="几星"):
            check_ready(replace(small(), levels=()))
