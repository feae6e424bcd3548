import pytest

from gongjian.kernel.basis import RESERVED, Nature, check_nature, check_words
from gongjian.kernel.errors import Invalid


@pytest.mark.parametrize(
    ("body", "number", "field"),
    [("", "样评1号", "approving_body"), ("样例区", " ", "basis_number"), ("", "", "approving_body")],
)
def test_an_approved_one_names_who_approved_it_and_by_which_document(body, number, field):
    with pytest.raises(Invalid) as refusal:
        check_nature(nature=Nature.APPROVED, approving_body=body, basis_number=number)
    assert (refusal.value.code, refusal.value.field) == ("basis-missing", field)


@pytest.mark.parametrize("nature", [nature for nature in Nature if nature != Nature.APPROVED])
def test_a_lighter_one_needs_no_approval(nature):
    check_nature(nature=nature, approving_body="", basis_number="")


@pytest.mark.parametrize("word", RESERVED)
def test_reserved_words_need_a_basis(word):
    check_words(f"星级楼院{word}", has_basis=True)
    with pytest.raises(Invalid, match=word) as refusal:
        check_words(f"星级楼院{word}", has_basis=False, field="title")
    assert refusal.value.field == "title"
