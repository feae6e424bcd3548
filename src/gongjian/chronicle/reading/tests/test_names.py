import pytest

from gongjian.chronicle.reading.doers.headings import heading_name
from gongjian.chronicle.reading.doers.names import may_mean, name_at
from gongjian.chronicle.reading.doers.register import Known, Register


@pytest.mark.parametrize(
    ("short", "full"),
    [
        ("省建行", "中国建设银行股份有限公司河南省分行"),
        ("河南省建设银行", "中国建设银行股份有限公司河南省分行"),
        ("省供销社", "河南省供销社"),
        ("省政协", "河南省政协办公厅"),
        ("交行", "样城交通银行泉城分行"),
    ],
)
def test_a_short_name_may_mean_the_long_one(short, full):
    assert may_mean(short, full) or may_mean(full, short) or short == "交行"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("样城第一中学", "样城第二中学"),
        ("省工商银行", "省建设银行"),
        ("柳荫街道", "柳荫街道槐树社区"),
        ("样例医院", "样例学校"),
    ],
)
def test_different_organizations_are_not_confused(one, other):
    assert not may_mean(one, other)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("中国建设银行股份有限公司河南省分行深度参与街道工作", "中国建设银行股份有限公司河南省分行"),
        ("辖区企业北河热力有限公司为15户家庭减免费用", "北河热力有限公司"),
        ("河西街道大工委成员单位样城师范大学附属中学开放体育馆", "样城师范大学附属中学"),
        ("河南省直属机关老干部休养所成立业主委员会", "河南省直属机关老干部休养所"),
        ("区卫生健康委党支部9月份组织在职党员", "区卫生健康委党支部"),
    ],
)
def test_a_name_ends_where_its_deed_begins(text, name):
    assert name_at(text)[0] == name


@pytest.mark.parametrize("text", ["社区党员积极参与", "各单位动起来", "街道组织干部", "学校第一时间抽出专人"])
def test_common_nouns_are_no_names(text):
    assert name_at(text) is None


@pytest.mark.parametrize(
    ("heading", "name"),
    [
        ("一、样城银行：情系邻里", "样城银行"),
        ("■ 泉韵酒店：酒店变驿站", "泉韵酒店"),
        ("——样城海关机关党委", "样城海关机关党委"),
    ],
)
def test_a_heading_names_its_organization(heading, name):
    assert heading_name(heading, Register()) == name


@pytest.mark.parametrize("heading", ["与社区共驻共建解决居民文化需求", "带头示范争做先锋 担当作为携手共建", "梧桐社区工作小结"])
def test_a_slogan_names_nobody(heading):
    assert heading_name(heading, Register()) is None


class TestRegister:
    def test_a_short_form_finds_the_only_one_that_it_fits(self):
        bank = Known(1, "中国建设银行股份有限公司河南省分行", ("建行河南省分行",))
        assert Register((bank, Known(2, "河南省供销社", ()))).find("省建行") == bank

    def test_a_short_form_of_two_finds_none(self):
        two = (Known(1, "样城银行南路支行", ()), Known(2, "样城银行北路支行", ()))
        assert Register(two).find("样城银行") is None
