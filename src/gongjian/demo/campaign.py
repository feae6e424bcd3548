"""Playing the campaign of 2020 through all its steps, each on its day."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from gongjian.demo.confirming import Event
from gongjian.demo.facts import Facts, moment, read
from gongjian.honors import services as honors
from gongjian.honors.models import BodyOpinion, Campaign, Candidate, Certificate, Objection, Review, ReviewLevel
from gongjian.ledger.sealing.sealer import seal
from gongjian.registry.models import Account, Organization, Person, Place

State = Campaign.State


def published_campaign() -> Campaign | None:
    return Campaign.objects.filter(published_at__isnull=False).first()


def campaign_events() -> list[Event]:
    """The steps in the order of time. A step that was taken before is passed over."""
    facts = read("campaign")
    planned: list[tuple[str, int, Callable[[Facts], None]]] = [
        ("open", 9, _open),
        ("nominate", 10, _nominate),
        ("review", 9, _start_review),
        ("community_review", 10, _community_review),
        ("office_review", 10, _office_review),
        ("leader_review", 10, _leader_review),
        ("opinions", 16, _record_opinions),
        ("shortlist", 17, _shortlist),
        ("notice", 9, _publish_notice),
        ("objection", 19, _object),
        ("answer", 15, _answer),
        ("end_notice", 9, _end_notice),
        ("decide", 10, _decide),
        ("certificates", 10, _certificates),
        ("publish", 9, _publish),
    ]
    steps = [_event(moment(facts["days"][day], hour), step, facts) for day, hour, step in planned]
    return [*steps, Event(moment("2020-12-31", 18), seal)]


def _event(at: datetime, step: Callable[[Facts], None], facts: Facts) -> Event:
    return Event(at, lambda: step(facts))


def _account(username: str) -> Account:
    return Account.objects.get(username=username)


def _campaign(facts: Facts) -> Campaign:
    return Campaign.objects.select_related("office").get(slug=facts["slug"])


def _worker_of(place: Place | None) -> Account:
    assert place is not None
    return _account(f"community-{place.code[-3:]}")


def _open(facts: Facts) -> None:
    if Campaign.objects.filter(slug=facts["slug"]).exists():
        return
    clerk = _account("clerk")
    plain = {name: value for name, value in facts.items() if not isinstance(value, dict | list)}
    campaign = honors.open_campaign(clerk, basis_is_sample=True, **plain)
    for category in facts["category"]:
        honors.add_category(clerk, campaign=campaign, **category)
    honors.open_nomination(clerk, campaign=campaign)


def _nominate(facts: Facts) -> None:
    campaign = _campaign(facts)
    if campaign.state != State.NOMINATION:
        return
    groups = {category.kind: category for category in campaign.categories.all()}
    for entry in read("organizations")["organization"]:
        organization = Organization.objects.select_related("community").get(name=entry["name"])
        _propose(
            facts["headlines"][entry["key"]],
            organization.community,
            category=groups["organizations"],
            organization=organization,
        )
    for entry in read("people")["person"]:
        person = Person.objects.select_related("community").get(name=entry["name"])
        _propose(entry["headline"], person.community, category=groups["individuals"], person=person)


def _propose(headline: str, community: Place | None, **whom: Any) -> None:
    known = Candidate.objects.filter(**{name: value for name, value in whom.items() if name != "category"})
    if not known.filter(category=whom["category"]).exists():
        worker = _worker_of(community)
        candidate = honors.nominate(worker, way=Candidate.Way.DEMOCRATIC, headline=headline, **whom)
        honors.generate_statement(worker, candidate=candidate)


def _start_review(facts: Facts) -> None:
    campaign, clerk = _campaign(facts), _account("clerk")
    if campaign.state != State.NOMINATION:
        return
    honors.start_review(clerk, campaign=campaign)
    for candidate in _candidates(campaign):
        honors.request_opinions(clerk, candidate=candidate)


def _candidates(campaign: Campaign) -> list[Candidate]:
    related = ("campaign__office", "category", "organization__community", "person__community")
    return list(Candidate.objects.filter(campaign=campaign).select_related(*related).order_by("pk"))


def _community_review(facts: Facts) -> None:
    _review(facts, 1, lambda candidate: _worker_of(candidate.community), facts["review"]["community"])


def _office_review(facts: Facts) -> None:
    _review(facts, 2, lambda candidate: _account("clerk"), facts["review"]["office"])


def _leader_review(facts: Facts) -> None:
    _review(facts, 3, lambda candidate: _account("leader"), facts["review"]["leader"])


def _review(facts: Facts, order: int, reviewer: Callable[[Candidate], Account], words: str) -> None:
    campaign = _campaign(facts)
    level = ReviewLevel.objects.get(campaign=campaign, order=order)
    reviewed = set(Review.objects.filter(level=level).values_list("candidate_id", flat=True))
    for candidate in _candidates(campaign):
        if candidate.pk not in reviewed:
            honors.give_review(
                reviewer(candidate), candidate=candidate, level=level, recommendation=Review.Recommendation.SUPPORT, words=words
            )


def _record_opinions(facts: Facts) -> None:
    answered_on = date.fromisoformat(facts["days"]["opinions"])
    waiting = BodyOpinion.objects.filter(candidate__campaign=_campaign(facts), answer=BodyOpinion.Answer.WAITING)
    for opinion in waiting.select_related("candidate__campaign"):
        honors.record_opinion(
            _account("clerk"),
            opinion=opinion,
            answer=BodyOpinion.Answer.NONE,
            answered_on=answered_on,
            words="无不同意见（样例）",
        )


def _shortlist(facts: Facts) -> None:
    campaign = _campaign(facts)
    if campaign.state == State.REVIEW:
        honors.decide_shortlist(
            _account("leader"),
            campaign=campaign,
            chosen=_candidates(campaign),
            held_on=date.fromisoformat(facts["days"]["shortlist"]),
            votes_for=facts["shortlist"]["votes_for"],
            votes_against=0,
            abstentions=0,
            minutes=facts["shortlist"]["minutes"],
        )


def _publish_notice(facts: Facts) -> None:
    campaign = _campaign(facts)
    if campaign.state == State.SHORTLISTED:
        honors.publish_notice(_account("clerk"), campaign=campaign)


def _object(facts: Facts) -> None:
    campaign, said = _campaign(facts), facts["objection"]
    if not Objection.objects.filter(notice__campaign=campaign).exists():
        candidate = Candidate.objects.get(campaign=campaign, organization__name=said["organization"])
        honors.raise_objection(_account("volunteer"), campaign=campaign, candidate=candidate, text=said["text"])


def _answer(facts: Facts) -> None:
    objection = Objection.objects.select_related("notice__campaign").get(notice__campaign=_campaign(facts))
    clerk, said = _account("clerk"), facts["objection"]
    if objection.state == Objection.State.RECEIVED:
        objection = honors.investigate_objection(clerk, objection=objection)
        objection = honors.find_objection(clerk, objection=objection, well_founded=False, finding=said["finding"])
        honors.answer_objection(clerk, objection=objection, answer=said["answer"])


def _end_notice(facts: Facts) -> None:
    campaign = _campaign(facts)
    if campaign.state == State.NOTICE and campaign.notice.ended_at is None:
        honors.end_notice(_account("clerk"), campaign=campaign)


def _decide(facts: Facts) -> None:
    campaign = _campaign(facts)
    if campaign.state == State.NOTICE:
        honors.decide(
            _account("leader"),
            campaign=campaign,
            decided_on=date.fromisoformat(facts["days"]["decide"]),
            **facts["decision"],
        )


def _certificates(facts: Facts) -> None:
    campaign, clerk = _campaign(facts), _account("clerk")
    if campaign.state in (State.DECIDED, State.PUBLISHED):
        honors.issue_certificates(clerk, campaign=campaign)
        seal()
        for certificate in Certificate.objects.filter(award__campaign=campaign, sha256=""):
            honors.make_certificate(clerk, certificate=certificate)


def _publish(facts: Facts) -> None:
    campaign = _campaign(facts)
    if campaign.state == State.DECIDED:
        honors.publish_campaign(_account("clerk"), campaign=campaign)
