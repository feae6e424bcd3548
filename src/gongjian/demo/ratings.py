"""Star ratings: three schemes from the shipped examples, a round of 2020 played to its end, and one of this year under way."""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import partial
from typing import Any

from django.contrib.auth.models import AnonymousUser

from gongjian.demo.confirming import Event
from gongjian.demo.facts import Facts, moment, read
from gongjian.kernel import clock
from gongjian.registry.models import Account, Place
from gongjian.registry.selectors import communities
from gongjian.work.ratings.examples import examples
from gongjian.work.ratings.models import Candidate, Notice, Objection, Round, Scheme
from gongjian.work.ratings.scoring.blueprint import Blueprint, Dimension, Kind
from gongjian.work.ratings.scoring.computing import Finding
from gongjian.work.ratings.services import noticing, publishing, results, rounds
from gongjian.work.ratings.services.assessing import assess
from gongjian.work.ratings.services.schemes import make_scheme


def rating_events() -> Iterator[Event]:
    """In the order of time."""
    facts = read("ratings")
    played = facts["played"]
    yield Event(moment(played["opened"], 9), partial(_make_schemes, facts["scheme"]))
    yield Event(moment(played["opened"], 10), partial(_open, played))
    yield from _assessments(played)
    yield Event(moment(played["computed"]), lambda: results.compute_results(_clerk(), rated=_round(played)))
    yield Event(moment(played["reviewed"]), partial(_review, played))
    yield Event(moment(played["objected"]), partial(_object, played))
    yield Event(moment(played["answered"]), partial(_answer, played))
    yield Event(moment(played["published"]), lambda: publishing.publish(_clerk(), rated=_round(played)))


def _clerk() -> Account:
    return Account.objects.get(username="clerk")


def _leader() -> Account:
    return Account.objects.get(username="leader")


def _worker(place: Place) -> Account:
    return Account.objects.get(username=f"community-{place.code[9:12]}")


def _round(facts: Facts) -> Round:
    return Round.objects.get(title=facts["title"])


def _make_schemes(schemes: list[Facts]) -> None:
    for facts in schemes:
        example = examples()[facts["example"]]
        words = {"title": example.title, "about": example.about, "subject": example.subject, "nature": facts["nature"]}
        make_scheme(_clerk(), blueprint=example.blueprint, is_example=True, **words)


def _open(facts: Facts) -> None:
    rated = rounds.open_round(
        _clerk(),
        scheme=Scheme.objects.get(title=facts["scheme"]),
        title=facts["title"],
        period_from=date.fromisoformat(facts["period_from"]),
        period_to=date.fromisoformat(facts["period_to"]),
    )
    places = [Place.objects.get(code=one["place"]) for one in facts["candidate"]]
    rounds.enroll(_clerk(), rated=rated, subjects=places)
    rounds.start_assessing(_clerk(), rated=rated)


def _assessments(facts: Facts) -> Iterator[Event]:
    for number, one in enumerate(facts["candidate"]):
        yield Event(moment(facts["assessed"], 9 + number), partial(_assess, facts, one))


def _assess(facts: Facts, one: Facts) -> None:
    candidate = Candidate.objects.get(round__title=facts["title"], place__code=one["place"])
    _check(candidate, one["findings"], one["note"])


def _check(candidate: Candidate, found: Facts, note: str) -> None:
    assert candidate.place
    for dimension in candidate.round.version.blueprint.dimensions:
        if dimension.checked:
            findings = {indicator.code: _finding(indicator.kind, found.get(indicator.code)) for indicator in dimension.checked}
            assess(_worker(candidate.place), candidate=candidate, dimension=dimension.code, findings=findings, note=note)


def _finding(kind: str, told: Any) -> Finding:
    if kind == Kind.GRADED:
        return Finding(choice=told)
    if kind == Kind.ITEMIZED:
        return Finding(met=tuple(told))
    return Finding(times=tuple(told)) if kind == Kind.DEDUCTION else Finding()


def _review(facts: Facts) -> None:
    """By the leader, who assessed nothing; then it hangs."""
    results.review_all(_leader(), rated=_round(facts))
    noticing.give_notice(_clerk(), rated=_round(facts))


def _object(facts: Facts) -> None:
    notice = Notice.objects.get(round=_round(facts))
    noticing.raise_objection(AnonymousUser(), notice=notice, text=facts["objection"])


def _answer(facts: Facts) -> None:
    objection = Objection.objects.get(notice__round=_round(facts))
    noticing.find_objection(_clerk(), objection=objection, well_founded=False, finding=facts["finding"])
    noticing.answer_objection(_clerk(), objection=objection, answer=facts["answer"])


def rate_this_year() -> None:
    """A round of this year's communities, some of which have been checked."""
    facts, today = read("ratings")["running"], clock.today()
    opened = today - timedelta(days=9)
    rated = _open_running(facts, opened, today)
    candidates = rated.candidates.select_related("place", "round__version").order_by("pk")
    for number, candidate in enumerate(candidates[: facts["checked"]]):
        with clock.set_to(moment(opened + timedelta(days=2 + number), 10)):
            _check(candidate, _middling(rated.version.blueprint), facts["note"])


def _open_running(facts: Facts, opened: date, today: date) -> Round:
    with clock.set_to(moment(opened, 9)):
        rated = rounds.open_round(
            _clerk(),
            scheme=Scheme.objects.get(title=facts["scheme"]),
            title=facts["title"] % {"year": today.year},
            period_from=date(today.year, 1, 1),
            period_to=today,
            assess_until=today + timedelta(days=12),
        )
        rounds.enroll(_clerk(), rated=rated, subjects=list(communities()))
        return rounds.start_assessing(_clerk(), rated=rated)


def _middling(blueprint: Blueprint) -> Facts:
    """The second grade, the first item, no fault."""
    return {code: told for dimension in blueprint.dimensions for code, told in _of(dimension)}


def _of(dimension: Dimension) -> Iterator[tuple[str, Any]]:
    for one in dimension.checked:
        yield one.code, {Kind.GRADED: 1, Kind.ITEMIZED: [0], Kind.DEDUCTION: [0] * len(one.choices)}.get(Kind(one.kind))
