import pytest
from django.utils import translation

from gongjian.desk.templatetags.shell import spoken


class TestSpoken:
    @pytest.mark.parametrize(
        ("count", "words"),
        [(1, "一"), (2, "两"), (9, "九"), (10, "十"), (12, "十二"), (20, "二十"), (99, "九十九"), (137, "137")],
    )
    def test_as_one_says_it(self, count, words):
        assert spoken(count) == words

    def test_in_english_a_figure(self):
        with translation.override("en"):
            assert spoken(2) == "2"
