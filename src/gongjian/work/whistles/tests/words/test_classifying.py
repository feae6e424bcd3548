import io
import json
import os
import time
import zipfile

import numpy as np
import pytest

from gongjian.kernel.errors import Invalid, Missing
from gongjian.work.whistles.tests.words.examples import labelled
from gongjian.work.whistles.words.classifying import load
from gongjian.work.whistles.words.training import train


@pytest.fixture(scope="module")
def model():
    return train(labelled())


@pytest.fixture
def file(model, tmp_path):
    model.save(tmp_path / "words.model")
    return tmp_path / "words.model"


class TestClassify:
    @pytest.mark.parametrize(
        ("text", "label"), [("五号楼停水两天，水管爆了", "供水"), ("半夜施工吵得睡不着", "噪声"), ("车位被占，乱停车", "停车")]
    )
    def test_finds_the_label_of_a_new_text(self, model, text, label):
        answer = model.classify(text)
        assert answer.label == label
        assert 0.5 < answer.confidence <= 1

    def test_names_words_of_the_text_that_led_there(self, model):
        answer = model.classify("花园路停水，自来水浑浊")
        assert 1 <= len(answer.words) <= 5
        assert all(word in "花园路停水，自来水浑浊" for word in answer.words)
        assert {"停水", "自来水", "浑浊"} & set(answer.words)

    @pytest.mark.parametrize("text", ["", "。。。", "\x00", "zzz qqq", "水" * 100_000])
    def test_odd_texts_get_an_answer_too(self, model, text):
        answer = model.classify(text)
        assert answer.label in model.labels
        assert 0 <= answer.confidence <= 1

    def test_unknown_words_make_it_less_sure(self, model):
        assert model.classify("zzz qqq").confidence < model.classify("停水，自来水浑浊，水管爆了").confidence
        assert model.classify("zzz qqq").words == ()

    def test_two_labels_are_enough(self):
        pairs = [pair for pair in labelled() if pair[1] != "停车"]
        assert train(pairs).classify("停水了").label == "供水"

    def test_two_examples_of_each_label_are_enough(self):
        pairs = [("停水了", "供水"), ("没水用", "供水"), ("太吵了", "噪声"), ("夜里吵", "噪声")]
        assert train(pairs).classify("又停水").label == "供水"

    def test_an_answer_comes_quickly(self, model):
        text = "花园路三号楼夜里施工吵得睡不着，已经反映过好几次，希望有人管一管。" * 9
        model.classify(text)
        start = time.perf_counter()
        for _ in range(50):
            model.classify(text)
        assert (time.perf_counter() - start) / 50 < 0.03, "3 ms is the aim on a quiet machine"


class TestFiles:
    def test_a_loaded_model_answers_as_the_saved_one(self, model, file):
        for text, _label in labelled(30, seed=1):
            assert load(file).classify(text) == model.classify(text)

    def test_the_same_pairs_give_the_same_bytes(self, file, tmp_path):
        train(labelled()).save(tmp_path / "again")
        assert (tmp_path / "again").read_bytes() == file.read_bytes()

    def test_a_model_is_read_once_until_its_file_changes(self, file):
        first = load(file)
        assert load(file) is first
        os.utime(file, ns=(1, 1))
        assert load(file) is not first

    def test_no_model_yet_is_missing(self, tmp_path):
        with pytest.raises(Missing):
            load(tmp_path / "none")

    @pytest.mark.parametrize("content", [b"", b"no zip", b"\x80\x04\x95pickle"])
    def test_a_broken_file_is_refused(self, tmp_path, content):
        (tmp_path / "broken").write_bytes(content)
        with pytest.raises(Invalid):
            load(tmp_path / "broken")

    def test_a_cut_file_is_refused(self, file):
        file.write_bytes(file.read_bytes()[:-200])
        with pytest.raises(Invalid):
            load(file)

    def test_another_version_is_refused(self, file):
        with zipfile.ZipFile(file, "w") as archive:
            archive.writestr("about.json", json.dumps({"version": 99}))
        with pytest.raises(Invalid) as refusal:
            load(file)
        assert refusal.value.code == "model-version"

    def test_a_pickled_array_is_refused(self, file):
        buffer = io.BytesIO()
        np.save(buffer, np.array([{"a": 1}], dtype=object), allow_pickle=True)
        with zipfile.ZipFile(file) as archive:
            parts = {name: archive.read(name) for name in archive.namelist()}
        with zipfile.ZipFile(file, "w") as archive:
            for name, data in {**parts, "intercept.npy": buffer.getvalue()}.items():
                archive.writestr(name, data)
        with pytest.raises(Invalid):
            load(file)


class TestTraining:
    @pytest.mark.parametrize(
        ("pairs", "code"),
        [
            ([], "labels-few"),
            ([("停水", "供水"), ("没水", "供水")], "labels-few"),
            ([("停水", "供水"), ("没水", "供水"), ("太吵", "噪声")], "examples-few"),
            ([("停水", ""), ("没水", "供水")], "pair-empty"),
            ([(" ", "供水"), ("没水", "供水")], "pair-empty"),
        ],
    )
    def test_pairs_that_teach_nothing_are_refused(self, pairs, code):
        with pytest.raises(Invalid) as refusal:
            train(pairs)
        assert refusal.value.code == code
