"""Setting up the demo's office: places, accounts, organizations, party organizations, people."""

from typing import Any

from django_scopes import scope

from gongjian.demo.facts import FOLDER, Facts, moment, read
from gongjian.demo.units import keep_demo_key, set_up_whistles
from gongjian.kernel import clock
from gongjian.registry.models import Account, Consent, Office, Organization, PartyOrganization, Person, Place
from gongjian.registry.selectors import find_organization
from gongjian.registry.services.accounts import add_account
from gongjian.registry.services.divisions import import_divisions
from gongjian.registry.services.organizations import enter_organization
from gongjian.registry.services.party import found_party_organization
from gongjian.registry.services.people import enter_person, give_consent
from gongjian.registry.services.places import add_place
from gongjian.registry.services.roles import add_role

BEGINNING = moment("2020-01-06", 9)


def set_up() -> Office:
    """The office with all its registers; what is already there stays."""
    facts = read("office")
    import_divisions(FOLDER / "places.csv", subdistrict=facts["code"], short_name=facts["short_name"])
    office = Office.objects.get(code=facts["code"])
    with scope(office=office), clock.set_to(BEGINNING):
        _places(office, facts)
        accounts = read("accounts")
        clerk = _account(office, next(a for a in accounts["account"] if a["role"] == "office_clerk"), accounts["password"])
        _organizations(clerk)
        set_up_whistles(clerk)
        for account in accounts["account"]:
            _account(office, account, accounts["password"])
        _unlisted_accounts(office)
        keep_demo_key()
        _party(clerk)
        _people(clerk)
    return office


def _places(office: Office, facts: Facts) -> None:
    office.telephone = facts["telephone"]
    office.save(update_fields=["telephone"])
    for place in facts["place"]:
        if not Place.objects.filter(code=place["code"]).exists():
            parent = Place.objects.get(code=place["parent"])
            add_place(office, parent, place["level"], place["code"], place["name"])


def _account(office: Office, facts: Facts, password: str | None) -> Account:
    known = Account.objects.filter(username=facts["username"]).first()
    if known:
        return known
    account = add_account(office, username=facts["username"], name=facts["name"], password=password)
    where: dict[str, Any] = {}
    if "community" in facts:
        where["community"] = Place.objects.get(code=facts["community"])
    if "organization" in facts:
        where["organization"] = find_organization(facts["organization"])
    add_role(account, facts["role"], **where)
    return account


def _unlisted_accounts(office: Office) -> None:
    """A worker for every community and a liaison for every organization act in the play; nobody signs in as them."""
    for place in Place.objects.filter(level=Place.Level.COMMUNITY):
        name = f"community-{place.code[-3:]}"
        facts = {"username": name, "name": f"{place.name[:4]}样例", "role": "community_worker", "community": place.code}
        _account(office, facts, None)
    for entry in read("organizations")["organization"]:
        facts = {"username": entry["liaison"], "name": f"{entry['short_name'][:4]}样例", "role": "unit_liaison"}
        _account(office, facts | {"organization": entry["name"]}, None)


def _organizations(clerk: Account) -> None:
    for entry in read("organizations")["organization"]:
        organization = find_organization(entry["name"]) or enter_organization(
            clerk,
            name=entry["name"],
            short_name=entry["short_name"],
            kind=entry["kind"],
            community=Place.objects.get(code=entry["community"]),
            aliases=tuple(entry["aliases"]),
        )
        for team in entry.get("team", []):
            if not find_organization(team["name"]):
                enter_organization(clerk, name=team["name"], kind=Organization.Kind.TEAM, parent=organization)


def _party(clerk: Account) -> None:
    for entry in read("organizations")["party"]:
        if PartyOrganization.objects.filter(name=entry["name"]).exists():
            continue
        found_party_organization(
            clerk,
            name=entry["name"],
            kind=entry["kind"],
            parent=PartyOrganization.objects.filter(name=entry.get("parent")).first(),
            place=Place.objects.filter(code=entry.get("place")).first(),
            organization=find_organization(entry["organization"]) if "organization" in entry else None,
        )


def _people(clerk: Account) -> None:
    for entry in read("people")["person"]:
        community = Place.objects.get(code=entry["community"])
        person = Person.objects.filter(name=entry["name"], community=community).first()
        person = person or enter_person(clerk, name=entry["name"], community=community)
        give_consent(clerk, person=person, purpose=Consent.Purpose.PUBLIC_NAMING, means="书面（样例）")
