import pytest
from django.urls import reverse

from gongjian.registry.tests.factories import make_clerk
from gongjian.work.ratings.models import Scheme
from gongjian.work.ratings.selectors.schemes import current_version
from gongjian.work.ratings.tests.factories import make_scheme


@pytest.fixture
def clerk(office, client):
    account = make_clerk(office)
    client.force_login(account, backend="gongjian.registry.signin.OfficeAuthenticationBackend")
    return account


def posted(client, url_name, /, *args, **values):
    return client.post(reverse(f"ratings:{url_name}", args=args), values)


NEW = {"title": "楼院创建", "subject": "compounds", "nature": "internal", "notice_workdays": "5", "example": "compounds"}


class TestMakeScheme:
    def test_the_lighter_nature_is_one_click_away(self, client, clerk):
        refused = posted(client, "make_scheme", **NEW)
        assert refused.status_code == 422
        assert "改成“通报表扬、感谢信”" in refused.content.decode()
        assert posted(client, "make_scheme", **NEW, lighter="1").status_code == 302
        assert Scheme.objects.get().title == "楼院评定"

    def test_it_begins_with_an_example(self, client, clerk):
        posted(client, "make_scheme", **NEW | {"title": "星级楼院", "is_example": "on"})
        page = client.get(reverse("ratings:scheme", args=[Scheme.objects.get().pk])).content.decode()
        assert "楼道和院落卫生" in page
        assert "都是编的" in page


class TestIndicatorForm:
    BASE = {"name": "党课", "dimension": "d1", "weight": "1", "measure": "deeds", "min_level": "1"}

    def put(self, client, scheme, **values):
        return posted(client, "add_indicator", scheme.pk, "d1", **self.BASE | values)

    def test_lines_become_grades(self, client, clerk):
        scheme = make_scheme(clerk)
        assert self.put(client, scheme, kind="graded", choices="很好 10\n一般：6分\n差 0").status_code == 302
        put = current_version(scheme).blueprint.indicator("i6")
        assert [(c.label, c.points, c.at_least) for c in put.choices] == [
            ("很好", 10, None),
            ("一般", 6, None),
            ("差", 0, None),
        ]

    def test_grades_of_the_ledger_say_from_how_much_on(self, client, clerk):
        scheme = make_scheme(clerk)
        assert self.put(client, scheme, kind="graded", deed_kind="law-outreach", choices="满3次 10\n1 4").status_code == 302
        put = current_version(scheme).blueprint.indicator("i6")
        assert [(c.at_least, c.points) for c in put.choices] == [(3, 10), (1, 4)]
        assert put.ledger.kind == "law-outreach"

    def test_a_line_that_says_nothing_is_named_and_what_was_typed_stays(self, client, clerk):
        scheme = make_scheme(clerk)
        refused = self.put(client, scheme, kind="graded", choices="好 10\n随便")
        assert refused.status_code == 422
        assert "看不懂这一行：“随便”" in refused.content.decode()
        assert "党课" in refused.content.decode()

    def test_an_indicator_is_shown_as_it_was_typed(self, client, clerk):
        scheme = make_scheme(clerk)
        url = reverse("ratings:indicator", args=[scheme.pk, "i2"])
        typed = client.get(url).context["form"].initial
        assert (typed["deed_kind"], typed["points"], typed["cap"]) == ("law-outreach", 2, 6)
        before = current_version(scheme).blueprint
        shown = {name: value for name, value in typed.items() if value is not None}
        assert client.post(url, shown).status_code == 302
        assert current_version(scheme).blueprint == before


def test_pieces_are_added_changed_and_removed(client, clerk):
    scheme = make_scheme(clerk)
    assert posted(client, "add_dimension", scheme.pk, name="文化").status_code == 302
    assert posted(client, "dimension", scheme.pk, "d3", name="文化生活").status_code == 302
    assert posted(client, "remove_indicator", scheme.pk, "i4").status_code == 302
    assert posted(client, "level", scheme.pk, 5, stars="5", total="26", dimension_d1="15").status_code == 302
    assert posted(client, "remove_level", scheme.pk, 3).status_code == 302
    blueprint = current_version(scheme).blueprint
    assert [d.name for d in blueprint.dimensions] == ["环境", "平安", "文化生活"]
    assert [one.code for one in blueprint.indicators()] == ["i1", "i2", "i3", "i5"]
    assert [(one.stars, one.total, one.dimensions, one.most_percent) for one in blueprint.levels] == [(5, 26, {"d1": 15}, None)]


def test_what_is_gone_is_said_to_be_gone(client, clerk):
    scheme = make_scheme(clerk)
    assert client.get(reverse("ratings:indicator", args=[scheme.pk, "i99"])).status_code == 404
