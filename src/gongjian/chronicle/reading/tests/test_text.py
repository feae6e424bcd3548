from hypothesis import given
from hypothesis import strategies as st

from gongjian.chronicle.reading.text.blocks import Form, blocks
from gongjian.chronicle.reading.text.folding import fold
from gongjian.chronicle.reading.text.sentences import sentences


class TestFold:
    @given(st.text())
    def test_every_position_stays_where_it_was(self, text):
        assert len(fold(text)) == len(text)

    def test_widths_and_traditional_characters_become_one(self):
        assert fold("捐贈２００件,送給社區") == "捐赠200件，送给社区"

    def test_thousands_keep_their_comma(self):
        assert fold("2,600小时") == "2,600小时"


class TestBlocks:
    def test_a_sentence_that_a_column_broke_is_joined(self):
        [block] = blocks("扎实开展活动。组建机\n\n关青年志愿服务队。")
        assert block.text == "扎实开展活动。组建机关青年志愿服务队。"

    def test_a_heading_stays_by_itself(self):
        found = blocks("样例银行\n\n情系邻里\n\n样例银行捐款3万元。")
        assert [block.form for block in found] == [Form.HEADING, Form.HEADING, Form.PARAGRAPH]

    def test_lines_of_one_width_are_one_paragraph(self):
        lines = [
            "样例银行积极参与街道社区的各项共建",
            "活动并且多次到社区走访慰问困难的群",
            "众受到大家的好评和欢迎同时还向社区",
            "捐赠了一批图书供孩子们在假期里阅读",
            "其中有许多是全新的绘本和科普类读物",
            "孩子们都非常喜欢。",
        ]
        assert len(blocks("\n".join(lines))) == 1

    def test_a_span_leads_back_to_the_report(self):
        text = "协调\n\n施工时间，加快改造。"
        [block] = blocks("前文。针对问题，" + text)
        start = block.text.index("协调施工")
        a, b = block.span(start, start + 6)
        assert ("前文。针对问题，" + text)[a:b] == "协调\n\n施工时间"

    @given(st.text(alphabet="样例，。；\n 12a\t|：（）", max_size=200))
    def test_every_character_of_a_block_knows_its_origin(self, text):
        for block in blocks(text):
            assert len(block.text) == len(block.origins)
            assert all(0 <= origin < len(text) for origin in block.origins)


class TestSentences:
    def test_marks_and_numbers_of_a_list_do_not_belong_to_it(self):
        [block] = blocks("【安全生产】4月6日，检查商铺48家。")
        [sentence] = sentences(block)
        assert (sentence.label, [clause.text for clause in sentence.clauses]) == ("安全生产", ["4月6日", "检查商铺48家"])
