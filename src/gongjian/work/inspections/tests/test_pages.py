import uuid
from io import BytesIO
from typing import Any

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from gongjian.kernel import clock
from gongjian.ledger.tests.factories import image_file
from gongjian.registry.tests.factories import first_community, make_clerk, make_organization
from gongjian.work.inspections.models import Answer, Finding, Inspection, Lecture
from gongjian.work.inspections.selectors.inspections import items_of
from gongjian.work.inspections.tests.factories import answer_all, make_finding, make_inspection, make_mended, make_worker

BACKEND = "gongjian.registry.signin.OfficeAuthenticationBackend"


@pytest.fixture
def inspection(office: Any) -> Inspection:
    return make_inspection()


@pytest.fixture
def worker(client: Any, inspection: Inspection) -> Any:
    """The client, signed in as the community's worker."""
    client.force_login(make_worker(inspection), backend=BACKEND)
    return client


def sync(client: Any, inspection: Inspection, **fields: Any) -> Any:
    sent = {"at": clock.now().isoformat(), **fields}
    return client.post(reverse("inspections:sync", args=[inspection.pk]), sent, headers={"accept": "application/json"})


class TestSync:
    def test_answers_and_findings_once(self, worker: Any, inspection: Inspection) -> None:
        item = items_of(inspection)[0][0]
        slip, moment = str(uuid.uuid4()), clock.now().isoformat()
        for _time in range(2):
            assert sync(worker, inspection, kind="answer", item=item.pk, verdict="problem", at=moment).json()["ok"]
            found = {"slip": slip, "text": "软管老化", "severity": "serious", "item": item.pk, "photo": image_file()}
            assert sync(worker, inspection, kind="finding", **found).status_code == 200
        assert (Answer.objects.count(), Finding.objects.count(), Finding.objects.get().photos.count()) == (1, 1, 1)

    @pytest.mark.parametrize(
        ("fields", "says"),
        [
            ({"kind": "dance"}, "看不懂"),
            ({"kind": "finding", "slip": "00000000-0000-4000-8000-000000000000", "severity": "minor"}, "什么问题"),
            ({"kind": "answer", "item": "999999999", "verdict": "fine"}, ""),
        ],
    )
    def test_what_cannot_be_is_said_in_json(
        self, worker: Any, inspection: Inspection, fields: dict[str, str], says: str
    ) -> None:
        response = sync(worker, inspection, **fields)
        assert response.status_code == 422
        assert says in response.json()["detail"]
        assert not Finding.objects.exists()


class TestInspection:
    def test_is_planned_in_one_form(self, client: Any, office: Any) -> None:
        make_inspection()
        unit = make_organization(office, "样例燃气公司")
        client.force_login(make_clerk(office), backend=BACKEND)
        sent = {
            "title": "门面检查",
            "place": first_community(office).pk,
            "planned_for": clock.today().isoformat(),
            "kinds": ["gas", "fire"],
            "parties": "样例燃气公司：张样例、李样例",
        }
        assert client.post(reverse("inspections:plan"), sent).status_code == 302
        planned = Inspection.objects.get(title="门面检查")
        assert [(p.organization, p.people) for p in planned.parties.all()] == [(unit, "张样例、李样例")]
        refused = client.post(reverse("inspections:plan"), sent | {"parties": "没有的公司：某样例"})
        assert refused.status_code == 422
        assert "没有叫“没有的公司”" in refused.content.decode()
        assert "某样例" in refused.content.decode()

    def test_is_closed_from_its_page(self, worker: Any, inspection: Inspection) -> None:
        url = reverse("inspections:close", args=[inspection.pk])
        answer_all(inspection)
        assert worker.post(url, {"statement": "联合检查门面"}).status_code == 302
        assert "查完了" in worker.get(reverse("inspections:inspection", args=[inspection.pk])).content.decode()

    def test_too_early_it_says_what_is_left(self, worker: Any, inspection: Inspection) -> None:
        make_finding(inspection)
        response = worker.post(reverse("inspections:close", args=[inspection.pk]), {})
        assert response.status_code == 422
        assert "还有 4 项没看" in response.content.decode()


class TestFinding:
    def test_mended_rechecked_with_photos(self, worker: Any, inspection: Inspection) -> None:
        finding = make_finding(inspection, photos=[image_file()])
        url = reverse("inspections:finding", args=[finding.pk])
        assert "整改好了" in worker.get(url).content.decode()
        photos = {"words": "换了新管", "photos": image_file(color="blue")}
        assert worker.post(reverse("inspections:mend", args=[finding.pk]), photos).status_code == 302
        failed = worker.post(reverse("inspections:recheck", args=[finding.pk]), {"passed": "0"})
        assert failed.status_code == 422
        assert "没改好" in failed.content.decode()
        assert worker.post(reverse("inspections:recheck", args=[finding.pk]), {"passed": "1"}).status_code == 302
        page = worker.get(url).content.decode()
        assert "整改前" in page
        assert "整改后" in page
        small = worker.get(reverse("inspections:photo", args=[finding.pk, finding.photos.first().pk]) + "?small")
        assert small["Content-Type"] == "image/jpeg"

    @pytest.mark.parametrize("verb", ["limit", "transfer"])
    def test_refused_forms_keep_what_was_typed(self, worker: Any, inspection: Inspection, verb: str) -> None:
        finding = make_finding(inspection)
        sent = {"words": "写好的话还在", "due_on": "2001-01-01", "department": "没有的部门"}
        response = worker.post(reverse(f"inspections:{verb}", args=[finding.pk]), sent)
        assert response.status_code == 422
        assert "写好的话还在" in response.content.decode()


class TestHazards:
    @pytest.mark.parametrize("view", ["open", "late", "mended", "transferred", "passed"])
    def test_lists_and_map(self, worker: Any, inspection: Inspection, view: str) -> None:
        make_finding(inspection)
        make_mended(make_finding(inspection, text="插座烧黑"))
        for page in ("hazards", "map"):
            assert worker.get(reverse(f"inspections:{page}"), {"view": view}).status_code == 200

    def test_points_only_what_can_be_placed(self, worker: Any, inspection: Inspection) -> None:
        finding = make_finding(inspection)
        url = reverse("inspections:points")
        assert worker.get(url).json()["features"] == []
        place = finding.place
        place.latitude, place.longitude = "34.770000", "113.680000"
        place.save()
        (feature,) = worker.get(url).json()["features"]
        assert feature["geometry"]["coordinates"] == [113.68, 34.77]

    def test_excel_masks_persons(self, worker: Any, inspection: Inspection) -> None:
        make_finding(inspection, responsible="样例店主", text="=1+1 插座烧黑")
        response = worker.get(reverse("inspections:export"))
        rows = list(load_workbook(BytesIO(response.content)).active.values)
        assert (rows[1][4], rows[1][8]) == ("=1+1 插座烧黑", "样***")

    def test_reads_as_often_for_many(self, worker: Any, inspection: Inspection, django_assert_max_num_queries: Any) -> None:
        for _number in range(6):
            make_finding(inspection)
        for name in ("hazards", "inspections"):
            with django_assert_max_num_queries(16):
                worker.get(reverse(f"inspections:{name}"))


def test_a_lecture_is_recorded(client: Any, office: Any) -> None:
    make_inspection()
    make_organization(office, "样例消防站")
    client.force_login(make_clerk(office), backend=BACKEND)
    sent = {
        "title": "灭火器怎么用",
        "form": "lecture",
        "place": first_community(office).pk,
        "organization": "样例消防站",
        "held_on": clock.today().isoformat(),
        "people": "30",
    }
    assert client.post(reverse("inspections:record_lecture"), sent).status_code == 302
    assert client.post(reverse("inspections:record_lecture"), sent).status_code == 422
    assert Lecture.objects.count() == 1
    assert "灭火器怎么用" in client.get(reverse("inspections:lectures")).content.decode()


def test_checklists_are_revised(client: Any, office: Any) -> None:
    client.force_login(make_clerk(office), backend=BACKEND)
    assert client.get(reverse("inspections:checklists")).status_code == 200
    url = reverse("inspections:revise", args=["gas"])
    assert "熄火保护" in client.get(url).content.decode()
    assert client.post(url, {"items": "看一眼软管"}).status_code == 302
    assert "第 1 版" in client.get(reverse("inspections:checklists")).content.decode()
