import pytest

from gongjian.work.whistles.words.catalogue import GRADES, UNITS, shipped_categories
from gongjian.work.whistles.words.rules import MOST_CONFIDENT, KeywordCategory, suggest_by_keywords

SHIPPED = [category.by_keywords() for category in shipped_categories()]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("三号楼下水道堵了，污水冒到院子里", "sewage-overflow"),
        ("楼道里有人推电动车上来飞线充电，太危险", "ebike-charging"),
        ("门口的窨井盖没了，天黑容易掉进去", "manhole"),
        ("隔壁工地半夜施工，电钻打桩睡不着", "construction-noise"),
        ("家里停水两天了，自来水公司电话打不通", "water-supply"),
        ("暖气片不热，室温只有十三度", "heating"),
        ("我们单元想加装电梯，一楼反对怎么办", "elevator-retrofit"),
        ("电梯困人了，电梯故障三次没修好", "elevator-fault"),
        ("遛狗不拴绳，烈性犬差点咬人", "pets"),
        ("楼顶有人搭彩钢棚，私搭乱建没人管", "illegal-building"),
        ("消防通道被杂物堵塞，消防车进不来", "blocked-fire-route"),
        ("饭店油烟直排，排烟管对着居民窗户", "cooking-fumes"),
        ("生活垃圾三天没清运，垃圾桶满溢有臭味", "exposed-garbage"),
        ("路灯不亮，夜里黑得看不见", "street-light"),
        ("ＫＴＶ音响太吵，扰民", "social-noise"),
    ],
)
def test_keywords_lead_to_the_category(text, code):
    answer = suggest_by_keywords(text, SHIPPED)
    assert answer.label == code
    assert answer.words
    assert 0 < answer.confidence <= MOST_CONFIDENT


def test_no_keyword_gives_no_answer():
    assert suggest_by_keywords("谢谢你们", SHIPPED) is None
    assert suggest_by_keywords("停水了", []) is None


def test_the_words_that_led_there_are_told():
    answer = suggest_by_keywords("小区停水，水压低", [KeywordCategory("water", ("停水", "水压", "爆管"))])
    assert set(answer.words) == {"停水", "水压"}


def test_a_word_of_several_categories_counts_less():
    categories = [KeywordCategory("a", ("噪声",)), KeywordCategory("b", ("噪声",)), KeywordCategory("c", ("工地",))]
    assert suggest_by_keywords("工地噪声", categories).label == "c"


def test_more_evidence_makes_more_confident():
    categories = [KeywordCategory("water", ("停水", "水压", "爆管"))]
    assert suggest_by_keywords("停水爆管", categories).confidence > suggest_by_keywords("停水", categories).confidence


def test_a_part_of_a_found_word_is_not_counted_again():
    categories = [KeywordCategory("x", ("噪声", "施工噪声"))]
    assert suggest_by_keywords("施工噪声", categories).words == ("施工噪声",)


class TestTheShippedCatalogue:
    def test_every_category_is_complete(self):
        assert len(SHIPPED) >= 30
        for category in shipped_categories():
            assert category.grade in GRADES
            assert {category.response.unit, category.resolution.unit} <= set(UNITS)
            assert category.response.amount > 0 < category.resolution.amount
            assert 8 <= len(set(category.keywords)) == len(category.keywords) <= 20
            assert all(
                (category.major, category.minor, category.name_en, category.opening_condition, category.closing_condition)
            )

    def test_codes_and_names_are_unique(self):
        rows = shipped_categories()
        assert len({row.code for row in rows}) == len({(row.major, row.minor) for row in rows}) == len(rows)

    def test_every_grade_is_used(self):
        assert {row.grade for row in shipped_categories()} == set(GRADES)

    def test_each_category_is_found_by_all_its_own_keywords(self):
        for category in SHIPPED:
            assert suggest_by_keywords("，".join(category.keywords), SHIPPED).label == category.code
