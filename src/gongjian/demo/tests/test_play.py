"""The demo neighborhood plays 2020 through the services, and the page comes out with the figures that it comes from."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.db import transaction
from django.db.models import Sum
from django.urls import reverse
from django_scopes import scope

from gongjian.chronicle.selectors import newspaper
from gongjian.honors.models import Certificate
from gongjian.kernel import clock
from gongjian.kernel.models import AuditEntry
from gongjian.ledger.models import Deed
from gongjian.ledger.sealing.verifier import verify
from gongjian.registry.models import Office
from gongjian.work.care.models import Pairing, Visit
from gongjian.work.cobuilding.models import Claim, MatchingRun, Need
from gongjian.work.inspections.models import Finding, Inspection
from gongjian.work.projects.elevators.models import Retrofit
from gongjian.work.projects.models import Project, Task
from gongjian.work.projects.settling.models import Settlement
from gongjian.work.projects.voting.models import Vote
from gongjian.work.ratings.models import Round, Scheme
from gongjian.work.ratings.selectors.rounds import table
from gongjian.work.volunteering.models import Roster
from gongjian.work.whistles.models import Whistle

FIGURES = {
    "河南省国防科工委": ["16家", "近2万元"],
    "河南省供销社": ["1台", "2台", "500平方米"],
    "河南省政协办公厅": ["106名", "2600余小时", "3名"],
    "中国建设银行股份有限公司河南省分行": ["2020年7月30日", "620平方米"],
    "丰乐园轻易酒店": ["200平方米", "60余万元", "2户"],
}
TOLD = ("文化石碑", "普法宣传", "暖气", "书吧", "三免两减", "临时党支部", "首次召开", "百岁生日", "违章建筑", "结算租金")


@pytest.fixture(scope="module")
def printed(django_db_setup, django_db_blocker):
    """What the command printed; played once for all tests of this module, each of which undoes its own changes."""
    said = StringIO()
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("demo", stdout=said)
        yield said.getvalue()
        transaction.set_rollback(True)


@pytest.fixture
def played(printed, db):
    with scope(office=Office.objects.get()):
        yield printed


def test_2020_is_played_through_and_told_with_all_its_figures(played, client):
    page = newspaper("2020")
    told = {block.facts["name"]: [p.text for s in block.sentences for p in s] for block in page.blocks}
    assert len(told) == 8
    for organization, figures in FIGURES.items():
        assert set(figures) <= set(told[organization]), organization
    words = "".join(text for texts in told.values() for text in texts)
    assert not [word for word in TOLD if word not in words]

    assert Roster.objects.get(activity__title="下沉社区防疫值守").state == Roster.State.ADOPTED
    assert page.counts["confirmed"] == page.counts["deeds"]
    assert page.campaign.basis_is_sample
    assert verify().fault is None
    assert Certificate.objects.exclude(sha256="").count() == 12
    assert f"honor  表彰专版  http://127.0.0.1:8000{reverse('chronicle:honor_page', args=['2020'])}" in played
    assert client.get(reverse("chronicle:honor_page", args=["2020"])).status_code == 200

    deeds, entries = Deed.objects.count(), AuditEntry.objects.count()
    call_command("demo", stdout=StringIO())
    assert (Deed.objects.count(), AuditEntry.objects.count()) == (deeds, entries)


def test_every_deed_was_declared_by_one_and_confirmed_by_another(played):
    for deed in Deed.objects.filter(source_room="demo").prefetch_related("confirmations"):
        confirmations = list(deed.confirmations.all())
        assert confirmations
        assert deed.recorded_by_id not in {confirmation.by_id for confirmation in confirmations}
        assert deed.recorded_at.year == 2020


def test_compounds_are_rated_and_their_stars_became_deeds(played):
    rated = Round.objects.get(title="2020 年度星级楼院")
    stars = {str(row.candidate): row.sheet.rank.stars for row in table(rated)}
    assert (rated.state, stars) == ("published", {"纬五路12号院": 4, "老干部休养所北院区": 3, "花园路75号院": 0})
    assert Deed.objects.filter(source_room="ratings", kind="stars-won").count() == 2
    assert Round.objects.exclude(pk=rated.pk).get().state == "assessing"
    assert Scheme.objects.filter(is_example=True).count() == 3


def test_a_month_of_whistles_has_come_to_every_state(played):
    states = set(Whistle.objects.values_list("state", flat=True))
    assert states >= {"draft", "pending", "blown", "triaged", "dispatched", "returned", "accepted", "on_site", "handled"}
    assert states >= {"reported", "verified", "rated", "closed", "merged", "not_accepted", "withdrawn"}
    assert Whistle.objects.filter(suspended=True).exists()
    assert Whistle.objects.filter(round=2).exists()
    assert Whistle.objects.exclude(color=0).exists()
    assert Whistle.objects.values("community").distinct().count() == 10


def test_the_floor_of_2020_was_given_by_the_agreement_and_once(played):
    floor = Deed.objects.get(kind="space-area", quantity=620)
    assert floor.source_room == "cobuilding"
    assert floor.confirmations.count() == 2
    assert Deed.objects.get(source_room="cobuilding", kind="agreement", occurred_from="2020-07-30").confirmations.exists()


def test_the_three_lists_reach_over_all_communities_and_states(played):
    assert Need.objects.values("place").distinct().count() == 10
    states = set(Claim.objects.values_list("state", flat=True))
    assert states == {"proposed", "agreed", "under_way", "accepted", "rated", "done", "lapsed"}
    run = MatchingRun.objects.get()
    assert run.state == "done"
    assert run.suggestions.exists()
    assert run.unmatched.exists()


def test_sixteen_shopfronts_were_settled_signed_and_paid(played):
    found = Settlement.objects.filter(state="closed")
    assert found.count() == 16
    assert found.aggregate(sum=Sum("deposit"))["sum"] == 19_640
    assert all(one.signature_id and sum(p.amount for p in one.payments.all()) == abs(one.net) for one in found)
    deposits = Deed.objects.get(source_room="settling", kind="deposit-returned")
    assert (deposits.quantity, deposits.approximation) == (20_000, "nearly")
    assert Deed.objects.get(source_room="settling", kind="shops-vacated").quantity == 16


def test_the_first_elevator_was_voted_for_and_shared_to_the_cent(played):
    vote = Vote.objects.get()
    motion = vote.motions.get()
    assert (vote.state, motion.passed, motion.counted["rule"]["code"]) == ("final", True, "property-law-76")
    retrofit = Retrofit.objects.get()
    assert retrofit.state == "running"
    assert retrofit.shares.aggregate(sum=Sum("amount"))["sum"] == retrofit.total
    assert Deed.objects.get(kind="elevator-installed").confirmations.count() == 2


def test_elders_are_visited_by_the_room_and_the_page_keeps_its_figures(played):
    paired = Deed.objects.get(source_room="care", kind="elders-paired")
    assert (paired.quantity, paired.organization.name) == (3, "河南省政协办公厅")
    year = Deed.objects.filter(source_room="care", occurred_to__year=2020)
    assert [int(deed.quantity) for deed in year.filter(kind="visit")] == [48]
    assert year.filter(kind="visit-kept").count() == 1
    assert Pairing.objects.filter(state="active").count() == 3
    assert Visit.objects.filter(at__year__gt=2020).count() > 60
    assert not Deed.objects.filter(source_room="demo", kind__in=["visit", "visit-kept", "elders-paired"]).exists()
    unusual = Visit.objects.get(referred=True)
    assert Whistle.objects.get(external_number=unusual.referral_key).state == "blown"


def test_hazards_of_the_last_weeks_are_in_every_state(played):
    assert set(Finding.objects.values_list("state", flat=True)) == {"open", "mended", "passed", "transferred"}
    assert Finding.objects.filter(state="open", due_on__lt=clock.today()).exists()
    checked = Deed.objects.filter(source_room="inspections", kind="joint-inspection", occurred_to__year=2020)
    assert checked.get(organization__name="河南省直属机关老干部休养所").confirmations.exists()
    assert Deed.objects.filter(source_room="inspections", kind="fire-lecture").count() == 1
    assert Inspection.objects.filter(state="planned", planned_for__gt=clock.today()).exists()


def test_works_owners_and_meetings_of_2020_come_from_their_projects(played):
    kinds = {"renovation-project", "party-branch", "progress-meetings", "reception-day", "consultation", "owners-committee"}
    kinds |= {"task-ledger", "area-removed", "renovation-funds", "tenants-persuaded", "shopfront-standard"}
    deeds = Deed.objects.filter(kind__in=kinds, recorded_at__year=2020)
    assert set(deeds.values_list("source_room", flat=True)) == {"projects"}
    assert deeds.count() == len(kinds)
    assert all(deed.confirmations.exists() for deed in deeds)
    assert Project.objects.get(title="纬五路12号院改造").party_branch is not None
    assert Task.objects.filter(project__state="under_way", due_on__lt=clock.today()).exclude(state="done").exists()
