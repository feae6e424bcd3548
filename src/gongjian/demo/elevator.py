"""The elevator of 2020: owners vote, share the cost, and it runs."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from typing import Any

from django.contrib.auth.models import AnonymousUser

from gongjian.demo.confirming import Event, confirm, evidence_of
from gongjian.demo.facts import Facts, moment, read
from gongjian.demo.pictures import draw_sample
from gongjian.demo.vacating import opened_project
from gongjian.kernel import clock
from gongjian.ledger.models import Deed, Level
from gongjian.ledger.services import take_in_evidence
from gongjian.registry.models import Account
from gongjian.registry.selectors import find_organization
from gongjian.work.projects.elevators import services as elevators
from gongjian.work.projects.elevators.models import CoefficientTable, Retrofit
from gongjian.work.projects.elevators.template import RUNNING
from gongjian.work.projects.voting import services as voting
from gongjian.work.projects.voting.models import Ballot, Flat, Vote

COLUMNS = ("number", "floor", "area", "owners", "choice", "means")


def retrofitted_in_the_year(organizations: dict[str, Facts]) -> Iterator[Event]:
    facts = read("votes")
    organization = organizations[facts["doer"]]
    facts |= {"name": organization["name"], "liaison": organization["liaison"]}
    flats = [dict(zip(COLUMNS, row, strict=True)) for row in facts["flats"]]
    closed = moment(facts["closes"], 20)
    yield Event(moment(facts["opened"]), partial(_open, facts))
    yield Event(moment(facts["opens"], 7), partial(_prepare, facts, flats))
    for at, flat in enumerate(flats):
        yield Event(moment(facts["opens"], 10) + timedelta(days=1 + at), partial(_cast, facts, flat))
    yield Event(closed + timedelta(hours=14), partial(_lock, facts))
    yield Event(closed + timedelta(days=4), partial(_object, facts))
    yield Event(moment("2020-06-22"), partial(_finish, facts))
    yield Event(moment(facts["agreed"]), partial(_agree, facts))
    for code, on, note in facts["steps"]:
        yield Event(moment(on, 17), partial(_step, facts, code, on, note))
    last = moment(facts["steps"][-1][1], 17)
    yield Event(last + timedelta(days=3), partial(_confirm, facts, facts["worker"], Level.COMMUNITY))
    yield Event(last + timedelta(days=6), partial(_confirm, facts, "clerk", Level.THIRD_PARTY))


def _account(username: str) -> Account:
    return Account.objects.get(username=username)


def _open(facts: Facts) -> None:
    project = opened_project(facts, "elevator")
    if not project.retrofits.exists():
        elevators.load_shipped_tables(_account("clerk"))
        unit = find_organization(facts["name"])
        assert unit is not None
        elevators.open_retrofit(
            _account(facts["worker"]), project=project, organization=unit, title=facts["retrofit"], place=project.place
        )


def _prepare(facts: Facts, flats: list[Facts]) -> None:
    if Vote.objects.filter(title=facts["vote"]).exists():
        return
    worker, project = _account(facts["worker"]), opened_project(facts, "elevator")
    vote = voting.prepare_vote(
        worker,
        project=project,
        place=project.place,
        title=facts["vote"],
        organizer=facts["organizer"],
        opens_at=moment(facts["opens"], 8),
        closes_at=moment(facts["closes"], 20),
        motion="同意在2单元加装电梯，费用按楼层系数和面积分摊",
        kind="alteration",
    )
    voting.add_flats(worker, vote=vote, entries=[_entry(flat) for flat in flats])
    voting.open_vote(worker, vote=vote)


def _entry(flat: Facts) -> voting.Entry:
    owners = [(name, "") for name in flat["owners"].split("、")]
    return voting.Entry(flat["number"], {"register": Decimal(flat["area"])}, owners, flat["floor"])


def _vote(facts: Facts) -> Vote:
    return Vote.objects.select_related("place").get(title=facts["vote"])


def _cast(facts: Facts, told: Facts) -> None:
    """On paper, by the worker and checked by the clerk; or by whoever holds the slip."""
    flat = Flat.objects.select_related("vote__place").get(vote=_vote(facts), number=told["number"])
    if Ballot.objects.filter(flat=flat).exists():
        return
    choices = {motion.pk: told["choice"] for motion in flat.vote.motions.all()}
    voice = voting.Voice(choices, flat.owners.order_by("pk").first(), {})
    if told["means"] == "online":
        voting.cast_online(AnonymousUser(), flat=flat, voice=voice)
        return
    voting.enter_paper(_account(facts["worker"]), flat=flat, voice=voice, cast_at=moment(facts["opens"], 9))
    voting.check_ballots(_account("clerk"), flat=flat)


def _lock(facts: Facts) -> None:
    if _vote(facts).state == Vote.State.OPEN:
        voting.lock_vote(_account("clerk"), vote=_vote(facts))


def _object(facts: Facts) -> None:
    vote = _vote(facts)
    if not vote.objections.exists():
        objection = voting.record_objection(_account(facts["worker"]), vote=vote, text=facts["objection"])
        voting.answer_objection(_account("clerk"), objection=objection, upheld=False, answer=facts["answer"])


def _finish(facts: Facts) -> None:
    if _vote(facts).state == Vote.State.LOCKED:
        voting.finish_vote(_account("clerk"), vote=_vote(facts))
    retrofit = _retrofit(facts)
    if retrofit.total is None:
        table, total = CoefficientTable.objects.get(is_sample=True), Decimal(facts["total"])
        elevators.set_costs(_account(facts["worker"]), retrofit=retrofit, vote=_vote(facts), table=table, total=total)


def _retrofit(facts: Facts) -> Retrofit:
    return Retrofit.objects.select_related("place", "organization").get(title=facts["retrofit"])


def _agree(facts: Facts) -> None:
    retrofit, worker = _retrofit(facts), _account(facts["worker"])
    if retrofit.state != Retrofit.State.PLANNED:
        return
    picture = draw_sample("elevator-agreement", title="分摊协议", subtitle=facts["agreed"], taken=clock.now())
    copy = take_in_evidence(worker, file=picture, caption="签好的分摊协议（样例）")
    elevators.agree_with(worker, retrofit=retrofit, agreed_on=date.fromisoformat(facts["agreed"]), agreement=copy)


def _step(facts: Facts, code: str, on: str, note: str) -> None:
    retrofit, actor = _retrofit(facts), _account(facts["liaison"])
    if retrofit.steps.filter(code=code).exists():
        return
    evidence = [evidence_of(actor, _shown(facts, on), "现场")] if code == RUNNING else []
    elevators.do_step_with(actor, retrofit=retrofit, code=code, done_on=date.fromisoformat(on), note=note, evidence=evidence)


def _shown(facts: Facts, on: str) -> Facts:
    return {"key": f"elevator-{on}", "statement": facts["retrofit"], "recorded": on, "third": facts["third"]}


def _confirm(facts: Facts, username: str, level: Level) -> Any:
    found = Deed.objects.select_related("place", "organization")
    deed = found.get(source_room="elevators", kind="elevator-installed")
    confirm(_shown(facts, "2020-10-29"), deed, username, level)
