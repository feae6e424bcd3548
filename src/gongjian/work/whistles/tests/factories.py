"""Makers of whistles, through the services that pages call."""

from typing import Any

from django.contrib.auth.models import AnonymousUser
from django_scopes import get_scope

from gongjian.registry.models import Account, Organization, Place, Role
from gongjian.registry.tests.factories import first_community, make_account, make_organization
from gongjian.work.whistles import services
from gongjian.work.whistles.models import Category, Dispatch, Whistle


def make_category(code: str = "refuse", **values: Any) -> Category:
    """Two hours to respond, seven days to mend."""
    shipped = {
        "major": "环境卫生",
        "minor": f"垃圾清运{code}",
        "response_amount": 2,
        "response_unit": "hours",
        "resolution_amount": 7,
        "resolution_unit": "days",
        "keywords": ["垃圾"],
    }
    office = get_scope()["office"]
    return Category.objects.get_or_create(office=office, code=code, defaults=shipped | values)[0]


def make_whistle(text: str = "三号楼前的垃圾三天没有清了", **report: Any) -> Whistle:
    """Blown by a neighbor in the first community."""
    office = get_scope()["office"]
    report.setdefault("place", first_community(office))
    return services.report_publicly(AnonymousUser(), office=office, report=services.Report(text=text, **report))


class Cast:
    """Who it takes: a clerk, a leader, the community's worker, and the liaison of a unit."""

    def __init__(self) -> None:
        office = get_scope()["office"]
        self.office = office
        self.community: Place = first_community(office)
        self.organization: Organization = make_organization(office)
        self.clerk: Account = make_account(office, Role.OFFICE_CLERK)
        self.leader: Account = make_account(office, Role.OFFICE_LEADER)
        self.worker: Account = make_account(office, Role.COMMUNITY_WORKER, community=self.community)
        self.liaison: Account = make_account(office, Role.UNIT_LIAISON, organization=self.organization)
        self.category = make_category()

    def dispatched(self, whistle: Whistle | None = None) -> Dispatch:
        whistle = whistle or make_whistle(place=self.community)
        services.triage(self.clerk, whistle=whistle, category=self.category)
        services.dispatch(self.clerk, whistle=whistle, lead=services.Sending(self.organization))
        return whistle.dispatches.exclude(state="recalled").get(part="lead")

    def reported(self, whistle: Whistle | None = None, outcome: str = "solved") -> Whistle:
        sent = self.dispatched(whistle)
        services.accept(self.liaison, dispatch=sent)
        services.report(self.liaison, dispatch=sent, outcome=outcome, words="已清运，并在楼前加了一个桶。")
        return Whistle.objects.get(pk=sent.whistle_id)

    def closed(self, whistle: Whistle | None = None, satisfaction: str = "satisfied", solved: bool = True) -> Whistle:
        whistle = self.reported(whistle)
        services.verify(self.worker, whistle=whistle, solved=True)
        services.rate_by_link(AnonymousUser(), whistle=whistle, satisfaction=satisfaction, solved=solved, contacted=True)
        return services.close(self.clerk, whistle=whistle)
