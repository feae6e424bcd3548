"""Small makers of what tests need around the thing they test. Call them inside an office's scope."""

from itertools import count
from typing import Any

from django_scopes import scope

from gongjian.registry.models import Account, Office, Organization, Person, Place, Role
from gongjian.registry.services.accounts import add_account
from gongjian.registry.services.organizations import enter_organization
from gongjian.registry.services.people import enter_person
from gongjian.registry.services.places import add_place
from gongjian.registry.services.roles import add_role

PASSWORD = "Plum-Blossom-7"
_numbers = count(1)


def make_office(name: str = "梧桐路街道", **details: Any) -> Office:
    """An office with its chain of places down to one community."""
    number = next(_numbers)
    office = Office.objects.create(code=f"9{number:08d}", name=name, short_name=name[:-2], **details)
    with scope(office=office):
        province = add_place(office, None, "province", f"91{number}", "样例省")
        district = add_place(office, province, "district", f"9101{number}", "样例区")
        subdistrict = add_place(office, district, "subdistrict", office.code, name)
        add_place(office, subdistrict, "community", office.code + "001", "一号社区")
    return office


def make_community(office: Office, name: str = "") -> Place:
    number = next(_numbers)
    return add_place(office, subdistrict_of(office), "community", f"{office.code}{number:03d}", name or f"{number}号社区")


def subdistrict_of(office: Office) -> Place:
    return Place.objects.get(office=office, level=Place.Level.SUBDISTRICT)


def first_community(office: Office) -> Place:
    return Place.objects.get(office=office, code=office.code + "001")


def make_account(office: Office, role: str = "", **where: Any) -> Account:
    """An account with PASSWORD; `where` is community or organization for the roles that need one."""
    number = next(_numbers)
    account = add_account(office, username=f"{role or 'nobody'}-{number}", name=f"样例{number}", password=PASSWORD)
    if role:
        add_role(account, role, **where)
    return account


def make_clerk(office: Office) -> Account:
    return make_account(office, Role.OFFICE_CLERK)


def make_organization(office: Office, name: str = "", **details: Any) -> Organization:
    number = next(_numbers)
    details.setdefault("kind", Organization.Kind.COMPANY)
    return enter_organization(make_clerk(office), name=name or f"样例{number}号公司", **details)


def make_person(office: Office, name: str = "", **details: Any) -> Person:
    return enter_person(make_clerk(office), name=name or f"样例{next(_numbers)}", **details)
