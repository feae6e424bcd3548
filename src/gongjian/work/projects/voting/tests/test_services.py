from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.db.utils import DatabaseError

from gongjian.kernel import clock
from gongjian.kernel.errors import Conflict, Invalid, InvalidMany, NotAllowed
from gongjian.ledger.tests.factories import image_file
from gongjian.registry.models import Role
from gongjian.registry.tests.factories import make_account, make_community
from gongjian.work.projects.tests.factories import Cast, make_project
from gongjian.work.projects.voting import services
from gongjian.work.projects.voting.models import Ballot, Flat, Owner, Proxy, Vote
from gongjian.work.projects.voting.selectors.ballots import current_ballots, unchecked
from gongjian.work.projects.voting.selectors.counting import count_vote
from gongjian.work.projects.voting.tests.factories import (
    STRANGER,
    cast_paper,
    entry,
    flat_of,
    make_locked,
    make_open,
    make_vote,
    voice,
)


def after(vote: Vote, **span: int):
    return clock.set_to(vote.closes_at + timedelta(**span))


class TestPrepare:
    def test_the_closing_comes_after_the_opening(self, cast: Cast) -> None:
        with pytest.raises(Invalid, match="截止要晚于开始"):
            make_vote(cast, closes_at=clock.now())

    def test_nobody_prepares_in_another_community(self, cast: Cast) -> None:
        elsewhere = make_project(cast, place=make_community(cast.office))
        with pytest.raises(NotAllowed):
            make_vote(cast, project=elsewhere)
        with pytest.raises(Invalid, match="项目所在的地方"):
            services.prepare_vote(
                cast.clerk,
                project=elsewhere,
                place=cast.community,
                title="2单元加装电梯",
                organizer="业委会（样例）",
                opens_at=clock.now(),
                closes_at=clock.now() + timedelta(days=1),
                motion="同意加装",
                kind="alteration",
            )

    def test_the_same_flat_is_on_the_roll_once(self, cast: Cast) -> None:
        vote = make_vote(cast)
        services.add_flats(cast.worker, vote=vote, entries=[entry("101")])
        with pytest.raises(Conflict, match="101"):
            services.add_flats(cast.worker, vote=vote, entries=[entry("102"), entry("101", "90")])
        assert Flat.objects.count() == Owner.objects.count() == 1

    def test_a_roll_without_flats_is_not_opened(self, cast: Cast) -> None:
        with pytest.raises(InvalidMany):
            services.open_vote(cast.worker, vote=make_vote(cast))

    def test_an_opened_roll_stands_still_in_the_database_too(self, cast: Cast) -> None:
        vote = make_open(cast)
        with pytest.raises(Conflict, match="不能再改"):
            services.add_flats(cast.worker, vote=vote, entries=[entry("9")])
        with pytest.raises(DatabaseError, match="stands still"), transaction.atomic():
            Flat.objects.filter(vote=vote).update(register_area=1)
        with pytest.raises(DatabaseError, match="stands still"), transaction.atomic():
            Owner.objects.create(vote=vote, name="后来的")

    def test_a_cleared_roll_can_come_in_again(self, cast: Cast) -> None:
        vote = make_vote(cast)
        services.add_flats(cast.worker, vote=vote, entries=[entry("101")])
        services.clear_roll(cast.worker, vote=vote)
        assert services.add_flats(cast.worker, vote=vote, entries=[entry("101", "90")]) == 1


class TestCast:
    def test_once_for_each_flat_and_motion(self, cast: Cast) -> None:
        flat = flat_of(make_open(cast), "1")
        cast_paper(cast, flat)
        with pytest.raises(Conflict, match="已经投过"):
            cast_paper(cast, flat, "against", seen=0)
        assert Ballot.objects.get().choice == "agree"
        twin = Ballot.objects.get()
        twin.pk = None
        with pytest.raises(IntegrityError), transaction.atomic():
            twin.save()

    def test_a_change_is_a_new_version_and_the_old_one_stays(self, cast: Cast) -> None:
        vote = make_open(cast)
        flat = flat_of(vote, "1")
        cast_paper(cast, flat)
        services.cast_online(STRANGER, flat=flat, voice=voice(flat, "against"))
        assert list(Ballot.objects.order_by("version").values_list("version", "choice")) == [(1, "agree"), (2, "against")]
        ((_motion, result),) = count_vote(vote)
        assert {str(choice): weight.heads for choice, weight in result.choices.items()} == {
            "agree": 0,
            "against": 1,
            "abstain": 0,
        }

    def test_what_was_cast_is_never_changed(self, cast: Cast) -> None:
        cast_paper(cast, flat_of(make_open(cast), "1"))
        with pytest.raises(DatabaseError), transaction.atomic():
            Ballot.objects.update(choice="against")
        with pytest.raises(DatabaseError), transaction.atomic():
            Ballot.objects.all().delete()

    def test_after_the_closing_nothing_is_taken(self, cast: Cast) -> None:
        vote = make_open(cast)
        flat = flat_of(vote, "1")
        with after(vote, minutes=1):
            with pytest.raises(Invalid, match="截止以后的票不算"):
                services.cast_online(STRANGER, flat=flat, voice=voice(flat))
            with pytest.raises(Invalid, match="截止以后的票不算"):
                cast_paper(cast, flat)
            cast_paper(cast, flat, cast_at=vote.closes_at - timedelta(hours=1))  # lay in the box in time
        assert Ballot.objects.count() == 1

    def test_nor_does_the_database_take_it(self, cast: Cast) -> None:
        vote = make_open(cast)
        (known,) = cast_paper(cast, flat_of(vote, "1"))
        known.pk, known.version, known.cast_at = None, 2, vote.closes_at + timedelta(seconds=1)
        with pytest.raises(DatabaseError, match="outside its time"), transaction.atomic():
            known.save()

    def test_every_motion_needs_a_choice_and_an_owner_of_the_flat(self, cast: Cast) -> None:
        vote = make_open(cast)
        flat = flat_of(vote, "1")
        with pytest.raises(Invalid, match="每一项都要选"):
            cast_paper(cast, flat, "perhaps")
        with pytest.raises(Invalid, match="没有这位业主"):
            services.cast_online(STRANGER, flat=flat, voice=voice(flat_of(vote, "2")))
        assert not Ballot.objects.exists()

    def test_nobody_signs_in_the_future(self, cast: Cast) -> None:
        with pytest.raises(Invalid, match="还没有到"):
            cast_paper(cast, flat_of(make_open(cast), "1"), cast_at=clock.now() + timedelta(hours=1))

    def test_paper_is_kept_as_a_photo(self, cast: Cast) -> None:
        (ballot,) = cast_paper(cast, flat_of(make_open(cast), "1"), scan=image_file())
        assert ballot.scan is not None
        assert not ballot.scan.public

    def test_joint_owners_who_differ_are_counted_for_nobody(self, cast: Cast) -> None:
        vote = make_open(cast, [entry("1", "80", "甲", "乙"), entry("2")])
        flat = flat_of(vote, "1")
        cast_paper(cast, flat, "agree", owner="甲")
        cast_paper(cast, flat, "against", owner="乙")
        ((_motion, result),) = count_vote(vote)
        assert len(result.split) == 1
        assert result.taking_part.heads == 0

    def test_the_developer_speaks_for_what_was_not_sold(self, cast: Cast) -> None:
        vote = make_open(cast, [entry("1"), entry("2", developer=True), entry("3", developer=True)])
        cast_paper(cast, flat_of(vote, "2"), "against")
        ((_motion, result),) = count_vote(vote)
        assert (result.taking_part.heads, result.taking_part.area) == (1, 160)


class TestCheck:
    def test_whoever_entered_it_does_not_check_it(self, cast: Cast) -> None:
        vote = make_open(cast)
        flat = flat_of(vote, "1")
        cast_paper(cast, flat)
        with pytest.raises(Conflict, match="另一个人"):
            services.check_ballots(cast.worker, flat=flat)
        assert services.check_ballots(cast.clerk, flat=flat) == 1
        assert services.check_ballots(cast.clerk, flat=flat) == 0
        assert current_ballots(flat)[vote.motions.get().pk].checked_by == cast.clerk

    def test_a_version_that_was_replaced_needs_no_check(self, cast: Cast) -> None:
        vote = make_open(cast)
        flat = flat_of(vote, "1")
        cast_paper(cast, flat)
        services.cast_online(STRANGER, flat=flat, voice=voice(flat))
        assert not unchecked(vote).exists()


class TestProxies:
    def proxy(self, cast: Cast, vote: Vote) -> Proxy:
        owner = Owner.objects.get(vote=vote, name="业主1")
        return services.record_proxy(cast.worker, vote=vote, owner=owner, name="代投样例", given_at=clock.now())

    def test_a_proxy_casts_for_the_owner(self, cast: Cast) -> None:
        vote = make_open(cast)
        cast_paper(cast, flat_of(vote, "1"), proxy=self.proxy(cast, vote))
        ((_motion, result),) = count_vote(vote)
        assert (result.taking_part.heads, list(result.not_counted)) == (1, [])

    def test_revoked_it_casts_no_more_and_nothing_is_changed(self, cast: Cast) -> None:
        vote = make_open(cast)
        proxy = services.revoke_proxy(cast.worker, proxy=self.proxy(cast, vote))
        with pytest.raises(Invalid, match="已经撤回委托"):
            cast_paper(cast, flat_of(vote, "1"), proxy=proxy)
        assert not Ballot.objects.exists()
        with pytest.raises(Conflict, match="已经撤回"):
            services.revoke_proxy(cast.worker, proxy=proxy)

    def test_what_was_cast_before_the_revocation_counts(self, cast: Cast) -> None:
        vote = make_open(cast)
        proxy = self.proxy(cast, vote)
        cast_paper(cast, flat_of(vote, "1"), proxy=proxy)
        services.revoke_proxy(cast.worker, proxy=proxy)
        ((_motion, result),) = count_vote(vote)
        assert result.taking_part.heads == 1

    def test_one_at_a_time_and_of_ones_own(self, cast: Cast) -> None:
        vote = make_open(cast)
        proxy = self.proxy(cast, vote)
        with pytest.raises(Conflict, match="已经委托了别人"):
            self.proxy(cast, vote)
        with pytest.raises(Invalid, match="不是这位业主写的"):
            cast_paper(cast, flat_of(vote, "2"), proxy=proxy)


class TestLock:
    def test_the_count_is_kept_and_no_ballot_comes_any_more(self, cast: Cast) -> None:
        vote = make_locked(cast, agree=3)
        motion = vote.motions.get()
        assert motion.passed
        assert motion.counted["rule"]["code"] == "civil-code-278"
        assert motion.counted["tests"][0]["area"]["part"] == "240"
        flat = flat_of(vote, "4")
        with pytest.raises(Conflict, match="没有在进行"):
            cast_paper(cast, flat, cast_at=vote.opens_at)

    def test_not_before_the_time_is_over(self, cast: Cast) -> None:
        with pytest.raises(Conflict, match="还没有到截止时间"):
            services.lock_vote(cast.clerk, vote=make_open(cast))

    def test_not_while_paper_is_unchecked(self, cast: Cast) -> None:
        vote = make_open(cast)
        cast_paper(cast, flat_of(vote, "1"))
        with after(vote, hours=1):
            with pytest.raises(Conflict, match="没有第二个人复核"):
                services.lock_vote(cast.clerk, vote=vote)
            services.check_ballots(cast.clerk, flat=flat_of(vote, "1"))
            assert services.lock_vote(cast.clerk, vote=vote).state == "locked"

    def test_before_2021_the_old_law_decides(self, cast: Cast) -> None:
        with clock.set_to(clock.now().replace(year=2020, month=8, day=1)):
            vote = make_locked(cast, agree=3)
        assert vote.motions.get().counted["rule"]["code"] == "property-law-76"


class TestObjections:
    def test_received_answered_and_then_final(self, cast: Cast) -> None:
        vote = make_locked(cast)
        with after(vote, days=1):
            objection = services.object_by_link(STRANGER, flat=flat_of(vote, "1"), text="我家的面积算错了")
            services.record_objection(cast.worker, vote=vote, text="不同意公示的结果")
        with after(vote, days=20):
            with pytest.raises(Conflict, match="没有答复"):
                services.finish_vote(cast.clerk, vote=vote)
            for one in vote.objections.all():
                services.answer_objection(cast.clerk, objection=one, upheld=False, answer="核对过登记簿，没有错。")
            with pytest.raises(Conflict, match="已经答复"):
                services.answer_objection(cast.clerk, objection=objection, upheld=True, answer="再答一次")
            assert services.finish_vote(cast.clerk, vote=vote).state == "final"

    def test_an_upheld_one_ends_the_vote(self, cast: Cast) -> None:
        vote = make_locked(cast)
        with after(vote, days=1):
            objection = services.record_objection(cast.worker, vote=vote, text="漏了一户")
            services.answer_objection(cast.clerk, objection=objection, upheld=True, answer="确实漏了。")
        with after(vote, days=20):
            with pytest.raises(Conflict, match="异议成立"):
                services.finish_vote(cast.clerk, vote=vote)
            assert services.cancel_vote(cast.clerk, vote=vote, reason="名册漏了一户").state == "cancelled"

    def test_not_outside_the_time_for_them(self, cast: Cast) -> None:
        vote = make_open(cast)
        with pytest.raises(Conflict, match="不在公示期"):
            services.record_objection(cast.worker, vote=vote, text="太早了")
        locked = make_locked(cast)
        with after(locked, days=17), pytest.raises(Conflict, match="不在公示期"):
            services.record_objection(cast.worker, vote=locked, text="太晚了")
        with after(locked, days=2), pytest.raises(Conflict, match="没有满期"):
            services.finish_vote(cast.clerk, vote=locked)


def test_a_worker_of_another_community_keeps_no_vote_of_this_one(cast: Cast) -> None:
    vote = make_open(cast)
    stranger = make_account(cast.office, Role.COMMUNITY_WORKER, community=make_community(cast.office))
    with pytest.raises(NotAllowed):
        services.enter_paper(stranger, flat=flat_of(vote, "1"), voice=voice(flat_of(vote, "1")), cast_at=clock.now())
    with pytest.raises(NotAllowed):
        services.cancel_vote(stranger, vote=vote, reason="不相干的人")
