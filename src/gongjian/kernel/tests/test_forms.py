import uuid
from typing import Any

import pytest
from django import forms
from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory

from gongjian.kernel.errors import Conflict, Invalid, InvalidMany
from gongjian.kernel.web.forms import ServiceForm


class NameForm(ServiceForm):
    name = forms.CharField(max_length=5)
    age = forms.IntegerField(required=False)


def request() -> Any:
    made = RequestFactory().post("/")
    made.user = AnonymousUser()
    return made


def sent(**values: Any) -> NameForm:
    return NameForm({"name": "甲", "submission": str(uuid.uuid4()), **values})


@pytest.mark.django_db
class TestSubmit:
    def test_it_goes_on_to_where_the_act_says(self) -> None:
        assert sent().submit(request(), lambda values: f"/{values['name']}/") == "/甲/"

    def test_the_key_is_no_value(self) -> None:
        seen: list[dict[str, Any]] = []
        sent().submit(request(), lambda values: seen.append(values) or "/")
        assert seen == [{"name": "甲", "age": None}]

    def test_sent_twice_it_happens_once(self) -> None:
        key, done = str(uuid.uuid4()), []
        for _ in range(2):
            assert sent(submission=key).submit(request(), lambda values: done.append(1) or f"/{len(done)}/") == "/1/"
        assert len(done) == 1

    def test_without_a_key_it_happens_each_time(self) -> None:
        done: list[int] = []
        for _ in range(2):
            sent(submission="").submit(request(), lambda values: done.append(1) or "/")
        assert len(done) == 2

    def test_what_is_not_valid_is_never_carried_out(self) -> None:
        form = sent(name="太长了太长了太长了")
        assert form.submit(request(), lambda values: pytest.fail("carried out")) is None
        assert "name" in form.errors

    def test_a_refusal_stands_beside_its_field(self) -> None:
        form = sent()
        assert form.submit(request(), _refuse(Invalid("不行", field="name"))) is None
        assert form.errors == {"name": ["不行"]}

    def test_a_refusal_without_a_field_of_the_form_stands_above(self) -> None:
        form = sent()
        form.submit(request(), _refuse(Conflict("晚了一步", field="elsewhere")))
        assert form.non_field_errors() == ["晚了一步"]

    def test_several_refusals_stand_each_beside_its_own(self) -> None:
        form = sent()
        form.submit(request(), _refuse(InvalidMany({"name": "甲错", "age": "乙错", "other": "丙错"})))
        assert form.errors == {"name": ["甲错"], "age": ["乙错"], "__all__": ["丙错"]}

    def test_after_a_refusal_the_same_form_may_be_sent_again(self) -> None:
        key = str(uuid.uuid4())
        sent(submission=key).submit(request(), _refuse(Conflict("忙")))
        assert sent(submission=key).submit(request(), lambda values: "/done/") == "/done/"


@pytest.mark.django_db
class TestAsk:
    def test_the_answer_is_shown_and_not_kept(self) -> None:
        from gongjian.kernel.models import Submission

        assert sent().ask(lambda values: "secret") == "secret"
        assert not Submission.objects.exists()

    def test_a_refusal_stands_beside_its_field(self) -> None:
        form = sent()
        assert form.ask(_refuse(Invalid("不行", field="name"))) is None
        assert form.errors == {"name": ["不行"]}


def _refuse(error: Exception) -> Any:
    def act(values: dict[str, Any]) -> str:
        raise error

    return act
