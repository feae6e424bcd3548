"""Projects: the works, owners and meetings of 2020, from which the page's deeds come, and a project of these days."""

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from gongjian.demo.confirming import Event, confirm, evidence_of, within_the_day
from gongjian.demo.facts import Facts, moment, read
from gongjian.kernel import clock
from gongjian.ledger.models import Deed, DeedKind, Level
from gongjian.registry.models import Account, Organization, PartyOrganization, Place
from gongjian.registry.selectors import find_organization
from gongjian.work.projects import services
from gongjian.work.projects.deeds import Told
from gongjian.work.projects.models import Meeting, Milestone, Programme, Project, Task

VENUE = "社区活动室"
BEFORE = timedelta(days=10)


def built_in_the_year(organizations: dict[str, Facts]) -> Iterator[Event]:
    """Of every project, in the order in which it was written; the year puts all of them in the order of time."""
    told = read("projects")
    yield Event(moment("2020-01-08"), lambda: _programme(told["programme"]))
    for facts in told["project"]:
        yield from _project(facts, organizations[facts["doer"]])


def _project(facts: Facts, organization: Facts) -> Iterator[Event]:
    opened = moment(facts["begins"], 9) - timedelta(hours=1)
    yield Event(opened, lambda: _open(facts, organization))
    if "branch" in facts:
        yield from _branch(facts, organization)
    for one in facts.get("milestone", ()):
        yield Event(moment(one["reached"], 17), _calling(_reach, facts, one, organization))
    for one in facts.get("task", ()):
        yield from _task(facts, one, organization)
    for one in facts.get("meeting", ()):
        yield from _meeting(facts, one, organization)
    if "finished" in facts:
        yield from _finish(facts, organization)


def _programme(facts: Facts) -> Programme:
    known = Programme.objects.filter(name=facts["name"]).first()
    return known or services.add_programme(_account("clerk"), name=facts["name"], aim=facts["aim"])


def _open(facts: Facts, organization: Facts) -> None:
    if Project.objects.filter(title=facts["title"]).exists():
        return
    clerk, lead = _account("clerk"), _unit(organization["name"])
    project = services.open_project(
        clerk,
        place=Place.objects.get(code=facts["place"]),
        kind=facts["kind"],
        title=facts["title"],
        programme=_programme(read("projects")["programme"]),
        begins_on=date.fromisoformat(facts["begins"]),
        ends_on=date.fromisoformat(facts["ends"]),
    )
    services.add_participant(clerk, project=project, organization=lead, part="lead")
    if money := facts.get("own_funds"):
        amount = Decimal(money["amount"])
        words = {"approximation": money["approximation"], "note": money["note"]}
        services.add_funding(clerk, project=project, source="own", organization=lead, amount=amount, **words)
    for one in facts.get("milestone", ()):
        services.add_milestone(clerk, project=project, title=one["title"], due_on=date.fromisoformat(one["due"]))
    services.start_project(clerk, project=project)


def _branch(facts: Facts, organization: Facts) -> Iterator[Event]:
    founded = date.fromisoformat(facts["branch_founded"])
    shown = {"key": f"{facts['key']}-branch", "statement": facts["statement_of_branch"], "recorded": str(founded)}

    def found() -> None:
        project = _known(facts)
        if project.party_branch is None:
            branch = PartyOrganization.objects.get(name=facts["branch"])
            clerk, unit = _account("clerk"), _unit(organization["name"])
            seen = [evidence_of(clerk, shown, "现场")]
            words = facts["statement_of_branch"]
            services.found_branch(
                clerk, project=project, branch=branch, organization=unit, on=founded, statement=words, evidence=seen
            )

    yield Event(within_the_day(str(founded), shown["key"]), found)
    yield _confirmed(shown, lambda: f"{_known(facts).pk}:branch")


def _reach(facts: Facts, one: Facts, organization: Facts) -> None:
    milestone = Milestone.objects.select_related("project").get(project=_known(facts), title=one["title"])
    if milestone.reached_on is None:
        services.reach_milestone(_account(organization["liaison"]), milestone=milestone, on=clock.today())


def _task(facts: Facts, one: Facts, organization: Facts) -> Iterator[Event]:
    given = max(moment(facts["begins"], 9), moment(one["done"], 9) - 2 * BEFORE)
    shown = one | {"key": f"{facts['doer']}-{one['key']}", "recorded": one["done"]}
    yield Event(given, lambda: _give(facts, one, organization))
    yield Event(within_the_day(one["done"], shown["key"]), lambda: _do(facts, one, organization, shown))
    yield _confirmed(shown, lambda: f"{_known(facts).pk}:task:{_known_task(facts, one).pk}")


def _give(facts: Facts, one: Facts, organization: Facts) -> None:
    project = _known(facts)
    if project.tasks.filter(title=one["title"]).exists():
        return
    services.give_task(
        _account("clerk"),
        project=project,
        title=one["title"],
        responsible=_account(organization["liaison"]),
        organization=_unit(organization["name"]),
        begins_on=clock.today(),
        due_on=date.fromisoformat(one["due"]),
    )


def _do(facts: Facts, one: Facts, organization: Facts, shown: Facts) -> None:
    task = _known_task(facts, one)
    if not task.is_open:
        return
    liaison = _account(organization["liaison"])
    quantity = Decimal(one["quantity"]) if "quantity" in one else None
    told = Told(DeedKind.objects.get(code=one["deed"]), one["statement"], quantity)
    result = one["statement"].replace("{数}", "")
    seen = [evidence_of(liaison, shown, "现场")]
    services.finish_task_with(liaison, task=task, on=clock.today(), result=result, told=told, evidence=seen)


def _meeting(facts: Facts, one: Facts, organization: Facts) -> Iterator[Event]:
    begins = moment(one["day"], 9)
    called = max(moment(facts["begins"], 9), begins - BEFORE)
    yield Event(called, lambda: _call(facts, one, organization))
    yield Event(begins + timedelta(hours=2), lambda: _hold(facts, one, organization))
    shown = _shown(facts, one)
    yield _confirmed(shown, lambda: f"{_known(facts).pk}:meeting:{_known_meeting(facts, one).pk}")
    for words, _due, done, result in one["resolutions"]:
        yield Event(moment(done, 16), _calling(_carry_out, facts, words, result))


def _call(facts: Facts, one: Facts, organization: Facts) -> None:
    project = _known(facts)
    if project.meetings.filter(title=one["title"]).exists():
        return
    liaison = _account(organization["liaison"])
    unit = _unit(organization["name"])
    services.call_meeting(
        liaison,
        project=project,
        kind=one["kind"],
        title=one["title"],
        host=unit if "host" in one else _committee(project),
        venue=VENUE,
        starts_at=moment(one["day"], 9),
        organizations=[unit],
        accounts=[_worker(project)],
        names=one["names"],
    )


def _hold(facts: Facts, one: Facts, organization: Facts) -> None:
    meeting = _known_meeting(facts, one)
    if meeting.state != Meeting.State.CALLED:
        return
    actor = _account(organization["liaison"] if "host" in one else "clerk")
    seen = [evidence_of(actor, _shown(facts, one), "现场")]
    words = {"minutes": one["minutes"], "statement": one.get("statement", "")}
    services.hold_meeting_with(actor, meeting=meeting, came=meeting.attendees.all(), evidence=seen, **words)
    for who, stance, said in one["opinions"]:
        attendee = meeting.attendees.get(name=who)
        services.note_opinion(actor, meeting=meeting, attendee=attendee, stance=stance, words=said)
    for words_of_it, due, _done, _result in one["resolutions"]:
        resolution = services.resolve(actor, meeting=meeting, words=words_of_it)
        facts_of_task = {"title": words_of_it, "responsible": _worker(meeting.project), "due_on": date.fromisoformat(due)}
        services.turn_into_task(actor, resolution=resolution, **facts_of_task)


def _carry_out(facts: Facts, title: str, result: str) -> None:
    task = Task.objects.select_related("project", "responsible").get(project=_known(facts), title=title)
    if task.is_open:
        services.finish_task_with(task.responsible, task=task, on=clock.today(), result=result)


def _finish(facts: Facts, organization: Facts) -> Iterator[Event]:
    statement = facts.get("statement") or facts.get("own_funds", {}).get("note", "")
    shown = {"key": f"{facts['key']}-finished", "statement": statement, "recorded": facts["finished"]}

    def finish() -> None:
        project = _known(facts)
        if project.is_open:
            clerk = _account("clerk")
            seen = [evidence_of(clerk, shown, "现场")] if statement else []
            words = facts.get("statement", "")
            services.finish_with(clerk, project=project, on=clock.today(), statement=words, evidence=seen)

    yield Event(moment(facts["finished"], 18), finish)
    if "statement" in facts:
        yield _confirmed(shown, lambda: f"{_known(facts).pk}:finished:{_unit(organization['name']).pk}")
    if "own_funds" in facts:
        yield _confirmed(shown, lambda: f"{_known(facts).pk}:funding:{_known(facts).fundings.get().pk}")


def _confirmed(shown: Facts, key: Callable[[], str]) -> Event:
    """Three days later, by the community where it happened."""

    def act() -> None:
        deed = Deed.objects.select_related("place", "organization").get(source_room="projects", source_key=key())
        confirm(shown, deed, f"community-{deed.place.code[9:12]}", Level.COMMUNITY)

    return Event(within_the_day(shown["recorded"], shown["key"]) + timedelta(days=3), act)


def _shown(facts: Facts, one: Facts) -> Facts:
    return {
        "key": f"{facts['key']}-{one.get('key', one['title'])}",
        "statement": one.get("statement", one["title"]),
        "recorded": one["day"],
    }


def of_these_days() -> list[Event]:
    """Invented: a project that is under way today, with something late and something soon."""
    facts = read("projects")["now"]
    return [Event(_ago(25), lambda: _open_now(facts)), *_diary_events(facts), Event(_ago(0.1), lambda: _ask_around(facts))]


def is_under_way() -> bool:
    return Project.objects.filter(title=read("projects")["now"]["title"]).exists()


def _open_now(facts: Facts) -> None:
    clerk, place, today = _account("clerk"), Place.objects.get(code=facts["place"]), clock.today()
    days = {"begins_on": today, "ends_on": today + timedelta(days=120)}
    project = services.open_project(clerk, place=place, kind="renovation", title=facts["title"], **days)
    lead = next(one for one in read("organizations")["organization"] if one["key"] == facts["lead"])
    services.add_participant(clerk, project=project, organization=_unit(lead["name"]), part="support")
    services.add_milestone(clerk, project=project, title="方案公示完", due_on=today + timedelta(days=40))
    services.start_project(clerk, project=project)
    people = [clerk, _worker(project), _account(lead["liaison"])]
    for number, (title, due, state) in enumerate(facts["tasks"]):
        due_on = today + timedelta(days=25 + due)
        given = {"responsible": people[number % 3], "begins_on": today, "due_on": due_on}
        task = services.give_task(clerk, project=project, title=title, **given)
        if state != "todo":
            task = services.start_task(people[number % 3], task=task)
        if state == "done":
            services.finish_task_with(people[number % 3], task=task, on=today, result="量好了，图交给设计单位。")


def _diary_events(facts: Facts) -> Iterator[Event]:
    for age, words in facts["diary"]:
        yield Event(_ago(age), _calling(_write, facts, words))


def _write(facts: Facts, words: str) -> None:
    project = _known(facts)
    worker = _worker(project)
    shown = {"key": f"diary-{words[:4]}", "statement": words, "recorded": str(clock.today())}
    seen = [evidence_of(worker, shown, "现场")]
    services.write_diary_with(worker, project=project, on=clock.today(), words=words, evidence=seen)


def _ask_around(facts: Facts) -> None:
    project = _known(facts)
    words = {"question": facts["question"], "options": facts["options"]}
    poll = services.open_poll(_worker(project), project=project, closes_on=clock.today() + timedelta(days=9), **words)
    for household, choice, reason in facts["answers"]:
        services.answer_poll(poll=poll, household=household, choice=choice, reason=reason)


def _known(facts: Facts) -> Project:
    return Project.objects.select_related("place", "party_branch").get(title=facts["title"])


def _known_task(facts: Facts, one: Facts) -> Task:
    return Task.objects.select_related("project").get(project=_known(facts), title=one["title"])


def _known_meeting(facts: Facts, one: Facts) -> Meeting:
    return Meeting.objects.select_related("project__place").get(project=_known(facts), title=one["title"])


def _account(username: str) -> Account:
    return Account.objects.get(username=username)


def _worker(project: Project) -> Account:
    return _account(f"community-{project.place.code[9:12]}")


def _committee(project: Project) -> Organization:
    code = project.place.code[:12]
    return Organization.objects.get(kind=Organization.Kind.COMMITTEE, community__code=code)


def _unit(name: str) -> Organization:
    found = find_organization(name)
    assert found is not None, name
    return found


def _calling(act: Callable[..., Any], *arguments: Any) -> Callable[[], Any]:
    return lambda: act(*arguments)


def _ago(days: float) -> datetime:
    return timezone.now() - timedelta(days=days)
