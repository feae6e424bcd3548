from datetime import timedelta
from typing import Any

from django.utils import timezone

from gongjian.kernel import clock
from gongjian.kernel.tests.matrix import Case
from gongjian.work.volunteering import services
from gongjian.work.volunteering.models import Post, Team
from gongjian.work.volunteering.services.rostering import propose_roster, solve_roster
from gongjian.work.volunteering.tests.factories import make_activity, make_shift, make_volunteer
from gongjian.work.volunteering.tests.record_factories import build_records
from tests.permissions.world import EVERYBODY, OFFICE, SIGNED_IN, STAFF

ORGANIZERS = frozenset({"office_clerk", "community_worker", "unit_liaison"})
ANY_ORGANIZER = ORGANIZERS | {"other_community_worker", "other_unit_liaison"}
VIEWERS = OFFICE | ORGANIZERS | {"auditor"}


def of(name: str, thing: str, allowed: Any, *, post: bool = False, data: Any = None) -> Case:
    return Case(
        f"volunteering:{name}",
        allowed=allowed,
        kwargs=lambda world: {"pk": world.things[thing].pk},
        method="post" if post else "get",
        data=data or (lambda world: {}),
    )


def both(name: str, thing: str, allowed: Any) -> list[Case]:
    return [of(name, thing, allowed), of(name, thing, allowed, post=True)]


def by_link(name: str, *, post: bool = True, pk: str = "") -> Case:
    def kwargs(world: Any) -> dict[str, Any]:
        token = {"token": world.things["volunteering_answer"].token}
        return token | ({"pk": world.things[pk].pk} if pk else {})

    return Case(f"volunteering:{name}", allowed=EVERYBODY, kwargs=kwargs, method="post" if post else "get")


def by_token(name: str) -> Case:
    return Case(f"volunteering:{name}", allowed=EVERYBODY, kwargs=lambda world: {"key": world.volunteering_certificate.token})


def in_roster(name: str, *, post: bool = True) -> Case:
    return Case(
        f"volunteering:{name}",
        allowed=ORGANIZERS,
        kwargs=lambda world: {"pk": world.volunteering_roster.pk, "shift": world.volunteering_later.pk},
        method="post" if post else "get",
        data=lambda world: {"seat": str(world.volunteering_volunteer.pk)} if post else {},
    )


MATRIX = [
    Case("volunteering:list", allowed=EVERYBODY),
    *(
        Case(
            "volunteering:call",
            allowed=EVERYBODY,
            kwargs=lambda world: {"token": world.volunteering_call.token},
            method=method,
        )
        for method in ("get", "post")
    ),
    Case("volunteering:sent", allowed=ANY_ORGANIZER, kwargs=lambda world: {"token": world.volunteering_call.token}),
    Case(
        "desk:sheet_upload",
        allowed=ANY_ORGANIZER,
        kwargs=lambda world: {"code": "volunteering.people"},
        data=lambda world: {"about": world.volunteering_call.token},
        label="people",
    ),
    Case("volunteering:mine", allowed=EVERYBODY),
    by_link("my", post=False),
    by_link("my_calendar", post=False),
    by_link("my_wishes", post=False),
    by_link("my_wishes"),
    by_link("my_withdraw"),
    by_link("my_consent"),
    by_link("stamp"),
    by_link("choose", pk="volunteering_shift"),
    by_link("leave", pk="volunteering_place"),
    by_link("swap", pk="volunteering_place"),
    by_link("take", pk="volunteering_offer"),
    *both("scan", "volunteering_shift", EVERYBODY),
    *both("at_post", "volunteering_post", EVERYBODY),
    Case("volunteering:day", allowed=STAFF),
    Case("volunteering:activities", allowed=STAFF),
    Case("volunteering:plan", allowed=ANY_ORGANIZER),
    Case("volunteering:plan", allowed=ANY_ORGANIZER, method="post"),
    of("activity", "volunteering_activity", VIEWERS),
    *both("edit", "volunteering_activity", ORGANIZERS),
    *both("shifts", "volunteering_activity", ORGANIZERS),
    *both("repeat", "volunteering_activity", ORGANIZERS),
    of("open", "volunteering_activity", ORGANIZERS, post=True),
    of("finish", "volunteering_activity", ORGANIZERS, post=True),
    of("cancel", "volunteering_activity", ORGANIZERS, post=True),
    *both("draft_call", "volunteering_activity", ORGANIZERS),
    of("activity_roster", "volunteering_activity", VIEWERS),
    *both("propose_roster", "volunteering_activity", ORGANIZERS),
    of("roster", "volunteering_roster", VIEWERS),
    of("mend_roster", "volunteering_roster", ORGANIZERS, post=True),
    of("adopt_roster", "volunteering_roster", ORGANIZERS, post=True),
    of("drop_roster", "volunteering_roster", ORGANIZERS, post=True),
    in_roster("roster_shift", post=False),
    in_roster("roster_put_in"),
    in_roster("roster_take_out"),
    in_roster("roster_fix"),
    Case("volunteering:my_record", allowed=SIGNED_IN),
    of("record", "volunteering_volunteer", VIEWERS),
    *both("draft_certificate", "volunteering_volunteer", ORGANIZERS),
    *both("ask_correction", "volunteering_attendance", ORGANIZERS | {"office_leader", "auditor"}),
    Case("volunteering:corrections", allowed=ANY_ORGANIZER),
    *both("correction", "volunteering_correction", ORGANIZERS),
    Case("volunteering:spot_checks", allowed=OFFICE | {"auditor"}),
    *(Case("volunteering:draw_spot_check", allowed={"office_clerk"}, method=method) for method in ("get", "post")),
    of("spot_check", "volunteering_spot_check", OFFICE | {"auditor"}),
    *(
        Case(
            "volunteering:spot_check_finding",
            allowed={"office_clerk"},
            kwargs=lambda world: {"pk": world.volunteering_spot_check.pk, "line": world.volunteering_spot_check_line.pk},
            method=method,
        )
        for method in ("get", "post")
    ),
    Case("volunteering:stars", allowed={"office_clerk"}),
    Case("volunteering:stars", allowed={"office_clerk"}, method="post"),
    Case("volunteering:certificates", allowed=STAFF),
    Case("volunteering:export_certificates", allowed=STAFF),
    of("manage_certificate", "volunteering_certificate", OFFICE | {"auditor", "community_worker"}),
    of("issue_certificate", "volunteering_certificate", {"office_clerk", "community_worker"}, post=True),
    *both("end_certificate", "volunteering_certificate", {"office_clerk", "community_worker"}),
    of("own_certificate_pdf", "volunteering_certificate", OFFICE | {"auditor", "community_worker"}),
    Case("volunteering:published_certificates", allowed=EVERYBODY),
    Case("volunteering:verify_certificate", allowed=EVERYBODY),
    by_token("certificate"),
    by_token("certificate_proof"),
    by_token("certificate_pdf"),
    of("attendance", "volunteering_activity", VIEWERS),
    of("credit", "volunteering_activity", ORGANIZERS, post=True),
    of("answers", "volunteering_call", VIEWERS),
    *both("edit_call", "volunteering_call", ORGANIZERS),
    of("open_call", "volunteering_call", ORGANIZERS, post=True),
    of("close_call", "volunteering_call", ORGANIZERS, post=True),
    of("decide_answer", "volunteering_answer", ORGANIZERS, post=True),
    of("shift", "volunteering_shift", VIEWERS),
    of("tick", "volunteering_shift", ORGANIZERS, post=True, data=lambda world: {"volunteer": world.volunteering_volunteer.pk}),
    of("add", "volunteering_shift", ORGANIZERS, post=True),
    *both("change_shift", "volunteering_shift", ORGANIZERS),
    of("cancel_shift", "volunteering_shift", ORGANIZERS, post=True),
    *both("enter_hours", "volunteering_shift", ORGANIZERS),
    of("code", "volunteering_shift", ORGANIZERS),
    of("sheet", "volunteering_shift", VIEWERS),
    of("poster", "volunteering_post", ORGANIZERS),
    of("decide_place", "volunteering_place", ORGANIZERS, post=True),
    of("remove", "volunteering_place", ORGANIZERS, post=True),
    Case("volunteering:waiting", allowed=ANY_ORGANIZER),
    Case("volunteering:confirm", allowed=ANY_ORGANIZER, method="post"),
    *both("refuse", "volunteering_attendance", ORGANIZERS),
    *both("correct", "volunteering_attendance", ORGANIZERS),
    Case("volunteering:volunteers", allowed=STAFF),
    of("volunteer", "volunteering_volunteer", VIEWERS),
    *both("describe", "volunteering_volunteer", ORGANIZERS),
    Case("volunteering:teams", allowed=STAFF),
    Case("volunteering:found_teams", allowed={"office_clerk"}),
    Case("volunteering:found_teams", allowed={"office_clerk"}, method="post"),
    of("team", "volunteering_team", STAFF),
    of(
        "join_team",
        "volunteering_team",
        {"office_clerk", "unit_liaison"},
        post=True,
        data=lambda world: {"volunteer": world.volunteering_volunteer.pk},
    ),
    of("leave_team", "volunteering_membership", {"office_clerk", "unit_liaison"}, post=True),
]


def _call(world: Any) -> dict[str, Any]:
    return {"token": world.volunteering_call.token}


READ, WRITE = "volunteering:read", "volunteering:write"
MATRIX += [
    Case("api:list_calls", allowed=SIGNED_IN, token=READ),
    Case("api:get_call", allowed=SIGNED_IN, token=READ, kwargs=_call),
    Case("api:list_shifts", allowed=SIGNED_IN, token=READ, kwargs=_call),
    Case("api:list_answers", allowed=ANY_ORGANIZER, token=READ, kwargs=_call),
    Case(
        "api:answer_call",
        method="post",
        allowed={"office_clerk", "unit_liaison"},
        token=WRITE,
        kwargs=_call,
        data=lambda world: {"organization": world.organization.pk, "name": "王样例", "phone": "13800000001"},
    ),
    Case("api:list_hours", allowed=STAFF, token=READ),
    *(
        Case(
            f"api:{name}",
            method="post",
            allowed=ORGANIZERS,
            token=WRITE,
            kwargs=lambda world: {"pk": world.volunteering_shift.pk},
            data=lambda world: {"volunteers": [world.volunteering_volunteer.number]},
        )
        for name in ("tick_in", "tick_out")
    ),
    Case("api:confirm_hours", method="post", allowed=ANY_ORGANIZER, token=WRITE, data=lambda world: {"hours": [0]}),
    Case(
        "api:verify_service_certificate",
        allowed=SIGNED_IN,
        token=READ,
        kwargs=lambda world: {"key": world.volunteering_certificate.number},
    ),
]


def build(world: Any) -> None:
    """An activity of `world.organization` in `world.community`, with a call, a shift going on, and one volunteer on duty."""
    clerk, now = world.accounts["office_clerk"], clock.now()
    activity = make_activity(world.office, clerk=clerk, organization=world.organization, place=world.community)
    volunteer = make_volunteer(world.office, person=None)
    volunteer.person.organization, volunteer.person.community = world.organization, world.community
    volunteer.person.save()
    shift = make_shift(activity, now - timedelta(hours=1), hours=6, post="东门", most=5)
    later = make_shift(activity, now + timedelta(days=3), hours=4, post="东门", most=5)
    call = services.draft_call(
        clerk, activity=activity, title="样例招募令", text="样例", closes_at=now + timedelta(days=1), mode="choose"
    )
    call = services.open_call(clerk, call=call)
    answer = services.answer_call(None, call=call, volunteer=volunteer)
    services.assign(clerk, shift=shift, volunteers=[volunteer])
    place, other = services.assign(clerk, shift=later, volunteers=[volunteer, make_volunteer(world.office)])
    attendance = services.tick_in(clerk, shift=shift, volunteers=[volunteer])[0]
    team = services.found_teams(
        clerk, parent=world.organization, names=[f"样例{world.organization.pk}服务队"], field="community"
    )[0]
    membership = services.join_team(clerk, team=team, volunteer=volunteer)
    day = timezone.localdate(later.begins)
    roster = propose_roster(clerk, activity=activity, first=day, last=day, seconds=1)
    solve_roster(roster=roster)
    world.things |= {
        "volunteering_roster": roster,
        **build_records(world, clerk, volunteer),
        "volunteering_later": later,
        "volunteering_activity": activity,
        "volunteering_volunteer": volunteer,
        "volunteering_shift": shift,
        "volunteering_call": call,
        "volunteering_answer": answer,
        "volunteering_place": place,
        "volunteering_offer": services.offer_swap(None, assignment=other),
        "volunteering_attendance": attendance,
        "volunteering_post": Post.objects.get(activity=activity),
        "volunteering_team": Team.objects.get(pk=team.pk),
        "volunteering_membership": membership,
    }
