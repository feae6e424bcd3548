import pytest
from django.urls import reverse

from gongjian.chronicle.reading.models import Report
from gongjian.chronicle.reading.tests.factories import TEXT, make_bank, make_report
from gongjian.ledger.models import Deed
from gongjian.registry.models import Organization
from gongjian.registry.tests.factories import make_clerk


@pytest.fixture
def clerk(office, client):
    clerk = make_clerk(office)
    client.force_login(clerk, backend="gongjian.registry.signin.OfficeAuthenticationBackend")
    return clerk


class TestBringing:
    def test_a_pasted_report_is_read(self, clerk, client):
        answer = client.post(reverse("reading:reports"), {"text": TEXT})
        assert answer.url == reverse("reading:report", args=[Report.objects.get().pk])

    def test_what_was_pasted_stays_when_something_is_wrong(self, clerk, client):
        answer = client.post(reverse("reading:reports"), {"text": TEXT, "published": "2999-01-01"})
        assert answer.status_code == 422
        assert "样例银行梧桐支行向一号社区捐款3万元" in answer.content.decode()

    def test_nothing_at_all_is_refused_beside_the_field(self, clerk, client):
        assert "请粘贴文字，或者选一个文件" in client.post(reverse("reading:reports"), {"text": " "}).content.decode()


class TestTicking:
    def test_only_what_is_ticked_is_recorded(self, office, clerk, client):
        make_bank(office)
        report = make_report(office, clerk)
        client.post(reverse("reading:report", args=[report.pk]), {"take": ["1", "3"]})
        assert sorted(Deed.objects.values_list("quantity", flat=True)) == [160, 30000]
        assert "已记" in client.get(reverse("reading:report", args=[report.pk])).content.decode()

    def test_nothing_ticked_is_said_and_records_nothing(self, office, clerk, client):
        report = make_report(office, clerk)
        answer = client.post(reverse("reading:report", args=[report.pk]), {})
        assert (answer.status_code, Deed.objects.count()) == (422, 0)

    def test_one_without_an_organization_cannot_be_ticked(self, office, clerk, client):
        report = make_report(office, clerk)
        answer = client.post(reverse("reading:report", args=[report.pk]), {"take": ["4"]})
        assert (answer.status_code, Deed.objects.count()) == (422, 0)

    def test_markup_in_a_report_stays_text(self, office, clerk, client):
        report = make_report(office, clerk, text="样例银行捐赠<script>alert(1)</script>口罩500只。")
        page = client.get(reverse("reading:report", args=[report.pk])).content.decode()
        assert "<script>alert" not in page
        assert "&lt;script&gt;alert" in page


class TestCompleting:
    def test_a_new_organization_is_entered_on_the_way(self, office, clerk, client):
        report = make_report(office, clerk)
        url = reverse("reading:proposal", args=[report.pk, 4])
        form = client.get(url).context["form"]
        values = {name: value for name, value in form.initial.items() if value is not None}
        answer = client.post(url, values | {"enter_new": "on"})
        assert answer.status_code == 302, answer.context["form"].errors
        assert Deed.objects.get().organization == Organization.objects.get(name="样例第三小学")

    def test_a_recorded_one_leads_to_its_deed(self, office, clerk, client):
        make_bank(office)
        report = make_report(office, clerk)
        client.post(reverse("reading:report", args=[report.pk]), {"take": ["1"]})
        answer = client.get(reverse("reading:proposal", args=[report.pk, 1]))
        assert answer.url == reverse("ledger:deed", args=[Deed.objects.get().pk])
