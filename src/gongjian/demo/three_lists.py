"""The three lists of the last weeks: needs, offers, claims in every state, and pairs suggested for the rest."""

from collections.abc import Callable, Iterator
from datetime import time, timedelta
from decimal import Decimal
from functools import partial
from typing import Any

from django.utils import timezone

from gongjian.demo.confirming import Event
from gongjian.demo.facts import Facts, read
from gongjian.kernel import clock
from gongjian.registry.models import Account, Organization, Place
from gongjian.registry.selectors import find_organization
from gongjian.work.cobuilding import services
from gongjian.work.cobuilding.models import Claim, Need, Offer

STEPS = ("agreed", "started", "reported", "accepted", "rated", "done")
OPEN_FOR = timedelta(days=90)


class Story:
    """Keeps what has been posted, by the keys of the data file."""

    def __init__(self) -> None:
        self.facts, self.now = read("cobuilding"), timezone.now()
        self.units = {entry["key"]: entry for entry in read("organizations")["organization"]}
        self.needs: dict[str, Need] = {}
        self.offers: dict[str, Offer] = {}
        self.claims: dict[int, Claim] = {}

    def events(self) -> list[Event]:
        """In the order of time; the matching last."""
        planned = [
            *(self._event(facts["age"], partial(self._post_need, facts)) for facts in self.facts["need"]),
            *(self._event(facts["age"], partial(self._post_offer, facts)) for facts in self.facts["offer"]),
            *(event for number, facts in enumerate(self.facts["claim"]) for event in self._claiming(number, facts)),
        ]
        return [*sorted(planned, key=lambda event: event.at), Event(self.now - timedelta(hours=1), _match)]

    def _event(self, age: float, act: Callable[[], Any]) -> Event:
        return Event(self.now - timedelta(days=age), act)

    def _post_need(self, facts: Facts) -> None:
        place = Place.objects.get(code=facts["community"])
        posted = services.post_need(
            _worker(facts["community"]), place=place, farthest_meters=facts.get("farthest"), **_described(facts)
        )
        self.needs[facts["key"]] = posted

    def _post_offer(self, facts: Facts) -> None:
        place = Place.objects.get(code=facts["place"]) if "place" in facts else None
        liaison, unit = self._giver(facts["doer"])
        self.offers[facts["key"]] = services.post_offer(liaison, organization=unit, place=place, **_described(facts))

    def _giver(self, key: str) -> tuple[Account, Organization]:
        unit = find_organization(self.units[key]["name"])
        assert unit is not None, key
        return Account.objects.get(username=self.units[key]["liaison"]), unit

    def _claiming(self, number: int, facts: Facts) -> Iterator[Event]:
        """A day and a half between two steps."""
        age = facts["age"]
        yield self._event(age, lambda: self._propose(number, facts))
        if facts["until"] == "lapsed":
            yield self._event(age - 2, lambda: self._give_up(number, facts["reason"]))
        elif facts["until"] != "proposed":
            for count, step in enumerate(STEPS[: STEPS.index(facts["until"]) + 1], start=1):
                yield self._event(age - 1.5 * count, partial(self._step, number, facts, step))

    def _give_up(self, number: int, reason: str) -> None:
        liaison, _worker_there = self._sides(number)
        services.lapse(liaison, claim=self.claims[number], reason=reason)

    def _propose(self, number: int, facts: Facts) -> None:
        need, offer = self.needs.get(facts.get("need", "")), self.offers.get(facts.get("offer", ""))
        quantity = Decimal(facts["quantity"])
        if need and offer:
            liaison, _unit = self._giver(self._doer(facts))
            claim = services.claim_pair(liaison, need=need, offer=offer, quantity=quantity)
        elif need:
            liaison, unit = self._giver(facts["doer"])
            claim = services.claim_need(liaison, need=need, organization=unit, quantity=quantity)
        else:
            assert offer is not None, facts
            place = Place.objects.get(code=facts["community"])
            claim = services.claim_offer(_worker(facts["community"]), offer=offer, place=place, quantity=quantity)
        self.claims[number] = claim

    def _doer(self, facts: Facts) -> str:
        return next(str(offer["doer"]) for offer in self.facts["offer"] if offer["key"] == facts["offer"])

    def _sides(self, number: int) -> tuple[Account, Account]:
        """The liaison and the worker."""
        claim = self.claims[number]
        liaisons = {find_organization(unit["name"]): unit["liaison"] for unit in self.units.values()}
        return Account.objects.get(username=liaisons[claim.organization]), _worker(claim.place.code)

    def _step(self, number: int, facts: Facts, step: str) -> None:
        claim, (liaison, worker) = self.claims[number], self._sides(number)
        if step == "agreed":
            services.agree(liaison if claim.side == "beneficiary" else worker, claim=claim, words="好，就这么办。")
        elif step == "started":
            services.start(liaison, claim=claim)
        elif step == "reported":
            services.report(liaison, claim=claim, words="办好了，请去看看。")
        elif step == "accepted":
            services.accept(worker, claim=claim, delivered=claim.quantity)
        elif step == "rated":
            services.rate(worker, claim=claim, satisfaction=facts["rating"])
        else:
            services.finish(worker, claim=claim)


def _described(facts: Facts) -> dict[str, Any]:
    kind, unit, quantity = facts["what"]
    begin, end = facts.get("hours", (None, None))
    return {
        "kind": kind,
        "unit": unit,
        "quantity": Decimal(quantity),
        "title": facts["title"],
        "details": facts.get("details", ""),
        "at_least": Decimal(facts["at_least"]) if "at_least" in facts else None,
        "from_day": clock.today(),
        "until_day": clock.today() + OPEN_FOR,
        "weekdays": facts.get("weekdays", []),
        "hours_from": time.fromisoformat(begin) if begin else None,
        "hours_to": time.fromisoformat(end) if end else None,
        "conditions": facts.get("conditions", []),
    }


def _worker(community: str) -> Account:
    return Account.objects.get(username=f"community-{community[9:12]}")


def _match() -> None:
    services.carry_out(services.ask_for_matching(Account.objects.get(username="clerk")))
