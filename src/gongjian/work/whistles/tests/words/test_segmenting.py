from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongjian.work.whistles.words.segmenting import document_words, query_words

NAMES = ["郑州市", "金水区", "花园路", "街道", "小区", "张晓明", "王寨", "下水道", "中华人民共和国", "电动车", "上楼充电"]
ODDITIES = ["物业", "的", "了", "５号楼", "WiFi", "abc", "110", "㎡", "，", "。", "！", "卡拉OK", "T恤", "𠮷", "é", "B超"]
PIECES = st.sampled_from(NAMES + ODDITIES)
TEXTS = st.lists(PIECES, min_size=1, max_size=12)


def finds(query: str, text: str) -> bool:
    return set(query_words(query)) <= set(document_words(text))


@settings(deadline=None)  # the first word loads the dictionary
@given(TEXTS, st.data())
def test_whatever_stands_in_a_document_finds_it(pieces, data):
    start = data.draw(st.integers(0, len(pieces) - 1))
    end = data.draw(st.integers(start + 1, len(pieces)))
    assert finds(" ".join(pieces[start:end]), " ".join(pieces))


@settings(deadline=None)  # the first word loads the dictionary
@given(st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=1, max_size=40), st.data())
def test_any_run_of_chinese_characters_finds_its_document(text, data):
    start = data.draw(st.integers(0, len(text) - 1))
    assert finds(text[start : start + 8], text)


@settings(deadline=None)  # the first word loads the dictionary
@given(st.text(max_size=60))
def test_every_word_is_folded_and_none_is_punctuation(text):
    words = [*document_words(text), *query_words(text)]
    assert all(word == word.lower() and any(map(str.isalnum, word)) for word in words)


@settings(deadline=None)  # the first word loads the dictionary
@given(TEXTS)
def test_each_word_of_a_document_finds_it(pieces):
    text = "".join(pieces)
    assert all(finds(word, text) for word in document_words(text))


def test_a_short_word_finds_the_long_one():
    assert "郑州" in document_words("郑州市金水区")
    assert "电动" in document_words("电动车上楼")


def test_a_query_keeps_its_longest_words():
    assert query_words("中华人民共和国，ＷｉＦｉ") == ["中华人民共和国", "wifi"]


@pytest.mark.parametrize("text", ["", "，。！ …", "\x00"])
def test_nothing_said_gives_no_words(text):
    assert document_words(text) == [] == query_words(text)


def test_another_matter_is_not_found():
    assert not finds("路灯", "小区电梯停运")


def test_threads_share_one_dictionary():
    with ThreadPoolExecutor(8) as pool:
        results = list(pool.map(document_words, ["花园路街道小区电动车上楼充电"] * 200))
    assert all(words == results[0] for words in results)
