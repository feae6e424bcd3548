import pytest

from gongjian.kernel.masking import mask_name, mask_number


class TestMaskName:
    @pytest.mark.parametrize(
        ("name", "shown"), [("张三", "张*"), ("欧阳小明", "欧***"), ("张", "张*"), ("", ""), ("Li Wei", "L*****")]
    )
    def test_the_first_character_stays(self, name: str, shown: str) -> None:
        assert mask_name(name) == shown


class TestMaskNumber:
    @pytest.mark.parametrize(
        ("number", "shown"), [("13812345678", "138****5678"), ("1234567", "*******"), ("12345678", "123*5678"), ("", "")]
    )
    def test_the_middle_goes_and_short_ones_go_whole(self, number: str, shown: str) -> None:
        assert mask_number(number) == shown

    def test_of_an_identity_number_two_at_the_end_stay(self) -> None:
        assert mask_number("410105199001011234", head=3, tail=2) == "410*************34"
